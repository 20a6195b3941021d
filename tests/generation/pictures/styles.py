"""How pages look: fonts, sizes, rules, paper."""

from __future__ import annotations

from dataclasses import dataclass

SERIF = "'Noto Serif CJK SC'"
SANS = "'Noto Sans CJK SC'"
SONG = "'AR PL UMing CN'"
KAI = "'AR PL UKai CN'"
HEI = "'WenQuanYi Micro Hei'"
LATIN_SERIF = "'DejaVu Serif'"
LATIN_SANS = "'DejaVu Sans'"


@dataclass(frozen=True)
class PageStyle:
    """``size`` and ``table_size`` in points. ``rules``: the CSS of the borders of a cell; ``across_only``: none
    between columns. ``label_width``: of the columns of labels, in points (0: as the browser finds). ``digits``: the font
    that numbers take. ``keeps_together``: a table begins on a new page rather than break. ``more``: further CSS.
    """

    font: str = SERIF
    size: float = 12.0
    table_size: float = 10.5
    rules: str = "0.5pt solid black"
    across_only: bool = False
    paper: str = "A4"
    margin: str = "20mm 18mm"
    label_width: float = 0.0
    padding: str = "2pt 3pt"
    digits: str = ""
    header: str = ""
    site_header: str = ""
    repeats_header: bool = False
    keeps_together: bool = False
    more: str = ""

    def css(self) -> str:
        sides = (
            f"border: {self.rules};"
            if not self.across_only
            else f"border-top: {self.rules}; border-bottom: {self.rules};"
        )
        numbers = f"{self.digits}, {self.font}" if self.digits else self.font
        label = f"td.label, td.heading {{ width: {self.label_width}pt }}" if self.label_width else ""
        whole = "table { break-inside: avoid }" if self.keeps_together else ""
        return f"""
            @page {{ size: {self.paper}; margin: {self.margin} }}
            body {{ font: {self.size}pt/1.7 {self.font}; margin: 0; color: black; background: white }}
            @media screen {{ body {{ padding: 12px 30px }} }}
            h1 {{ font-size: 1.7em; text-align: center; margin: 0.3em 0 }}
            h2 {{ font-size: 1.15em; margin: 0.5em 0; text-indent: 2em }}
            p {{ margin: 0.2em 0; text-indent: 2em; text-align: justify }}
            address {{ font-style: normal; text-align: right; margin-right: 3em }}
            table {{ border-collapse: collapse; width: 100%; margin: 6pt 0; font: {self.table_size}pt/1.35 {self.font} }}
            td {{ {sides} padding: {self.padding}; text-align: center }}
            td.label {{ text-align: left }}
            td a {{ display: block; color: inherit; text-decoration: none; font-family: {numbers} }}
            td.corner, td.heading {{ {self.header} }}
            {label} {whole} {self.more}
        """


_GOVERNMENT = "background: #dbe8f5; color: #12304f; font-weight: bold;"
_DARK = "background: #2f5f94; color: white;"

STYLES: dict[str, PageStyle] = {
    "word": PageStyle(size=14.0, digits=LATIN_SERIF),
    "word_song": PageStyle(SONG, 13.0, 11.0),
    "word_kai": PageStyle(KAI, 14.0, 11.5, "0.75pt solid black"),
    "hei": PageStyle(HEI, 12.0, 10.0, "0.75pt solid #333", digits=LATIN_SANS),
    "government_site": PageStyle(
        SANS, 11.0, 9.5, "1px solid #9db7d3", header=_GOVERNMENT, site_header="首页 > 政务公开 > 法定主动公开内容 > 政府信息公开年报"
    ),
    "dark_header": PageStyle(
        HEI, 11.0, 9.5, "1px solid #b9c6d3", header=_DARK, more="tr:nth-child(even) td.value { background: #f1f5f9 }"
    ),
    "thick_rules": PageStyle(SONG, 13.0, 11.0, "2pt solid black"),
    "double_rules": PageStyle(SERIF, 12.0, 10.5, "3pt double black"),
    "dotted_rules": PageStyle(SANS, 11.0, 9.5, "1pt dotted #444"),
    "dashed_rules": PageStyle(SERIF, 12.0, 10.0, "1pt dashed #555", digits=LATIN_SANS),
    "pale_rules": PageStyle(SANS, 11.0, 9.5, "0.5pt solid #ccc"),
    "no_rules": PageStyle(SANS, 11.0, 9.5, "0 none", padding="4pt 6pt"),
    "rules_across": PageStyle(SERIF, 12.0, 10.0, "0.75pt solid black", across_only=True),
    "narrow_labels": PageStyle(SERIF, 12.0, 10.5, padding="2pt 2pt", label_width=26.0, margin="22mm 26mm"),
    "small_print": PageStyle(SONG, 9.0, 6.5, "0.5pt solid black", digits=LATIN_SERIF),
    "tiny_print": PageStyle(SERIF, 9.0, 6.0, "0.35pt solid black", keeps_together=True),
    "large_print": PageStyle(KAI, 16.0, 14.0, "1pt solid black", margin="18mm 12mm"),
    "landscape": PageStyle(SERIF, 14.0, 12.0, paper="A4 landscape"),
    "whole_tables": PageStyle(SERIF, 12.0, 9.5, keeps_together=True, digits=LATIN_SERIF),
    "repeated_header": PageStyle(SONG, 15.0, 12.0, "0.75pt solid black", repeats_header=True),
    "broken_rows": PageStyle(SERIF, 15.5, 12.5, "0.75pt solid black", label_width=40.0, margin="25mm 24mm"),
    "close_rows": PageStyle(HEI, 11.0, 9.0, "0.5pt solid black", padding="0 1pt", digits=LATIN_SERIF),
}  # fmt: skip

# what a screen shows; sizes as sites set them
SCREEN_STYLES: dict[str, PageStyle] = {
    "site_sans": PageStyle(SANS, 12.0, 10.5, "1px solid #999", site_header="首页 > 政务公开 > 年报"),
    "site_hei": PageStyle(HEI, 12.0, 10.5, "1px solid #000"),
    "site_blue": PageStyle(SANS, 12.0, 10.5, "1px solid #9db7d3", header=_GOVERNMENT),
    "site_dark": PageStyle(HEI, 12.0, 10.5, "1px solid #b9c6d3", header=_DARK),
    "site_small": PageStyle(SANS, 10.5, 9.0, "1px solid #ccc", digits=LATIN_SANS),
    "site_song": PageStyle(SONG, 12.0, 12.0, "1px solid #000"),
    "site_no_rules": PageStyle(SANS, 12.0, 10.5, "0 none", padding="5px 8px"),
}
