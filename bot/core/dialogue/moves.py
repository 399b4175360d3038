"""What can be done with a message: few kinds of moves, each carried out in one place."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

FITS: Final = "fits"
"""Of a question for another: whether it is something for them, not how to register them."""
PRAISE: Final = "praise"
"""Of praise of which we are not sure: it may well be meant the other way."""
WHY: Final = "why"
"""Of a request to explain: why we ask anything, where nothing is asked."""
TOLD: Final = "told"
"""Of who is there: they tell more, and hear what they can do next."""
LATER: Final = "later"
"""Of a change: a later group is wanted than the one somebody is in."""
PLAIN: Final = "plain"
"""Of something heavy, asked again: nothing but a plain yes or no settles it."""
LEAVES: Final = ("thank", "goodbye")
TO_A_PERSON: Final = "to_a_person"
"""Of what is not understood: a person is offered who reads it."""
NOT_CLEAR: Final = "not_clear"
"""Of "ik snap het niet": it is our answer that is not clear."""
MOMENT: Final = "moment"
"""Of the wish for a person: it says when, and we do not know yet how to reach them."""
ONLY: Final = "only"
"""Of the wish for a person, again: how to reach them is all that is asked."""
FALLBACK: Final = "nlu_fallback"
CHANGE: Final = "change_registration"
DOUBT: Final = frozenset({FALLBACK, "out_of_scope"})
"""What the model says when it does not know, or knows that it is none of ours."""
STORY: Final = "story"
"""What tells something, and asks nothing."""
MOODS: Final = frozenset({"worried", "doubtful", "sad", "hurried"})
"""How somebody feels: heard beside whatever else is said, and never in place of it."""
FOR_A_PERSON: Final = frozenset({"complaint", "keep_informed", "info_evening", "send_documents"})
"""What is asked for and only a person can do; each has a text that says so and leads there."""


class Kind(str, Enum):
    """What a move does."""

    AGAIN = "again"
    """Give the latest turn again; nothing of what was said is kept."""
    PROPOSE = "propose"
    """Ask whether it is meant: what an earlier button says, or what is only likely."""
    COMMAND = "command"
    """Do what a button, or a word of ours, says."""
    WAIT = "wait"
    """Leave the open question as it is, without asking it again."""
    REFUSE = "refuse"
    """Say why this cannot be read, and ask the open question again."""
    ELSEWHERE = "elsewhere"
    """Give a link to go on at another channel."""
    WHICH_ONE = "which_one"
    """Ask which of several addresses or numbers is meant."""
    UNDERSTAND = "understand"
    """Ask the model what the words mean, and decide again."""
    SET = "set"
    """Keep an answer, and what was told beside it; answer what was asked beside it."""
    KEEP_AS_TYPED = "keep_as_typed"
    """Keep an answer to the letter: a person reads it."""
    DO = "do"
    """Answer a topic, do what was asked for, or return small talk: by its name."""
    REPAIR = "repair"
    """Say that this was no answer, in another way each time."""


@dataclass(frozen=True)
class Move:
    """One move; `about` is a command, a name of the catalogue, a key, an item or a channel.

    `detail` says more: what else may have been meant, who somebody says to be, how they leave.
    `options` are what is offered.
    """

    kind: Kind
    about: str = ""
    detail: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What is done, and the name of the row that decided it.

    `marks_try`: an answer that might be kept as it was typed was not read, for the first time.
    """

    rule: str
    move: Move
    marks_try: bool = False

    @property
    def is_miss(self) -> bool:
        """Whether it says no more than that the message was not understood."""
        if self.move.kind is Kind.COMMAND:
            return self.move.about.startswith(f"/{FALLBACK}")
        return self.move.kind is Kind.DO and self.move.about in DOUBT
