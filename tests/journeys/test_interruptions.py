"""Any question and any move at every question of ours: answered, and the open question comes back.

Every field of both forms times every name of the catalogue that does not end a form, with the
plain sentence that must always be understood. Generated, so that no pair can be forgotten. In a
house in this process; some of it through the engine as well.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
import yaml

from tests.support.house import ROOT, House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

SENTENCES: dict[str, str] = yaml.safe_load((ROOT / "tests/understanding/must_hold.yml").read_text())
SENTENCES["faq/other_situations"] = "kan iemand zonder baan ook meedoen"
"""The plain one, "ik ben werkloos ...", also tells something, and that is kept."""

TOPICS = [name for name in SENTENCES if name.startswith("faq/")]
MOVES = ["help", "bot_challenge", "ask_human", "repeat", "explain_question", "out_of_scope"]
SMALL_TALK = ["thank", "chitchat", "insult", "feedback_positive", "feedback_negative"]
SMALL_TALK += ["other_language", "goodbye", "registration_status", "export_my_data"]
FIELDS = {
    "sector": "installatietechniek",
    "employment": "in loondienst",
    "education_level": "mbo 4",
    "years_experience": "15 jaar",
    "employer_consent": "ja die vindt het goed",
    "school_type": "mbo",
    "consent": "ja dat mag",
    "name": "Jan de Vries",
    "email": "onderbreker@voorbeeld.nl",
    "phone": "0612345678",
    "region": "Zwolle",
    "company": "overslaan",
    "confirm": "ja, meld mij aan",
}


EVERY = (*TOPICS, *MOVES, *SMALL_TALK)
STEP = len(FIELDS)
"""Through the engine each name is tried at one question."""


@pytest.fixture(scope="module")
def quick_visitor(quick: str) -> Iterator[Visitor]:
    """Somebody on the way to registering, taken one question further at a time."""
    with Visitor(quick) as visitor:
        visitor.say("ik wil me aanmelden")
        yield visitor


@pytest.fixture(scope="module")
def visitor(house: House) -> Iterator[Visitor]:
    """Another one, who talks through the engine."""
    with Visitor(house.url) as visitor:
        visitor.say("ik wil me aanmelden")
        yield visitor


def interrupted(visitor: Visitor, field: str, names: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """What goes wrong at a question; then it is answered."""
    if visitor.last["asks"] is None:  # between the two forms
        visitor.say("ik wil me aanmelden")
    assert visitor.last["asks"] == field
    wrong = []
    for name in names:
        turn = visitor.say(SENTENCES[name])
        if turn["topics"] != [name] or turn["asks"] != field:
            wrong.append((name, turn["topics"], turn["asks"]))
    turn = visitor.say(FIELDS[field])
    assert turn["asks"] != field, visitor.words()
    return wrong


@pytest.mark.parametrize("field", FIELDS)
def test_at_this_question_everything_else_is_answered_and_the_question_comes_back(
    field: str, quick_visitor: Visitor, figure: Callable[[str], None]
) -> None:
    wrong = interrupted(quick_visitor, field, EVERY)
    figure(f"interruptions at {field}: {len(EVERY) - len(wrong)} of {len(EVERY)}")
    assert wrong == []


@pytest.mark.parametrize("field", FIELDS)
def test_so_it_is_through_the_engine(field: str, visitor: Visitor) -> None:
    assert interrupted(visitor, field, EVERY[[*FIELDS].index(field) :: STEP]) == []


def test_after_all_of_that_he_is_registered_with_the_answers_he_gave(
    visitor: Visitor, house: House
) -> None:
    registration = visitor.last["registration"]
    assert registration and registration["status"] == "registered"
    [lead] = [each for each in house.leads() if each["code"] == registration["code"]]
    assert (lead["name"], lead["email"]) == ("Jan de Vries", "onderbreker@voorbeeld.nl")
    assert (lead["sector"], lead["years_experience"]) == ("installatietechniek", 15)
    assert (lead["education_level"], lead["school_type"]) == ("mbo4", "mbo")
