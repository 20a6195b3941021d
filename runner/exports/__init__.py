"""The files a run leaves for other programs: CSV, a workbook, JSON and JUnit XML.

Imports publishing and below; knows no page.
"""
