"""Writes what we are made of, as CycloneDX: `python -m tools.sbom [FOLDER]`; FOLDER is dist.

One bill for what runs and one for what builds the widget. The first lists what the lock file says,
not what was installed beside it; the same environment gives the same bytes.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator

from tools.locks import ROOT, canonical, locked

PYTHON: Final = ROOT / ".venv/bin/python"
LOCK: Final = "app"
Bill = dict[str, Any]


def python_bill() -> Bill:
    """What is installed of our lock file, with licences and who needs whom."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    command += ["--no-validate"]  # what we make of it is, in main
    command += ["--of", "JSON", "-o", "-", str(PYTHON)]
    done = subprocess.run(command, check=True, capture_output=True)
    bill: Bill = json.loads(done.stdout)
    names = locked(LOCK)
    kept = [each for each in bill["components"] if canonical(each["name"]) in names]
    missing = set(names) - {canonical(each["name"]) for each in kept}
    if missing:
        raise SystemExit(f"not installed, though locked: {', '.join(sorted(missing))}; make setup")
    refs = {each["bom-ref"] for each in kept}
    bill["components"] = kept
    bill["dependencies"] = [
        each | {"dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in refs]}
        for each in bill["dependencies"]
        if each["ref"] in refs
    ]
    return _named(bill, f"instap-{LOCK}")


def npm_bill() -> Bill:
    """What builds the widget; nothing of it is in the widget."""
    command = ["npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"npm sbom (npm 10 or newer) fails: {done.stderr.decode()[:500]}")
    bill: Bill = json.loads(done.stdout)
    bill.pop("serialNumber", None)
    bill["metadata"].pop("timestamp", None)
    bill["metadata"]["component"]["name"] = "instap-widget"  # npm takes the name of the folder
    return bill


def _named(bill: Bill, name: str) -> Bill:
    """The bill, with us as its subject."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    subject = {"type": "application", "name": name, "version": version, "bom-ref": name}
    bill["metadata"] = bill.get("metadata", {}) | {"component": subject}
    return bill


def problem_of(text: str) -> str | None:
    """What the schema of CycloneDX has against a bill; None when it is well."""
    version = SchemaVersion.from_version(json.loads(text)["specVersion"])
    found = make_schemabased_validator(OutputFormat.JSON, version).validate_str(text)
    return None if found is None else str(found)


def main(folder: Path) -> None:
    """Write both, each checked."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, bill_of in ((LOCK, python_bill), ("widget", npm_bill)):
        bill = bill_of()
        text = json.dumps(bill, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        if (problem := problem_of(text)) is not None:
            raise SystemExit(f"sbom-{name}.json: {problem}")
        path = folder / f"sbom-{name}.json"
        path.write_text(text, encoding="utf-8")
        print(f"{path}: {len(bill['components'])} components")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
