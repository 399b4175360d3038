"""The export opens in a spreadsheet as text: nothing in it is calculated, nothing is lost."""

import csv
import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export import as_cell, for_a_sheet, write_csv
from tests.support.corpus import FORMULAS, NAMES

STARTS = tuple("=+-@\t\r\n\x00＝＋－＠")
"""What makes a spreadsheet calculate (ASVS 1.2.10), also behind spaces that it skips."""


def is_text(cell: str) -> bool:
    return not cell.startswith(STARTS) and not cell.strip("\ufeff \u00a0").startswith(STARTS)


@pytest.mark.parametrize("value", FORMULAS, ids=ascii)
def test_a_formula_becomes_a_text(value):
    cell = as_cell(value)
    assert is_text(cell) and cell in (value, f"'{value}")


@given(st.text())
def test_whatever_stands_there_is_text_and_keeps_every_letter(value):
    cell = as_cell(value)
    assert is_text(cell) and cell.removeprefix("'") == value.removeprefix("'")


@pytest.mark.parametrize("value", [*NAMES, "06-12345678", "", None, 12, {"a": "é"}])
def test_an_ordinary_value_stays_as_it_is(value):
    plain = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    assert as_cell(value) == ("" if plain is None else str(plain))


def test_a_dutch_spreadsheet_takes_nothing_for_a_date_or_a_sum():
    row = {
        "intake": "2027-11",
        "phone": "+31612345758",
        "years_experience": 2.5,
        "unconfirmed": True,
        "company": None,
        "eligibility": {"outcome": "review", "reasons": ["sector_ok", "school_ok"]},
    }
    assert for_a_sheet(row) == {
        "intake": "groep 2027-11",
        "phone": "06 12345758",
        "years_experience": "2,5",
        "unconfirmed": "ja",
        "company": "",
        "eligibility_outcome": "review",
        "eligibility_reasons": "sector_ok, school_ok",
    }
    phones = ("+31101234567", "+4915112345678", "112", "")
    cells = [as_cell(for_a_sheet({"phone": each})["phone"]) for each in phones]
    assert cells == ["010 123 4567", "00 49 1511 2345678", "112", ""]


def test_a_file_can_be_read_back_and_is_for_its_owner(tmp_path):
    rows = [{"naam": value, "note": f'"{value}";\n{value}'} for value in (*FORMULAS, *NAMES)]
    rows = [{name: value.replace("\x00", "") for name, value in row.items()} for row in rows]
    target = tmp_path / "leads.csv"
    assert write_csv(rows, target) == len(rows)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with target.open(newline="", encoding="utf-8-sig") as file:
        found = list(csv.DictReader(file, delimiter=";"))
    assert found == [{name: as_cell(value) for name, value in row.items()} for row in rows]
    with pytest.raises(FileExistsError):
        write_csv(rows, target)
