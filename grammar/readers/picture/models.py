"""The models of the recogniser's wheel: where there is text in a picture, and what stands in the picture of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from disclosure_checks.grammar.readers.picture.installed import models_folder
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels, Shares

_FINDING = "PP-OCRv6_det_small.onnx"
_READING = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels that the reading model sees of a line
_NARROWEST, _WIDEST = 96, 2400  # pixels
_STEP = 64  # pixels: widths are rounded up, so that lines of like lengths go together
_PIXELS_AT_ONCE = 2600  # widths of the lines of one batch together


class SeenLine(NamedTuple):
    """The probabilities (steps x characters; 0 is the gap between them) and the pixels of the line that a step covers."""

    shares: Shares
    step: float


class Models:
    """Both models, loaded from the wheel; ``threads`` bounds what one look at a picture uses."""

    def __init__(self, threads: int) -> None:
        self._finding = _session(_FINDING, threads)
        self._reading = _session(_READING, threads)
        said = self._reading.get_modelmeta().custom_metadata_map["character"].split("\n")
        self.characters: tuple[str, ...] = ("", *said, " ")

    def text_map(self, pixels: Pixels) -> Shares:
        """The probability of text at every pixel; height and width must be multiples of 32."""
        shades = (pixels.astype(np.float32) / 255.0 - 0.5) / 0.5
        given = np.repeat(shades[None, None], 3, axis=1)
        found: Shares = self._finding.run(None, {self._finding.get_inputs()[0].name: given})[0][0, 0]
        return found

    def lines(self, crops: Sequence[Pixels]) -> list[SeenLine]:
        """What stands in the grey pictures of lines."""
        seen: list[SeenLine | None] = [None] * len(crops)
        scaled = [_scaled(crop) for crop in crops]
        for width, numbers in _batches(scaled):
            given = np.zeros((len(numbers), 3, _HEIGHT, width), dtype=np.float32)
            for place, number in enumerate(numbers):
                line = scaled[number]
                given[place, :, :, : line.shape[1]] = (line.astype(np.float32) / 255.0 - 0.5) / 0.5
            shares = self._reading.run(None, {self._reading.get_inputs()[0].name: given})[0]
            step = width / shares.shape[1]
            for place, number in enumerate(numbers):
                factor = crops[number].shape[0] / _HEIGHT
                seen[number] = SeenLine(shares[place], step * factor)
        return [line for line in seen if line is not None]


def _session(name: str, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(models_folder() / name), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _scaled(crop: Pixels) -> Pixels:
    import cv2

    width = max(8, min(_WIDEST, round(crop.shape[1] * _HEIGHT / crop.shape[0])))
    way = cv2.INTER_AREA if crop.shape[0] > _HEIGHT else cv2.INTER_CUBIC
    scaled: Pixels = cv2.resize(crop, (width, _HEIGHT), interpolation=way)
    return scaled


def _batches(lines: Sequence[Pixels]) -> Iterator[tuple[int, list[int]]]:
    """Numbers of lines that are read together, with the width that all of them are filled up to."""
    widths = [max(_NARROWEST, -(-line.shape[1] // _STEP) * _STEP) for line in lines]
    together: list[int] = []
    for number in sorted(range(len(lines)), key=widths.__getitem__):
        if together and (widths[together[-1]] != widths[number] or len(together) * widths[number] >= _PIXELS_AT_ONCE):
            yield widths[together[-1]], together
            together = []
        together.append(number)
    if together:
        yield widths[together[-1]], together
