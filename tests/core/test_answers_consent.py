"""What the employer thinks of it."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", "yes"),
        ("ja hoor", "yes"),
        ("ja zei ik toch al, is prima", "yes"),
        ("jazeker", "yes"),
        ("mijn baas vindt het goed", "yes"),
        ("ja, hij weet ervan", "yes"),
        ("hij vindt het prima", "yes"),
        ("ze zijn akkoord", "yes"),
        ("werkgever staat erachter", "yes"),
        ("ze hebben toestemming gegeven", "yes"),
        ("geen probleem", "yes"),
        ("mag van mijn baas", "yes"),
        ("hij staat er helemaal achter", "yes"),
        ("goedgekeurd", "yes"),
        ("ja, en wat kost het dan?", "yes"),
        ("baas vint t prima", "yes"),
        ("ze staan er positief tegenover", "yes"),
        ("heb ik gevraagd en mag", "yes"),
        ("nee", "no"),
        ("nee, hij wil het niet", "no"),
        ("mijn baas is tegen", "no"),
        ("hij vindt het niks", "no"),
        ("geen toestemming", "no"),
        ("mag niet van de baas", "no"),
        ("de baas ziet het niet zitten", "no"),
        ("hij weigert", "no"),
        ("nog niet gevraagd", "not_asked"),
        ("heb ik nog niet gevraagd", "not_asked"),
        ("nee, nog niet", "not_asked"),
        ("nog niet", "not_asked"),
        ("dat moet ik nog vragen", "not_asked"),
        ("moet nog overleggen", "not_asked"),
        ("ik ga het morgen vragen", "not_asked"),
        ("mijn baas weet het nog niet", "not_asked"),
        ("hij weet nog van niks", "not_asked"),
        ("niet besproken", "not_asked"),
        ("nog niet overlegd met de chef", "not_asked"),
        ("ik moet het nog bespreken op het werk", "not_asked"),
        ("ik denk van wel", "not_asked"),
        ("waarschijnlijk wel", "not_asked"),
        ("ik heb geen werkgever", "not_applicable"),
        ("ik ben zzp'er", "not_applicable"),
        ("nvt", "not_applicable"),
        ("ik ben zelf de baas", "not_applicable"),
    ],
)
def test_an_answer_about_the_employer(text: str, value: str) -> None:
    assert answer_to("employer_consent", text) == value


@pytest.mark.parametrize(
    "text",
    [
        "moet mijn baas het goed vinden?",
        "waarom moet mijn werkgever dat weten",
        "wat moet mijn baas doen",
        "ik weet het niet",
        "misschien",
        "als mijn baas het goed vindt",
        "hallo",
        "mbo 4",
        "",
    ],
)
def test_what_is_no_answer_about_the_employer(text: str) -> None:
    assert answer_to("employer_consent", text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn baas vindt het goed", "yes"),
        ("ik heb het nog niet gevraagd aan mijn werkgever", "not_asked"),
        ("mijn chef wil het niet", "no"),
        ("moet mijn baas akkoord zijn?", None),
        ("wat vindt mijn baas goed", None),
        ("in de drukke periode kan ik niet weg uit het bedrijf", None),
        ("mijn baas is aardig", None),
    ],
)
def test_told_unasked(text: str, value: str | None) -> None:
    found = [fact.value for fact in facts_in(text) if fact.entity == "employer_consent"]
    assert found == ([value] if value else [])


@pytest.mark.parametrize("text", ["dat vind ik een goed antwoord", "ik vind de uitleg prima"])
def test_praise_for_the_assistant_is_no_word_of_an_employer(text: str) -> None:
    assert answer_to("employer_consent", text) is None


@pytest.mark.parametrize("text", ["mijn baas weet niet", "mijn werkgever weet het nog niet"])
def test_an_employer_who_does_not_know_was_not_asked(text: str) -> None:
    assert answer_to("employer_consent", text) == "not_asked"


@pytest.mark.parametrize("whose", ["mijn", "zijn", "haar", "hun"])
def test_whether_a_boss_must_agree_is_a_question(whose: str) -> None:
    assert not facts_in(f"moet {whose} baas dat goed vinden")
