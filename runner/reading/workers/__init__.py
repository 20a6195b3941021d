"""Supervised worker processes: tasks with a deadline and a memory limit, each of which costs at most itself."""
