"""The plain assistant does its work as long as nothing fails."""

import re
from collections.abc import Iterator

import pytest

from tests.faults.plain_house import ACKNOWLEDGED, STEPS, PlainHouse, say
from tests.support.postgres import free_port

pytestmark = [pytest.mark.engine, pytest.mark.nightly]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainHouse]:
    actions = free_port()
    house = PlainHouse(tmp_path_factory.mktemp("plain"), free_port(), actions, actions)
    try:
        house.start("actions")
        house.start("rasa")
        house.await_ready()
        yield house
    finally:
        house.stop()


def walk(house: PlainHouse, sender: str, email: str) -> list[str]:
    """What a visitor reads in answer to each of his steps, a line for each."""
    steps = STEPS("Sanne de Boer", email, "06 12 34 56 78")
    return ["\n".join(say(house.rasa_port, sender, text)) for text in steps]


def test_who_confirms_is_told_so_once_and_registered_once(plain: PlainHouse) -> None:
    answers = walk(plain, "one", "sanne@voorbeeld.nl")

    assert all(answers)
    assert [bool(re.search(ACKNOWLEDGED, answer)) for answer in answers] == [False] * 10 + [True]
    (saved,) = plain.registrations()
    assert (saved["name"], saved["email"], saved["phone"], saved["eligible"]) == (
        "Sanne de Boer",
        "sanne@voorbeeld.nl",
        "0612345678",
        True,
    )


def test_a_yes_after_the_check_begins_the_registration(plain: PlainHouse) -> None:
    for text in STEPS("", "", "")[:5]:
        say(plain.rasa_port, "yes", text)

    assert say(plain.rasa_port, "yes", "ja") == ["Wat is uw naam?"]


def test_a_question_in_the_form_is_answered_and_bad_answers_are_asked_again(
    plain: PlainHouse,
) -> None:
    for text, answer in (
        ("ik wil me aanmelden", "Wat is uw naam?"),
        ("wat kost het", "De kosten"),
        ("Jan Jansen", "Wat is uw e-mailadres?"),
        ("geen adres", "geen geldig e-mailadres"),
        ("jan@voorbeeld.nl", "telefoonnummer"),
        ("12", "geen geldig telefoonnummer"),
        ("0612345678", "bedrijf"),
        ("Noord BV", "Klopt dit? Jan Jansen, jan@voorbeeld.nl, 0612345678, Noord BV."),
        ("nee", "niet aangemeld"),
        ("aanmelden", "Wat is uw naam?"),
        ("stop", "we stoppen"),
    ):
        assert answer in " ".join(say(plain.rasa_port, "two", text)), text
    assert "jan@voorbeeld.nl" not in {row["email"] for row in plain.registrations()}


def test_who_registers_again_is_asked_again_and_saved_once(plain: PlainHouse) -> None:
    for _ in range(2):
        answers = walk(plain, "again", "again@voorbeeld.nl")
        assert "Wat is uw e-mailadres?" in answers[6]
        assert re.search(ACKNOWLEDGED, answers[-1])
    assert [row["email"] for row in plain.registrations()].count("again@voorbeeld.nl") == 1


def test_it_comes_back_after_a_kill_with_what_it_had(plain: PlainHouse) -> None:
    before = plain.registrations()
    old = plain.pids()
    for part in ("rasa", "actions"):
        plain.kill(part)
        plain.start(part)
    plain.await_ready()

    assert not set(old.values()) & set(plain.pids().values())
    assert plain.registrations() == before
    assert re.search(ACKNOWLEDGED, walk(plain, "three", "three@voorbeeld.nl")[-1])
    assert len(plain.registrations()) == len(before) + 1
