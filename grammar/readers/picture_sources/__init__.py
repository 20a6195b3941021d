"""Where pictures come from, and where what was seen in them goes: image files, pages of PDFs, images in documents."""
