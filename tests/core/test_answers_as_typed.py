"""What is typed a second time at an open question is kept to the letter."""

import pytest

from bot.core.answers import as_typed, as_written, name_as_typed


@pytest.mark.parametrize(
    "text",
    [
        *("O", "Klein", "tjorven klein", "wie lan", "wil graag", "Jan 2", "X Æ A-12", "王"),
        "นาย สมชาย ใจดี",
    ],
)
def test_a_name_is_kept_as_it_was_typed(text: str) -> None:
    assert name_as_typed(text) == text


def test_words_around_a_name_are_no_part_of_it() -> None:
    assert name_as_typed("mijn naam is  Klein.") == "Klein"
    assert name_as_typed("Jose\u0301 Klein") == "José Klein"


@pytest.mark.parametrize(
    "text",
    [
        *("weet ik niet", "waarom?", "waarom", "liever niet", "Liever Niet", "nee", "geen idee"),
        *("ik snap de vraag niet", "wat kost de opleiding", "dat zeg ik liever niet", "overslaan"),
        *("ik wil een medewerker spreken", "bent u een robot", "jan@voorbeeld.nl", "", "12", "👍"),
        *("www.voorbeeld.nl", "/start", "[email]", "vertel ik niet", "x" * 201),
    ],
)
def test_a_question_a_refusal_and_an_address_stay_no_answer(text: str) -> None:
    assert as_typed(text) is None
    assert name_as_typed(text) is None


def test_who_knows_what_he_writes_may_write_anything_with_a_letter() -> None:
    assert as_written("  Weet   Niet ") == "Weet Niet"
    assert as_written("12") is None and as_written("a@b.nl") is None
