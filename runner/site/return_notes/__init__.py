"""退回修改单: what an office sends back to the agency, as a page to be printed and as a Word document."""
