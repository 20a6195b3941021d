"""What the output folder remembers of earlier runs. Imports reading, texts and the rooms below."""
