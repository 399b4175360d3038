"""One update at a time: what the library cannot build costs that update only.

The library builds all that came together or nothing, so one odd update would keep everybody's.
"""

from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

LONGEST_NUMBER: Final = 2**63 - 1
NAMELESS: Final = "NoNumber"
FROM_NOBODY: Final = "NoSender"


@dataclass(frozen=True)
class Reading:
    """What could be made of an update: the update, or the name of what went wrong.

    Without a number it cannot be confirmed: it goes when a later one is.
    """

    number: int | None
    update: Update | None = None
    problem: str | None = None


def number_of(raw: object) -> int | None:
    """The number of an update, if it has one."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 <= number <= LONGEST_NUMBER else None


def read(raw: Any, bot: Bot) -> Reading:
    """Build one update, whatever it is."""
    number = number_of(raw)
    if number is None:
        return Reading(None, problem=NAMELESS)
    try:
        update = Update.de_json(raw, bot)
        who = update.effective_chat or update.effective_user
        has_address = who is None or type(who.id) is int
    except Exception as error:  # noqa: BLE001  the library fails in many ways on what is no update
        return Reading(number, problem=type(error).__name__)
    return Reading(number, update) if has_address else Reading(number, problem=FROM_NOBODY)


class Unbuilt(HTTPXRequest):
    """Asks for updates and keeps them as they came; the library gets none to fail on."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._found: list[object] = []

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]
        """The hook of the library between what came and what it builds of it."""
        answer: object = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        if "result" not in answer:
            return answer
        if not isinstance(answer["result"], list):
            raise TelegramError("Invalid server response")
        self._found = answer["result"]
        return {**answer, "result": []}

    def take(self) -> list[object]:
        """What came with the last answer, once."""
        found, self._found = self._found, []
        return found
