"""How words, numbers and layouts are told, however they are typed; what is to be known stands in YAML.

May import: model.
"""
