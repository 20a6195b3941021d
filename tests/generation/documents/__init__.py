"""Reports as files: web pages, Word documents, spreadsheets, PDF files, archives."""
