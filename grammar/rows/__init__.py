"""Printed cells to sections and tables: labels are put together, values gathered behind them.

May import: cutting and what is below it.
"""
