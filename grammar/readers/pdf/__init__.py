"""PDF files with a text layer. May import what readers may, and what all readers share."""
