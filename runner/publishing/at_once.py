"""The switch by one exchange of two folders: readers find the old site or the new one, and so does the next run.

The output folder itself is replaced. So all of it that is not ours is in the new folder before: the same files by
other names (hard links), folders with mode and times, the lock of the run that is switching.
"""

from __future__ import annotations

import os
from pathlib import Path

from disclosure_checks.runner.publishing.carrying import carry_over, link_file
from disclosure_checks.runner.publishing.exchange import NOT_POSSIBLE, exchange
from disclosure_checks.runner.publishing.folder_contents import take_attributes
from disclosure_checks.runner.publishing.manifest import MANIFEST, write_manifest
from disclosure_checks.runner.publishing.staging import Staging


def switch_at_once(out: Path, staging: Staging, before: frozenset[str], published: frozenset[str]) -> bool:
    """Put the new site in the place of the old one; False where that cannot be done by an exchange.

    Raises OSError for what is wrong whichever way is taken. Where it raises or answers False, ``out`` is untouched.
    """
    if not staging.beside:
        return False
    try:
        carry_over(out, staging.new, before, link_file)
        write_manifest(staging.new / MANIFEST, published)
        take_attributes(out, staging.new)
        os.utime(staging.new)
        exchange(out, staging.new)
    except OSError as problem:
        if problem.errno not in NOT_POSSIBLE:
            raise
        return False
    return True
