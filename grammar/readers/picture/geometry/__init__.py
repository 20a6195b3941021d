"""Where things stand on a page of pixels: the page made upright, its ruled lines, its lines of text, parts cut out of it."""
