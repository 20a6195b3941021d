"""Finding the files and reading them, one or many at once. Imports texts and the grammar."""
