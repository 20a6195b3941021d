"""Which of many texts may be nearly the same: candidates for an exact comparison, found in time linear in the texts.

MinHash with banding: the smallest of a text's hashes under a random order is the same in two texts as often as they
share clauses. Orders are taken in bands; two texts that agree on all orders of one band become candidates. With the
numbers below a pair that shares 80 % is missed once in seven hundred times, one that shares 30 % costs a comparison
once in a hundred and sixty.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.prose.fingerprints import LENGTH_BITS

_BANDS = 28
_ORDERS_OF_A_BAND = 7
_MOST_NEIGHBOURS = 16  # of texts that all agree, each is compared with so many next to it

_WORD = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15


def candidate_pairs(fingerprints: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
    """Pairs of texts, by position, that may be nearly the same: shape (pairs, 2), first < second, each pair once.

    A fingerprint without entries has no pair.
    """
    filled = np.array([position for position, entries in enumerate(fingerprints) if entries], dtype=np.int64)
    if len(filled) < 2:
        return np.empty((0, 2), dtype=np.int64)
    entries = np.fromiter(chain.from_iterable(fingerprints), dtype=np.uint64)
    clauses = entries >> np.uint64(LENGTH_BITS)
    lengths = [len(fingerprints[position]) for position in filled]
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    count = len(fingerprints)
    found = [np.empty(0, dtype=np.int64)]
    for band in range(_BANDS):
        keys = _band_keys(clauses, starts, band)
        order = np.argsort(keys, kind="stable")
        found += [first * count + second for first, second in _agreeing(keys[order], filled[order])]
    pairs = np.unique(np.concatenate(found))
    return np.stack((pairs // count, pairs % count), axis=1)


def _band_keys(clauses: NDArray[np.uint64], starts: NDArray[np.int64], band: int) -> NDArray[np.uint64]:
    """One number a text, equal where two texts have the same smallest clause in every order of the band."""
    keys = np.zeros(len(starts), dtype=np.uint64)
    for number in range(_ORDERS_OF_A_BAND):
        multiplier = np.uint64(_scrambled(band * _ORDERS_OF_A_BAND + number) | 1)
        ranks = (clauses * multiplier) >> np.uint64(32)
        keys = keys * np.uint64(_STEP) + np.minimum.reduceat(ranks, starts)
    return keys


def _agreeing(keys: NDArray[np.uint64], texts: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Texts with the same key, in the order of the keys; of many such texts each with those next to it."""
    pairs = []
    for distance in range(1, min(_MOST_NEIGHBOURS, len(keys) - 1) + 1):
        same = keys[:-distance] == keys[distance:]
        if not same.any():
            break
        pairs.append((texts[:-distance][same], texts[distance:][same]))
    return pairs


def _scrambled(number: int) -> int:
    """A 64-bit number without pattern for each number (splitmix64), so that orders do not resemble each other."""
    mixed = (number + 1) * _STEP & _WORD
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _WORD
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _WORD
    return mixed ^ mixed >> 31
