"""How pages became pictures: each way of taking them, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.generation.pictures import marks, scanning
from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.pages import Page
from tests.generation.pictures.photographing import photographed

ROOM: tuple[int, int, int] = (96, 96, 96)  # what a scanner sees beside the paper


@dataclass(frozen=True)
class Hand:
    """What a taking works with: the browser draws marks, ``agency`` stands on its seal."""

    browser: PageBrowser
    agency: str
    random: Random

    def seed(self) -> int:
        return self.random.getrandbits(32)


Take = Callable[[Sequence[Page], Hand], list[Page]]
TakePage = Callable[[Page, Hand], Page]


@dataclass(frozen=True)
class Taking:
    """``resolutions``: dots per inch to choose from. ``quality``: of the JPEG; (100, 100) keeps every pixel.

    ``two_tones``: the pictures are black and white. ``weight``: how often it is drawn.
    """

    take: Take
    resolutions: tuple[int, ...] = (150, 200, 300)
    quality: tuple[int, int] = (75, 92)
    two_tones: bool = False
    weight: int = 1


def _each(change: TakePage) -> Take:
    return lambda pages, hand: [change(page, hand) for page in pages]


def _one_of_them(change: TakePage) -> Take:
    """Only pages with numbers are marked, and of these one."""

    def take(pages: Sequence[Page], hand: Hand) -> list[Page]:
        places = [place for place, page in enumerate(pages) if page.boxes] or list(range(len(pages)))
        chosen = hand.random.choice(places)
        return [change(page, hand) if place == chosen else page for place, page in enumerate(pages)]

    return take


def _clean(page: Page, hand: Hand) -> Page:
    return page


def _scanned(page: Page, hand: Hand) -> Page:
    """A good office scanner."""
    page = scanning.skewed(page, hand.random.uniform(-0.6, 0.6))
    page = scanning.blurred(page, hand.random.uniform(0.15, 0.35))
    return scanning.noisy(page, hand.seed(), hand.random.uniform(1, 3), hand.random.randint(0, 60))


def _grey(page: Page, hand: Hand) -> Page:
    return scanning.grey(_scanned(scanning.faded(page, hand.random.randint(0, 90)), hand))


def _skewed(page: Page, hand: Hand) -> Page:
    degrees = hand.random.choice((-1, 1)) * hand.random.uniform(0.8, 3.0)
    return scanning.skewed(page, degrees, hand.random.choice(((255, 255, 255), ROOM)))


def _blurred(page: Page, hand: Hand) -> Page:
    return scanning.blurred(page, hand.random.uniform(0.45, 0.8))


def _two_tones(page: Page, hand: Hand) -> Page:
    page = scanning.blurred(scanning.skewed(page, hand.random.uniform(-1, 1)), 0.2)
    return scanning.two_tones(scanning.noisy(page, hand.seed(), 4, 80), hand.random.randint(130, 200))


def _dithered(page: Page, hand: Hand) -> Page:
    return scanning.two_tones(scanning.faded(page, 30), 0, dithered=True)


def _poor_scan(page: Page, hand: Hand) -> Page:
    page = scanning.skewed(page, hand.random.uniform(-2, 2), ROOM)
    page = scanning.noisy(scanning.blurred(page, 0.4), hand.seed(), hand.random.uniform(4, 9), 250)
    return scanning.streaked(scanning.unevenly_lit(page, hand.seed(), 0.35), hand.seed(), 3)


def _uneven(page: Page, hand: Hand) -> Page:
    return scanning.unevenly_lit(_scanned(page, hand), hand.seed(), hand.random.uniform(0.3, 0.6))


def _see_through(pages: Sequence[Page], hand: Hand) -> list[Page]:
    backs = [*pages[1:], pages[0]]
    strength = hand.random.uniform(0.06, 0.22)
    return [
        _scanned(scanning.shining_through(page, back, strength), hand) for page, back in zip(pages, backs, strict=True)
    ]


def _sealed(page: Page, hand: Hand) -> Page:
    return marks.sealed(page, hand.browser, hand.agency, hand.random)


def _ticked(page: Page, hand: Hand) -> Page:
    return marks.ticked(page, hand.browser, hand.random)


def _signed(page: Page, hand: Hand) -> Page:
    return marks.signed(page, hand.browser, hand.random)


def _watermarked(page: Page, hand: Hand) -> Page:
    return marks.watermarked(
        page, hand.browser, hand.random.choice((hand.agency, "仅供参考", "政府信息公开")), hand.random
    )


def _photographed(page: Page, hand: Hand) -> Page:
    return photographed(page, hand.random, hand.random.uniform(0.01, 0.035))


def _slanted(page: Page, hand: Hand) -> Page:
    return photographed(page, hand.random, hand.random.uniform(0.04, 0.07))


def _upside_down(pages: Sequence[Page], hand: Hand) -> list[Page]:
    """All pages, or one that lay the wrong way round."""
    if hand.random.random() < 0.5:
        return [scanning.turned(page, 2) for page in pages]
    chosen = hand.random.randrange(len(pages))
    return [scanning.turned(page, 2) if place == chosen else page for place, page in enumerate(pages)]


def _quarter(pages: Sequence[Page], hand: Hand) -> list[Page]:
    quarters = hand.random.choice((1, 3))
    return [scanning.turned(page, quarters) for page in pages]


def _two_in_one(pages: Sequence[Page], hand: Hand) -> list[Page]:
    pairs = [pages[place : place + 2] for place in range(0, len(pages), 2)]
    return [scanning.side_by_side(*pair) if len(pair) == 2 else pair[0] for pair in pairs]


def _cut(page: Page, hand: Hand) -> Page:
    return scanning.cut_at_the_right(page, hand.random.choice((-0.02, 0.45)))


def _low(page: Page, hand: Hand) -> Page:
    return scanning.compressed(scanning.blurred(page, 0.2), hand.random.randint(40, 60))


TAKINGS: dict[str, Taking] = {
    "clean": Taking(_each(_clean), (200,), (100, 100), weight=7),
    "clean_other": Taking(_each(_clean), (150, 300), (92, 100), weight=2),
    "coarse": Taking(_each(_clean), (120,), (85, 95), weight=2),
    "scanned": Taking(_each(_scanned), (150, 200, 300), weight=4),
    "grey": Taking(_each(_grey), (150, 200, 300), weight=2),
    "skewed": Taking(_each(_skewed), (150, 200), weight=3),
    "blurred": Taking(_each(_blurred), (150, 200, 300), weight=2),
    "jpeg_low": Taking(_each(_low), (150, 200), (40, 60), weight=2),
    "two_tones": Taking(_each(_two_tones), (200, 300), two_tones=True, weight=3),
    "dithered": Taking(_each(_dithered), (300,), two_tones=True),
    "poor_scan": Taking(_each(_poor_scan), (150, 200), (60, 85), weight=2),
    "uneven_light": Taking(_each(_uneven), (150, 200), (70, 90), weight=2),
    "see_through": Taking(_see_through, (150, 200), weight=2),
    "sealed": Taking(_one_of_them(_sealed), (150, 200, 300), weight=4),
    "ticked": Taking(_each(_ticked), (150, 200), weight=2),
    "signed": Taking(_one_of_them(_signed), (150, 200)),
    "watermarked": Taking(_each(_watermarked), (150, 200), weight=2),
    "photographed": Taking(_each(_photographed), (200, 250), (70, 88), weight=3),
    "photographed_slanted": Taking(_each(_slanted), (250,), (70, 88), weight=2),
    "upside_down": Taking(_upside_down, (150, 200), weight=1),
    "quarter_turned": Taking(_quarter, (150, 200), weight=1),
    "two_in_one": Taking(_two_in_one, (150, 200), weight=1),
    "cut": Taking(_one_of_them(_cut), (150, 200), weight=1),
}


def taken(name: str, pages: Sequence[Page], hand: Hand) -> list[Page]:
    """The pages as pictures show them, compression included; cells that no picture shows whole have no box."""
    taking = TAKINGS[name]
    quality = hand.random.randint(*taking.quality)
    pictures = taking.take(pages, hand)
    if taking.two_tones or quality == 100:
        return pictures
    return [scanning.compressed(replace(page), quality) for page in pictures]
