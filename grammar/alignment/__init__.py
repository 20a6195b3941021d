"""Reading by aligning what is printed to the rows of the schema, beside the table reading that is in use; off by default.

May import: readers and what is below it; only the bridge ``as_parsed`` knows cells, rows and cutting. How far it is, and
what is missing before it takes the place of today's reading: ``docs/ALIGNMENT.md``.
"""
