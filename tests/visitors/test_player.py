"""How a visitor plays, and what counts as a reply that does nothing."""

from dataclasses import replace

import pytest

from bench.visitors import fallen, figures, is_quick
from tests.visitors.judge import Kept, Reply, does_nothing, holds
from tests.visitors.player import Played, answer, filled, play, question_of
from tests.visitors.script import Goal, Line, Person, people

ALOOF = Reply(("Wat bedoelt u?",), ())
SECTOR = Reply(("Vraag 1 van 6.\nWelke tak?",), ("Bouw", "Metaal"), asks="sector")
JAN = Person(
    id="jan",
    goal="Wil weten wat het kost.",
    reached=(Goal("told", ("cost",)),),
    officer_turns=2,
    says=(Line("hoi"), Line("duurt dit lang?", interrupt=True), Line("wat kost het?")),
    answers={"sector": "ik las", "confirm": "nou ja", "code": "die is {code}"},
    again={"sector": "de metaal"},
)
EMPTY = frozenset({"Wat bedoelt u?"})


class Scripted:
    """A place that says what a test wants it to say."""

    empty = EMPTY

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)

    def begin(self, person: Person) -> Reply:
        """The first words."""
        return Reply((f"Dag, {person.id}.",), ())

    def say(self, text: str) -> Reply:
        """The next of the replies, and the last one for ever."""
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


def test_everybody_of_the_set_can_be_read_and_wants_something() -> None:
    every = people()
    assert len(every) == 24
    assert all(person.says and person.reached for person in every)


def test_an_interruption_comes_before_the_answer_and_the_agenda_waits_for_the_question() -> None:
    played = play(JAN, Scripted(SECTOR, SECTOR, ALOOF, ALOOF))
    assert played.said == ["hoi", "duurt dit lang?", "ik las", "wat kost het?"]


def test_who_is_asked_the_same_a_fourth_time_leaves() -> None:
    person = replace(JAN, says=JAN.says[:1])
    played = play(person, Scripted(SECTOR))
    assert played.said == ["hoi", "ik las", "de metaal", "Metaal"]
    assert played.gave_up_at == "sector"


def test_a_question_for_yes_or_no_is_one_to_confirm() -> None:
    sure = Reply(("Weet u het zeker?",), ("Ja, trek terug", "Nee"))
    assert question_of(sure) == "confirm"
    assert question_of(ALOOF) is None
    assert answer(replace(JAN, again={"confirm": "akkoord"}), "confirm", 3, sure).startswith("Ja,")


def test_the_code_of_a_registration_is_filled_in() -> None:
    kept = Kept(registration={"code": "HT-QKX7Y2PD", "phone": "+31612345678"})
    assert filled(JAN.answers["code"], JAN, kept) == "die is HT-QKX7Y2PD"
    assert filled("{digits}", JAN, kept) == "5678"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (ALOOF, True),
        (replace(SECTOR, bubbles=("Welke tak?",)), True),
        (replace(SECTOR, bubbles=("Wat bedoelt u?", "Welke tak?")), True),
        (replace(ALOOF, bubbles=("Bedoelt u dit?",), clarify=("faq/cost",)), True),
        (Reply(("Het kost niets.",), (), ("faq/cost",)), False),
        (Reply(("Welke tak?",), (), ("repeat",)), False),
        (replace(ALOOF, kept=Kept({"sector": "bouw"})), False),
        (replace(ALOOF, kept=Kept({"tried": "name"})), True),
    ],
)
def test_a_reply_does_nothing_without_something_new(reply: Reply, expected: bool) -> None:
    assert does_nothing(reply, [SECTOR], EMPTY) is expected


def test_a_goal_holds_by_what_was_said_and_kept() -> None:
    stood = Reply((), (), kept=Kept(registration={"phone": "+31612345678"}, stands=True))
    gone = Reply((), (), kept=Kept())
    passed_on = replace(stood.kept, callback={"address": "+31687654321"})
    assert holds(Goal("registered"), [gone, stood])
    assert holds(Goal("erased"), [stood, gone])
    assert not holds(Goal("erased"), [gone, gone])
    assert holds(Goal("changed", ("phone",)), [stood, replace(stood, kept=passed_on)])
    assert not holds(Goal("changed", ("phone",)), [stood, stood])


def test_the_figures_count_goals_those_in_time_and_replies_that_help() -> None:
    told = Reply(("Het kost niets.",), (), ("faq/cost",))
    quick = Played(JAN, ["hoi"], [ALOOF, told], reached_at=1)
    late = replace(quick, reached_at=4)
    never = Played(JAN, ["hoi"], [ALOOF, ALOOF])
    now = figures([(quick, [False]), (late, [False, False]), (never, [True])])
    assert [is_quick(each) for each in (quick, late, never)] == [True, False, False]
    assert now == {"reached": 2, "in_time": 1, "replies_that_help": 0.75}
    assert fallen(now, {**now, "in_time": 2}) == ["in_time: 1, published 2"]
