"""Documents to tokens: labels, pieces of labels, numbers, empty cells, other text. May import what alignment may."""
