"""The page that shows the text of a report as it was read, and the addresses of the places on it."""
