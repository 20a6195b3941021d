"""Tokens to the cheapest way through a table, and the rows that it leaves open. May import: scanning."""
