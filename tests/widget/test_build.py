"""What is served is what the source makes: strictly typed, small, and without a trick."""

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from bot.channels.web import STRINGS
from tests.widget.conftest import ROOT

pytestmark = pytest.mark.browser

BUILT: Final = ROOT / "bot/widget/dist/instap.js"
SOURCE: Final = ROOT / "bot/widget/src"
MOST: Final = 10_240


def test_the_built_file_is_what_the_source_makes_now(node_modules: Path, tmp_path: Path):
    made = tmp_path / "instap.js"
    subprocess.run(["node", "bot/widget/build.js", str(made)], cwd=ROOT, check=True)
    assert made.read_bytes() == BUILT.read_bytes(), "make widget"


def test_the_source_is_typed_strictly(node_modules: Path):
    subprocess.run(["npm", "run", "--silent", "types"], cwd=ROOT, check=True)
    settings = json.loads((ROOT / "tsconfig.json").read_text())
    assert settings["compilerOptions"]["strict"] is True
    assert not [
        path for path in SOURCE.glob("*.ts") if re.search(r"@ts-|\bany\b", path.read_text())
    ]


def test_it_stays_small():
    assert len(gzip.compress(BUILT.read_bytes(), mtime=0)) <= MOST


def test_a_strict_page_need_not_make_an_exception_for_it():
    tricks = r"\beval\b|new Function|innerHTML|outerHTML|insertAdjacent|document\.write|\.style\b"
    assert re.findall(tricks, BUILT.read_text()) == []


def test_every_word_that_it_asks_for_is_given():
    source = (SOURCE / "gateway.ts").read_text()
    [listed] = re.findall(r"type Word =(.*?);", source, re.DOTALL)
    assert set(re.findall(r'"(\w+)"', listed)) == {
        name for name in STRINGS if not name.startswith("file_")
    }


def test_the_page_for_sites_names_all_that_a_site_can_set():
    page = (ROOT / "docs/widget.md").read_text()
    settable = set(re.findall(r"--instap-[a-z-]+", (SOURCE / "look.css").read_text()))
    attributes = set(re.findall(r'Attribute\("([a-z]+)"\)', (SOURCE / "chat.ts").read_text()))
    assert attributes == {"gateway", "page"}
    assert len(settable) >= 10
    assert [name for name in settable | attributes if f"`{name}`" not in page] == []


def test_what_it_is_built_with_is_pinned_and_names_no_host():
    package = json.loads((ROOT / "package.json").read_text())
    assert "dependencies" not in package
    assert all(re.fullmatch(r"[\d.]+", each) for each in package["devDependencies"].values())
    assert not re.search(r"registry|https?:", (ROOT / "package-lock.json").read_text())
