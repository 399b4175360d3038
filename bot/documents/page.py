"""A page to print: A4, as PDF, with the letters of the PDF reader itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.services.records import Section

SIZES: Final = (11.0, 10.0, 9.0)
"""Points; the largest with which everything stands on one page."""
MARGIN: Final = 20
LINE: Final = 0.48
"""Millimetres of height for a point of size."""
INK: Final = (20, 38, 43)
ACCENT: Final = (11, 85, 101)
SOFT: Final = (77, 97, 103)


def printed_page(
    title: str, lead: str, sections: Sequence[Section], foot: str, made_at: datetime
) -> bytes:
    """A title, a lead, parts with a heading, and a foot; smaller when it would need two pages."""
    for size in SIZES:
        page = _Page(size, title, made_at)
        page.fill(lead, sections, foot)
        if page.page_no() == 1:
            break
    return bytes(page.output())


class _Page(FPDF):
    """One try with one size of letters."""

    def __init__(self, size: float, title: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "cp1252"
        self._size = size
        self._title = title
        self.set_title(title)
        self.set_lang("nl-NL")
        self.set_creation_date(made_at)
        self.set_margin(MARGIN)
        self.add_page()

    def fill(self, lead: str, sections: Sequence[Section], foot: str) -> None:
        """Everything, from top to bottom."""
        self._write(self._title, self._size + 9, ACCENT, style="B", after=2)
        self._write(lead, self._size + 0.5, SOFT, after=3)
        for each in sections:
            self._write(each.heading, self._size + 1.5, ACCENT, style="B", after=0.5)
            self._write(each.text, self._size, INK, after=2.5)
        self._write(foot, self._size - 1, SOFT)

    def _write(
        self,
        text: str,
        size: float,
        colour: tuple[int, int, int],
        *,
        style: str = "",
        after: float = 0,
    ) -> None:
        self.set_font("Helvetica", style, size)
        self.set_text_color(*colour)
        readable = text.encode("cp1252", "replace").decode("cp1252")
        self.multi_cell(0, size * LINE, readable, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)
