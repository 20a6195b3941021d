"""Reports beside each other: years, agencies, hierarchy, likeness, and the one frame.

The top floor; imports all below.
"""
