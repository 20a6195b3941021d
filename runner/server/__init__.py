"""The self-check page of an intranet: files in, their pages out, nothing kept. Imports the pipeline and below."""
