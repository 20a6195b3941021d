"""The lattices that rules draw, and the rows and columns in them that no rule divides."""
