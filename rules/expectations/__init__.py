"""The rules of a spec as a suite of Great Expectations, and their evaluation. Imports specs and formulas."""
