"""Nothing that opens a door stands in the repository: no key, token or password."""

import base64
import re
import subprocess
from pathlib import Path

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

from tests.support.house import ROOT

HARMLESS = {
    "password",  # in the explanation of an address
    "geheim",  # of a mail server that does not exist
    "only-for-training",  # the engine wants a secret; while learning there is nobody to tell it to
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ",  # the letters of a registration's code
}
"""What looks like a secret and is none."""
LOCK = re.compile(r"requirements/.*\.txt")  # nothing but hashes (test_locks)
ASKS_ELSEWHERE = "detect_secrets.filters.common.is_ignored_due_to_verification_policies"
"""Tries out what it found, at whoever it may be of."""


def is_prose(value: str) -> bool:
    """A sentence, or the name of a test, after a word like "secret" in a text."""
    return " " in value or "::test_" in value


def secrets_in(*paths: str, root: Path = ROOT) -> set[tuple[str, str, str]]:
    """File, kind and value of everything that looks like a secret."""
    found = SecretsCollection(root=str(root))
    with default_settings() as settings:
        settings.disable_filters(ASKS_ELSEWHERE)
        for path in paths:
            found.scan_file(path)
    return {(path, secret.type, secret.secret_value or "") for path, secret in found}


def test_the_repository_holds_no_secret():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [
        path for path in listed.split("\0") if (ROOT / path).is_file() and not LOCK.fullmatch(path)
    ]
    assert len(paths) > 200
    found = sorted(secrets_in(*paths))
    assert [each for each in found if each[2] not in HARMLESS and not is_prose(each[2])] == []


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "token = '" + "1234567890:" + "AAF" + "x9Qw3_Zk7Lm2Pv8Rt5Yb1Nc4Hd6Js0Ge'",
        "url = 'postgresql://instap:" + "b8Zq0vXw2kP" + "@db/instap'",
        "password = '" + "b8Zq0vXw2kP4mR7t" + "'",
        "key = '" + base64.b64encode(bytes(range(7, 231, 7))).decode() + "'",
    ],
)
def test_a_secret_would_be_found(tmp_path: Path, line: str):
    (tmp_path / "settings.py").write_text(line + "\n")
    assert secrets_in("settings.py", root=tmp_path)
