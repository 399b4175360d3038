"""What a visitor told and agreed to, kept beside a talk: whatever the house does must fit it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.answers import province_of
from bot.core.answers.places import PROVINCES
from bot.core.eligibility import Applicant, check, open_questions
from bot.core.questions import ELIGIBILITY, EMPLOYED, REGISTRATION, SKIPPED

Turn = Mapping[str, Any]
MINIMUM_YEARS = 3.0
BROKEN = ("None", "{", "⟦", "lukt nu even niet")
SUMMARY = "Klopt dit, en wilt u zich zo aanmelden?"
SHOWN = ("name", "email", "phone", "region", "company")
NOBODY = {"withdrawn", None}


@dataclass
class ModelOfTalk:
    """One visitor.

    `sure` is what "weet u het zeker?" is about; `shown` are the details of the last summary,
    `agreed` those to which he said yes;
    `leads` are the rows that must be there, by code.
    """

    told: dict[str, Any] = field(default_factory=dict)
    asks: str | None = None
    sure: str | None = None
    shown: dict[str, Any] | None = None
    agreed: dict[str, Any] | None = None
    judged: str | None = None
    code: str | None = None
    status: str | None = None
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    @property
    def registered(self) -> bool:
        """Whether he is on the list, as far as we know."""
        return self.status not in NOBODY

    def tell(self, item: str, value: Any) -> None:
        """He gives a fact; what is registered is only changed by a person."""
        if self.registered and item != self.asks:
            return
        self.told[item] = value
        employed, consent = self.told.get("employment"), self.told.get("employer_consent")
        if item == "employment" and value not in EMPLOYED:
            self.told["employer_consent"] = "not_applicable"
        elif employed in EMPLOYED and consent == "not_applicable":
            del self.told["employer_consent"]

    def answer(self, item: str, value: Any) -> None:
        """He answers the open question; a no to consent or summary is no answer that is kept."""
        if item == "confirm":
            self.agreed = self.details() if value == "yes" else None
        elif (item, value) != ("consent", "no"):
            self.tell(item, value)

    def forget(self, *items: str) -> None:
        """He wants to give these anew; without names, everything."""
        for item in items or tuple(self.told):
            self.told.pop(item, None)

    def say_yes(self, about: str | None) -> None:
        """He is sure of what we asked."""
        if about == "withdraw_registration":
            self.status = "withdrawn"
            self.leads[str(self.code)]["status"] = "withdrawn"
        elif about == "delete_my_data":
            self.forget()
            self.leads.clear()
            self.code = self.status = self.agreed = None

    def details(self) -> dict[str, Any]:
        """What the summary shows."""
        return {item: self.told.get(item) for item in SHOWN}

    def open(self) -> tuple[str, ...]:
        """What must still be asked before the outcome is told."""
        return open_questions(Applicant.from_answers(self.told))

    def missing(self) -> list[str]:
        """What must still be asked for a registration; the summary always."""
        return [item for item in REGISTRATION if item not in self.told]

    def follows(self, was: str | None) -> set[str | None]:
        """The questions that may be open after he told something while `was` was open."""
        missing, still = self.missing(), self.open()
        if was in ELIGIBILITY and still:
            return {was, still[0]} if was in still else {*still}
        if was in REGISTRATION:
            return {was if was in missing else missing[0]}
        return {None, missing[0]}

    def outcome(self) -> str:
        """By the rules of the house, on what he told; who is on the list, on what he told then."""
        if self.registered and self.judged:
            return self.judged
        return check(Applicant.from_answers(self.told), MINIMUM_YEARS).outcome.value

    def complaints(self, turn: Turn) -> Iterator[str]:
        """Everything in a turn that may never be; takes over what the house says is so."""
        texts = [message["text"] for message in turn["messages"]]
        words = "\n".join(texts)
        if not texts or not all(text.strip() for text in texts):
            yield "silence"
        yield from (f"says {sign!r}" for sign in BROKEN if sign in words)
        if turn["asks"] in self.told:
            yield f"asks {turn['asks']}, which was told"
        if turn["outcome"] not in (None, self.outcome()):
            yield f"tells {turn['outcome']}, but it is {self.outcome()}"
        if turn["asks"] == "confirm" and SUMMARY in words:
            self.shown = self.details()
            for item, value in self.details().items():
                if value is None:
                    yield f"the summary comes before {item} was told"
                elif value != SKIPPED and str(value) not in words:
                    yield f"the summary lacks the {item} that was told"
        yield from self._complaints_about_registration(turn["registration"] or {})
        self.asks = turn["asks"]

    def _complaints_about_registration(self, receipt: Mapping[str, str]) -> Iterator[str]:
        code, status = receipt.get("code"), receipt.get("status")
        if status not in NOBODY and not self.registered:
            if self.told.get("consent") != "yes":
                yield "registered without consent"
            if not self.agreed == self.shown == self.details():
                yield "registered without a yes to the summary"
            expected = "registered" if self.outcome() == "eligible" else "review"
            if status != expected:
                yield f"registered as {status}, should be {expected}"
            self.judged = self.outcome()
            self.leads = {str(code): {**lead_of(self.told), "status": status}}
            self.codes.add(str(code))
        elif (code, status) != (self.code, self.status):
            yield f"registration is {status}, should be {self.status}"
        if status not in NOBODY:
            self.agreed = None
        self.code, self.status = code, status


def lead_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the list of leads that somebody who told this must get."""
    region, company = str(told.get("region")), told.get("company")
    return {
        **{item: told.get(item) for item in (*ELIGIBILITY, "name", "email", "phone")},
        "city": None if region in PROVINCES else region,
        "province": province_of(region),
        "company": None if company == SKIPPED else company,
    }
