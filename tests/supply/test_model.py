"""A model with other bytes than training made is not loaded, and not even opened (F17, F28)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import training
from bot.cli import cli
from bot.settings import Settings
from bot.understanding import seal
from tests.support.house import ROOT
from tests.support.patience import PATIENCE

NOT_STARTED = "CRITICAL:bot.understanding.channel:engine_not_started: AgentNotReady"
BYTES = os.urandom(5000)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model as training leaves it; its bytes do not matter before they are trusted."""
    made = tmp_path / "new-1.tar.gz"
    made.write_bytes(BYTES)
    kept = tmp_path / "instap-0123.tar.gz"
    seal.put_in_place(made, kept)
    return kept


def flip_one_bit(model: Path) -> None:
    model.write_bytes(BYTES[:2500] + bytes([BYTES[2500] ^ 1]) + BYTES[2501:])


def cut_off(model: Path) -> None:
    model.write_bytes(BYTES[:-1])


def make_empty(model: Path) -> None:
    model.write_bytes(b"")


def make_a_folder_of_it(model: Path) -> None:
    model.unlink()
    model.mkdir()


def take_it_away(model: Path) -> None:
    model.unlink()


def take_its_manifest_away(model: Path) -> None:
    seal.manifest_of(model).unlink()


def empty_its_manifest(model: Path) -> None:
    seal.manifest_of(model).write_text("")


def give_it_a_manifest_of_another(model: Path) -> None:
    manifest = seal.manifest_of(model)
    manifest.write_text(manifest.read_text().replace(model.name, "instap-4567.tar.gz"))


def fill_its_manifest_with_nonsense(model: Path) -> None:
    seal.manifest_of(model).write_bytes(b"\xff\x00")


DAMAGE = (
    flip_one_bit,
    cut_off,
    make_empty,
    make_a_folder_of_it,
    take_it_away,
    take_its_manifest_away,
    empty_its_manifest,
    give_it_a_manifest_of_another,
    fill_its_manifest_with_nonsense,
)


def test_what_training_made_is_taken_and_other_programs_can_check_it(model: Path):
    seal.check(model)
    subprocess.run(
        ["sha256sum", "--check", "--strict", seal.manifest_of(model).name],
        cwd=model.parent,
        check=True,
        capture_output=True,
    )


def test_a_link_to_it_is_as_good(model: Path, tmp_path: Path):
    link = tmp_path / "current.tar.gz"
    link.symlink_to(model)
    seal.check(link)
    flip_one_bit(model)
    with pytest.raises(seal.ModelRefused):
        seal.check(link)


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_as_it_was_made_is_refused_in_one_line(model: Path, damage):
    damage(model)
    with pytest.raises(seal.ModelRefused) as refused:
        seal.check(model)
    assert model.name in str(refused.value) and "instap train" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("program", ["serve", "parse"])
def test_the_engine_ends_before_it_loads_anything(model: Path, program: str):
    flip_one_bit(model)
    done = subprocess.run(
        [sys.executable, "-m", f"bot.understanding.{program}", str(model), "9"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{model.name}: is niet wat de training maakte; verwijder het en geef: instap train"
    ]


def test_the_engine_takes_what_is_right(model: Path):
    """It goes on to Rasa, which makes nothing of these bytes."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.understanding.serve", str(model), "9"],
        cwd=ROOT,
        env=os.environ
        | {
            "INSTAP_ENGINE_SECRET": "only-for-training",
            "INSTAP_ACTIONS_PORT": "9",
            "INSTAP_TRACKER_URL": "sqlite://",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert done.returncode != 0
    assert done.stderr.splitlines() == [NOT_STARTED]


def test_a_new_model_takes_the_place_of_an_old_one_as_a_whole(model: Path, tmp_path: Path):
    made = tmp_path / "new-2.tar.gz"
    made.write_bytes(b"better")
    seal.put_in_place(made, model)
    seal.check(model)
    assert model.read_bytes() == b"better"
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("new-")]


def test_doctor_names_it(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INSTAP_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("INSTAP_VAR", str(tmp_path))
    monkeypatch.setenv("INSTAP_PORT", "9")

    def finding() -> tuple[str, str]:
        told = json.loads(CliRunner().invoke(cli, ["doctor", "--json"]).stdout)
        [found] = [each for each in told if each["about"] == "taalmodel van deze voorbeelden"]
        return found["state"], found["advice"]

    assert CliRunner().invoke(cli, ["migrate"]).exit_code == 0  # else that is all it says
    assert finding() == ("fout", "train het met: instap train")
    (tmp_path / "models").mkdir()
    ours = training.model_path(Settings())
    seal.put_in_place(model, ours)
    assert finding() == ("goed", "")
    flip_one_bit(ours)
    state, advice = finding()
    assert state == "fout" and "is niet wat de training maakte" in advice
    seal.manifest_of(ours).unlink()
    assert finding() == ("fout", "train het met: instap train")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings, with a training that makes a model of nothing, and as badly as a test wants."""
    learn = tmp_path / "learn"
    learn.write_text(
        f"#!{sys.executable}\n"
        "import sys, os; sys.path.insert(0, os.getcwd())\n"
        "from pathlib import Path\n"
        "from bot.understanding.seal import put_in_place\n"
        "folder, name = Path(sys.argv[1]), sys.argv[2]\n"
        "made = folder / f'new-{os.getpid()}.tar.gz'\n"
        "made.write_bytes(os.urandom(100))\n"
        "with (folder / 'trained').open('a') as log: log.write('x')\n"
        "if (folder / 'killed').exists(): os.kill(os.getpid(), 9)\n"
        "put_in_place(made, folder / f'{name}.tar.gz')\n"
    )
    learn.chmod(0o755)
    monkeypatch.setattr(training, "LEARN", (str(learn),))
    (tmp_path / "models").mkdir()
    return Settings(models=tmp_path / "models")


def test_a_model_is_trained_once_and_then_kept(settings: Settings):
    first = training.train(settings).read_bytes()
    assert training.train(settings).read_bytes() == first
    assert (settings.models / "trained").read_text() == "x"


def test_a_training_that_was_killed_leaves_no_model(settings: Settings):
    (settings.models / "killed").touch()
    with pytest.raises(training.TrainingFailed):
        training.train(settings)
    assert not training.model_path(settings).exists()
    (settings.models / "killed").unlink()
    seal.check(training.train(settings))


def test_a_model_without_manifest_is_trained_anew_and_never_given_one(settings: Settings):
    strange = training.model_path(settings)
    strange.write_bytes(b"made by somebody")
    assert training.train(settings).read_bytes() != b"made by somebody"


def test_a_model_with_other_bytes_is_for_a_person_to_look_at(settings: Settings):
    model = training.train(settings)
    model.write_bytes(b"made by somebody")
    with pytest.raises(seal.ModelRefused):
        training.train(settings)
    model.unlink()
    seal.check(training.train(settings))


def test_two_that_train_at_once_end_with_one_good_model(settings: Settings):
    code = (
        "import sys; from pathlib import Path; from bot import training; "
        "from bot.settings import Settings; training.LEARN = (sys.argv[1],); "
        "print(training.train(Settings(models=Path(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", code, training.LEARN[0], str(settings.models)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)]
    assert {each.communicate(timeout=2 * PATIENCE)[0] for each in both} == {
        f"{training.model_path(settings)}\n".encode()
    }
    assert (settings.models / "trained").read_text() == "x"
    seal.check(training.model_path(settings))
