"""What the engine is told of the conversation keeps clear of its traps; read without the engine."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from actions.small_talk import OWN_WORDS
from actions.webhook import ACTIONS
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.questions import CALLBACK, ELIGIBILITY, ITEMS, PROOF, REGISTRATION, SLOTS
from tests.support.parts import StandingClock

ROOT: Final = Path(__file__).parents[2]
DOMAIN: Final[dict[str, Any]] = yaml.safe_load((ROOT / "domain.yml").read_text())
FILES: Final = {
    path.name: yaml.safe_load(path.read_text()) for path in sorted((ROOT / "stories").glob("*.yml"))
}
RULES: Final[list[dict[str, Any]]] = [
    rule for content in FILES.values() for rule in content["rules"]
]
TEXTS: Final = {key for key, _ in TextsFromFiles(FactsFromFiles(), StandingClock())}
FALLBACK: Final = "nlu_fallback"
AIMS: Final = frozenset({"goal", "again", "offer", "misunderstood"})
"""Slots that no form asks: what the visitor is on the way to, which answer he wants to give anew,
what a bare "ja" means, and how often in a row we did not understand."""


def actions_of(rule: dict[str, Any]) -> list[str]:
    """What a rule does, in order."""
    return [step["action"] for step in rule["steps"] if "action" in step]


def intents_of(rule: dict[str, Any]) -> list[str]:
    """What a rule is about."""
    return [step["intent"] for step in rule["steps"] if "intent" in step]


# ── Slots ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slot", DOMAIN["slots"])
def test_a_slot_is_filled_by_our_own_code_alone(slot: str) -> None:
    # A mapping of Rasa's fires at any question and takes any text for an answer.
    assert DOMAIN["slots"][slot]["mappings"] == [{"type": "custom"}]


@pytest.mark.parametrize("slot", DOMAIN["slots"])
def test_a_slot_is_empty_at_first_and_changes_no_prediction(slot: str) -> None:
    # Any first value counts as an answer; a slot with influence makes rules contradict each other.
    described = DOMAIN["slots"][slot]
    assert "initial_value" not in described
    assert described["influence_conversation"] is False
    assert described["type"] == "any"


def test_every_slot_is_asked_by_a_form_or_is_an_aim_that_the_actions_set() -> None:
    asked = {slot for form in DOMAIN["forms"].values() for slot in form["required_slots"]}
    set_by_name = {slot for slot, _ in settings_of_slots()}
    assert set(DOMAIN["slots"]) == asked | AIMS
    assert set_by_name >= AIMS


# ── Forms ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("form", "items"),
    [
        ("eligibility_form", ELIGIBILITY),
        ("registration_form", REGISTRATION),
        ("callback_form", CALLBACK),
        ("proof_form", PROOF),
    ],
)
def test_a_form_asks_the_items_of_the_core_in_its_order(form: str, items: tuple[str, ...]) -> None:
    assert tuple(DOMAIN["forms"][form]["required_slots"]) == items
    assert set(items) <= set(ITEMS)


def test_there_are_no_other_forms_and_each_has_its_validation() -> None:
    assert set(DOMAIN["forms"]) == {
        "eligibility_form",
        "registration_form",
        "callback_form",
        "proof_form",
    }
    assert {f"validate_{form}" for form in DOMAIN["forms"]} <= set(DOMAIN["actions"])


@pytest.mark.parametrize("item", SLOTS)
def test_a_form_has_exactly_one_way_to_ask_an_item(item: str) -> None:
    ways = {f"utter_ask_{item}", f"action_ask_{item}"} & set(DOMAIN["actions"])
    assert len(ways) == 1
    assert f"utter_ask_{item}" in TEXTS


@pytest.mark.parametrize("item", SLOTS)
def test_every_item_is_explained_and_has_words_for_what_is_no_answer(item: str) -> None:
    assert {f"utter_explain_{item}", f"utter_invalid_{item}"} <= TEXTS


# ── Actions ─────────────────────────────────────────────────────────────────


def test_every_action_of_the_domain_is_ours_or_a_question_of_a_form() -> None:
    named = [kind.named for kind in ACTIONS]
    asked = [action for action in DOMAIN["actions"] if action.startswith("utter_ask_")]
    assert sorted(DOMAIN["actions"]) == sorted([*named, *asked])
    assert set(asked) <= TEXTS


def test_no_name_stands_twice_in_the_domain() -> None:
    for kind in ("intents", "entities", "actions"):
        assert [name for name, count in Counter(DOMAIN[kind]).items() if count > 1] == []


def test_the_words_do_not_stand_in_the_domain() -> None:
    assert "responses" not in DOMAIN


def calls(name: str) -> list[ast.Call]:
    """Every call of a function in the actions."""
    return [
        node
        for path in sorted((ROOT / "actions").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name
    ]


def plain(node: ast.expr) -> str | None:
    """A string as it stands in the code; None for anything that is worked out."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def settings_of_slots() -> set[tuple[str, str | None]]:
    """Slots that the actions set by name, with the value when that is a plain one."""
    found = [(plain(call.args[0]), plain(call.args[1])) for call in calls("SlotSet")]
    return {(slot, value) for slot, value in found if slot}


