"""Plain text of any encoding. May import what readers may, and what all readers share."""
