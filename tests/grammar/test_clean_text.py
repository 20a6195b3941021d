"""No half character gets into a report."""

from __future__ import annotations

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, GridCell, SourceDocument, TextLine
from disclosure_checks.grammar.words.clean_text import clean_document, clean_text

PLACE = Place(line=1)


def test_text_without_half_characters_stays_as_it_is():
    assert clean_text("政府信息 \U00020000\x00\n") == "政府信息 \U00020000\x00\n"


def test_half_a_character_becomes_a_replacement_character():
    assert clean_text("a\ud800b\udc00") == "a\ufffdb\ufffd"


def test_two_halves_of_a_character_are_joined():
    assert clean_text("\ud840\udc00\ud800") == "\U00020000\ufffd"


def test_a_clean_document_is_the_same_document():
    document = SourceDocument("docx", (TextLine("a", PLACE),))
    assert clean_document(document) is document


def test_every_line_and_cell_of_a_document_is_cleaned():
    cell = GridCell("1\udc00", PLACE, 0, 0)
    document = SourceDocument("docx", (TextLine("a\ud800", PLACE), Grid((cell,), PLACE)), (PLACE,))
    clean = SourceDocument(
        "docx", (TextLine("a\ufffd", PLACE), Grid((cell._replace(text="1\ufffd"),), PLACE)), (PLACE,)
    )
    assert clean_document(document) == clean
