"""Files to documents: one reader a type of files, all of them named in ``registry``; ``decode`` is the way in.

May import: words, model.
"""
