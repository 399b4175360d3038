"""Kinds of school to teach at."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vmbo", "vmbo"),
        ("op het vmbo", "vmbo"),
        ("een vmbo-school", "vmbo"),
        ("vmbo school hier om de hoek", "vmbo"),
        ("liever vmbo dan mbo", "vmbo"),
        ("liefst het vmbo", "vmbo"),
        ("ik wil toch liever vmbo in plaats van mbo", "vmbo"),
        ("vmbo. wat verdien ik dan?", "vmbo"),
        ("v.m.b.o.", "vmbo"),
        ("mbo", "mbo"),
        ("MBO", "mbo"),
        ("roc", "mbo"),
        ("op een ROC", "mbo"),
        ("mbo, geen vmbo", "mbo"),
        ("leerlingen van 17 of 18 jaar", "mbo"),
        ("kinderen van 12 tot 15 jaar", "vmbo"),
        ("niet het vmbo maar mbo", "mbo"),
        ("mbo, techniek college", "mbo"),
        ("liefst mbo", "mbo"),
        ("mbo 4", "mbo"),
        ("beide", "both"),
        ("allebei", "both"),
        ("vmbo en mbo", "both"),
        ("mbo of vmbo", "both"),
        ("maakt niet uit", "both"),
        ("maakt mij niet uit welke school", "both"),
        ("geen voorkeur", "both"),
        ("om het even", "both"),
        ("maakt me niks uit", "both"),
        ("basisschool", "other"),
        ("hbo", "other"),
        ("havo", "other"),
        ("speciaal onderwijs", "other"),
        ("praktijkschool", "other"),
        ("ergens anders", "other"),
        ("weet ik nog niet", "undecided"),
        ("nog niet over nagedacht", "undecided"),
        ("ik twijfel", "undecided"),
        ("ik twijfel tussen", "undecided"),
        ("nog geen idee", "undecided"),
        ("daar moet ik nog over nadenken", "undecided"),
    ],
)
def test_an_answer_is_a_kind_of_school(text: str, value: str) -> None:
    assert answer_to("school_type", text) == value


@pytest.mark.parametrize(
    "text",
    [
        "wat is het verschil tussen vmbo en mbo?",
        "kan ik ook op het hbo lesgeven?",
        "welke scholen zijn er",
        "ik weet het niet",
        "ja",
        "mijn dochter zit op het vmbo",
        "installatietechniek",
        "",
    ],
)
def test_what_is_no_kind_of_school(text: str) -> None:
    assert answer_to("school_type", text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ik wil lesgeven op het vmbo", "vmbo"),
        ("ik zou graag voor de klas op een mbo", "mbo"),
        ("les geven op vmbo of mbo, dat lijkt me wat", "both"),
        ("kan ik lesgeven op het vmbo?", None),
        ("ik heb vmbo gedaan", None),
        ("vmbo", None),
    ],
)
def test_told_unasked(text: str, value: str | None) -> None:
    found = [fact.value for fact in facts_in(text) if fact.entity == "school_type"]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "ik heb mbo 4 en wil op het vmbo lesgeven",
        "mbo 4, ik wil lesgeven op het vmbo",
        "ik wil op het vmbo lesgeven, ik heb mbo 4",
        "ik werk in de metalektro, mbo 4, 12 jaar ervaring en ik wil op het vmbo lesgeven",
    ],
)
def test_a_diploma_and_where_to_teach_stand_in_one_sentence(text: str) -> None:
    found = {each.entity: each.value for each in facts_in(text)}
    assert (found.get("education_level"), found.get("school_type")) == ("mbo4", "vmbo")
