"""A model is code: it is taken only when its bytes are the ones that training made.

Beside `NAME.tar.gz` stands `NAME.tar.gz.sha256`, in the form that `sha256sum --check` reads. Only
training writes it. The app uses this too, so it knows the standard library only.
"""

import hashlib
import os
import re
import sys
from pathlib import Path

PIECE = 1024 * 1024
LINE = re.compile(r"([0-9a-f]{64})  (\S+)\n")
ANEW = "verwijder het en geef: instap train"


class ModelRefused(Exception):
    """This file may not be loaded; the message says why and what to do, in one line."""


def manifest_of(model: Path) -> Path:
    """Where the manifest of a model stands; a link is followed first."""
    real = model.resolve()
    return real.with_name(f"{real.name}.sha256")


def put_in_place(made: Path, model: Path) -> None:
    """Give a finished model its name and manifest; it is there as a whole or not at all."""
    model.unlink(missing_ok=True)
    manifest = manifest_of(model)
    new = manifest.with_name(f"{made.name}.sha256")
    new.write_text(f"{_digest(made)}  {model.name}\n", encoding="ascii")
    for written in (made, new):
        _to_disk(written)
    new.replace(manifest)
    made.replace(model)  # last: who sees the model, finds its manifest
    _to_disk(model.parent)


def check(model: Path) -> None:
    """Nothing when these are the bytes of training; raises ModelRefused else. Unpacks nothing."""
    name = model.resolve().name
    try:
        found = LINE.fullmatch(manifest_of(model).read_text(encoding="ascii"))
        digest = _digest(model)
    except FileNotFoundError as error:
        what = "zijn manifest" if str(error.filename).endswith(".sha256") else "dit model"
        raise ModelRefused(f"{name}: {what} is er niet; {ANEW}") from None
    except (OSError, ValueError) as error:
        raise ModelRefused(f"{name}: is niet te lezen ({type(error).__name__}); {ANEW}") from None
    if found is None or found.groups() != (digest, name):
        raise ModelRefused(f"{name}: is niet wat de training maakte; {ANEW}")


def require(model: str) -> None:
    """Check before a process loads a model; refused, that line is its last (status 1)."""
    try:
        check(Path(model))
    except ModelRefused as refused:
        sys.exit(str(refused))


def _digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def _to_disk(path: Path) -> None:
    """Wait until a file or folder survives a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
