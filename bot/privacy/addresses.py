"""Finds e-mail addresses in what a visitor types, and takes off what is no part of them.

Letters, digits and a few signs are part of an address. What stands around it (a bracket, a star,
an emoji, "mail=") is taken off; the same inside it is asked about, never kept and never cut.
"""

import re
from collections.abc import Iterator
from typing import Final

from email_validator import EmailNotValidError, validate_email

SIGN: Final = re.compile(r"[@＠]|\bat\b|apenstaart", re.IGNORECASE)
"""Without one of these there is no address to look for."""

AT: Final = (
    r"(?:\s{0,9}(?:@|＠|\(at\)|\[at\]|\bapenstaartje?\b)\s{0,9}|"
    r"\s{1,9}at\s{1,9}(?=\S{1,255}\s{0,9}(?:\.|punt)\s{0,9}\w))"
)
LOCAL: Final = r"[^\s<>()\[\],;:\"“”„«»]"
ADDRESS: Final = re.compile(
    rf"(?<!{LOCAL}){LOCAL}+{AT}{LOCAL}*(?:\s{{0,9}}(?:\.|\bpunt\b)\s{{0,9}}[a-z]{{2,}}\b)?|"
    r"\S{0,64}@\S*",
    re.IGNORECASE,
)
"""A word is looked at from its first letter only; from each would take the square of its length."""

SIGNS: Final = frozenset(".+-_'&%")
"""What an address has between its letters and digits."""

APART: Final = re.compile(r"[\s<>()\[\],;:\"“”„«»]")
LABEL: Final = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)?=+", re.IGNORECASE)
DOMAIN: Final = re.compile(r"[\w.-]+")


def emails_of(found: str) -> tuple[str, ...]:
    """The valid addresses in what was found, in their normal form; none when one is not valid."""
    parts = [part for part in APART.split(found) if "@" in part]
    read = [_read(part) for part in parts]
    return tuple(dict.fromkeys(email for email in read if email)) if all(read) else ()


def _read(text: str) -> str | None:
    local, at, rest = text.replace("\u200d", "").replace("’", "'").partition("@")
    found = DOMAIN.match(rest.lstrip("'"))
    if not at or found is None or "@" in rest:
        return None
    local = LABEL.sub("", _from_letter(local))
    local, domain = _from_letter(local), found[0].rstrip("._-")
    if not local or not all(letter.isalnum() or letter in SIGNS for letter in local):
        return None
    try:
        valid = validate_email(f"{local}@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return None
    return valid.normalized.lower()


def _from_letter(text: str) -> str:
    """The text from its first letter, digit or line under."""
    at = next((at for at, sign in enumerate(text) if sign.isalnum() or sign == "_"), len(text))
    return text[at:]


def addresses_in(text: str) -> Iterator[re.Match[str]]:
    """What is, or is meant as, an address."""
    return ADDRESS.finditer(text) if SIGN.search(text) else iter(())
