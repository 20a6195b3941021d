"""The pages of a server: those of the site in its own frame, and the few that are its own."""
