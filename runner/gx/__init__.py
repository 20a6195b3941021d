"""Great Expectations: context, checkpoint, stored results, data docs.

Imports the site and below; nothing else here imports GX.
"""
