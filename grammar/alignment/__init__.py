"""Reading by aligning what is printed to the rows of the schema: every table in which anything is odd.

May import: readers and what is below it. When it is asked, and what it gives: ``docs/ALIGNMENT.md``.
"""
