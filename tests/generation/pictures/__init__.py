"""Pictures of reports with known truth: drawn pages, how they were taken, the files they come in."""
