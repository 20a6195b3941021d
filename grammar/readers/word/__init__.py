"""Word documents. May import what readers may, and what all readers share."""
