"""What a good assistant can take, at every question of both forms: no pair can be forgotten.

Beside test_interruptions, which has every name of the catalogue: here is what people do that is
no name, or takes more than one message. All of it in a house in this process; at one question of
each form also in a house of three.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from bot.core.questions import ELIGIBILITY
from bot.core.questions import LITERAL as KEPT_TO_THE_LETTER
from tests.support.house import ROOT, House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine
SAMPLE = ("education_level", "phone")
"""Where the engine itself is asked as well."""

LIST = yaml.safe_load((ROOT / "tests/journeys/acceptance.yml").read_text())
FIELDS: dict[str, dict[str, str]] = LIST["fields"]
ROWS: dict[str, list[dict[str, Any]]] = LIST["rows"]
CORRECTIONS: dict[str, list[tuple[Any, str]]] = LIST["corrections"]
ANSWERS = {field: each["answer"] for field, each in FIELDS.items()}


class Candidate(Visitor):
    """A visitor on the way to registering, who keeps his first words and what went wrong."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first = self.last
        self.address = f"{uuid.uuid4().hex[:8]}@voorbeeld.nl"

    def begin_again(self) -> None:
        """Somebody else, with a conversation of his own."""
        self.client.close()
        self.__post_init__()

    def answer(self, field: str, name: str | None = None, more: str = "") -> dict[str, Any]:
        """The plain answer to a question."""
        return self.say(ANSWERS[field].replace("$email", self.address) + more, name)

    def go_to(self, field: str) -> None:
        """Answer plainly until this question is open."""
        for _ in range(20):
            if self.last["asks"] == field:
                return
            if self.last["asks"] is None:
                self.say("ik wil me aanmelden")
            else:
                self.answer(self.last["asks"])
        raise AssertionError(f"{field} is never asked; last: {self.words()}")

    def press_old(self, title: str) -> None:
        """A button under our very first words."""
        newest, self.last = self.last, self.first
        try:
            self.press(title)
        except AssertionError:
            self.last = newest
            raise

    def lacks(self, step: dict[str, Any], field: str) -> str | None:
        """Do one step of a row; what is not as it must be."""
        words = {"$field": field, "$wrong": FIELDS[field].get("wrong")}
        if "old" in step:
            self.press_old(step["old"])
        else:
            self.say(str(words.get(step["say"], step["say"])) * step.get("times", 1))
        turn, status = self.last, (self.last["registration"] or {}).get("status")
        is_so = {
            "asks": turn["asks"] == words.get(step.get("asks"), step.get("asks")),
            "topics": turn["topics"] == step.get("topics"),
            "registered": status == step.get("registered"),
            "button": step.get("button")
            in [each["title"] for message in turn["messages"] for each in message["buttons"]],
            "shows": step.get("shows", "") in self.words(),
        }
        wrong = [name for name, holds in is_so.items() if name in step and not holds]
        if not wrong:
            return None
        return f"{step} {wrong}: {turn['topics']} asks {turn['asks']}: {self.words()[:150]!r}"


class Score:
    """How many pairs were tried and how many were right."""

    def __init__(self) -> None:
        self.tried = self.right = 0
        self.rows: set[str] = set()

    def note(self, row: str, wrong: object) -> None:
        """One pair."""
        self.rows.add(row)
        self.tried += 1
        self.right += not wrong


@pytest.fixture(scope="module")
def score() -> Score:
    return Score()


def rows_at(field: str) -> dict[str, list[dict[str, Any]]]:
    """The rows that mean the same at this question."""
    return {
        name: steps
        for name, steps in ROWS.items()
        if field not in LIST["not_at"].get(name, ()) and field in LIST["only_at"].get(name, FIELDS)
    }


@pytest.mark.parametrize("field", FIELDS)
def test_every_row_comes_back_to_this_question(field: str, quick: str, score: Score) -> None:
    wrong = lacking_at(field, quick, score)
    assert not wrong, "\n".join(f"{name}: {lacking}" for name, lacking in wrong.items())


@pytest.mark.parametrize("field", SAMPLE)
def test_so_it_does_through_the_engine(field: str, house: House) -> None:
    wrong = lacking_at(field, house.url, Score())
    assert not wrong, "\n".join(f"{name}: {lacking}" for name, lacking in wrong.items())


def lacking_at(field: str, url: str, score: Score) -> dict[str, str]:
    """What each row lacks at a question."""
    wrong = {}
    with Candidate(url) as candidate:
        for name, steps in rows_at(field).items():
            candidate.go_to(field)
            lacking = next(filter(None, (candidate.lacks(step, field) for step in steps)), None)
            score.note(name, lacking)
            if lacking:
                wrong[name] = lacking
            # What was not read was a first try: the next answer would be kept as it is typed.
            is_tried = field in KEPT_TO_THE_LETTER and not candidate.last["topics"]
            if lacking or is_tried:
                candidate.begin_again()
    return wrong


