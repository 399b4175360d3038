"""Leads as a CSV file that a spreadsheet opens as text, never as a formula."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

DANGEROUS: Final = tuple("=+-@\t\r＝＋－＠")


def as_cell(value: Any) -> str:
    """A value that no spreadsheet will calculate."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write_csv(rows: Sequence[Mapping[str, Any]], target: Path) -> int:
    """Write the rows to a new file, readable by its owner only; gives their number."""
    names = list(rows[0]) if rows else []
    target.touch(mode=0o600, exist_ok=False)
    with target.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        writer.writerows([as_cell(row[name]) for name in names] for row in rows)
    return len(rows)
