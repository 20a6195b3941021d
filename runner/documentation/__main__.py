"""``python -m disclosure_checks.runner.documentation``: writes the reference into docs/, in the folder of the repository."""

from __future__ import annotations

from pathlib import Path

from disclosure_checks.runner.documentation.documents import Sources, documentation

FOLDER = "docs"


def write_documentation(repository: Path) -> list[str]:
    """Writes the documents that differ from what is there, and names them."""
    written = []
    for name, text in documentation(Sources.of(repository)).items():
        path = repository / FOLDER / name
        content = text.encode("utf-8")
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(name)
    return written


if __name__ == "__main__":
    for document in write_documentation(Path.cwd()):
        print(f"{FOLDER}/{document}")
