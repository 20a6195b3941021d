"""The way through a table to its cells: columns, values, what stays open. May import: path_search and scanning."""
