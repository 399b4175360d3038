"""What the assistant learns from and what it is tested on: complete, and kept apart.

A sentence that was learned says nothing about understanding, and a threshold that was fitted on
a sentence says nothing about that sentence.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.questions import VALUES
from tests.support.parts import StandingClock

ROOT: Final = Path(__file__).parents[2]
SET: Final = ROOT / "tests/understanding"
LEAST_QUESTION: Final = 100
LEAST_MOVE: Final = 40
LEAST_SCORED: Final = 15
LEAST_FITTED: Final = 8
ALIKE: Final = 0.9
LONG: Final = 5

REALLY_TYPED: Final = frozenset({"hallo", "ja", "nee"})
"""What nobody can say in another way: the one-word sentences that must hold, though learned."""

TOKENS: Final = frozenset({"[naam]", "[email]", "[telefoon]", "[bedrijf]"})

Sentence = tuple[str, str]
"""What somebody types, and the name of what it means."""


def read(path: Path) -> Any:
    """A YAML file."""
    return yaml.safe_load(path.read_text())


def plain(sentence: str) -> str:
    """A sentence as it sounds: in small letters, without punctuation."""
    return " ".join(re.sub(r"[^\w\[\]]+", " ", sentence.casefold()).split())


def listed(table: dict[str, Any]) -> list[Sentence]:
    """The sentences of a file that lists them by name."""
    return [
        (sentence, name)
        for name, found in table.items()
        for sentence in ([found] if isinstance(found, str) else found)
    ]


def training() -> list[Sentence]:
    """Everything in `nlu/` that is learned from."""
    return [
        (line.strip().removeprefix("- "), part["intent"])
        for path in sorted((ROOT / "nlu").rglob("*.yml"))
        if path.parent.name != "validation"
        for part in read(path)["nlu"]
        for line in part["examples"].splitlines()
        if line.strip()
    ]


TRAINING: Final = training()
FITTED: Final = listed(read(ROOT / "nlu/validation/single.yml"))
FITTED_SEVERAL: Final[list[dict[str, Any]]] = read(ROOT / "nlu/validation/several.yml")
VALIDATION: Final = [*FITTED, *((each["text"], "several") for each in FITTED_SEVERAL)]
MUST_HOLD: Final = listed(read(SET / "must_hold.yml"))
SCORED: Final = [
    *listed(read(SET / "questions.yml")),
    *listed(read(SET / "moves.yml")),
    *listed(read(SET / "telling.yml")),
    *((sentence, "out_of_scope") for sentence in read(SET / "out_of_scope.yml")),
]
SEVERAL: Final[list[dict[str, Any]]] = read(SET / "several.yml")
SIDES: Final = listed(read(SET / "facets.yml"))
EVALUATION: Final = [
    *SCORED,
    *MUST_HOLD,
    *SIDES,
    *((each["text"], "several") for each in SEVERAL),
]
NAMES: Final = frozenset(name for _, name in TRAINING)


# ── Names ───────────────────────────────────────────────────────────────────


def in_domain() -> set[str]:
    """The names of the domain; those of questions have an answer each, some facets besides."""
    decided = read(ROOT / "stories/decided.yml")["rules"]
    ours = {rule["steps"][0]["intent"] for rule in decided}  # moves of the policy: nobody says them
    intents = set(read(ROOT / "domain.yml")["intents"]) - {"faq"} - ours
    return intents | {
        key.removeprefix("utter_") for key in texts() if re.fullmatch(r"utter_faq/\w+", key)
    }


def texts() -> set[str]:
    """The keys of all texts."""
    return {key for key, _ in TextsFromFiles(FactsFromFiles(), StandingClock())}


def labels() -> set[str]:
    """What has a label, apart from the values of answers and the words around them."""
    values = {f"{item}_{value}" for item, all_of_it in VALUES.items() for value in all_of_it}
    around = {
        "faq",
        "age",
        "other",
        "unknown",
        "none",
        "intake",
        "or",
        "progress",
        "share_number",
        "change",
        "change_name",
        "change_email",
        "change_answers",
        "change_later",
    }
    kinds = (
        "item_",
        "criterion_",
        "adult_",
        "way_",
        "file_",
        "years_experience",
        "notice_",
        "change_to_",
        "change_is_",
        "changed_",
        "role_",
        "decision_",
    )
    found = {key.removeprefix("label_") for key in texts() if key.startswith("label_")}
    return {name for name in found - values - around if not name.startswith(kinds)}


def in_catalogue() -> set[str]:
    """The names that the catalogue promises to everybody."""
    page = (ROOT / "docs/catalogue.md").read_text()
    spoken = page.partition("## Questions")[2].partition("## Facts")[0]
    cells = re.findall(r"^\| ([\w/, ]+) \|", spoken, re.MULTILINE)
    return {name for cell in cells for name in cell.split(", ")} - {"name"}


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("the domain", in_domain()),
        ("the catalogue", in_catalogue()),
        ("the labels", labels()),
        ("the sentences that score", {name for _, name in SCORED}),
        ("the sentences that fit the thresholds", {name for _, name in FITTED}),
        ("the sentences that must hold", {name for _, name in MUST_HOLD}),
    ],
)
def test_all_have_the_same_names(where: str, names: set[str]) -> None:
    assert names == NAMES, where


def test_a_topic_has_a_file_of_its_own_and_stands_in_no_other() -> None:
    for path in (ROOT / "nlu").rglob("*.yml"):
        if path.parent.name == "validation":
            continue
        folder = "faq/" if path.parent.name == "faq" else ""
        assert {part["intent"] for part in read(path)["nlu"]} == {f"{folder}{path.stem}"}


def test_a_message_with_several_questions_asks_for_names_that_exist() -> None:
    for each in SEVERAL + FITTED_SEVERAL:
        assert 2 <= len(each["topics"]) == len(set(each["topics"]))
        assert set(each["topics"]) <= NAMES


# ── Enough ──────────────────────────────────────────────────────────────────


def too_few(sentences: list[Sentence], least: Callable[[str], int]) -> dict[str, int]:
    """The names with fewer sentences than they should have."""
    count = Counter(name for _, name in sentences)
    return {name: number for name, number in count.items() if number < least(name)}


def test_every_name_has_enough_sentences_to_learn_from() -> None:
    assert too_few(TRAINING, lambda n: LEAST_QUESTION if n.startswith("faq/") else LEAST_MOVE) == {}


@pytest.mark.parametrize(
    ("sentences", "least"),
    [(SCORED, LEAST_SCORED), (FITTED, LEAST_FITTED)],
    ids=["evaluation", "validation"],
)
def test_every_name_has_enough_sentences_that_judge(sentences: list[Sentence], least: int) -> None:
    assert too_few(sentences, lambda _: least) == {}


def test_every_name_has_one_sentence_that_must_hold() -> None:
    assert set(Counter(name for _, name in MUST_HOLD).values()) == {1}


@pytest.mark.parametrize("kind", ["training", "evaluation", "validation"])
def test_a_sentence_says_something_and_names_no_person(kind: str) -> None:
    kinds = {"training": TRAINING, "evaluation": EVALUATION, "validation": VALIDATION}
    for sentence, _ in kinds[kind]:
        assert sentence == sentence.strip() != ""
        assert not sentence.startswith(("/", "- "))
        assert set(re.findall(r"\[.*?\]", sentence)) <= TOKENS, sentence
        assert not re.search(r"\w@\w|\b0\d{9}\b|\b06[- ]?\d{2}|\+31", sentence), sentence


# ── Apart ───────────────────────────────────────────────────────────────────


def twice(sentences: Iterable[Sentence]) -> list[str]:
    """Sentences that sound the same as another."""
    count = Counter(plain(sentence) or sentence for sentence, _ in sentences)
    return [sentence for sentence, number in count.items() if number > 1]


@pytest.mark.parametrize(
    "sentences", [TRAINING, VALIDATION, EVALUATION], ids=["training", "validation", "evaluation"]
)
def test_no_sentence_stands_twice(sentences: list[Sentence]) -> None:
    assert twice(sentences) == []


LEARNED: Final = {plain(sentence) for sentence, _ in TRAINING}


@pytest.mark.parametrize("sentences", [EVALUATION, VALIDATION], ids=["evaluation", "validation"])
def test_no_sentence_that_judges_is_learned(sentences: list[Sentence]) -> None:
    judging = {plain(sentence) for sentence, _ in sentences}
    assert judging & LEARNED - REALLY_TYPED == set()


def test_no_threshold_is_fitted_on_a_sentence_that_scores() -> None:
    fitted = {plain(sentence) for sentence, _ in VALIDATION}
    assert fitted & {plain(sentence) for sentence, _ in EVALUATION} == set()


def test_the_exceptions_are_short_learned_and_only_for_what_must_hold() -> None:
    assert {each for each in REALLY_TYPED if len(each.split()) > 2} == set()
    assert REALLY_TYPED <= LEARNED
    assert {plain(sentence) for sentence, _ in MUST_HOLD} >= REALLY_TYPED


def pieces(sentence: str) -> set[str]:
    """Every three letters in a row."""
    return {sentence[start : start + 3] for start in range(len(sentence) - 2)}


class Lookup:
    """Finds the sentences that a sentence is nearly the same as."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._by_piece: dict[str, list[str]] = defaultdict(list)
        for sentence in {each for each in sentences if len(each.split()) >= LONG}:
            for piece in pieces(sentence):
                self._by_piece[piece].append(sentence)

    def nearly(self, sentence: str) -> list[str]:
        """Only what shares half of its pieces is compared letter by letter, to be quick."""
        if len(sentence.split()) < LONG:
            return []
        own = pieces(sentence)
        shared = Counter(other for piece in own for other in self._by_piece.get(piece, ()))
        return [
            other
            for other, number in shared.items()
            if 2 * number >= len(own) and _alike(sentence, other)
        ]


def _alike(one: str, other: str) -> bool:
    pair = SequenceMatcher(None, one, other, autojunk=False)
    at_most = (pair.real_quick_ratio, pair.quick_ratio)  # never less than the ratio itself
    return all(each() > ALIKE for each in (*at_most, pair.ratio))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hoe kom ik aan een school", "hoe kom ik aan een schol", True),
        ("wat kost het per jaar", "wat kost het per maand", False),
        ("wat kost het nou", "wat kost het no", False),
    ],
)
def test_sentences_are_nearly_the_same_when_few_letters_differ(
    one: str, other: str, same: bool
) -> None:
    assert bool(Lookup([one]).nearly(other)) is same


@pytest.mark.parametrize("sentences", [EVALUATION, VALIDATION], ids=["evaluation", "validation"])
def test_no_sentence_that_judges_is_nearly_one_that_is_learned(sentences: list[Sentence]) -> None:
    lookup = Lookup(LEARNED)
    near = {each: found for each, _ in sentences if (found := lookup.nearly(plain(each)))}
    assert near == {}
