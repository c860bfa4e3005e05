"""A picture as half blocks, two pixels a cell: any terminal with colours shows it (extra `images`, Pillow)."""

from __future__ import annotations

import io

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_MOST_PIXELS = 20_000_000
_HALF = "▀"


class PictureError(Exception):
    """A picture cannot be shown; the message is one line."""


def strips_of(data: bytes, columns: int, rows: int) -> list[Strip]:
    """A picture's lines, no larger than so many cells. Raises PictureError."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise PictureError("pictures need the extra: pip install 'caveat-lector[images]'") from error
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureError("the picture is too large to be shown")
            opened.thumbnail((max(1, columns), max(2, rows * 2)))
            image = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError("the picture cannot be read") from error
    return [_line(image, y) for y in range(0, image.height, 2)]


def _line(image: object, y: int) -> Strip:
    width, height = image.width, image.height  # type: ignore[attr-defined]
    pixel = image.getpixel  # type: ignore[attr-defined]
    segments = []
    for x in range(width):
        upper = Color.from_rgb(*pixel((x, y)))
        lower = Color.from_rgb(*pixel((x, y + 1))) if y + 1 < height else None
        segments.append(Segment(_HALF, Style(color=upper, bgcolor=lower)))
    return Strip(segments, width)
