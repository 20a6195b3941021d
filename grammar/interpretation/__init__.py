"""Documents to reports: puts the floors below together, one ``Interpreter`` a format. May import all of them."""
