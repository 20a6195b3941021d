"""Web pages, saved in any way. May import what readers may, what all readers share, and the decoding of text."""
