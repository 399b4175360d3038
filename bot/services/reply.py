"""Makes the answer for a visitor out of what the engine said.

Here the personal values come back in (the engine only ever had tokens), the buttons get ids that
mean nothing to anybody else, and what may not be told is stopped.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.core.intake import AGREED
from bot.core.questions import ITEMS, PERSONAL, PROOF, SKIPPED, SLOTS
from bot.core.registration import Registration
from bot.core.turn import Button, Message, Noted, Receipt, Turn, command_for
from bot.services.changes import NEW
from bot.services.ports import Texts
from bot.services.records import Draft, Spoken, Words
from bot.services.returning import progress, together

Buttons = Mapping[str, tuple[str, str]]
"""Button id -> (title, payload)."""

TOKEN: Final = re.compile(r"⟦(\w+)⟧")
TROUBLE: Final = ("utter_trouble", "utter_trouble_registration")
FOR_CANDIDATES: Final = (command_for("check_eligibility"), command_for("register"))
NOTED: Final = tuple(item for item in SLOTS if item not in (*PROOF, "callback"))
"""Items of which a value is the visitor's own; how far a form is, is none."""
BROKEN: Final = re.compile(r"\{\w*\}|\bNone\b")


def claims_in(texts: Texts, spoken: Iterable[Spoken]) -> frozenset[str]:
    """What these words say was done: as it was said, else as the text of that name may say."""
    return frozenset(claim for each in spoken for claim in _claims(texts, each))


def _claims(texts: Texts, one: Spoken) -> Collection[str]:
    claims = one.signs.get("claims")
    if not one.text:
        return ()
    return set(_texts(claims)) if isinstance(claims, list) else texts.claims(one.key or "")


def can_be_told(texts: Texts, spoken: Sequence[Spoken], held: Collection[str]) -> bool:
    """Whether these words may reach a visitor: there are some, whole ones, and they are true.

    True is what they claim with the evidence that is `held` (bot/services/evidence.py).
    """
    return problem_of(texts, spoken, held) is None


def problem_of(texts: Texts, spoken: Sequence[Spoken], held: Collection[str]) -> str | None:
    """Say why these words may not reach a visitor, in names only; None when they may."""
    words = [each for each in spoken if each.text]
    for each in spoken:
        if trouble := each.signs.get("trouble"):
            return f"trouble {trouble}"
    if not words:
        return "silent"
    for each in words:
        if BROKEN.search(each.text):
            return f"broken {each.key}"
        if not set(_claims(texts, each)) <= set(held):
            return f"claim {each.key}"
    return None


def say(words: Words, asks: str | None = None) -> tuple[Turn, Buttons]:
    """One text of our own as a whole answer."""
    messages, buttons = _bubbles(words.text, words.buttons)
    return Turn(tuple(messages), asks=asks), buttons


def named(turn: Turn) -> Turn:
    """A turn as it will be kept: with a name of its own."""
    return replace(turn, id=secrets.token_urlsafe(12))


def noted(before: Draft, after: Draft) -> tuple[Noted, ...]:
    """What a turn noted or changed: every item that has another value now."""
    return tuple(
        Noted(item, after[item])
        for item in NOTED
        if item in after and after[item] != before.get(item)
    )


def is_trouble(texts: Texts, turn: Turn) -> bool:
    """Whether these are our words for a message that was not answered."""
    ours = (say(texts.render(key))[0] for key in TROUBLE)
    return _all_text(turn) in [_all_text(each) for each in ours]


def _all_text(turn: Turn) -> list[str]:
    return [each.text for each in turn.messages]


def compose(
    texts: Texts,
    spoken: Sequence[Spoken],
    draft: Draft,
    registration: Registration | None,
    before: str | None = None,
) -> tuple[Turn, Buttons]:
    """Everything the engine said as one answer; `before` is the question that was open."""
    messages: list[Message] = []
    buttons: dict[str, tuple[str, str]] = {}
    for each in spoken:
        if each.text:
            text = _fill(texts, each.text, draft, registration)
            item = item_asked(each)
            is_new = before not in (item, "confirm") and not _is_on_list(registration, draft)
            if item and is_new and (step := progress(texts, item, draft)):
                text = f"{step}\n{text}"
                text = "\n".join(filter(None, (text, together(texts, item, draft, before))))
            bubbles, new = _bubbles(text, each.buttons)
            messages += bubbles
            buttons.update(new)
    once, buttons = _each_once(messages, buttons)
    turn = Turn(
        once,
        topics=_signs(spoken, "topics"),
        facets=_signs(spoken, "facets"),
        clarify=_signs(spoken, "clarify"),
        asks=_open_question(spoken),
        outcome=next(iter(_signs(spoken, "outcome")), None),
        registration=receipt_of(registration),
        files=_signs(spoken, "files"),
    )
    return turn, buttons


def receipt_of(registration: Registration | None) -> Receipt | None:
    """What the visitor may know of his registration."""
    return Receipt(registration.code, registration.status.value) if registration else None


