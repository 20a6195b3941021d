"""What sentences say of numbers and changes, to be held against the tables.

May import: prose and what is below it.
"""
