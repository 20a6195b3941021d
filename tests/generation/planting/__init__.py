"""Errors planted in a consistent report, each with a record of what was planted."""
