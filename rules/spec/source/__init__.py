"""YAML with the place of everything in it, and problems told at their place. Imports the model."""
