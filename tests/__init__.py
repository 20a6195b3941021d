"""The tests; a package, so that every one of them can import ``tests.generation``."""
