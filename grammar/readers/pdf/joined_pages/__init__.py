"""Pages of one document put together: what breaks over them joined, what belongs to pages left out."""
