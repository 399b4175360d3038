"""What ops/ and docs/law say exists: settings, files, tests, commands; and that it can be read."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from bot import metrics
from bot.cli import Later, cli, loaded
from bot.core.eligibility import RULES_VERSION
from bot.core.retention import CHAT, REGISTRATION
from bot.settings import Settings
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]
OPS, LAW = ROOT / "ops", ROOT / "docs/law"
SETTINGS = {f"INSTAP_{name.upper()}" for name in Settings.model_fields}
PAPERS = sorted(LAW.glob("*.md"))
OURS = sorted(path for path in OPS.rglob("*") if path.is_file() and "secrets" not in path.parts)
OURS = [path for path in OURS if path.suffix != ".pyc"]
UNITS = sorted((OPS / "systemd").glob("*.service"))
RECIPES = sorted(OPS.glob("Containerfile*"))
HOME = "/srv/instap"
SAFE = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0007",
}
TEST = r"`(test_\w+)`"
MADE_THERE = {"models/current.tar.gz"}
TWO_PAGES = 950
"""Words, tables counted."""


def name_of(path: Path) -> str:
    return path.name


def unit(path: Path) -> dict[str, list[str]]:
    """The settings of a unit; a name may stand there more than once."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_every_unit_is_there():
    names = {path.stem for path in UNITS}
    assert names >= {"instap-gateway", "instap-actions", "instap-engine"}


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_every_setting_that_is_named_exists(path: Path):
    assert set(re.findall(r"\bINSTAP_[A-Z0-9_]*[A-Z0-9]\b", path.read_text())) <= SETTINGS


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_setting_that_a_paper_names_exists(path: Path):
    assert set(re.findall(r"\bINSTAP_[A-Z0-9_]*[A-Z0-9]\b", path.read_text())) <= SETTINGS


@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_a_unit_can_be_read_and_may_do_little(path: Path):
    parser = RawConfigParser(strict=False)
    parser.read_string(path.read_text())
    assert {"Unit", "Service"} <= set(parser.sections())
    found = unit(path)
    assert {name: found[name][-1] for name in SAFE} == SAFE
    assert found["User"] != ["root"] and "MemoryMax" in found and "ReadWritePaths" in found


@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_a_unit_starts_what_exists(path: Path):
    [command] = unit(path)["ExecStart"]
    ours = [word.removeprefix(f"{HOME}/") for word in command.split() if word.startswith(HOME)]
    ours = [each for each in ours if not each.startswith(".venv")]
    assert [each for each in ours if each not in MADE_THERE and not (ROOT / each).exists()] == []
    assert command.startswith(f"{HOME}/ops/with-secrets.sh ")


def test_no_secret_is_a_plain_line_of_a_unit_or_of_compose():
    secret = {
        f"INSTAP_{name.upper()}"
        for name, field in Settings.model_fields.items()
        if "SecretStr" in str(field.annotation)
    } - {"INSTAP_TRACKER_URL"}  # here it is a file
    for path in UNITS:
        given = " ".join(unit(path).get("Environment", []))
        assert not [name for name in secret if f"{name}=" in given], path.name
    services = yaml.safe_load((OPS / "compose.yaml").read_text())["services"]
    for service in services.values():
        assert not secret & set(service.get("environment", {}))


def test_the_engine_reaches_this_machine_only_and_has_no_key():
    found = unit(OPS / "systemd/instap-engine.service")
    assert found["IPAddressDeny"] == ["any"] and found["IPAddressAllow"] == ["localhost"]
    assert "INSTAP_KEY_FILE" not in str(found) and "INSTAP_DATABASE_URL" not in str(found)


@pytest.mark.parametrize("part", ["gateway", "actions"])
def test_who_sends_mail_and_who_queues_it_both_know_that_there_is_mail(part: str):
    """Bug: the action server knew no mail server, so no confirmation was ever put in the outbox."""
    credentials = unit(OPS / f"systemd/instap-{part}.service")["LoadCredential"]
    assert "INSTAP_SMTP_URL:instap.smtp_url" in credentials
    compose = yaml.safe_load((OPS / "compose.yaml").read_text())
    assert "INSTAP_SMTP_URL" in compose["services"][part]["secrets"]


