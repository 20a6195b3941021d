"""The rows of a table to the values of its cells, and to what is odd about them.

May import: rows and what is below it.
"""
