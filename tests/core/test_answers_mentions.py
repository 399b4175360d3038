"""What somebody wants to change, in his own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.mentions import item_checked, items_in
from bot.core.questions import ITEMS


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("ik typte mijn nummer verkeerd", ("phone",)),
        ("mijn mail klopt niet", ("email",)),
        ("er staat een fout in mijn e-mailadres", ("email",)),
        ("mijn achternaam is anders gespeld", ("name",)),
        ("ik ben verhuisd", ("region",)),
        ("mijn woonplaats moet anders", ("region",)),
        ("de naam van het bedrijf is veranderd", ("name", "company")),
        ("mijn diploma heb ik verkeerd opgegeven", ("education_level",)),
        ("ik heb meer ervaring dan ik zei", ("years_experience",)),
        ("ik wil iets aanpassen", ()),
        ("", ()),
    ],
)
def test_what_is_named_is_found(text: str, items: tuple[str, ...]) -> None:
    assert items_in(text) == items


@given(st.text())
def test_any_text_names_only_things_that_we_ask(text: str) -> None:
    assert set(items_in(text)) <= set(ITEMS)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("klopt mijn naam?", "name"),
        ("staat mijn mailadres er goed in?", "email"),
        ("op welk nummer bellen jullie mij?", "phone"),
        ("en klopt m'n woonplaats", "region"),
        ("wat gebeurt er met mijn naam?", None),
        ("hebben jullie plaats voor mij?", None),
        ("welk bedrijf betaalt mij?", None),
        ("wat is jullie telefoonnummer?", None),
    ],
)
def test_who_asks_what_stands_noted_of_him_names_it(text: str, item: str | None) -> None:
    assert item_checked(text) == item
