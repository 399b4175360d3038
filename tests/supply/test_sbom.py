"""The bills of materials: valid CycloneDX, complete, and the same every time."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools import sbom
from tools.locks import canonical, locked

pytestmark = pytest.mark.browser  # for npm


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dist")
    sbom.main(made)
    return made


def bill(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"sbom-{name}.json").read_text())
    return found


@pytest.mark.parametrize("name", ["app", "widget"])
def test_a_bill_names_its_subject(folder: Path, name: str):
    found = bill(folder, name)
    assert found["bomFormat"] == "CycloneDX"
    assert found["metadata"]["component"]["name"] == f"instap-{name}"


def test_it_lists_what_is_locked_and_nothing_else(folder: Path):
    found = {canonical(each["name"]): each["version"] for each in bill(folder, "app")["components"]}
    assert found == {name: each.version for name, each in locked("app").items()}


def test_nothing_in_it_is_of_this_machine_or_this_moment(folder: Path):
    for path in folder.iterdir():
        text = path.read_text()
        assert str(sbom.ROOT) not in text and "timestamp" not in text and "serialNumber" not in text
    again = json.dumps(sbom.python_bill(), sort_keys=True)
    assert again == json.dumps(bill(folder, "app"), sort_keys=True)


def test_a_bill_that_is_not_valid_is_seen(folder: Path):
    broken = bill(folder, "widget")
    assert sbom.problem_of(json.dumps(broken)) is None
    broken["components"][0].pop("name")
    assert sbom.problem_of(json.dumps(broken)) is not None
