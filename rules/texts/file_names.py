"""Names of files with a meaning of their own beside reports and specs."""

from __future__ import annotations

AGENCIES_FILE = "agencies.yaml"
DECISIONS_FILE = "decisions.yaml"
RETURN_NOTE_FILE = "return_note.yaml"
AGENCIES_SCHEMA_NAME = "agencies.schema.json"