def test_every_part_has_a_user_of_its_own():
    parts = [OPS / f"systemd/instap-{part}.service" for part in ("gateway", "actions", "engine")]
    assert len({unit(path)["User"][0] for path in parts}) == len(parts)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_systemd_finds_nothing_wrong(path: Path, tmp_path: Path):
    for each in UNITS:  # what a unit names is looked for beside it
        (tmp_path / each.name).write_text(each.read_text().replace(f"{HOME}/ops/", f"{OPS}/"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / path.name],
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert "instap" not in done.stderr, done.stderr


def test_compose_can_be_read_and_names_what_it_has():
    compose = yaml.safe_load((OPS / "compose.yaml").read_text())
    services = compose["services"]
    for name, service in services.items():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"], name
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
        assert set(service.get("depends_on", {})) <= set(services), name
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        if "build" in service:
            assert (OPS / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8080:8080"]


@pytest.mark.parametrize("path", RECIPES, ids=name_of)
def test_a_recipe_copies_what_exists(path: Path):
    for line in re.findall(r"^COPY (?!--from)(.+)$", path.read_text(), re.MULTILINE):
        *sources, _target = line.split()
        assert [each for each in sources if not list(ROOT.glob(each))] == []


def test_compose_trusts_the_address_from_which_its_proxy_comes():
    compose = yaml.safe_load((OPS / "compose.yaml").read_text())
    [network] = compose["networks"]["default"]["ipam"]["config"]
    given = compose["services"]["gateway"]["environment"]
    assert given["INSTAP_TRUSTED_PROXY"] == network["gateway"]


def copied(recipe: str) -> list[Path]:
    """What a recipe takes out of the project."""
    text = (OPS / recipe).read_text()
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    return [path for line in lines for each in line.split() for path in ROOT.glob(each)]


def is_copied(path: Path, recipe: str) -> bool:
    return any(path.is_relative_to(each) for each in copied(recipe))


def file_of(module: str) -> Path | None:
    """The file of a module of ours, None for a name in one."""
    path = ROOT / module.replace(".", "/")
    return next(
        (each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None
    )


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file names, also where it does so in a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def needed(*start: Path) -> set[Path]:
    """These files and every file of `bot` that they import, and that those import."""
    found: set[Path] = set()
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "bot":
                above = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
                waiting += [each for each in map(file_of, above) if each]
    return found


def test_the_engine_has_every_module_that_it_imports():
    """Bug: `bot/failpoints.py` was not in the image, so the engine could not start."""
    modules = needed(*(ROOT / "bot/understanding").rglob("*.py"))
    assert len(modules) > 20 and ROOT / "bot/failpoints.py" in modules
    assert [each for each in sorted(modules) if not is_copied(each, "Containerfile")] == []


def test_the_app_has_every_folder_that_it_reads():
    """Bug: the ordinary words were not in the image, so every word looked like a name."""
    names = [each for top in ("bot", "actions") for each in sorted((ROOT / top).rglob("*.py"))]
    names = [each for each in names if not {"understanding", "migrations"} & {*each.parts}]
    read: set[Path] = set()
    for path in names:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        values = vars(importlib.import_module(module)).values()
        read |= {each for each in values if isinstance(each, Path) and each.is_relative_to(ROOT)}
    read.discard(ROOT)  # where it starts and trains, which no container does
    assert ROOT / "bot/core/answers/ordinary_words.txt" in read and len(read) > 3
    assert ROOT / "nlu" not in read
    assert [each for each in sorted(read) if not is_copied(each, "Containerfile")] == []


def test_the_app_works_with_nothing_but_what_is_copied(tmp_path: Path):
    for path in copied("Containerfile"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, dirs_exist_ok=True)
        else:
            shutil.copy(path, target)
    code = """
import bot.cli, bot.supervisor, actions.webhook
for name in bot.cli.COMMANDS:
    bot.cli.loaded(name)
from bot.content.facts import FactsFromFiles
from bot.core.answers.ordinary import is_ordinary
assert bot.cli.__file__.startswith({home!r})
FactsFromFiles.load()
assert is_ordinary("diploma") and not is_ordinary("Xaverina")
"""
    done = subprocess.run(
        [sys.executable, "-c", code.format(home=str(tmp_path))],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(OPS.glob("*.sh")), ids=name_of)
def test_a_script_can_be_read_and_run(path: Path):
    shell = path.read_text().splitlines()[0].split("/")[-1].removeprefix("env ")
    subprocess.run([shell, "-n", path], check=True)
    assert path.stat().st_mode & 0o111


def test_secrets_become_settings_and_the_key_stays_a_file(tmp_path: Path):
    (tmp_path / "INSTAP_SMTP_URL").write_text("smtp://een:twee drie@mail\n")
    (tmp_path / "INSTAP_KEY_FILE").write_text("{}")
    seen = subprocess.run(
        [OPS / "with-secrets.sh", sys.executable, "-c", "import os; print(dict(os.environ))"],
        env={"CREDENTIALS_DIRECTORY": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "'INSTAP_SMTP_URL': 'smtp://een:twee drie@mail'" in seen
    assert f"'INSTAP_KEY_FILE': '{tmp_path}/INSTAP_KEY_FILE'" in seen


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_file_that_a_paper_names_exists(path: Path):
    top = r"`((?:bot|tests|ops|docs|nlu|actions)/[\w./-]*|pyproject\.toml)`"
    named = re.findall(top, path.read_text())
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_test_that_a_paper_names_exists(path: Path):
    written = "\n".join(each.read_text() for each in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"def (test_\w+)\(", written))
    assert set(re.findall(TEST, path.read_text())) <= defined


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_a_paper_is_short_and_leaves_to_fill_in_what_we_do_not_know(path: Path):
    text = path.read_text()
    assert len(text.split()) <= TWO_PAGES
    assert "nog in te vullen" in text.lower()


def commands(text: str) -> Iterator[list[str]]:
    """The words after `instap` in code, up to the first that is no name of a command."""
    for code in re.findall(r"`{3}.*?`{3}|`[^`]+`", text, re.DOTALL):
        for line in code.strip("`").splitlines():
            for words in re.findall(r"(?:^|bin/)instap ((?:[a-z]+ ?)+)", line):
                yield words.split()


def exists(words: list[str]) -> bool:
    """Whether this is a command; what follows its name is an argument."""
    here: Any = typer.main.get_command(cli)
    for word in words:
        if not hasattr(here, "commands"):
            return True
        here = here.commands.get(word)
        here = loaded(word) if isinstance(here, Later) else here
    return here is not None and not hasattr(here, "commands")


@pytest.mark.parametrize("path", [*PAPERS, OPS / "README.md"], ids=name_of)
def test_every_command_that_is_named_exists(path: Path):
    assert [words for words in commands(path.read_text()) if not exists(words)] == []


def test_commands_are_found_where_they_are_named():
    named = list(commands((LAW / "datalek.md").read_text()))
    assert ["leads", "export", "geraakt"] in named and len(named) >= 4
    assert not exists(["leads", "burn"]) and not exists(["leads"])


@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_a_unit_calls_a_command_that_exists(path: Path):
    [command] = unit(path)["ExecStart"]
    for words in re.findall(r"bin/instap ([a-z ]+)", command):
        assert exists(words.split())


def test_compose_calls_a_command_that_exists():
    services = yaml.safe_load((OPS / "compose.yaml").read_text())["services"]
    called = [service["command"] for service in services.values() if "command" in service]
    ours = [words[3:] for words in called if words[:3] == ["python", "-m", "bot.cli"]]
    assert len(ours) == 4 and all(exists(words) for words in ours)


def test_every_link_of_the_run_book_leads_somewhere():
    for link in re.findall(r"\]\(([^)#:]+)\)", (OPS / "README.md").read_text()):
        assert (OPS / link).exists(), link


def test_every_event_of_the_run_book_is_logged():
    events = set(re.findall(r"`((?:telegram|action|request|purge)_\w+)`", _watch()))
    code = "\n".join(each.read_text() for each in (ROOT / "bot").rglob("*.py"))
    code += "\n".join(each.read_text() for each in (ROOT / "actions").rglob("*.py"))
    assert len(events) > 5
    assert [event for event in events if f'"{event}"' not in code] == []


def _watch() -> str:
    return (OPS / "README.md").read_text().split("## Watch\n")[1].split("\n## ")[0]


def test_the_assessment_is_of_the_rules_of_today():
    """New rules: assess again (docs/law/ai-verordening.md), then name their version there."""
    assert f"`{RULES_VERSION}`" in (LAW / "ai-verordening.md").read_text()


def test_the_register_names_the_terms_that_are_kept():
    text = (LAW / "verwerkingsregister.md").read_text()
    assert f"{CHAT.days} dagen na het laatste bericht" in text
    assert f"tot {REGISTRATION.days // 7} weken nadat" in text


def test_the_proxy_takes_as_much_as_the_gateway():
    from bot.channels.telegram_webhook import MAX_BODY, PATH
    from bot.channels.web import MAX_BODY as MAX_MESSAGE

    proxy = (OPS / "nginx/instap.conf").read_text()
    assert f"client_max_body_size {MAX_MESSAGE // 1024}k;" in proxy
    door = proxy.split(f"location = {PATH} {{")[1].split("}")[0]
    assert f"client_max_body_size {MAX_BODY // 1024}k;" in door


def test_the_proxy_sends_nobody_on_to_a_decoded_address():
    """`$uri` is decoded, so a line break in an address would begin a header of its own."""
    proxy = (OPS / "nginx/instap.conf").read_text()
    answers = re.findall(
        r"^\s*(?:return|rewrite|add_header|proxy_pass|proxy_set_header)\b.*?;", proxy, re.M
    )
    assert [each for each in answers if re.search(r"\$(?:document_)?uri\b", each)] == []
    assert "return 301 https://$host$request_uri;" in proxy


# ── Figures ─────────────────────────────────────────────────────────────────


def figures() -> set[str]:
    """The names of all figures, as a rule may ask for them."""
    described = [each for one in (metrics.PROCESS, metrics.HOUSE) for each in one.collect()]
    return {
        name
        for each in described
        for name in (each.name, *(f"{each.name}_{end}" for end in ("total", "count", "bucket")))
    }


def test_every_figure_is_in_the_run_book():
    named = set(re.findall(r"`((?:instap|process)_\w+)", _watch()))
    ours = {each.name for one in (metrics.PROCESS, metrics.HOUSE) for each in one.collect()}
    ours = {name for name in ours if name.startswith("instap_")}
    assert {name.removesuffix("_total") for name in named if "instap" in name} == ours
    assert named <= figures()


def test_the_rules_ask_for_figures_that_exist():
    rules = yaml.safe_load((OPS / "prometheus/instap.yml").read_text())["groups"][0]["rules"]
    asked = {name for each in rules for name in re.findall(r"instap_\w+", each["expr"])}
    assert len(rules) == len({each["alert"] for each in rules}) > 5
    assert asked and asked <= figures()
    labels = {pair for each in rules for pair in re.findall(r'(\w+)="(\w+)"', each["expr"])}
    assert labels <= {("outcome", "trouble"), ("stage", "kept"), ("stage", "handled")}


def test_figures_are_asked_for_where_the_parts_listen_and_not_through_the_proxy():
    jobs = yaml.safe_load((OPS / "prometheus/scrape.yml").read_text())
    targets = [one for job in jobs for each in job["static_configs"] for one in each["targets"]]
    defaults = Settings.model_fields
    ports = [defaults["port"].default, defaults["actions_port"].default]
    assert targets == [f"127.0.0.1:{port}" for port in ports]
    proxy = (OPS / "nginx/instap.conf").read_text()
    assert "return 404;" in proxy.split(f"location = {metrics.PATH} {{")[1].split("}")[0]
