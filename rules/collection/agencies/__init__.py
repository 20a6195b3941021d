"""Who the agencies are: the list of them, their names, who reported and who did not. Imports specs and the grammar."""
