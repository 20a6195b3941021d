"""Random, consistent reports with the truth beside them, printed in every layout that real reports arrive in.

    random_report(seed) -> GeneratedReport -> sheet variations -> a layout's printer -> text variations -> bytes

An opinion of its own: nothing here reads a document, and nothing here imports the grammar.
"""
