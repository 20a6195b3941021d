"""Commands that stay: the same run time after time, with what it keeps in between."""
