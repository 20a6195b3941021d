"""How fast a run is, step by step, and how that compares with Great Expectations used as its manual shows it."""
