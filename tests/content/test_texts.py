"""Every text can be said today, is asked for by the code, and keeps to the tone of the house."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from actions.answer import KEPT
from actions.doubt import OTHER
from actions.registration import ANSWERS
from actions.small_talk import OWN_WORDS
from bot.channels.problems import TITLES
from bot.channels.telegram_commands import COMMANDS
from bot.channels.web import STRINGS
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles, Variant
from bot.core.answers import roles
from bot.core.callback import Way
from bot.core.dialogue.moves import FOR_A_PERSON, MOODS
from bot.core.eligibility import CLOSED, Outcome, Reason
from bot.core.questions import CALLBACK, DETAILS, ELIGIBILITY, PROOF, SLOTS, VALUES
from bot.core.registration import Decision, Status
from bot.core.whatif import ADULT, FITTING
from bot.services import notices
from bot.services.changes import BY_PERSON, FIELDS
from bot.services.files import FOR_EMPLOYER
from tests.support.parts import NOW, StandingClock

ROOT: Final = Path(__file__).parents[2]
DOMAIN: Final = yaml.safe_load((ROOT / "domain.yml").read_text())
FACTS: Final = FactsFromFiles()
TEXTS: Final = TextsFromFiles(FACTS, StandingClock())
VARIANTS: Final = dict(TEXTS)
EVERY_VARIANT: Final = [(key, each) for key, variants in VARIANTS.items() for each in variants]
IDS: Final = [
    f"{key}#{place}" for key, variants in VARIANTS.items() for place in range(len(variants))
]
TODAY: Final = NOW.date()

TOPICS: Final = frozenset(path.stem for path in (ROOT / "nlu/faq").glob("*.yml"))
FAQ: Final = frozenset(f"faq/{topic}" for topic in TOPICS)
FACETS: Final = frozenset(
    f"{part['intent']}/{part['metadata']['facet']}"
    for path in (ROOT / "nlu/faq").glob("*.yml")
    for part in yaml.safe_load(path.read_text())["nlu"]
    if "metadata" in part
)
DECIDED: Final = yaml.safe_load((ROOT / "stories/decided.yml").read_text())["rules"]
OURS: Final = {rule["steps"][0]["intent"] for rule in DECIDED}
"""Moves of the policy: nobody says or taps them."""
INTENTS: Final = frozenset(DOMAIN["intents"]) - OURS

ARGUMENTS: Final[dict[str, object]] = {
    "way": "de telefoon",
    "name": "Jan de Vries",
    "code": "A-7K3M9Q2A",
    "intake": "de groep van november 2027",
    "criteria": "✓ U hebt een baan.\n? U bent zzp'er: een coördinator gaat na wat kan.",
    "criterion": "wat uw werkgever vindt",
    "changes": "→ mbo niveau 4, hbo of universiteit\n→ minstens 3 jaar ervaring",
    "answers": "installatietechniek, in loondienst, mbo niveau 4, 12 jaar ervaring",
    "facts": "bouw, 7.5 jaar ervaring",
    "status": "aangemeld, een coördinator kijkt eerst mee",
    "years": "12",
    "year": "2027",
    "limit": 1000,
    "digits": "048151",
    "codes": "HT-7K3M9Q2A, HT-2B4D6F8G",
    "notice": "nieuwe aanmelding",
    "command": "instap leads show HT-7K3M9Q2A",
    "answer": "in loondienst",
    "before": "zzp of eigen bedrijf",
    "day": "2026-11-24",
    "time": "14:03",
    "places_left": 3,
    "waiting": 2,
    "is_asked": True,
    "is_employer": True,
    "is_listed": True,
    "is_other": True,
    "is_school": True,
    "is_told": True,
    "proof": "W-7K3M9Q2A",
    "others": "een@voorbeeld.nl",
    "last": "twee@voorbeeld.nl",
    "callbacks": 1,
    "number": 4,
    "total": 6,
    "next_intake": "de groep van november 2027",
    "start_date": "2027-11-01",
    "registration_deadline": "2027-09-30",
}
"""What the code fills in, as it really looks."""

UNUSED: Final = {
    "label_faq": "every intent has a label; of a question the label of its topic is shown",
    "status_contacted": "a coordinator will be able to set this state",
    "utter_reason_experience_unknown": "waits for a rule on years that somebody does not know",
    "utter_register_intro": "the question for consent names the group by itself",
    "utter_trouble_slow": "waits for an answer that takes too long",
}
"""Texts that nothing says yet, and why they are kept."""

# ── What the code says ──────────────────────────────────────────────────────

SMALL_TALK: Final = frozenset(
    step["intent"]
    for path in (ROOT / "stories").glob("*.yml")
    for rule in yaml.safe_load(path.read_text())["rules"]
    for step in rule["steps"]
    if {"action": "action_small_talk"} in rule["steps"] and "intent" in step
)

NOTICES: Final = (
    *(status.value for status in Status if status is not Status.DECLINED),
    notices.CALLBACK,
    notices.CALLBACK_CHANGED,
    notices.CALLBACK_WITHDRAWN,
    notices.CALLBACK_ENDING,
    notices.ERASED,
    notices.CHANGED,
    notices.UNDELIVERED,
    notices.ENDING,
    notices.CLOCK,
)
WHO_HOPES: Final = [
    status.value for status in Status if status not in (Status.WITHDRAWN, Status.DECLINED)
]
NEWS: Final = ("start", "start_changed", "start_unsure", "accepted", "place_review", "declined")

FILLED: Final[dict[str, Iterable[str]]] = {
    "utter_{side}": FAQ | FACETS,
    "utter_faq/{topic}": FOR_EMPLOYER,
    "label_faq/{topic}": FOR_EMPLOYER,
    "utter_file_{file}": KEPT,
    "mail_next_{registration.status.value}": WHO_HOPES,
    "mail_next_{own.status.value}": WHO_HOPES,
    "utter_news_{kind}": NEWS,
    "mail_{kind}": NEWS,
    "label_decision_{own.decision.value}": [each.value for each in Decision],
    "mail_{kind}_subject": [f"{kind}_subject" for kind in NEWS],
    "utter_passage_{door}": ("telegram", "website"),
    "utter_heard_{taken.reading.mood}": MOODS,
    "utter_{wish}": FOR_A_PERSON,
    "utter_which_{item}": ("email", "phone"),
    "label_{item}_{value}": [
        f"{item}_{each}" for item in ELIGIBILITY for each in VALUES.get(item, ())
    ],
    "label_{item}": ("years_experience",),
    "utter_likely_{item}": DETAILS,
    "utter_mistyped_{item}": ("email", "company"),
    "utter_change_same_{item}": DETAILS,
    "utter_change_passed_{item}": BY_PERSON,
    "label_criterion_{item}": ELIGIBILITY,
    "label_change_to_{item}": FIELDS,
    "label_change_is_{item}": FIELDS,
    "label_changed_{item}": FIELDS,
    "utter_{decision.intent}": FAQ,
    "utter_{intent}": SMALL_TALK - OWN_WORDS.keys(),
    "utter_invalid_{asked}": SLOTS,
    "utter_invalid_{item}": ("email", "phone"),
    "utter_explain_{asked}": SLOTS,
    "label_item_{each}": DETAILS,
    "utter_ask_{item}": DETAILS,
    "utter_ask_{asked}": DETAILS,
    "label_change_{item}": BY_PERSON,
    "label_{kind}_{item}": [
        *(f"criterion_{item}" for item in ELIGIBILITY),
        *(f"item_{item}" for item in DETAILS),
    ],
    "utter_reason_{one.reason.value}": [reason.value for reason in Reason],
    "utter_route_{reason.value}": [reason.value for reason in CLOSED],
    "utter_eligibility_{verdict.outcome.value}": [outcome.value for outcome in Outcome],
    "utter_what_if_{view}": [*(outcome.value for outcome in Outcome), "open"],
    "label_{name}": [
        *(FAQ | INTENTS - {"faq"}),
        OTHER,
        *(f"item_{item}" for item in DETAILS),
        *(f"{item}_{value}" for item in ELIGIBILITY for value in VALUES.get(item, ())),
        *(f"{item}_{value}" for item, values in FITTING.items() for value in values),
        *(f"criterion_{item}" for item in ELIGIBILITY),
        f"{ADULT}_no",
        *(f"way_{way.value}" for way in Way),
        *(f"role_{role}" for role in roles.NAMES),
        "or",
        "change",
        "change_answers",
        "change_later",
    ],
    "label_notice_{kind}": NOTICES,
    "mail_notice_{kind}": NOTICES,
    "status_{own.standing}": ["accepted", *(status.value for status in Status)],
    "problem_{name}": [*TITLES.values(), "button", "busy"],
    "widget_{name}": STRINGS,
    "telegram_command_{name}": COMMANDS,
}
"""Every f-string in the code that makes the name of a text, with all that its hole can be."""

NO_TEXT: Final = {
    "utter_ask_": "a beginning that is taken off",
    "utter_action": "a field of what Rasa's response selector gives",
}
"""Strings in the code that look like the name of a text and are none."""

NAME: Final = re.compile(
    r"(?:utter|label|status|problem|widget|telegram_command|mail|calendar|page|link)_[\w/{}.]*"
    r"|telegram_(?:short_)?description"
)


SAYING: Final = frozenset({"say", "_say", "render", "utter_message", "tell"})
"""The functions that say a text; anywhere else its name is only mentioned."""

Given = frozenset[str] | None
"""The arguments with which a text is said; None where it is only mentioned."""


@dataclass(frozen=True)
class Said:
    """A text that the code names, with the arguments it gives there."""

    key: str
    arguments: Given
    where: str


class Reader(ast.NodeVisitor):
    """Finds names of texts in a module, also in f-strings, with the arguments of that call."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Given, int]] = []
        self._given: Given = None

    def visit_Call(self, node: ast.Call) -> None:  # noqa: N802 - the name is ast's
        name = ast.unparse(node.func).rpartition(".")[2]
        given = frozenset(each.arg for each in node.keywords if each.arg)
        named = [each.value for each in node.keywords if each.arg == "response"]
        self._visit_all([*node.args, *named], given if name in SAYING else None)
        others = [each.value for each in node.keywords if each.arg != "response"]
        self._visit_all([node.func, *others], None)

    def _visit_all(self, nodes: Iterable[ast.expr], given: Given) -> None:
        outside, self._given = self._given, given
        for node in nodes:
            self.visit(node)
        self._given = outside

    def visit_Constant(self, node: ast.Constant) -> None:  # noqa: N802
        if isinstance(node.value, str) and NAME.fullmatch(node.value):
            self.found.append((node.value, self._given, node.lineno))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:  # noqa: N802
        holes = [each for each in node.values if isinstance(each, ast.FormattedValue)]
        name = "".join(
            f"{{{ast.unparse(each.value)}}}"
            if isinstance(each, ast.FormattedValue)
            else str(ast.literal_eval(each))
            for each in node.values
        )
        if NAME.fullmatch(name):
            self.found.append((name, self._given, node.lineno))
        self._visit_all([hole.value for hole in holes], self._given)


