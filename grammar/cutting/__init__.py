"""Documents to printed cells (``Atom``), row by row, by their layout.

May import: readers, words, model.
"""
