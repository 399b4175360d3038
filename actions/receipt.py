"""Writes a verdict out as a receipt: a mark and a sentence for each criterion."""

from collections.abc import Iterable
from typing import Final

from actions.speaking import label
from bot.core.eligibility import CLOSED, DOUBT, Reason, Verdict
from bot.core.whatif import Criterion, criteria, would_change
from bot.services.ports import Texts

TO_DO: Final = frozenset({Reason.CONSENT_NOT_ASKED, Reason.SCHOOL_UNDECIDED})


def mark(reason: Reason | None) -> str:
    """Met, not met, for a person to look at, or not known yet."""
    if reason in CLOSED:
        return "✗"
    if reason is None or reason in TO_DO:
        return "•"
    return "?" if reason in DOUBT else "✓"


def line(texts: Texts, one: Criterion) -> str:
    """One criterion, marked."""
    if one.reason is None:
        name = label(texts, f"criterion_{one.item}")
        words = texts.render("utter_criterion_unknown", criterion=name)
    else:
        words = texts.render(f"utter_reason_{one.reason.value}")
    return f"{mark(one.reason)} {words.text}"


def receipt(texts: Texts, verdict: Verdict) -> str:
    """Every criterion, then what would change the outcome, then where the rules come from."""
    lines = [line(texts, one) for one in criteria(verdict)]
    better = would_change(verdict)
    if better:
        wishes = [f"→ {one_of(texts, item, values)}" for item, values in better.items()]
        lines.append(texts.render("utter_would_change", changes="\n".join(wishes)).text)
    return "\n".join([*lines, texts.render("utter_rules_source").text])


def one_of(texts: Texts, item: str, values: Iterable[str]) -> str:
    """The answers of which one would do, as a list: "mbo niveau 4, hbo of universiteit"."""
    *others, last = (label(texts, f"{item}_{value}") for value in values)
    return f"{', '.join(others)} {label(texts, 'or')} {last}" if others else last
