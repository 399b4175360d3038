"""Which address was perhaps meant by one that looks mistyped: to ask about, not to correct."""

from typing import Final

from bot.core.answers.text import is_close

HOMES: Final[dict[str, str]] = {
    "gmail": "com",
    "googlemail": "com",
    "hotmail": "com nl be de",
    "outlook": "com nl be de",
    "live": "nl com be",
    "msn": "com",
    "yahoo": "com nl de",
    "icloud": "com",
    "me": "com",
    "mac": "com",
    "protonmail": "com",
    "proton": "me",
    "ziggo": "nl",
    "kpnmail": "nl",
    "kpnplanet": "nl",
    "planet": "nl",
    "hetnet": "nl",
    "home": "nl",
    "casema": "nl",
    "chello": "nl",
    "upcmail": "nl",
    "quicknet": "nl",
    "zeelandnet": "nl",
    "onsbrabantnet": "nl",
    "xs4all": "nl",
    "solcon": "nl",
    "caiway": "nl",
    "telfort": "nl",
    "tele2": "nl",
    "online": "nl",
    "versatel": "nl",
    "wanadoo": "nl",
    "tiscali": "nl",
    "zonnet": "nl",
    "freeler": "nl",
    "telenet": "be",
    "skynet": "be",
    "proximus": "be",
    "scarlet": "be",
    "gmx": "net de",
    "web": "de",
    "t-online": "de",
    "freenet": "de",
    "arcor": "de",
}
"""Well-known mail domains: the name, and the ends it has, the likeliest first."""

DOMAINS: Final = tuple(f"{name}.{end}" for name, ends in HOMES.items() for end in ends.split())
ORDINARY: Final = frozenset(
    {
        *("live", "me", "mac", "msn", "proton", "home", "planet", "online", "chello", "solcon"),
        *("telfort", "scarlet", "gmx", "web", "arcor"),
    }
)
"""Names one slip from a word or a company (plant.nl, telford.nl): here only the end can slip."""

UNIQUE: Final = frozenset({"gmail", "icloud", "ziggo", "kpnmail"})
"""Names that nobody else has: any other end is a slip (gmail.nl)."""

ENDS: Final = frozenset({"be", "bg", "cl", "de", "dk", "ie", "no", "nu", "pl", "se"})
"""Ends that people have on purpose, though they are one slip from another (hotmail.no)."""

OTHERS: Final = frozenset({"mail.com", "email.com", "ymail.com", "cloud.com"})
"""Domains that are good as they are, though they look like a slip of a well-known one."""


def email_suggestion(address: str) -> str | None:
    """The address with the well-known domain that it just misses, or None when nothing is odd."""
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    if not local or domain in DOMAINS or domain in OTHERS:
        return None
    meant = next((known for known in DOMAINS if _is_slip(domain, known)), None)
    return f"{local}@{meant}" if meant else None


def is_common(address: str) -> bool:
    """Whether every mail server can bring mail there: a name with an "ö" needs a newer one."""
    return address.rpartition("@")[0].isascii()


def _is_slip(domain: str, known: str) -> bool:
    """Whether the name, the end, the dot or two of these are one slip of the finger away."""
    (name, _, end), (known_name, _, known_end) = domain.partition("."), known.partition(".")
    if name == known_name and name in UNIQUE:
        return True
    if end in ENDS and end != known_end:
        return False
    if name == known_name:
        return is_close(end, known_end)
    if known_name in ORDINARY:
        return False
    return is_close(domain, known) or (is_close(name, known_name) and is_close(end, known_end))
