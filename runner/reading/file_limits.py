"""Bounds on files, known without loading any reader."""

from __future__ import annotations

LARGEST_FILE = 128 * 1024 * 1024  # bytes; each reader has a bound of its own below this
