"""The page about the run that made the site: when, from what, with what, and what Great Expectations kept of it."""
