"""How the templates of pages become HTML: Jinja, with what its code costs on thousands of pages taken out."""