@pytest.mark.parametrize("field", FIELDS)
def test_the_same_answer_twice_a_reload_and_a_question_with_it(
    field: str, quick: str, score: Score
) -> None:
    wrong = []
    with Candidate(quick) as candidate:
        candidate.go_to(field)
        shown = candidate.client.get("/api/v1/messages").json()["messages"]
        texts = [message["text"] for message in candidate.last["messages"]]
        if [message["text"] for message in shown[-len(texts) :]] != texts:
            wrong.append("reload")
        score.note("reload", "reload" in wrong)
        if field != "confirm":
            candidate.answer(field, more=". Wat kost de opleiding?")
            turn = candidate.last
            # A yes binds when it is nothing but yes: the question is answered, the yes asked again.
            is_next = turn["asks"] == field if field == "consent" else turn["asks"] != field
            if "faq/cost" not in turn["topics"] or turn["asks"] is None or not is_next:
                wrong.append(f"answer and question: {turn['topics']} asks {turn['asks']}")
            score.note("answer and question", len(wrong) > ("reload" in wrong))
    with Candidate(quick) as candidate:
        candidate.go_to(field)
        once, twice = (candidate.answer(field, "tweemaal") for _ in range(2))
        if once != twice or once["asks"] == field:
            wrong.append("double click")
        score.note("double click", wrong and wrong[-1] == "double click")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("field", FIELDS)
def test_every_earlier_answer_can_be_corrected_here(field: str, quick: str, score: Score) -> None:
    wrong = []
    with Candidate(quick) as candidate:
        candidate.go_to(field)
        earlier = list(FIELDS)[: list(FIELDS).index(field)]
        for item in earlier:
            for value, text in CORRECTIONS.get(item, ()):
                asks = candidate.say(text)["asks"]
                words = candidate.words()
                kept = candidate.say("ik wil zien welke gegevens u van mij heeft")
                shown = kept["messages"][0]["text"]
                word = f"{value} jaar" if item == "years_experience" else str(value)
                is_kept = word.replace("mbo4", "mbo niveau 4") in shown
                if asks != field or not is_kept:
                    wrong.append(f"{text!r} asks {asks}, kept: {is_kept}: {words[:90]!r}")
                score.note("corrections of an earlier answer", asks != field or not is_kept)
                if asks != field:
                    candidate.begin_again()
                candidate.go_to(field)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("field", FIELDS)
def test_what_was_erased_or_begun_anew_is_asked_again(field: str, quick: str, score: Score) -> None:
    wrong = []
    for row, words in (
        ("delete for good", ("verwijder al mijn gegevens", "ja")),
        ("cancel and start over", ("stoppen", "begin opnieuw")),
        ("start over", ("ik wil helemaal opnieuw beginnen",)),
    ):
        with Candidate(quick) as candidate:
            candidate.go_to(field)
            for text in words:
                candidate.say(text)
            asks = candidate.last["asks"], candidate.say("ik wil me aanmelden")["asks"]
            if asks != (None, "sector"):
                wrong.append(f"{row}: {asks}")
            score.note(row, asks != (None, "sector"))
    assert not wrong, "\n".join(wrong)


def test_a_long_first_message_with_facts_is_not_asked_again(quick: str, score: Score) -> None:
    with Candidate(quick) as candidate:
        candidate.say(
            "Goedemiddag, ik zag jullie advertentie en werd nieuwsgierig. Ik werk al 15 jaar als "
            "loodgieter, in loondienst bij een klein bedrijf, en heb destijds mbo 4 gedaan. Nu zou "
            "ik graag mijn kennis doorgeven aan jonge mensen. Kunt u mij daar meer over vertellen?"
        )
        asked = [candidate.say("ik wil me aanmelden")["asks"]]
        while asked[-1] in ELIGIBILITY and len(asked) < 7:
            asked.append(candidate.answer(asked[-1])["asks"])
    score.note("long first message", asked != ["employer_consent", "school_type", "consent"])
    assert asked == ["employer_consent", "school_type", "consent"]


def test_not_eligible_hears_of_another_route_changes_an_answer_and_is(
    quick: str, score: Score
) -> None:
    with Candidate(quick) as candidate:
        candidate.say("kom ik in aanmerking?")
        for field in ("sector", "employment", "education_level", "years_experience"):
            candidate.answer(field)
        candidate.answer("employer_consent")
        told = [candidate.say("op de havo")["outcome"]]
        candidate.say("welke andere routes zijn er?")
        told.append(candidate.say("toch liever het mbo")["outcome"])
    score.note("not eligible and then is", told != ["not_eligible", "eligible"])
    assert told == ["not_eligible", "eligible"]


def test_every_row_was_tried_at_every_question(score: Score, figure: Callable[[str], None]) -> None:
    pairs = f"{len(FIELDS)} fields x {len(score.rows)} rows = {score.tried}"
    figure(f"acceptance: {pairs}, {score.right} right")
    assert score.right == score.tried > 0
