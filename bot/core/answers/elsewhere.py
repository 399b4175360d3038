"""Where somebody wants to go on with this conversation: "verder op Telegram"."""

import re
from typing import Final

CHANNELS: Final = {
    "telegram": "telegram",
    "website": "website",
    "site": "website",
    "browser": "website",
    "computer": "website",
}
AROUND: Final = frozenset(
    re.findall(
        r"\w+",
        "ik we wil zou graag liever kan kunnen kunt mag u dit gesprek verder door gaan doorgaan "
        "praten verdergaan chatten op via naar in de het mijn dan nu ook",
    )
)
"""Words that say nothing more than that somebody wants to go on elsewhere."""

ONWARD: Final = frozenset({"verder", "door", "doorgaan", "verdergaan"})


def channel_in(text: str, *, among_own_words: bool = False) -> str | None:
    """The channel that somebody wants to go on at, when a text says that and nothing else.

    Where any words may be the answer, the name of a channel alone may be one as well.
    """
    words = re.findall(r"\w+", text.casefold())
    named = {CHANNELS[word] for word in words if word in CHANNELS}
    if len(named) != 1 or not all(word in CHANNELS or word in AROUND for word in words):
        return None
    channel = named.pop()
    is_named = words == [channel] and not among_own_words
    return channel if is_named or ONWARD.intersection(words) else None
