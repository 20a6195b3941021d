"""The smallest corrections of numbers that stand in crossing sums (Fellegi and Holt), and what speaks for each.

Plain data in, plain data out: signed equations, values and evidence; no spec, no report.
"""
