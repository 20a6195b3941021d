"""What is handed from floor to floor and out of the grammar: documents, lexicons, reports. Imports nothing above it."""
