"""What pages of a run are made from beyond one report: agencies through the years, earlier revisions."""
