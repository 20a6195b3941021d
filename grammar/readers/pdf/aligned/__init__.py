"""Tables that no rules divide into columns, told by what stands below each other."""
