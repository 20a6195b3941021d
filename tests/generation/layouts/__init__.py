"""The layouts that the text of a report arrives in."""
