"""An address as a QR code, drawn as one SVG path."""

from collections.abc import Iterator

import segno

from bot.core.turn import Qr


def drawn(text: str) -> Qr:
    """A row of dark squares is one flat rectangle; the light border is up to who shows it."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    return Qr(len(rows), "".join(_rectangles(rows)))


def _rectangles(rows: list[bytes]) -> Iterator[str]:
    for y, row in enumerate(rows):
        x = 0
        while (x := row.find(1, x)) >= 0:
            end = row.find(0, x)
            width = (end if end >= 0 else len(row)) - x
            yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
