"""Archives of reports, taken apart. May import what readers may, and what all readers share."""
