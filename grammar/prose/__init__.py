"""What the running text is: whose report and of which year, its sections, the numbers in it that a format looks for.

May import: cells and what is below it.
"""
