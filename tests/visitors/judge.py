"""Whether a visitor got what he came for, and whether a reply did anything for him.

**A reply that does nothing** keeps nothing (no answer, no request, no registration became another
by it) and holds nothing else than

- a question what was meant (`clarify`), or that this is none of ours (topic `out_of_scope`);
- a text of `EMPTY`: not understood, not read as an answer, "I asked you nothing", small talk;
- bubbles that stood in an earlier reply word for word: the open question once more, the same
  answer again.

Who asks to hear it again (topics `repeat`, `explain_question`) and who says hello, thanks or
goodbye gets what he asked for, also when those are words that he heard before. How far one is
("Vraag 2 van 6") makes a question no other question. A new text for "not understood" belongs in
`EMPTY`: what does nothing does not do more because it is said in other words.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core.questions import ITEMS
from bot.services.drafts import TRIED
from bot.services.ports import Texts
from tests.visitors.script import Goal

EMPTY: Final = (
    "utter_cancel_nothing",
    "utter_chitchat",
    "utter_clarify",
    "utter_clarify_again",
    "utter_clarify_other",
    "utter_dont_know",
    "utter_explain_nothing",
    "utter_feedback_negative",
    "utter_inform_known",
    "utter_inform_noted",
    "utter_inform_later",
    "utter_insult",
    "utter_not_followed",
    "utter_not_followed_registered",
    "utter_not_understood",
    "utter_offer_person",
    "utter_out_of_scope",
    "utter_pass_on",
    "utter_plain_answer",
    "utter_question_unknown",
    "utter_repeat_nothing",
    "utter_skip_not_possible",
    "utter_story",
    "utter_thank_for_telling",
    "utter_trouble",
    *(f"utter_invalid_{item}" for item in ITEMS if item != "feedback"),
)
AS_ASKED: Final = frozenset({"repeat", "explain_question"})
POLITE: Final = frozenset({"greet", "thank", "goodbye"})
STEP: Final = re.compile(r"^Vraag \d+ van \d+\.\n")
ASIDE: Final = frozenset({TRIED, "consent_shown", "consent_shown_at"})
"""In a draft: what we did, and nothing that a visitor told."""


@dataclass(frozen=True)
class Kept:
    """What stands in the database for a conversation."""

    draft: Mapping[str, Any] = field(default_factory=dict)
    registration: Mapping[str, Any] | None = None
    stands: bool = False
    callback: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Reply:
    """A whole answer as a visitor sees it, and what was kept when it was given."""

    bubbles: tuple[str, ...]
    titles: tuple[str, ...]
    """The buttons under the last bubble that has any."""
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    asks: str | None = None
    outcome: str | None = None
    kept: Kept = field(default_factory=Kept)


def empty_bubbles(texts: Texts) -> frozenset[str]:
    """The bubbles of every text that does nothing."""
    return frozenset(bubble for key in EMPTY for bubble in _bubbles(texts.render(key).text))


def _bubbles(text: str) -> Iterator[str]:
    return (part.strip() for part in re.split(r"\n\s*\n", text))


def does_nothing(reply: Reply, earlier: Sequence[Reply], empty: Collection[str]) -> bool:
    """Whether a reply does nothing for who gets it, as the docstring of this module says."""
    if earlier and _is_other(reply.kept, earlier[-1].kept):
        return False
    if reply.clarify or "out_of_scope" in reply.topics:
        return True
    new = set(map(_plain, reply.bubbles)) - set(empty)
    if new and (AS_ASKED & set(reply.topics) or POLITE & set(reply.topics)):
        return False
    return not new - {_plain(bubble) for each in earlier for bubble in each.bubbles}


def _plain(bubble: str) -> str:
    return STEP.sub("", bubble)


def _is_other(now: Kept, before: Kept) -> bool:
    """Whether something was kept since."""
    told, was = _told(now.draft), _told(before.draft)
    return (told, now.registration, now.callback) != (was, before.registration, before.callback)


def _told(draft: Mapping[str, Any]) -> dict[str, Any]:
    return {item: value for item, value in draft.items() if item not in ASIDE}


def holds(goal: Goal, replies: Sequence[Reply]) -> bool:
    """Whether a goal is reached by what was said and kept up to the last reply."""
    first, last = replies[0].kept, replies[-1].kept
    if goal.name == "told":
        told = {topic for reply in replies for topic in reply.topics}
        return all(f"faq/{topic}" in told for topic in goal.wanted)
    if goal.name == "verdict":
        return any(reply.outcome in goal.wanted for reply in replies)
    if goal.name == "changed":
        return all(_has_changed(item, first, last) for item in goal.wanted)
    return {
        "registered": last.stands,
        "callback": last.callback is not None,
        "withdrawn": first.stands and last.registration is not None and not last.stands,
        "erased": first.stands and last.registration is None and not last.draft,
    }[goal.name]


def _has_changed(item: str, first: Kept, last: Kept) -> bool:
    """On the list itself, or as a request to the coordinator, who keeps that list.

    What stands on the list is changed by a person (`bot/services/registration.py`): a number that
    he sees with the request is the one that he calls.
    """
    was = (first.registration or {}).get(item)
    now = (last.registration or {}).get(item)
    passed_on = (last.callback or {}).get("address")
    return now not in (None, was) or (last.stands and passed_on not in (None, was))