def _bubbles(
    text: str, buttons: Iterable[tuple[str, str]]
) -> tuple[list[Message], dict[str, tuple[str, str]]]:
    """A text as bubbles (a blank line parts them), with the buttons under the last."""
    kept = {secrets.token_urlsafe(12): button for button in buttons}
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    shown = tuple(Button(name, title) for name, (title, _) in kept.items())
    messages = [Message(part) for part in parts[:-1]] + [Message(parts[-1], shown)]
    return messages, kept


def _each_once(
    messages: Sequence[Message], buttons: Buttons
) -> tuple[tuple[Message, ...], dict[str, tuple[str, str]]]:
    """Keep of a bubble or a button that comes twice in a turn only the last one.

    Two buttons are the same when they look the same or do the same.
    """
    texts: set[str] = set()
    looks: set[str] = set()
    kept: list[Message] = []
    left: dict[str, tuple[str, str]] = {}
    for message in reversed(messages):
        if message.text in texts:
            continue
        texts.add(message.text)
        shown = []
        for button in message.buttons:
            meaning = buttons.get(button.id, (button.title, button.id))
            same = {meaning[0].casefold(), meaning[1]}
            if looks.isdisjoint(same):
                shown.append(button)
                left[button.id] = meaning
            looks |= same
        kept.append(replace(message, buttons=tuple(shown)))
    return tuple(reversed(kept)), left


def _fill(texts: Texts, text: str, draft: Draft, registration: Registration | None) -> str:
    """Put the personal values where the engine left their tokens; what is registered counts."""

    def value(match: re.Match[str]) -> str:
        item = match[1]
        if item == "code":
            return registration.code if registration else texts.render("label_unknown").text
        if item.startswith(NEW):  # what waits for a yes
            place = draft.get(f"{NEW}province") if item == f"{NEW}city" else None
            return str(draft.get(item) or place or texts.render("label_none").text)
        names = ("city", "province") if item == "city" else (item,) if item in PERSONAL else ()
        stands = _is_on_list(registration, draft)
        told = (getattr(registration, name) if stands else draft.get(name) for name in names)
        known = next((value for value in told if value is not None), SKIPPED)
        return texts.render("label_none").text if known == SKIPPED else str(known)

    return TOKEN.sub(value, text)


def _is_on_list(registration: Registration | None, draft: Draft) -> bool:
    """Whether a registration stands that this is about: one of another group is not."""
    if registration is None or not registration.stands:
        return False
    return draft.get(AGREED, registration.intake) == registration.intake


def _signs(spoken: Iterable[Spoken], name: str) -> tuple[str, ...]:
    """The values that the actions gave for the chat API, in order, each once."""
    found: dict[str, None] = {}
    for each in spoken:
        value = each.signs.get(name, ())
        for one in (value,) if isinstance(value, str) else tuple(_texts(value)):
            found[one] = None
    return tuple(found)


def _texts(value: object) -> Iterable[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _open_question(spoken: Sequence[Spoken]) -> str | None:
    """The item of the last question that was asked."""
    return next((item for each in reversed(spoken) if (item := item_asked(each))), None)


def item_asked(spoken: Spoken) -> str | None:
    """The item that one text asks, if it asks one."""
    item = (spoken.key or "").removeprefix("utter_ask_")
    return item if spoken.key != item and item in ITEMS else None


def without_question(spoken: Sequence[Spoken]) -> list[Spoken]:
    """What was said, without a question that will be asked after what comes next."""
    return [each for each in spoken if item_asked(each) is None]


def without_buttons(spoken: Iterable[Spoken], payload: str) -> list[Spoken]:
    """What was said, without the buttons that do what was done already."""
    return [
        replace(each, buttons=tuple(one for one in each.buttons if one[1] != payload))
        for each in spoken
    ]


def is_answer(spoken: Spoken) -> bool:
    """Whether this answers a question about the course."""
    return bool(spoken.text) and "_faq/" in (spoken.key or "")


def without_offers(spoken: Iterable[Spoken]) -> list[Spoken]:
    """What was said, with under an answer no offer that is for candidates alone."""
    made = []
    for each in spoken:
        answers = is_answer(each)
        kept = tuple(one for one in each.buttons if not answers or one[1] not in FOR_CANDIDATES)
        made.append(replace(each, buttons=kept))
    return made


def question(spoken: Sequence[Spoken]) -> list[Spoken]:
    """What was asked."""
    return [each for each in spoken if item_asked(each) is not None]


def proposes(spoken: Iterable[Spoken]) -> bool:
    """Whether a yes or no is asked for."""
    payloads = [payload for each in spoken for _, payload in each.buttons]
    return any('"yes"' in each or each == command_for("affirm") for each in payloads)


def around(
    turn: Turn, buttons: Buttons, first: Words | None, last: Words | None
) -> tuple[Turn, Buttons]:
    """An answer with a text before it and one after it."""
    head = _bubbles(first.text, first.buttons) if first else ([], {})
    tail = _bubbles(last.text, last.buttons) if last else ([], {})
    every = {**head[1], **buttons, **tail[1]}
    once, left = _each_once((*head[0], *turn.messages, *tail[0]), every)
    return replace(turn, messages=once), left
