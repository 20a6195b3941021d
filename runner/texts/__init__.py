"""What the commands and the site say to people. The ground floor; imports the rules only."""
