"""What axe-core says of a page. It comes from npm, at the version and with the digest of axe/package-lock.json:

    npm ci --ignore-scripts --prefix tests/runner/site/in_browser/axe

AXE_CORE names its script where it lies elsewhere.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

AXE = Path(os.environ.get("AXE_CORE") or Path(__file__).with_name("axe") / "node_modules" / "axe-core" / "axe.min.js")
WHY_NO_AXE = "" if AXE.is_file() else f"AXE-CORE IS NOT INSTALLED, NO PAGE IS CHECKED WITH IT: {__doc__ or ''}".strip()
_RUN = """async () => {
  const result = await axe.run(document, {
    preload: false, // styles are read where they are applied; nothing is fetched
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
  });
  const examples = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
  return result.violations.map(({ id, impact, nodes }) => [id, impact, examples(nodes), nodes.length]);
}"""


@cache
def _script() -> str:
    return AXE.read_text(encoding="utf-8")


def complaints(page: Any) -> list[tuple[str, str, list[str], int]]:
    """What is wrong with the page as it is shown now: rule, impact, examples, how often."""
    page.evaluate(_script())
    return [tuple(one) for one in page.evaluate(_RUN)]
