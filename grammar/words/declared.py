"""What YAML files of our own packages declare: words, layouts, messages."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# libyaml where it is installed: the same events and plain values, ten times as fast
YAML_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def declared(package: str, name: str) -> Any:
    """What a YAML file in a package holds: texts, numbers, lists and mappings, nothing else."""
    return plain_yaml(files(package).joinpath(name).read_text(encoding="utf-8"))


def plain_yaml(text: str) -> Any:
    """What a YAML text holds: texts, numbers, lists and mappings, nothing else."""
    loader = YAML_LOADER(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
