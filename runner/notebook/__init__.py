"""Checks annual reports on government information disclosure; in a notebook through ``read`` and ``check``.

    import disclosure_checks

    result = disclosure_checks.check("reports/", "specs/2021_format.yaml")
    result.findings[result.findings.severity == "likely"]

Importing this is cheap: pandas and the rest are loaded by the first call.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_checks.frames import CheckFrames, ReadFrames

__all__ = ["check", "read"]


def read(
    path: str | PathLike[str], spec: str | PathLike[str], *, language: str = "zh", pictures: str = "auto"
) -> ReadFrames:
    """The cells of one file, as pandas frames; no rule is run.

    ``spec``: a YAML file, or a folder of them, of which the report takes the one that fits it. ``language``: of the
    reason where the file cannot be read, zh or en. ``pictures``: whether tables that are pictures are read: ``auto``
    where a table is missing or there is no text, ``never``, or ``always``; it needs ``disclosure-checks[pictures]``.

    The result has ``report`` (columns of ``reports.csv``), ``cells`` (columns of ``cells.csv``) and ``reason``, ""
    where the file could be read. Raises SpecificationError for a spec that cannot be used and InputError for a path
    that names no file, ValueError for another word for ``pictures``.
    """
    from disclosure_checks.frames import read_file

    return read_file(path, spec, language, pictures)


def check(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    spec: str | PathLike[str],
    *,
    agencies: str | PathLike[str] | None = None,
    language: str = "zh",
    pictures: str = "auto",
) -> CheckFrames:
    """Read and check files and folders as ``run-checks`` does, but publish nothing: the results are pandas frames.

    ``spec``: as in ``read``. ``agencies``: the list of agencies; where it is not given, an ``agencies.yaml`` in one of
    the folders. ``language``: of the sentences in ``findings``, zh or en. ``pictures``: as in ``read``. Nothing is known
    of what earlier runs published: a rule that compares with the year before needs that year's reports among the files.

    The result has ``reports``, ``cells`` and ``findings``, with the columns of the CSV files. Raises SpecificationError
    for a spec or a list that cannot be used, InputError for a path that names nothing to check, and ValueError as ``read``.
    """
    from disclosure_checks.frames import check_files

    return check_files(paths, spec, agencies, language, pictures)
