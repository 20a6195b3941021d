"""One rule on one report, with every number in place. Imports the findings."""
