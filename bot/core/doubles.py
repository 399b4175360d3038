"""Whether somebody who registers may be on the list already: a mark for a person, no refusal."""

from collections.abc import Iterable
from typing import Final

from bot.core.answers.text import fold, is_close, key_of
from bot.core.registration import Double, Likeness, Registration

SURE: Final = 6
"""Letters from which a name with one slip of the finger is the same name."""


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, however they are spelled: capitals, accents and spaces aside."""
    return (key_of(one) or fold(one)) == (key_of(other) or fold(other))


def is_same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are one mailbox."""
    return one.strip().casefold() == other.strip().casefold()


def is_similar_name(one: str, other: str) -> bool:
    """Whether one may be the other with an initial or a slip: "J. de Vries", "Jan de Vires"."""
    left, right = key_of(one), key_of(other)
    if min(len(left), len(right)) >= SURE and is_close(left, right):
        return True
    first, last = fold(one).split(maxsplit=1)[:1], fold(one).split(maxsplit=1)[1:]
    there, rest = fold(other).split(maxsplit=1)[:1], fold(other).split(maxsplit=1)[1:]
    if not last or last != rest:
        return False
    short = min(first[0], there[0], key=len).strip(".")
    return len(short) == 1 and first[0][0] == there[0][0]


def same_person(new: Registration, others: Iterable[Registration]) -> Registration | None:
    """The one with this address and this name."""
    return next(
        (
            each
            for each in others
            if is_same_address(each.email, new.email) and is_same_name(each.name, new.name)
        ),
        None,
    )


def double_of(new: Registration, others: Iterable[Registration]) -> Double | None:
    """Whom somebody is like of those who stand on the list, the surest likeness first."""
    there = [each for each in others if each.stands and each.code != new.code]
    for likeness, is_like in RULES:
        for each in there:
            if is_like(new, each):
                return Double(each.code, likeness)
    return None


def _same_mailbox(one: Registration, other: Registration) -> bool:
    return is_same_address(one.email, other.email)


def _same_phone(one: Registration, other: Registration) -> bool:
    return one.phone == other.phone


def _same_name(one: Registration, other: Registration) -> bool:
    """The same name anywhere, or nearly the same in one town."""
    is_near = one.city is not None and one.city == other.city
    return is_same_name(one.name, other.name) or (is_near and is_similar_name(one.name, other.name))


RULES: Final = (
    (Likeness.ADDRESS, _same_mailbox),
    (Likeness.PHONE, _same_phone),
    (Likeness.NAME, _same_name),
)
