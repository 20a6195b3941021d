"""What an author of rules asks of them: one rule on one report, and what new rules change. Imports the pipeline."""
