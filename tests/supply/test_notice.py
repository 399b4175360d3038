"""What comes with a copy of Instap: the licence, whose work it stands on, and the version."""

import re
import tomllib

from tests.support.house import ROOT
from tools import notice

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_notice_is_of_what_is_locked_now():
    """If not: python -m tools.notice."""
    assert notice.PAGE.read_text() == notice.page()


def test_every_library_names_its_licence():
    assert "not named" not in notice.page()


def test_the_licence_is_the_one_that_the_project_names():
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n") and "Appendix" in text
    assert PROJECT["license"] == "EUPL-1.2"


def test_the_version_has_a_note_that_says_what_an_upgrade_asks():
    notes = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    [note] = [each for each in notes if each.startswith(PROJECT["version"])]
    assert "### Upgrading" in note
