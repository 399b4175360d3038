"""Where a conversation stands when a message comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.eligibility import Applicant, open_questions


@dataclass(frozen=True)
class Call:
    """The request that a person gets in touch: whether there is one, and whether it is at hand."""

    is_open: bool = False
    was_made: bool = False
    is_wanted: bool = False
    """A person is wanted, and we do not know yet how to reach the visitor."""
    was_spoken_of: bool = False
    """Our last words were about it."""

    @property
    def is_at_hand(self) -> bool:
        """Whether one is open that our last words were about."""
        return self.is_open and self.was_spoken_of


@dataclass(frozen=True)
class State:
    """What the policy knows beside the message itself.

    `asks` is the open question, `tried` the question that was answered once in vain, `topic` what
    our last words were about, `proposal` what a bare yes means now. `who` the visitor said to be,
    and `missed` how many messages in a row were not understood. `is_registered` counts for the
    group that takes people now, `stands` for any. `noted` are the items of which a value stands
    noted.
    """

    asks: str | None = None
    answers: Mapping[str, object] = field(default_factory=dict, repr=False)
    topic: str | None = None
    tried: str | None = None
    proposal: str | None = None
    who: str | None = None
    missed: int = 0
    call: Call = Call()
    is_registered: bool = False
    stands: bool = False
    awaits_digits: bool = False
    noted: frozenset[str] = frozenset()

    @property
    def open_questions(self) -> tuple[str, ...]:
        """What must still be asked before a verdict."""
        return open_questions(Applicant.from_answers(self.answers))
