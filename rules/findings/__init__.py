"""From the outcomes of rules to findings, with the cell that is wrong and sentences.

Imports expectations, specs, formulas.
"""
