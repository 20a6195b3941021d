"""Pictures of pages as what PDFium gives for a page: characters and rules at their places, and the numbers seen."""
