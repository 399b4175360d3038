"""An address or a number with a slip in it, where nobody asked for one."""

from typing import Final

from bot.core.answers.mentions import items_in

SLIPS: Final = {"email": "[email onjuist]", "phone": "[nummer onjuist]"}
"""What stands in a masked text for what was meant as one."""
FEW: Final = 3
"""Words; a birthday in a longer sentence is no telephone number with a slip in it."""


def slip_in(text: str, asked: str | None) -> str | None:
    """The item that was meant in a masked text, or None; at its own question it is an answer."""
    for item, mask in SLIPS.items():
        rest = text.replace(mask, " ")
        is_meant = len(rest.split()) <= FEW or item in items_in(rest)
        if mask in text and item != asked and is_meant:
            return item
    return None
