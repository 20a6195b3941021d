"""Reading reports: any file to the cells, sections and facts of the report in it. Knows nothing of rules and runs.

Its floors, from the top: interpretation, claims, prose, alignment, cells, rows, cutting, readers, words, model.
"""
