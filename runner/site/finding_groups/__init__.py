"""The findings of a page: what one mistake explains stands together, and the cells show which of them is suspected."""
