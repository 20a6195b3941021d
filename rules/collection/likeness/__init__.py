"""Whose text is like whose: candidates, then an exact comparison. Imports the grammar and what is known of earlier years."""
