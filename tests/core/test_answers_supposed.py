"""What is supposed is read, and is never taken for something told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import facts_in, supposed_in
from bot.core.answers.reading import answer_to
from bot.core.questions import ELIGIBILITY, is_valid

TODAY = date(2026, 11, 23)


def values_in(text: str) -> dict[str, object]:
    return {found.entity: found.value for found in supposed_in(text, TODAY)}


SUPPOSITIONS = [
    ("en als ik volgend jaar mijn mbo-4 heb?", {"education_level": "mbo4"}),
    ("ALS IK MBO-4 HAAL?", {"education_level": "mbo4"}),
    ("volgend jaar haal ik mijn hbo, mag ik dan?", {"education_level": "hbo"}),
    ("straks heb ik mbo 4, mag ik dan wel?", {"education_level": "mbo4"}),
    ("stel ik zou mbo 4 hebben", {"education_level": "mbo4"}),
    ("kan ik meedoen als ik mbo 3 heb", {"education_level": "mbo3"}),
    (
        "stel dat ik bij een metaalbedrijf ga werken, mag het dan wel?",
        {"sector": "metaalbewerking", "employment": "employee"},
    ),
    ("en indien ik als lasser ga werken", {"sector": "metaalbewerking"}),
    ("en als ik niet in de techniek werk?", {"sector": "not_technical"}),
    ("en als ik in de zorg ga werken?", {"sector": "not_technical"}),
    ("en als mijn baas het niet goed vindt?", {"employer_consent": "no"}),
    ("als mijn werkgever nee zegt, kan het dan nog", {"employer_consent": "no"}),
    ("als het van mijn baas niet mag", {"employer_consent": "no"}),
    ("mag het ook als mijn chef niet akkoord gaat", {"employer_consent": "no"}),
    ("en als mijn baas het wel goed vindt", {"employer_consent": "yes"}),
    ("als mijn baas toestemming geeft", {"employer_consent": "yes"}),
    ("als mijn baas er nog niets van weet", {"employer_consent": "not_asked"}),
    ("en als ik zzp'er word?", {"employment": "self_employed"}),
    ("stel ik word zzp'er", {"employment": "self_employed"}),
    ("en als ik met pensioen ga?", {"employment": "retired"}),
    ("mocht ik werkloos raken, kan het dan nog?", {"employment": "unemployed"}),
    ("en als ik nog maar 2 jaar ervaring heb?", {"years_experience": 2}),
    ("als ik over 2 jaar 5 jaar ervaring heb", {"years_experience": 5}),
    ("als ik straks 18 word, kan ik dan meedoen?", {"age": 18}),
    ("zodra ik achttien ben, mag het dan?", {"age": 18}),
    ("en als ik op een havo wil lesgeven?", {"school_type": "other"}),
    ("als ik toch liever op het vmbo les wil geven?", {"school_type": "vmbo"}),
]


@pytest.mark.parametrize(("text", "values"), SUPPOSITIONS)
def test_a_supposition_is_read_as_values(text: str, values: dict[str, object]) -> None:
    assert values_in(text) == values


@pytest.mark.parametrize("text", [text for text, _ in SUPPOSITIONS])
def test_a_supposition_is_neither_told_nor_an_answer(text: str) -> None:
    assert facts_in(text, TODAY) == ()
    assert [answer_to(item, text, TODAY) for item in ELIGIBILITY] == [None] * len(ELIGIBILITY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ik heb mbo 4 en ben zzp'er",
        "telt mbo 3 ook?",
        "en als ik mijn mbo 4 niet haal?",
        "als ik geen mbo-4 heb",
        "wat als mijn zoon mbo 4 heeft",
        "als een collega zzp'er is",
        "als ik straks docent word",
        "als ik de opleiding afrond, mag ik dan lesgeven",
    ],
)
def test_what_supposes_no_value_about_the_speaker(text: str) -> None:
    assert values_in(text) == {}


def test_what_is_told_beside_a_supposition_is_not_supposed() -> None:
    text = "ik heb mbo 3. en als ik mbo 4 haal?"
    (found,) = supposed_in(text)
    assert found.value == "mbo4"
    assert text[found.start : found.end] == "en als ik mbo 4 haal"


WORDS = (
    "als stel dat ik mijn baas niet goed vindt mbo 4 zzp'er word 18 ben , ? . straks bij de bouw"
)


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=8), max_size=25).map(" ".join))
def test_whatever_is_sent_gives_only_values_that_an_item_can_have(text: str) -> None:
    for found in supposed_in(text, TODAY):
        assert found.entity == "age" or is_valid(found.entity, found.value)
        assert 0 <= found.start <= found.end <= len(text)
