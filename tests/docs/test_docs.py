"""What the documentation says exists, and what exists is said."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
SETTINGS = [f"INSTAP_{name.upper()}" for name in Settings.model_fields]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_A_MACHINE = tuple(f"/{folder}/" for folder in ("tmp", "root"))
PACKAGE_HOSTS = tuple(f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs"))


def example() -> dict[str, tuple[str, str]]:
    """The settings of .env.example: their comment and their default."""
    found = {}
    lines = (ROOT / ".env.example").read_text().splitlines()
    for above, line in zip(lines, lines[1:], strict=False):
        setting = re.fullmatch(r"# (INSTAP_\w+)=(.*)", line)
        if setting:
            found[setting[1]] = (above, setting[2])
    return found


def part(text: str, heading: str) -> str:
    """What stands under a heading."""
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def tracked() -> list[Path]:
    """Every file under git that is a text."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def catalogue_names() -> set[str]:
    """The questions, requests and moves of the catalogue."""
    text = (ROOT / "docs/catalogue.md").read_text()
    rows: list[str] = []
    for heading in ("Questions", "Requests", "Moves"):
        first_cells = re.findall(r"^\| ([^|]+) \|", part(text, heading), re.MULTILINE)
        rows += [cell for cell in first_cells if cell != "name"]
    return {name for row in rows for name in row.split(", ")}


def catalogue_entities() -> set[str]:
    """Everything that the catalogue calls a fact, a token or a button's own."""
    text = part((ROOT / "docs/catalogue.md").read_text(), "Facts (entities)")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    told = {name for cell in cells if cell != "name" for name in cell.split(", ")}
    return told | set(re.findall(r"`([a-z_]+)`", text))


def test_every_setting_is_in_the_example_with_a_line_of_explanation():
    assert sorted(example()) == sorted(SETTINGS)
    for name, (comment, _) in example().items():
        assert comment.startswith("# ") and "INSTAP_" not in comment[:9], name


def test_the_example_shows_the_defaults():
    for name, (_, shown) in example().items():
        default = Settings.model_fields[name.removeprefix("INSTAP_").lower()].default
        assert shown == ("" if default in (None, ()) else str(default)), name


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name):
    described = part((ROOT / "docs/api.md").read_text(), "Settings")
    assert f"`{name}`" in described


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = "\n".join(re.findall(r"`{1,3}[^`]+`{1,3}", document.read_text()))
    named = set(re.findall(r"\bmake (?:-C \w+ )?([a-z-]+)", code))
    assert named <= targets


def test_every_path_on_the_map_exists():
    tree = part(README, "The map of the house").split("```")[1].strip()
    paths = [line.split()[0] for line in tree.splitlines()]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", document.read_text())
    for link in links:
        assert (document.parent / link).exists(), link


def test_the_catalogue_has_the_questions_and_intents_that_there_are():
    decided = yaml.safe_load((ROOT / "stories/decided.yml").read_text())["rules"]
    ours = {rule["steps"][0]["intent"] for rule in decided}  # moves of the policy: nobody says them
    intents = set(yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]) - {"faq"} - ours
    questions = {f"faq/{path.stem}" for path in (ROOT / "nlu/faq").glob("*.yml")}
    assert catalogue_names() == intents | questions


def test_the_catalogue_has_the_entities_that_there_are():
    entities = set(yaml.safe_load((ROOT / "domain.yml").read_text())["entities"])
    assert catalogue_entities() == entities


def test_the_catalogue_has_every_value():
    from bot.core.questions import ITEMS, VALUES

    text = (ROOT / "docs/catalogue.md").read_text()
    words = set(re.findall(r"[a-z0-9_]+", text))
    assert {value for values in VALUES.values() for value in values} <= words
    assert set(ITEMS) <= words


def test_the_privacy_page_names_the_terms_as_the_facts_have_them():
    facts = yaml.safe_load((ROOT / "bot/content/facts/privacy.yml").read_text())
    page = (ROOT / "docs/privacy.md").read_text()
    for name, fact in facts.items():
        if name.startswith("retention_"):
            newest = fact["values"][max(fact["values"])]
            assert f"`{name}`" in page and newest in page, name


@pytest.mark.parametrize("path", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda p: p.name)
def test_every_decision_is_complete(path):
    text = path.read_text()
    assert re.match(rf"# {path.name[:4]} \S", text)
    for word in ("Context.", "Decision.", "Consequences.", "What would change our mind."):
        assert f"**{word}**" in text


def test_no_file_knows_a_machine_or_a_package_host():
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in tracked()
        for word in (*OF_A_MACHINE, *PACKAGE_HOSTS)
        if word in path.read_text(errors="replace")
    ]
    assert found == []
