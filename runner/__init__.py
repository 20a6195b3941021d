"""What a person starts: it reads, checks and publishes. Imports the rules and the grammar; they never import it."""
