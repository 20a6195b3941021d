"""A run from readings to a published site, and its judgement without one. Imports all but the commands."""
