"""Shared by all tests. Its presence in a package makes pytest put the root of the repository on ``sys.path``."""

from tests.aligned_reading import read_by_alignment

read_by_alignment()
