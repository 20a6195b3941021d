"""Pixels to what PDFium gives for a page: characters and rules with their places, and how surely numbers were seen."""
