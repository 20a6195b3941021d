"""PDFs that name a font and do not carry it, as offices publish them: objects written by hand, one page."""

from __future__ import annotations

from collections.abc import Iterable

LEFT, STEP, SIZE = 50, 60, 10
DESCRIPTOR = "<</Type/FontDescriptor/FontName/{}/Flags {}/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120>>"
MEANINGS = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> "
    "endcodespacerange {} beginbfchar {} endbfchar endcmap end end"
)


def fontless_pdf(font: Iterable[str], texts: Iterable[bytes]) -> bytes:
    """One page with each text in a text object of its own, ``STEP`` points apart; ``font``: objects from number 5."""
    shown = "\n".join(
        f"BT /F {SIZE} Tf 1 0 0 1 {LEFT + STEP * number} 300 Tm <{text.hex()}> Tj ET"
        for number, text in enumerate(texts)
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(shown),
        *font,
    )
    content, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{written}\nendobj\n".encode("gbk")
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    ends = f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF"
    return content + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{entries}{ends}".encode()


def stream(text: str) -> str:
    return f"<</Length {len(text)}>>\nstream\n{text}\nendstream"


def chinese_font(name: str, encoding: str, ordering: str = "GB1", meanings: dict[int, str] | None = None) -> list[str]:
    """A font of many characters; ``meanings``: of its codes, where encoding and ordering do not tell them."""
    told = "/ToUnicode 8 0 R" if meanings else ""
    pairs = " ".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in (meanings or {}).items())
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}/DescendantFonts[6 0 R]{told}>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/DW 1000/FontDescriptor 7 0 R"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>>>",
        DESCRIPTOR.format(name, 4),
        *([stream(MEANINGS.format(len(meanings), pairs))] if meanings else []),
    ]


def latin_font(name: str, width: int | None = None) -> list[str]:
    """A font of one byte a character, all of one ``width``; None: the file does not say how wide they are."""
    widths = f"/FirstChar 32/LastChar 126/Widths[{' '.join([str(width)] * 95)}]" if width else ""
    return [
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FontDescriptor 6 0 R{widths}>>",
        DESCRIPTOR.format(name, 32),
    ]
