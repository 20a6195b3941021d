"""What must hold: specs, the rules in them, and what they find. Imports the grammar, never the runner."""
