"""Choices told in the words of people: slips of the finger, doubts, two things at once."""

import pytest

from bot.core.answers.reading import answer_to
from bot.core.answers.spelling import corrected

OWN = frozenset({"gepensioneerd", "loondienst", "universiteit", "vmbo"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gepensjoneerd", "gepensioneerd"),
        ("loondinst", "loondienst"),
        ("univeristeit", "universiteit"),
        ("fmbo", "vmbo"),
        ("gewoon", "gewoon"),
        ("loondienst", "loondienst"),
        ("boterham", "boterham"),
    ],
)
def test_a_slip_is_put_right_against_the_words_of_the_question(typed: str, meant: str) -> None:
    assert corrected(typed, OWN) == meant


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("education_level", "hbo of mbo 4, ik twijfel"),
        ("education_level", "mbo 3 of 4"),
        ("education_level", "geen idee meer"),
        ("employment", "half zzp half in loondienst"),
        ("employment", "loondienst en een eigen bedrijf ernaast"),
        ("employment", "misschien straks zzp"),
        ("sector", "twee dagen las ik, drie dagen ben ik loodgieter"),
        ("employer_consent", "mijn chef wel goed, maar de directie niet"),
    ],
)
def test_a_doubt_or_two_things_at_once_is_asked(item: str, text: str) -> None:
    assert answer_to(item, text) is None


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("sector", "ik maak bekistingen voor bruggen", "bouw"),
        ("sector", "mechanieker", "other"),
        ("sector", "ik bouw schakelkasten", "metalektro"),
        ("sector", "we vallen onder a+o", "metalektro"),
        ("sector", "slagersbedrijf", "not_technical"),
        ("sector", "elektrisien", "installatietechniek"),
        ("sector", "dertig jaar loodgieter, en later als voorman", "installatietechniek"),
        ("employment", "bij de gemeente", "employee"),
        ("employment", "36 uur als frezer", "employee"),
        ("employment", "arbeider", "employee"),
        ("employment", "mijn eigen baas", "self_employed"),
        ("employment", "thuis, contract afgelopen", "unemployed"),
        ("employment", "gestopt met werken, 66 geworden", "retired"),
        ("employment", "meester op een vmbo", "teacher"),
        ("employment", "bol-student", "student"),
        ("education_level", "n4", "mbo4"),
        ("education_level", "mbo III", "mbo3"),
        ("education_level", "ik ben ing.", "hbo"),
        ("education_level", "alleen een heftruckcertificaat", "none"),
        ("education_level", "alleen certificaten", "none"),
        ("education_level", "laatste jaar mbo 4", None),
        ("education_level", "tweede jaar hts gedaan, mts wel gehaald", "mbo4"),
        ("education_level", "mbo 4, maar geen diploma", None),
        ("employer_consent", "het was haar idee", "yes"),
        ("employer_consent", "hij heeft er geen moeite mee", "yes"),
        ("employer_consent", "ze betalen mee", "yes"),
        ("employer_consent", "hij is er op tegen", "no"),
        ("employer_consent", "ze kunnen me niet missen", "no"),
        ("employer_consent", "moet eerst met de chef praten", "not_asked"),
        ("employer_consent", "hij is op de hoogte", None),
        ("employer_consent", "ik zit in de ww", "not_applicable"),
        ("employer_consent", "geen directeur boven mij", "not_applicable"),
        ("school_type", "vmbo kader", "vmbo"),
        ("school_type", "mbo niveau 3", "mbo"),
        ("school_type", "waar ze mensen nodig hebben", "both"),
        ("school_type", "vmbo, maar mbo mag ook", "both"),
        ("school_type", "ik heb mbo 4 maar wil op het vmbo lesgeven", "vmbo"),
        ("school_type", "in een gevangenis", "other"),
    ],
)
def test_people_say_a_choice_in_their_own_words(item: str, text: str, value: str | None) -> None:
    assert answer_to(item, text) == value
