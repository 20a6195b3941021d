"""Variations of a report or its text that change no value."""
