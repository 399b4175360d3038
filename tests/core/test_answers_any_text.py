"""Whatever somebody sends: nothing breaks, offsets are right, time grows with the length only."""

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answers import (
    facts_in,
    name_in,
    province_of,
    read_company,
    read_name,
    supposed_in,
)
from bot.core.answers.reading import answer_to
from bot.core.answers.text import Folded, fold
from bot.core.questions import ITEMS, is_valid

WORDS = (  # noqa: SIM905
    "ik ben heb werk al 15 jaar mbo 4 vmbo hbo lasser in de bouw zzp'er loondienst Zwolle Best "
    "uit woon mijn baas vindt het goed nog niet gevraagd ja nee hoe lang duurt het wat kost ? . , "
    "maar en als naam is Jan de Vries groeten, HT-7K3M9QZ2 ht7k3m9qz2 45 sinds 2012 \n een jaar of "
    "vijf \u2019t Şahin ½ ß ĳ e\u0301 \u200b"
).split(" ")
REPEATED = (
    [
        "a",
        " ",
        "?",
        "\n",
        ",",
        "-",
        "o'",
        "ja ",
        "ja, ",
        "nee ",
        "niet ",
        "geen ",
        "nog ",
        "en ",
        "een ",
    ]
    + [
        "ik ben ",
        "ik wil ",
        "heb ",
        "mbo ",
        "15 jaar ",
        "met ",
        "bij ",
        "groet ",
        "naam is ",
        "Jan ",
    ]
    + [
        "van de ",
        "van 't ",
        "moet ik nog ",
        "vind het ",
        "als ",
        "die ",
        "1-",
        "ht-",
        "1 of ",
        "a.",
    ]
)
ANY = st.text(st.characters(exclude_categories=()), max_size=200)
TALK = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


def check_offsets(text: str) -> None:
    last = 0
    for fact in facts_in(text):
        assert last <= fact.start < fact.end <= len(text)
        last = fact.end


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, TALK))
def test_facts_have_valid_offsets(text: str) -> None:
    check_offsets(text)
    span = name_in(text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, TALK))
def test_answers_are_values_that_the_item_can_have(text: str) -> None:
    for item in (*ITEMS, "no such item"):
        value = answer_to(item, text)
        assert value is None or is_valid(item, value)
    company, told = read_company(text), f"{' '.join(text.split())}.".casefold()
    assert company is None or (0 < len(company) <= 80 and company.casefold() in told)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, TALK))
def test_reading_a_name_twice_changes_nothing(text: str) -> None:
    name = read_name(text)
    assert name is None or read_name(name) == name


@settings(max_examples=200, deadline=None)
@given(st.one_of(ANY, TALK))
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    plain = Folded.of(text)
    assert len(plain.places) == len(plain.text) + 1
    assert "  " not in plain.text


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["mbo 4", "ik woon in Zwolle", "ik ben 45 jaar", "mijn code is HT-7K3M9QZ2"])
)
def test_letters_with_loose_accents_keep_the_offsets(text: str) -> None:
    before = "Cafe\u0301 ½ ĳ. "
    for fact in facts_in(before + text):
        plain = next(other for other in facts_in(text) if other.entity == fact.entity)
        assert (before + text)[fact.start : fact.end] == text[plain.start : plain.end]


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "\ud83d", *(part * (10_000 // len(part)) for part in REPEATED)],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_long_and_odd_texts_take_no_time(text: str) -> None:
    started = time.process_time()
    check_offsets(text)
    for item in ITEMS:
        answer_to(item, text)
    name_in(text), read_name(text), read_company(text), province_of(text)
    supposed_in(text)
    assert time.process_time() - started < 3


def test_a_normal_message_takes_less_than_two_milliseconds() -> None:
    text = (
        "Hoi, ik ben 45 en werk al 20 jaar als servicemonteur bij een installatiebedrijf, "
        "ik woon in Zwolle, heb mbo 4 en mijn baas vindt het goed. Hoeveel avonden ben ik kwijt?"
    )
    facts_in(text)
    started = time.process_time()
    for _ in range(50):
        facts_in(text)
    assert (time.process_time() - started) / 50 < 0.01


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HT-7K3M9QZ2", "HT-7K3M9QZ2"),
        ("ht-7k3m9qz2", "HT-7K3M9QZ2"),
        ("mijn code is HT7K3M9QZ2.", "HT-7K3M9QZ2"),
        ("wat is de status van ht 7k3m 9qz2?", "HT-7K3M9QZ2"),
        ("HT–7K3M9QZ2", "HT-7K3M9QZ2"),
        ("HT-O1234567", "HT-01234567"),
        ("ht-i2l4 5678", "HT-12145678"),
        ("HT 1234 5678", "HT-12345678"),
    ],
)
def test_a_registration_code(text: str, code: str) -> None:
    assert [fact.value for fact in facts_in(text) if fact.entity == "registration_code"] == [code]
    assert answer_to("code", text) == code


@pytest.mark.parametrize(
    "text",
    [
        "HT-7K3M9QZ",
        "HT-7K3M9QZ22",
        "HT-UIOL1234",
        "htmlcodes1",
        "XHT-7K3M9QZ2",
        "ht kost 2500 euro",
    ],
)
def test_no_registration_code(text: str) -> None:
    assert facts_in(text) == ()


def test_several_facts_stand_in_order() -> None:
    text = "Ik ben 38, werk bij een staalbouwer, mbo 3 en woon in Almelo"
    assert [(fact.entity, fact.value) for fact in facts_in(text)] == [
        ("age", 38),
        ("employment", "employee"),
        ("education_level", "mbo3"),
        ("city", "Almelo"),
    ]
    assert string.capwords(text[facts_in(text)[-1].start :]) == "Almelo"
