"""Leads as a CSV file that a spreadsheet opens as text, never as a formula."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import phonenumbers

from bot.failpoints import reach

SIGN: Final = ";"
"""Between two cells: what a Dutch spreadsheet looks for."""
HERE: Final = "NL"
HEADINGS: Final = {
    "intake": "groep",
    "status": "stand",
    "name": "naam",
    "email": "e-mail",
    "phone": "telefoon",
    "phone_extension": "toestel",
    "city": "plaats",
    "province": "provincie",
    "sector": "tak",
    "employment": "werk",
    "education_level": "opleiding",
    "years_experience": "jaren ervaring",
    "employer_consent": "werkgever akkoord",
    "school_type": "soort school",
    "company": "bedrijf",
    "eligibility_outcome": "uitkomst",
    "eligibility_reasons": "redenen",
    "eligibility_rules": "versie van de regels",
    "consent_text_version": "versie van de toestemming",
    "consent_at": "toestemming gegeven",
    "consent_shown_at": "toestemming gevraagd",
    "looks_like": "lijkt op",
    "likeness": "gelijk",
    "unconfirmed": "adres onbevestigd",
    "takes_place": "neemt een plaats",
    "decision": "besluit",
    "decided_at": "besloten op",
    "decision_reason": "reden van het besluit",
    "channel": "kanaal",
    "created_at": "aangemeld op",
    "updated_at": "veranderd op",
    "ends_on": "gewist op",
}
"""What a coordinator reads above a column; `code` is called so in Dutch too."""
DANGEROUS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
SKIPPED: Final = " \u00a0\ufeff"
"""What a spreadsheet may skip before it looks whether this is a formula."""


def as_cell(value: Any) -> str:
    """A value that no spreadsheet will calculate."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(SKIPPED).startswith(DANGEROUS) else text


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without rows and lists in it: a value to a name, nothing for what is not there."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            found |= {f"{name}_{part}": each for part, each in flat(value).items()}
        else:
            found[name] = ", ".join(map(str, value)) if isinstance(value, list) else value
    return {name: "" if value is None else value for name, value in found.items()}


def for_a_sheet(row: Mapping[str, Any]) -> dict[str, Any]:
    """A lead as a Dutch spreadsheet leaves it: nothing in it is taken for a date or a sum.

    A number with a comma, a telephone number as it is dialled here and an intake with a word
    before it stay what they are.
    """
    return {name: _as_read(name, value) for name, value in flat(row).items()}


def _as_read(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if name == "phone" and value:
        return _dialled(str(value))
    return f"groep {value}" if name == "intake" else value


def _dialled(phone: str) -> str:
    """A number as it is dialled here, with spaces: no sum, and no zero goes missing."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_out_of_country_calling_number(number, HERE))


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
        writer = csv.writer(file, delimiter=SIGN, quoting=csv.QUOTE_ALL)
        writer.writerow([HEADINGS.get(name, name) for name in names])
        reach("K12")
        writer.writerows([as_cell(row[name]) for name in names] for row in rows)
    unfinished.rename(target)
    return len(rows)
