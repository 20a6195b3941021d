"""Shared by all tests. Its presence in a package makes pytest put the root of the repository on ``sys.path``."""
