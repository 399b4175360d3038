"""The very words that somebody agreed to: kept by their hash, from when they are shown."""

import hashlib
from typing import Final

from bot.core.errors import ConversationUnknown
from bot.core.intake import AGREED
from bot.services.ports import Ports
from bot.services.records import Draft, Words

SHOWN: Final = "consent_shown"
SHOWN_AT: Final = "consent_shown_at"
"""In the draft: which words were shown last, and when."""

ASKED_AT: Final = "consent_asked_at"
"""In the draft: when the words were shown that got a yes."""

LENGTH: Final = 12
"""Hexadecimal digits of the hash in the name of a version."""


def version_of(words: Words) -> str:
    """A name for exactly these words: one letter more, and it is another."""
    return f"{words.key}@{hashlib.sha256(words.text.encode()).hexdigest()[:LENGTH]}"


async def show(ports: Ports, conversation: str, intake: str, words: Words) -> None:
    """Keep what is shown now, and for which group; what is shown later counts instead."""
    now = ports.clock.now()
    version = version_of(words)
    async with ports.work() as work:
        found = await work.conversations.hold(conversation)
        if found is None:
            raise ConversationUnknown
        await work.shown.keep(version, words.text, now)
        shown = {AGREED: intake, SHOWN: version, SHOWN_AT: now.isoformat()}
        await work.conversations.set_draft(conversation, {**found.draft, **shown}, now)
        await work.commit()


def agreed_to(ports: Ports, draft: Draft) -> Draft:
    """What a yes of now is to; words of before this was kept are named, and not known."""
    version = draft.get(SHOWN) or ports.texts.version("utter_ask_consent")
    now = ports.clock.now().isoformat()
    return {"consent_version": version, "consent_at": now, ASKED_AT: draft.get(SHOWN_AT)}


async def text_of(ports: Ports, version: str) -> str | None:
    """The words of a version; None when they were shown before this was kept."""
    async with ports.work() as work:
        return await work.shown.text(version)
