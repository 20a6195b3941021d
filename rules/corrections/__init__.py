"""The smallest corrections of numbers that stand in crossing sums (Fellegi and Holt), and what speaks for each.

The search, the slips and the ranking are pure: signed equations, values and evidence in, corrections out.
"""
