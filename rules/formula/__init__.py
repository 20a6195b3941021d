"""Formulas: syntax, expressions, and their evaluation over columns. Imports texts; knows no spec."""
