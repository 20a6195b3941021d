"""A spec made ready to run: names resolved, loops unrolled, words handed to the grammar.

Imports the source and the model.
"""
