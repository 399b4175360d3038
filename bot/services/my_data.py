"""Everything that is stored about a conversation, as a text that its visitor can keep."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.core.callback import Callback
from bot.core.dialogue.likely import LIKELY, REFUSED
from bot.core.eligibility import Outcome, Verdict
from bot.core.errors import ConversationUnknown, TextUnknown
from bot.core.intake import AGREED, AMSTERDAM
from bot.core.questions import ELIGIBILITY, NAME_BEFORE, PERSONAL, SKIPPED
from bot.core.registration import Registration
from bot.core.turn import Turn
from bot.core.whatif import criteria
from bot.services.consent import ASKED_AT, SHOWN, SHOWN_AT
from bot.services.ports import Ports, Texts
from bot.services.records import Conversation, Exchange, File

NAMES: Final = {item: f"label_criterion_{item}" for item in ELIGIBILITY} | {
    "adult": "label_file_adult",
    "name": "label_item_name",
    NAME_BEFORE: "label_file_name_before",
    "email": "label_item_email",
    LIKELY: "label_file_likely",
    REFUSED: "label_file_refused",
    "phone": "label_item_phone",
    "company": "label_item_company",
    "new_email": "label_file_new_email",
    "email_wanted": "label_file_new_email",
    "new_phone": "label_file_new_phone",
    "new_company": "label_file_new_company",
    "new_city": "label_file_new_city",
    "new_province": "label_file_new_province",
    "change_wanted": "label_file_change_wanted",
    "changed": "label_file_changed",
    "region": "label_file_region",
    "city": "label_file_city",
    "province": "label_file_province",
    "consent": "label_file_consent",
    "consent_at": "label_file_consent_at",
    "consent_version": "label_file_consent_version",
    SHOWN: "label_file_consent_shown",
    SHOWN_AT: "label_file_consent_shown_at",
    ASKED_AT: "label_file_consent_asked_at",
    "confirm": "label_file_confirm",
    AGREED: "label_file_intake",
    "callback": "label_file_callback",
    "callback_note": "label_file_callback_note",
    "person_wanted": "label_ask_human",
    "campaign": "label_file_campaign",
    "code": "label_file_code",
    "digits": "label_file_digits",
    "digits_for": "label_file_digits_for",
}
"""What a stored value is called, in the order of the file; another has its own name there."""

TOLD: Final = (*PERSONAL, "city", "province")
"""What stands in a registration beside the answers."""

OUTCOMES: Final = {
    Outcome.ELIGIBLE: "label_file_eligible",
    Outcome.REVIEW: "label_file_review",
    Outcome.NOT_ELIGIBLE: "label_file_not_eligible",
}
CHANNELS: Final = {"web": "label_file_web", "telegram": "label_file_telegram"}
ANSWERS: Final = {
    "yes": "label_affirm",
    "no": "label_deny",
    "known": "label_affirm",
    SKIPPED: "label_none",
    None: "label_none",
}


async def file_of(ports: Ports, conversation: str) -> File:
    """What this conversation told, registered or proved to be its own, asked for and said."""
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        if known is None:
            raise ConversationUnknown
        owns = await work.registrations.all_of(conversation)
        wishes = list(reversed(await work.callbacks.all_of(conversation)))
        exchanges = await work.conversations.exchanges(conversation)
        agreed = [await work.shown.text(version) for version in _versions(known, owns)]
    writer = _Writer(ports.texts)
    parts = [
        writer.part("label_file_title", writer.about(known, ports.clock.now())),
        writer.part("label_file_answers", writer.told(known.draft)),
        *(
            writer.part("label_file_registration", writer.registered(one) if one else ())
            for one in owns or (None,)
        ),
        *(writer.part("label_file_consent_text", [text]) for text in agreed if text),
        *(writer.part("label_file_wish", writer.wished(one)) for one in wishes or (None,)),
        writer.part("label_file_messages", writer.said(exchanges)),
    ]
    content = "\n\n".join(parts) + "\n"
    return File("mijn-gegevens.txt", "text/plain; charset=utf-8", content.encode())


def _versions(known: Conversation, owns: Sequence[Registration]) -> Sequence[str]:
    """The texts that were agreed to, each once."""
    told = known.draft.get("consent_version")
    versions = [*(own.consent.text_version for own in owns), *([str(told)] if told else [])]
    return list(dict.fromkeys(versions))


class _Writer:
    """Puts what is stored in Dutch lines."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def part(self, heading: str, lines: Sequence[str]) -> str:
        """Lines under a heading; that there are none is said too."""
        title = self._say(heading)
        return "\n".join((title, "=" * len(title), *(lines or [self._say("label_file_nothing")])))

    def about(self, known: Conversation, now: datetime) -> Sequence[str]:
        """Where the conversation is held, when, and who the visitor said to be."""
        who = known.memory.who if known.memory is not None else None
        return [
            *([self._line("label_file_role", self._label(f"role_{who}"))] if who else ()),
            self._line("label_file_made_at", self._moment(now)),
            self._line("label_file_channel", self._channel(known.channel)),
            self._line("label_file_updated_at", self._moment(known.updated_at)),
        ]

    def told(self, values: Mapping[str, object]) -> Sequence[str]:
        """Values by item; what has no name of ours yet is not left out."""
        ours = [item for item in NAMES if item in values]
        return [
            *(self._line(NAMES[item], self._value(item, values[item])) for item in ours),
            *(f"{item}: {values[item]}" for item in values if item not in NAMES),
        ]

    def registered(self, own: Registration) -> Sequence[str]:
        """A registration with its verdict and the consent to it."""
        shown = own.consent.shown_at
        told = {item: getattr(own, item) for item in TOLD} | {
            **own.answers,
            "consent_at": own.consent.at.isoformat(),
            "consent_version": own.consent.text_version,
            **({ASKED_AT: shown.isoformat()} if shown else {}),
        }
        return [
            self._line("label_file_code", own.code),
            self._line("label_file_intake", self._value(AGREED, own.intake)),
            self._line("label_file_status", self._say(f"status_{own.standing}")),
            *self.told(told),
            *self._judged(own.verdict),
            *self._looked_at(own),
            self._line("label_file_channel", self._channel(own.channel)),
            self._line("label_file_created_at", self._moment(own.created_at)),
            self._line("label_file_updated_at", self._moment(own.updated_at)),
            *self._taken_back(own.withdrawn_at),
        ]

    def wished(self, wish: Callback | None) -> Sequence[str]:
        """One request that a coordinator gets in touch."""
        if wish is None:
            return ()
        done = self._moment(wish.done_at) if wish.done_at else self._say("label_file_not_done")
        return [
            self._line("label_file_way", self._label(f"way_{wish.way.value}")),
            self._line("label_file_address", wish.address),
            self._line("label_item_name", self._value("name", wish.name)),
            self._line("label_file_moment", self._value("moment", wish.moment)),
            self._line("label_file_question", self._value("question", wish.question)),
            self._line("label_file_created_at", self._moment(wish.created_at)),
            self._line("label_file_updated_at", self._moment(wish.updated_at or wish.created_at)),
            self._line("label_file_done_at", done),
            *(
                [self._line("label_file_role", self._label(f"role_{wish.role}"))]
                if wish.role
                else ()
            ),
            *self._taken_back(wish.withdrawn_at),
        ]

    def _taken_back(self, moment: datetime | None) -> Sequence[str]:
        return [self._line("label_file_withdrawn_at", self._moment(moment))] if moment else ()

    def said(self, exchanges: Sequence[Exchange]) -> Sequence[str]:
        """Both sides of the conversation; indented, so that no message looks like a heading."""
        lines: list[str] = []
        for each in exchanges:
            if each.said:
                lines += [self._say("widget_you"), textwrap.indent(each.said, "  ")]
            if each.reply:
                lines += [self._say("widget_bot"), textwrap.indent(_words(each.reply), "  ")]
        return lines

    def _judged(self, verdict: Verdict) -> Iterator[str]:
        """The provisional outcome, with its reasons in words."""
        yield self._line("label_file_outcome", self._say(OUTCOMES[verdict.outcome]))
        for one in criteria(verdict):
            if one.reason is not None:
                yield f"- {self._say(f'utter_reason_{one.reason.value}')}"
        yield self._line("label_file_rules", verdict.rules)

    def _looked_at(self, own: Registration) -> Iterator[str]:
        """Whether the address is theirs, whether a person looks, and what was decided."""
        if confirmed := own.proven_at or own.vouched_at:
            yield self._line("label_file_confirmed_at", self._moment(confirmed))
        elif own.needs_proof:
            yield self._say("label_file_unconfirmed")
        if own.double is not None:
            yield self._say("label_file_double")
        if own.decision is not None and own.decided_at is not None:
            decided = self._say(f"label_decision_{own.decision.value}")
            yield self._line("label_file_decision", decided)
            yield self._line("label_file_decided_at", self._moment(own.decided_at))
        if own.decision_reason:
            yield self._line("label_file_decision_reason", own.decision_reason)

    def _value(self, item: str, value: object) -> str:
        """A stored value in words."""
        if isinstance(value, dict):  # what was said back
            return self._value(value["item"], value["value"])
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, int | float):
            return f"{value:g}".replace(".", ",")
        if item == AGREED:
            return self._texts.render("label_intake", year=str(value)[:4]).text
        if item in ("consent_at", SHOWN_AT, ASKED_AT):
            return self._moment(datetime.fromisoformat(str(value)))
        try:
            return self._label(f"{item}_{value}")
        except TextUnknown:
            return self._say(ANSWERS[value]) if value in ANSWERS else str(value)

    def _channel(self, channel: str) -> str:
        return self._say(CHANNELS[channel]) if channel in CHANNELS else channel

    def _moment(self, at: datetime) -> str:
        """A day as people say it, and the time in the Netherlands."""
        local = at.astimezone(AMSTERDAM)
        day = self._texts.render("label_file_day", day=local.date().isoformat()).text
        return f"{day}, {local:%H:%M}"

    def _line(self, name: str, value: str) -> str:
        label = self._say(name)
        return f"{label[:1].upper()}{label[1:]}: {value}"

    def _label(self, name: str) -> str:
        return self._say(f"label_{name}")

    def _say(self, key: str) -> str:
        return self._texts.render(key).text


def _words(turn: Turn) -> str:
    """The bubbles of an answer, with the buttons that stood under them."""
    bubbles = [
        "\n".join((each.text, *(f"[{button.title}]" for button in each.buttons)))
        for each in turn.messages
    ]
    return "\n\n".join(bubbles)
