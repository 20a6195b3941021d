"""Spreadsheets, new and old. May import what readers may, and what all readers share."""
