"""OpenDocument, packed or one file of XML. May import what readers may, and what spreadsheets share."""
