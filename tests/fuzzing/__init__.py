"""Mutated inputs for every reader, run on purpose: python -m tests.fuzzing --help"""
