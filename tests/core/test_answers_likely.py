"""Which answers are read and have to be said back, and which are kept at once."""

from datetime import date

import pytest

from bot.core.answers.companies import is_unsure as is_unsure_company
from bot.core.answers.companies import kind_put_right, read_company
from bot.core.answers.names_answer import is_unsure as is_unsure_name
from bot.core.answers.names_answer import name_answer
from bot.core.answers.reading import answer_to, likely_answer
from bot.privacy.masking import PersonalDataFinder

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("sector", "ik meen metaalbewerking", "metaalbewerking"),
        ("sector", "dakdekker, maar vooral zonnepanelen aansluiten als elektricien", "bouw"),
        ("employment", "loondienst of nja eigenlijk loopt dat af", "employee"),
        ("employment", "ik werk", "employee"),
        ("education_level", "misschien was het mbo 2", "mbo2"),
        ("education_level", "vwo", "havo"),
        ("years_experience", "18 jaar min de 4 bij de bank", 18),
        ("employer_consent", "mijn voormalige werkgever vond het goed", "yes"),
        (
            "employer_consent",
            "nee joh waarom zou mijn chef dat niet goed vinden, hij vindt het prima",
            "no",
        ),
        ("school_type", "vmbo, nee toch mbo, wacht nee vmbo", "vmbo"),
        ("region", "tussen Assen en Emmen", "Assen"),
        ("region", "doordeweeks in Assen", "Assen"),
    ],
)
def test_a_value_that_may_not_be_the_one_is_likely(item: str, text: str, value: object) -> None:
    assert likely_answer(item, text, TODAY) == value


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("sector", "vroeger bouw, nu installatie"),
        ("employment", "zzp, nee in loondienst"),
        ("education_level", "mbo 3, nee 4"),
        ("education_level", "eerst lts en daarna mts"),
        ("education_level", "mijn zoon heeft hbo, ik heb lts"),
        ("years_experience", "ik denk ongeveer 12 jaar"),
        ("employer_consent", "weet ik niet, nog niet gevraagd"),
        ("school_type", "mbo denk ik"),
        ("school_type", "geen voorkeur"),
        ("region", "Giethoorn, dat ligt bij Steenwijk"),
        ("region", "tussen Arnhem en Nijmegen in, Elst"),
    ],
)
def test_a_plain_answer_a_correction_and_a_guess_at_years_are_kept_at_once(
    item: str, text: str
) -> None:
    assert answer_to(item, text, TODAY) is not None
    assert likely_answer(item, text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "is_unsure"),
    [
        ("Karel Visser met een k, dus Fisker", True),
        ("heette eerder sanne smit, nu Sanne Lagerweij", True),
        ("ik heet sam de wit", False),
        ("Wit, Sam de", False),
        ("mark even", False),
        ("Sam de Wit, monteur", False),
    ],
)
def test_a_name_with_a_word_too_many_or_another_behind_it_is_likely(
    text: str, is_unsure: bool
) -> None:
    assert is_unsure_name(text, name_answer(text) or "") is is_unsure


def test_a_mistyped_kind_of_firm_is_put_right_and_a_name_on_purpose_is_not() -> None:
    assert kind_put_right("istallatiebedrijf Kanarie") == "installatiebedrijf Kanarie"
    assert kind_put_right("Technisch Buro Kanarie") is None
    assert kind_put_right("Kanarie Service") is None


def test_a_firm_whose_name_begins_like_a_sentence_is_likely() -> None:
    assert is_unsure_company(read_company("Dat is Technisch Buro Kanarie B.V.") or "")
    assert not is_unsure_company(read_company("Technisch Buro Kanarie B.V.") or "")


def test_whose_firm_it_is_belongs_to_its_name() -> None:
    assert read_company("installatiebedrijf gebr. de wit") == "Installatiebedrijf Gebr. de Wit"


@pytest.mark.parametrize(
    ("item", "text", "is_likely"),
    [
        ("email", "mijn collega is karel@voorbeeld.nl", True),
        ("email", "sam@gmial.com", True),
        ("email", "sam@voorbeeld.nl", False),
        ("phone", "mijn vrouw heeft 0612345678", True),
        ("phone", "0612345678, mijn vrouw neemt soms op", False),
    ],
)
def test_what_is_anothers_or_mistyped_is_likely(item: str, text: str, is_likely: bool) -> None:
    found = PersonalDataFinder().mask(text, item, {})
    assert (item in found.likely, item in found.known) == (is_likely, not is_likely)
