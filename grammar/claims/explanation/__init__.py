"""Why sentences make a claim or not: their phrases watched while they are read. Imports the claims."""
