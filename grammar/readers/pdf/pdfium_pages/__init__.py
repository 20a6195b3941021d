"""Pages as PDFium draws them, taken apart into characters, rules and images: nothing else knows that library."""
