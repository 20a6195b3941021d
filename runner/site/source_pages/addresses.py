"""Where the text of a report stands on the site: beside the page of the report, in a folder of its own.

No agency's page can be taken for the text of another, whatever the agency is called: pages are files of the folder of
their year, texts are files of the folder ``source`` in it.
"""

from __future__ import annotations

from disclosure_checks.runner.site.labels import href

SOURCE_FOLDER = "source"


def source_path(page: str) -> str:
    """The path of the text of a report, by the path of its page."""
    folder, _, name = page.rpartition("/")
    return f"{folder}/{SOURCE_FOLDER}/{name}"


def source_address(page: str) -> str:
    """The address of the text for the page of the report."""
    _, _, name = page.rpartition("/")
    return href(f"{SOURCE_FOLDER}/", name)
