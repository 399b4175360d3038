"""What a conversation remembers of itself is small, and outlives an upgrade."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.dialogue.memory import MOST, Memory, dump, load

NAMES = st.one_of(st.none(), st.text(max_size=9000))


def test_it_comes_back_as_it_was_kept() -> None:
    memory = Memory("register", "check_eligibility", "name", 2, ("faq/cost",))
    assert load(dump(memory)) == memory


@given(NAMES, NAMES, st.lists(st.text(max_size=9000), max_size=9))
def test_it_is_never_longer_than_it_may_be(goal: str, offer: str, topics: list[str]) -> None:
    assert len(dump(Memory(goal, offer, None, 3, tuple(topics))).encode()) <= MOST


def test_a_record_of_another_version_is_read() -> None:
    assert load("{}") == Memory()
    assert load(json.dumps({"version": 0, "offer": "register"})) == Memory(offer="register")
    later = {"version": 9, "goal": "register", "mood": "cross"}
    assert load(json.dumps(later)) == Memory(goal="register")


def test_only_what_it_knows_is_taken_from_the_engine() -> None:
    memory = Memory(offer="register").changed({"offer": None, "misunderstood": 1, "sector": "bouw"})
    assert memory == Memory(misunderstood=1)


def test_the_last_three_topics_are_remembered() -> None:
    memory = Memory()
    for topics in (("faq/cost",), (), ("faq/salary", "faq/schools"), ("help",)):
        memory = memory.heard(topics)
    assert memory.topics == ("faq/salary", "faq/schools", "help")
