"""Numbers seen in pictures, settled by the sums they stand in: recognised, inferred, ambiguous or unreadable."""
