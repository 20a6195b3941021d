"""What reports say in words: sentences that agree with the tables, and sentences that mislead."""
