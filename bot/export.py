"""Leads as a CSV file that a spreadsheet opens as text, never as a formula."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.failpoints import reach

DANGEROUS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
SKIPPED: Final = " \u00a0\ufeff"
"""What a spreadsheet may skip before it looks whether this is a formula."""


def as_cell(value: Any) -> str:
    """A value that no spreadsheet will calculate."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(SKIPPED).startswith(DANGEROUS) else text


def write_csv(rows: Sequence[Mapping[str, Any]], target: Path) -> int:
    """Write the rows to a new file, readable by its owner only; gives their number.

    The file has its name when it is whole. Raises FileExistsError when there is one already.
    """
    if target.exists():
        raise FileExistsError(target)
    names = list(rows[0]) if rows else []
    unfinished = target.with_name(f"{target.name}.deel")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with unfinished.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        reach("K12")
        writer.writerows([as_cell(row[name]) for name in names] for row in rows)
    unfinished.rename(target)
    return len(rows)
