"""Names of pages, the lock of a folder, and the switch from the old site to the new.

Imports texts and what is below.
"""