def test_an_action_sets_slots_of_the_domain_only() -> None:
    assert {slot for slot, _ in settings_of_slots()} <= {*DOMAIN["slots"], "requested_slot"}


def test_what_an_action_hands_on_to_exists() -> None:
    named = {name for call in calls("FollowupAction") if (name := plain(call.args[0]))}
    assert named
    assert named <= {*DOMAIN["actions"], *DOMAIN["forms"]}


def test_what_a_yes_can_mean_is_an_action() -> None:
    offers = {value for slot, value in settings_of_slots() if slot == "offer" and value}
    assert offers
    assert {f"action_{offer}" for offer in offers} <= set(DOMAIN["actions"])


def tasks() -> set[str]:
    """What the understanding takes for a request, also beside a question."""
    tree = ast.parse((ROOT / "bot/understanding/decision.py").read_text())
    (found,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TASKS"
    )
    assert isinstance(found, ast.Call)
    return set(ast.literal_eval(found.args[0]))


def test_a_request_beside_a_question_has_an_action_or_one_text() -> None:
    small = {name for rule in RULES for name in intents_of(rule) if is_small_talk(rule)}
    without = {task for task in tasks() if f"action_{task}" not in DOMAIN["actions"]}
    assert without <= small
    source = (ROOT / "actions/answer.py").read_text()
    assert [task for task in without if f'"{task}"' not in source] == []


# ── Rules ───────────────────────────────────────────────────────────────────


def is_small_talk(rule: dict[str, Any]) -> bool:
    """Whether a rule says one text and changes nothing."""
    return actions_of(rule) == ["action_small_talk"]


def test_every_intent_has_exactly_one_rule() -> None:
    count = Counter(intent for rule in RULES for intent in intents_of(rule))
    assert count == Counter([*DOMAIN["intents"], FALLBACK])


def test_there_are_rules_only() -> None:
    for name, content in FILES.items():
        assert set(content) == {"version", "rules"}, name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_a_rule_has_no_branches_and_waits_for_the_visitor(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"rule", "condition", "steps"}
    keys = {key for step in rule["steps"] for key in step}
    assert keys <= {"intent", "action", "active_loop", "slot_was_set"}
    assert keys & {"checkpoint", "or"} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_a_rule_does_one_thing(rule: dict[str, Any]) -> None:
    named = actions_of(rule)
    ours = [action for action in named if action not in DOMAIN["forms"]]
    assert len(ours) == 1
    assert set(named) <= {*DOMAIN["actions"], *DOMAIN["forms"]}
    assert len(intents_of(rule)) + len(rule.get("condition", [])) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_no_rule_says_that_it_went_well_before_it_is_known(rule: dict[str, Any]) -> None:
    # An action that fails leaves the rest of its rule standing: only the action itself may claim.
    assert [action for action in actions_of(rule) if action.startswith("utter_")] == []


def test_a_form_that_is_done_leads_to_the_action_of_its_task() -> None:
    ends = {
        condition["active_loop"]: actions_of(rule)
        for rule in RULES
        for condition in rule.get("condition", [])
    }
    assert ends == {
        "eligibility_form": ["eligibility_form", "action_check_eligibility"],
        "registration_form": ["registration_form", "action_register"],
        "proof_form": ["proof_form", "action_prove"],
        "callback_form": ["callback_form", "action_request_callback"],
    }


def test_small_talk_has_a_text_for_every_intent_that_comes_to_it() -> None:
    small = {name for rule in RULES for name in intents_of(rule) if is_small_talk(rule)}
    assert {OWN_WORDS.get(name, f"utter_{name}") for name in small} <= TEXTS


def test_no_two_rules_have_the_same_name() -> None:
    assert max(Counter(rule["rule"] for rule in RULES).values()) == 1


# ── Sessions and policies ───────────────────────────────────────────────────


def test_a_session_never_expires_in_the_engine() -> None:
    assert DOMAIN["session_config"]["session_expiration_time"] == 0


def test_nothing_but_rules_decides_on_the_next_step() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text())
    assert [policy["name"] for policy in config["policies"]] == ["RulePolicy"]
    assert config["policies"][0]["core_fallback_action_name"] == "action_listen"


# ── Actions carry out, and read nothing ─────────────────────────────────────


@pytest.mark.parametrize(
    "path", sorted((ROOT / "actions").glob("*.py")), ids=lambda each: each.stem
)
def test_an_action_reads_no_words_of_a_visitor(path: Path) -> None:
    """What a message means is decided once, before: bot/core/dialogue/policy.py."""
    tree = ast.parse(path.read_text())
    modules = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    modules |= {
        name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names
    }
    forbidden = ("re", "bot.core.answers", "bot.privacy", "bot.core.followups")
    assert not [
        each for each in modules if each in forbidden or each.startswith("bot.core.answers.")
    ]
    reads = (each for each in ast.walk(tree) if isinstance(each, ast.Attribute))
    assert path.stem == "hearing" or not [each for each in reads if each.attr == "latest_message"]


def test_what_the_policy_decides_of_itself_is_no_name_that_anybody_learns() -> None:
    decided = {intent for rule in FILES["decided.yml"]["rules"] for intent in intents_of(rule)}
    learnt = {path.stem for path in (ROOT / "nlu").rglob("*.yml")}
    assert decided and not decided & learnt
