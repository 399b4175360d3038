"""Everything that is known of one message: worked out once, whoever asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from bot.core.answers import as_typed, name_as_typed
from bot.core.answers.callbacks import asks_when, takes_back, was_not_called
from bot.core.answers.changes import wants_later
from bot.core.answers.clauses import asks_at_length, asks_something
from bot.core.answers.codes import wants_other_digits
from bot.core.answers.companies import is_skip
from bot.core.answers.elsewhere import channel_in
from bot.core.answers.interest import shows_interest
from bot.core.answers.mentions import item_checked, items_in
from bot.core.answers.notes import read_note, speaks_of_call
from bot.core.answers.others import is_for_child, is_for_oneself, is_for_other, wants_to_join
from bot.core.answers.reading import answer_to
from bot.core.answers.roles import role_in
from bot.core.answers.slips import slip_in
from bot.core.answers.text import WORD, fold
from bot.core.answers.years import bare_years
from bot.core.answers.yes_no import START_YES, read_yes_no
from bot.core.dialogue.commands import link_in, way_out_in
from bot.core.dialogue.likely import is_refused
from bot.core.dialogue.message import Message
from bot.core.dialogue.sentences import sentences
from bot.core.dialogue.supposed import supposed
from bot.core.dialogue.told import sure_and_likely
from bot.core.followups import follow_up, is_elliptical
from bot.core.questions import BY_ITEM, LITERAL, OWN_WORDS
from bot.core.steering import (
    HEARD,
    NEXT,
    asks_why,
    follows_not,
    is_no_wish,
    leaves,
    says_more,
    steering_in,
    supposes_to_join,
    was_here,
)
from bot.core.turn import command_for

AROUND_FACTS: Final = frozenset(
    """ik hij zij ze wij we mijn haar zoon dochter man vrouw heb heeft hebben ben is zijn had werk
    werkt zit doe doet woon woont nu al ook alleen wel maar en in op de het een als met van daar
    gewoon dus""".split()  # noqa: SIM905
)
"""Words that say nothing of themselves beside a fact."""


@dataclass(frozen=True)
class Pressed:
    """A button that was tapped, or whose title was typed.

    With `is_earlier` it stands under another turn than the latest, and changes something there;
    with `is_void` it does nothing from there.
    """

    payload: str
    is_earlier: bool = False
    is_void: bool = False


@dataclass(frozen=True)
class Reading(Message):
    """A message with all that follows from it.

    `before` is what our last words were about. `is_missed`: it was said to another turn than the
    latest. `agreed` is the command that a plain yes or no stands for at our last question.
    """

    before: str | None = None
    is_too_long: bool = False
    is_readable: bool = True
    is_missed: bool = False
    pressed: Pressed | None = None
    agreed: str | None = None

    # ── The words alone ─────────────────────────────────────────────────────

    @cached_property
    def link(self) -> str | None:
        """The command that one of our own words is."""
        return link_in(self.words)

    @cached_property
    def way_out(self) -> str | None:
        """The command of who steers, and says nothing else."""
        return way_out_in(self.words)

    @cached_property
    def follow_up(self) -> str | None:
        """What is asked with half a question, after what our last words were about.

        While a question of ours is open, words without a question mark may well be its answer.
        """
        if self.before is None or (self.asks and "?" not in self.words):
            return None
        if self.asks and not is_elliptical(self.words) and self._names_answer:
            return None  # "vmbo?" at the question for a school is about that
        name = follow_up(self.words, self.before)
        return command_for(name) if name else None

    @property
    def _names_answer(self) -> bool:
        """Whether the words would be an answer to the open question, were they no question."""
        told = self.words.replace("?", " ")
        return answer_to(self.asks or "", told, today=self.today) is not None

    @cached_property
    def takes_back_call(self) -> bool:
        """Whether nobody has to call any more."""
        return takes_back(self.words, can_skip=self.asks == "callback_note")

    @cached_property
    def is_skip(self) -> bool:
        """Whether something is left out."""
        return is_skip(self.words)

    @cached_property
    def asks_when_called(self) -> bool:
        """Whether somebody asks when the call comes."""
        return asks_when(self.words, also_hear=False)

    @cached_property
    def asks_when_heard(self) -> bool:
        """Whether somebody asks when they hear from us, which may be about a call."""
        return asks_when(self.words)

    @cached_property
    def was_not_called(self) -> bool:
        """Whether a call that somebody waited for did not come."""
        return was_not_called(self.words)

    @cached_property
    def names_moment(self) -> bool:
        """Whether a moment is named at which it suits, and nothing personal."""
        return bool(read_note(self.words).moment) and not self.found

    @cached_property
    def wants_other_digits(self) -> bool:
        """Whether other digits are to be mailed."""
        return wants_other_digits(self.words)

    @cached_property
    def channel(self) -> str | None:
        """Where somebody wants to go on."""
        return channel_in(self.words, among_own_words=self.asks in OWN_WORDS)

    @cached_property
    def steering(self) -> str | None:
        """The one thing that is said about the conversation itself, and answers nothing."""
        is_answer = self.asks not in OWN_WORDS and self._names_answer
        return None if is_answer else steering_in(self.words)

    @property
    def steers_beside(self) -> bool:
        """Whether it tells something, and then asks what is next or when they hear from us."""
        return self.steering in (HEARD, NEXT) and says_more(self.words)

    @cached_property
    def literal(self) -> str | None:
        """The answer to the open question as it was typed, where it may be kept like that."""
        if self.asks not in LITERAL:
            return None
        longest = BY_ITEM[self.asks].literal or 0
        return name_as_typed(self.words) if self.asks == "name" else as_typed(self.words, longest)

    # ── What is told, supposed and asked ────────────────────────────────────

    @cached_property
    def _values(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return sure_and_likely(self)

    @property
    def told(self) -> dict[str, Any]:
        """Every item that it surely gives a value for."""
        return self._values[0]

    @property
    def likely(self) -> dict[str, Any]:
        """The items of which it likely gives the value, which has to be said back."""
        found = self._values[1]
        return {
            item: found[item] for item in found if not is_refused(self.answers, item, found[item])
        }

    @property
    def is_refused(self) -> bool:
        """Whether it likely means what somebody said no to already."""
        return bool(self._values[1]) and not self.likely

    @property
    def is_fact_alone(self) -> bool:
        """Whether it states a fact and says nothing beside it."""
        words = set(WORD.findall(fold(self.rest)))
        return not self.is_command and bool(self.told) and words <= AROUND_FACTS

    @cached_property
    def supposed(self) -> dict[str, object]:
        """What it supposes, and asks what that would do for the outcome."""
        return supposed(self)

    @cached_property
    def asks_something(self) -> bool:
        """Whether it asks something, also beside an answer."""
        return self.beside is not None or asks_something(self.text)

    @cached_property
    def asks_at_length(self) -> bool:
        """Whether what is asked is more than an answer with a question mark."""
        if self.is_command or self.topics:
            return False
        return asks_at_length(self.beside or self.rest)

    @cached_property
    def checked(self) -> str | None:
        """The item of which somebody asks how it stands noted."""
        return None if self.is_command else item_checked(self.text)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The items that it speaks of."""
        return () if self.is_command else items_in(self.text)

    @cached_property
    def speaks_of_call(self) -> bool:
        """Whether it speaks of being called."""
        return speaks_of_call(self.text)

    @cached_property
    def is_nod(self) -> bool:
        """Whether it is nothing but a sign that all is well."""
        has_words = any(letter.isalnum() or letter == "?" for letter in self.words)
        return not has_words and read_yes_no(self.words) == "yes"

    @cached_property
    def wants_later(self) -> bool:
        """Whether somebody wants to begin with a later group."""
        return not self.is_command and wants_later(self.text)

    @cached_property
    def slip(self) -> str | None:
        """The item that stands in it with a slip, though nobody asked for it."""
        return None if self.is_command else slip_in(self.text, self.asks)

    @cached_property
    def is_for_other(self) -> bool:
        """Whether somebody wants something for another."""
        return not self.is_command and is_for_other(self.text)

    @cached_property
    def is_for_oneself(self) -> bool:
        """Whether somebody names themselves as who it is for."""
        return is_for_oneself(self.text)

    @cached_property
    def begins_with_yes(self) -> bool:
        """Whether the first word is a yes."""
        return not self.is_command and bool(START_YES.match(fold(self.text)))

    @cached_property
    def is_for_child(self) -> bool:
        """Whether that other is under age."""
        return not self.is_command and is_for_child(self.text)

    @cached_property
    def role(self) -> str | None:
        """Who somebody says to be."""
        return role_in(self.words, is_answer=self.asks is not None)

    @cached_property
    def leaves(self) -> str | None:
        """How somebody ends who is not understood otherwise."""
        return leaves(self.text)

    @cached_property
    def wants_no_call(self) -> bool:
        """Whether one sentence says that nobody has to call."""
        return any(takes_back(each) for each in sentences(self.words) or (self.words,))

    @cached_property
    def was_here(self) -> bool:
        """Whether it says that the visitor was here before."""
        return was_here(self.words)

    @cached_property
    def asks_why(self) -> bool:
        """Whether it asks what something is for."""
        return asks_why(self.words)

    @cached_property
    def only_supposes(self) -> bool:
        """Whether what is wished for is only supposed: "stel, ik geef me op"."""
        return supposes_to_join(self.text)

    @cached_property
    def is_no_wish(self) -> bool:
        """Whether it says what the visitor does not want, or need not have."""
        return is_no_wish(self.words)

    @cached_property
    def follows_not(self) -> bool:
        """Whether it says no more than that we are not followed."""
        return follows_not(self.words)

    @cached_property
    def wants_to_join(self) -> bool:
        """Whether it speaks of taking part."""
        return wants_to_join(self.text)

    @cached_property
    def shows_interest(self) -> bool:
        """Whether it says, without asking, that the visitor thinks of teaching."""
        return shows_interest(self.text)

    @cached_property
    def bare_years(self) -> int | None:
        """A number of years that may be an age."""
        return None if self.is_command else bare_years(self.text)
