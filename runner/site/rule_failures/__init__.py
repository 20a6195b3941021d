"""Who fails which rule, over all reports: counts by year, and complete lists in parts of a bearable size."""
