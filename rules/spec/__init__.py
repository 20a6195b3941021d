"""From YAML files to compiled specs, or to everything that is wrong with them.

Imports formulas, texts and the grammar.
"""
