"""The files a run leaves for other programs: CSV, a workbook, JSON and JUnit XML. See ``runner.exports.data_files``."""