def named_in_code() -> Iterator[tuple[str, Given, str]]:
    """Names and f-strings with their holes, as they stand in the code."""
    for path in sorted([*(ROOT / "actions").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        reader = Reader()
        reader.visit(ast.parse(path.read_text()))
        for name, given, line in reader.found:
            if name not in NO_TEXT:
                yield name, given, f"{path.relative_to(ROOT)}:{line}"


def said() -> Iterator[Said]:
    """Every text that is said, by the code or by a form."""
    for name, given, where in named_in_code():
        start = name.partition("{")[0]
        keys = [start + value for value in FILLED.get(name, ())] if "{" in name else [name]
        yield from (Said(key, given, where) for key in keys)
    for action in DOMAIN["actions"]:
        if action.startswith("utter_"):
            yield Said(action, frozenset(), "domain.yml")


SAID: Final = list(said())


def test_every_f_string_that_names_a_text_has_its_values_listed_here() -> None:
    holed = {(name, where) for name, _, where in named_in_code() if "{" in name}
    assert {name for name, _ in holed} == set(FILLED), sorted(holed)


def test_every_text_that_the_code_names_exists() -> None:
    assert [each for each in SAID if each.key not in VARIANTS] == []


def test_every_text_is_said_by_the_code_or_is_kept_for_a_reason() -> None:
    assert sorted(VARIANTS.keys() - {each.key for each in SAID}) == sorted(UNUSED)


def test_wherever_a_text_is_said_its_placeholders_are_facts_or_are_given_there() -> None:
    said_there = {each.key for each in SAID if each.arguments is not None}
    missing = [
        (each.where, each.key, name)
        for each in SAID
        if each.arguments is not None or each.key not in said_there
        for variant in VARIANTS[each.key]
        for name in variant.placeholders() - FACTS.names()
        if name not in (each.arguments or ())
    ]
    assert missing == []


def test_a_text_that_nothing_says_yet_asks_for_nothing_new() -> None:
    asked = {name for key in UNUSED for each in VARIANTS[key] for name in each.placeholders()}
    assert asked <= FACTS.names() | ARGUMENTS.keys()


def test_no_argument_has_the_name_of_a_fact() -> None:
    given = {name for each in SAID for name in each.arguments or ()}
    assert given & FACTS.names() == set()
    assert ARGUMENTS.keys() <= given


# ── Rendering ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", VARIANTS)
def test_every_text_can_be_said_today(key: str) -> None:
    words = TEXTS.render(key, **ARGUMENTS)
    assert words.text == words.text.strip() != ""
    assert not re.search(r"[{}]|\bNone\b|\bnull\b", words.text), words.text
    assert words.buttons == next(
        each.buttons for each in VARIANTS[key] if all(is_known(name) for name in each.needs)
    )


def is_known(name: str) -> bool:
    """Whether this fact has a value today."""
    return any(fact.name == name and fact.values[-1][1] is not None for fact in FACTS)


@pytest.mark.parametrize("key", VARIANTS)
def test_the_last_variant_of_a_text_needs_nothing_and_the_others_need_something(key: str) -> None:
    *first, last = VARIANTS[key]
    assert last.needs == ()
    assert last.given == ()
    assert all(variant.needs or variant.given for variant in first)


def test_what_the_gateway_fills_in_is_something_that_it_knows() -> None:
    tokens = {token for _, each in EVERY_VARIANT for token in re.findall(r"⟦(.*?)⟧", each.text)}
    new = {"new_email", "new_phone", "new_city", "new_company"}
    ours = {"name", "email", "phone", "city", "company", "code"}
    assert tokens == ours | new


def test_a_threshold_is_called_unconfirmed_as_long_as_it_is() -> None:
    thresholds = {"minimum_years_experience", "minimum_age"}
    unsure = {each.name for each in FACTS if each.confidence == "unconfirmed"} & thresholds
    source = TEXTS.render("utter_rules_source").text
    assert unsure == (thresholds if "niet bevestigd" in source else set())


# ── Buttons ─────────────────────────────────────────────────────────────────

PAYLOAD: Final = re.compile(r"/(\w+)(\{.*\})?")
BUTTON_VALUES: Final[dict[str, frozenset[str]]] = {
    **VALUES,
    "topic": TOPICS,
    "file": frozenset(KEPT),
    "item": frozenset({*DETAILS, *ELIGIBILITY, ANSWERS, *CALLBACK, *PROOF}),
    "sure": frozenset({"yes", "no"}),
    "company": frozenset({"skip"}),
    "callback_note": frozenset({"in de ochtend", "in de middag", "in de avond", "skip"}),
}
BUTTONS: Final = sorted({button for _, each in EVERY_VARIANT for button in each.buttons})


@pytest.mark.parametrize(("title", "payload"), BUTTONS)
def test_a_button_means_an_intent_with_entities_of_the_domain(title: str, payload: str) -> None:
    found = PAYLOAD.fullmatch(payload)
    assert found, payload
    intent, entities = found[1], json.loads(found[2] or "{}")
    assert intent in INTENTS
    assert entities.keys() <= set(DOMAIN["entities"])
    assert all(value in BUTTON_VALUES[name] for name, value in entities.items())
    assert (intent == "faq") == ("topic" in entities)


@pytest.mark.parametrize(("key", "variant"), EVERY_VARIANT, ids=IDS)
def test_the_buttons_below_a_text_differ_and_fit_on_a_telephone(key: str, variant: Variant) -> None:
    titles = [title for title, _ in variant.buttons]
    payloads = [payload for _, payload in variant.buttons]
    assert len(set(titles)) == len(titles)
    assert len(set(payloads)) == len(payloads)
    assert all(0 < len(title) <= 40 for title in titles)


# ── Completeness ────────────────────────────────────────────────────────────


ANSWERED: Final = frozenset(
    key.removeprefix("utter_") for key in VARIANTS if key.startswith("utter_faq/")
)


def evaluation(name: str) -> dict[str, Any]:
    """A file of the evaluation set that lists sentences by name."""
    table: dict[str, Any] = yaml.safe_load((ROOT / f"tests/understanding/{name}.yml").read_text())
    return table


def test_the_catalogue_lists_every_side_of_a_topic() -> None:
    _, _, page = (ROOT / "docs/catalogue.md").read_text().partition("## Facets")
    listed = re.findall(r"^- `(\w+)`: ((?:[\w, ]|\n  )+)", page, re.MULTILINE)
    assert {
        f"faq/{topic}/{name}" for topic, names in listed for name in re.findall(r"\w+", names)
    } == FACETS


@pytest.mark.parametrize(
    ("named", "names"),
    [
        ("an answer", ANSWERED - FACETS),
        ("a label", {key.removeprefix("label_") for key in VARIANTS if "label_faq/" in key}),
        ("evaluation sentences", set(evaluation("questions"))),
        ("a sentence that must hold", {n for n in evaluation("must_hold") if "/" in n}),
    ],
)
def test_every_topic_with_training_sentences_has(named: str, names: set[str]) -> None:
    assert names == FAQ, named


READ: Final = frozenset(
    {
        ("education_level", "mbo1"),
        ("education_level", "havo"),
        ("employer_consent", "not_applicable"),
    }
)
"""Values without a button: what somebody types, or what follows from another answer."""


def test_every_other_value_of_an_answer_has_a_button() -> None:
    entities = [
        json.loads(payload[payload.find("{") :]) for _, payload in BUTTONS if "{" in payload
    ]
    tapped = {pair for each in entities for pair in each.items() if pair[0] in VALUES}
    possible = {(item, value) for item, values in VALUES.items() for value in values}
    assert tapped == possible - READ
