"""Texts for people in Chinese and English, and the loader of every catalogue.

The ground floor; imports the grammar only.
"""
