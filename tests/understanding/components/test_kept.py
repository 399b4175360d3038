"""Encodings that stand beside the training sentences: complete, true, and few files to rewrite."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from bot.understanding.encoders import KINDS, kept_encodings
from bot.understanding.kept import KeptEncodings
from bot.understanding.learn import NLU, gather
from bot.understanding.spelling import Speller

ROOT = Path(__file__).parents[3]
ENCODINGS = ROOT / NLU / "encodings"
DRAWN = 40
"""So many sentences are encoded once more, spread over all of them."""


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """What the model learns from, as the encoders get it."""
    blocks = yaml.load(gather(ROOT / NLU), Loader=yaml.CSafeLoader)["nlu"]  # noqa: S506 - a safe loader
    texts = [
        line.removeprefix("- ") for each in blocks for line in each["examples"].splitlines() if line
    ]
    speller = Speller.learn(texts)
    return [speller.correct(text) for text in texts]


@pytest.mark.parametrize("name", KINDS)
def test_a_first_training_hardly_encodes_anything(sentences: list[str], name: str) -> None:
    missing = kept_encodings(name, ENCODINGS).missing(sentences)
    assert len(missing) <= len(sentences) / 100, "make train, and commit nlu/encodings"


@pytest.mark.parametrize("name", KINDS)
def test_what_is_kept_is_what_the_encoder_says(sentences: list[str], name: str) -> None:
    kept = kept_encodings(name, ENCODINGS)
    drawn = [text for text in sentences[:: len(sentences) // DRAWN] if not kept.missing([text])]
    assert len(drawn) > DRAWN / 2
    fresh = KINDS[name].load()(drawn)
    length = np.linalg.norm(fresh, axis=1) * np.linalg.norm(kept.of(drawn), axis=1)
    assert ((fresh * kept.of(drawn)).sum(axis=1) / length).min() > 0.999


def test_only_what_was_used_stays_and_the_rest_of_the_files_is_not_touched(tmp_path: Path) -> None:
    texts = [f"zin {number}" for number in range(500)]
    vectors = np.random.default_rng(1).normal(size=(500, 8)).astype(np.float32)
    first = KeptEncodings(tmp_path, "one")
    first.add(texts, vectors)
    first.of(texts)
    first.save()
    files = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    second = KeptEncodings(tmp_path, "one")
    assert second.missing([*texts, "nieuw"]) == ["nieuw"]
    assert np.allclose(second.of(texts), vectors, atol=0.02)
    third = KeptEncodings(tmp_path, "one")
    third.of(texts[1:])
    third.save()
    changed = [path for path, when in files.items() if path.stat().st_mtime_ns != when]
    assert len(changed) == 1
    assert KeptEncodings(tmp_path, "one").missing(texts) == [texts[0]]


def test_another_version_of_the_encoder_finds_nothing(tmp_path: Path) -> None:
    kept = KeptEncodings(tmp_path, "one")
    kept.add(["zin"], np.ones((1, 8), dtype=np.float32))
    kept.of(["zin"])
    kept.save()
    assert KeptEncodings(tmp_path, "two").missing(["zin"]) == ["zin"]
