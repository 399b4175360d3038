"""Plays a visitor: says what he wants said in order, and answers what is asked.

The agenda comes in order. At an open question he answers first; a line that may interrupt comes
before the answer, one a question. What is asked twice gets `again`, the third time whatever fits:
the button that looks most like his answers, or the one to skip. Asked once more he leaves.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from tests.visitors.judge import Kept, Reply, does_nothing, holds
from tests.visitors.script import Person

TRIES: Final = 3
MOST_TURNS: Final = 45
YES_NO: Final = ("ja", "nee")
YES: Final = frozenset({"akkoord", "goed", "jawel", "mag", "ok", "prima"})
CONTACT: Final = "contact met u op"
TOGETHER: Final = "in één bericht"
"""What we say where several details may be given at once: then he gives them all."""
DETAILS: Final = ("name", "email", "phone", "region")
DIGITS: Final = 4
"""Of a telephone number, when we ask for its last ones."""


class Place(Protocol):
    """Where a visitor talks: in process, or with a house."""

    empty: frozenset[str]

    def begin(self, person: Person) -> Reply:
        """Open a conversation in which that what was before has happened."""

    def say(self, text: str) -> Reply:
        """What is answered to a text that was typed."""


@dataclass
class Played:
    """One conversation from beginning to end; `said[n]` was answered by `replies[n + 1]`."""

    person: Person
    said: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    gave_up_at: str | None = None
    reached_at: int | None = None
    """After how many turns of his own everything held that he came for."""

    @property
    def missing(self) -> list[str]:
        """What was not reached."""
        goals = [goal for goal in self.person.reached if not holds(goal, self.replies)]
        return [" ".join((goal.name, *goal.wanted)) for goal in goals]

    @property
    def is_reached(self) -> bool:
        """Whether he got what he came for, and has it still."""
        return not self.missing

    def nothing(self, empty: frozenset[str]) -> list[bool]:
        """Of each reply, whether it did nothing for him."""
        return [
            does_nothing(reply, self.replies[: number + 1], empty)
            for number, reply in enumerate(self.replies[1:])
        ]


def play(person: Person, place: Place) -> Played:
    """A whole conversation."""
    played = Played(person, replies=[place.begin(person)])
    agenda, asked, interrupted = list(person.says), Counter[str](), Counter[str]()
    while len(played.said) < MOST_TURNS:
        last = played.replies[-1]
        item = question_of(last)
        if agenda and (item is None or (agenda[0].interrupt and not interrupted[item])):
            text = agenda.pop(0).say
            interrupted[item or ""] += item is not None
        elif item is None:
            break
        else:
            asked[item] += 1
            interrupted[item] = 0
            if asked[item] > TRIES:
                played.gave_up_at = item
                break
            text = answer(person, item, asked[item], last)
        played.said.append(text)
        played.replies.append(place.say(filled(text, person, last.kept)))
        if played.reached_at is None and played.is_reached:
            played.reached_at = len(played.said)
    return played


def question_of(reply: Reply) -> str | None:
    """The item that is asked; a question for yes or no beside the forms is one to confirm.

    Whether somebody may get in touch is no question that has to be answered before one goes on:
    who wants that says so by himself.
    """
    if reply.asks is not None or CONTACT in reply.bubbles[-1]:
        return reply.asks
    first_words = {re.split(r"\W", title.casefold())[0] for title in reply.titles}
    return "confirm" if first_words.issuperset(YES_NO) else None


def answer(person: Person, item: str, time: int, reply: Reply) -> str:
    """What he says to a question that is asked him for this time."""
    first = person.answers.get(item, "weet ik niet")
    if item in DETAILS and TOGETHER in reply.bubbles[-1]:
        first = ", ".join(person.answers[each] for each in DETAILS if each in person.answers)
    second = person.again.get(item, first)
    if time < TRIES:
        return first if time == 1 else second
    tried = (second, first, "overslaan")
    return next((title for each in tried if (title := _button(each, reply.titles))), second)


def _button(answer: str, titles: Sequence[str]) -> str | None:
    """The title that has most words of an answer in it; who agrees taps the one that says yes."""
    words = set(_words(answer))
    if words & YES:
        words.add("ja")
    fits = [(len(words & set(_words(title))), title) for title in titles]
    best = max(fits, default=(0, ""), key=lambda each: each[0])
    return best[1] if best[0] else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def filled(text: str, person: Person, kept: Kept) -> str:
    """A text with the code of his registration, and the last digits of his number."""
    registration = kept.registration or person.registered
    digits = re.sub(r"\D", "", str(registration.get("phone", "")))[-DIGITS:]
    code = str(registration.get("code", "HT-"))
    return text.replace("{code}", code).replace("{digits}", digits)
