"""The switch: with DISCLOSURE_READ_BY_ALIGNMENT=1 in the environment every report of a test run is read by alignment.

Only for comparing the two ways; nothing of the product looks at it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from disclosure_checks.grammar.alignment.aligning import DocumentAligner
from disclosure_checks.grammar.alignment.as_parsed import ParsedDocument, ParsedDocumentMaker
from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader

SWITCH = "DISCLOSURE_READ_BY_ALIGNMENT"


class _Aligned:
    """Stands in for the cutter, the row lexer and the table reader of one ``Interpreter``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._aligner = DocumentAligner(lexicon)
        self._maker = ParsedDocumentMaker(LabelIndex(lexicon), NumberReader(lexicon))
        self._made = ParsedDocument()

    def cut(self, document: SourceDocument) -> Any:
        self._made = self._maker.make(self._aligner.document(document))
        return self._made.atoms

    def tokens(self, atoms: Sequence[Any]) -> Any:
        return self._made.tokens

    def read(self, *_: Any) -> Any:
        return self._made.readings


def read_by_alignment() -> None:
    """Lets every interpreter that is made from now on read by alignment, if the environment says so."""
    if os.environ.get(SWITCH) != "1":
        return
    make = Interpreter.__init__

    def make_aligned(interpreter: Any, lexicon: Lexicon) -> None:
        make(interpreter, lexicon)
        aligned = _Aligned(lexicon)
        interpreter._cutter = interpreter._row_lexer = aligned
        interpreter._tables.read = aligned.read

    Interpreter.__init__ = make_aligned  # type: ignore[method-assign]
