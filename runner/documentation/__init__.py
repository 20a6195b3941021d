"""The reference documentation, made from the code: Markdown in both languages."""
