"""What is to be corrected in a report: findings that one mistake explains as one point, in the document's order."""
