"""Trains a model: `python -m bot.understanding.learn FOLDER NAME` writes FOLDER/NAME.tar.gz.

Beside it comes its manifest: without that no engine takes it (`bot/understanding/seal.py`).

What `rasa train` does without its checks of stories and its thousands of warnings about examples
without a response: our texts live in the app. The checks that matter are tests of ours. Rasa
gets all sentences as one file: it merges files one by one, and goes through all at each.
"""

import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

from bot.understanding.modern import let_rasa_run
from bot.understanding.seal import put_in_place

NLU = Path("nlu")
NOT_LEARNED = NLU / "validation"
HEAD = 'version: "3.1"\nnlu:\n'


def gather(folder: Path) -> str:
    """All training files as the text of one."""
    paths = sorted(path for path in folder.rglob("*.yml") if NOT_LEARNED not in path.parents)
    return HEAD + "".join(path.read_text(encoding="utf-8").partition("nlu:\n")[2] for path in paths)


def main(folder: str, name: str) -> int:
    """Train, and say whether it worked: 0 is well."""
    from rasa.model_training import train

    new = f"new-{os.getpid()}"
    with tempfile.TemporaryDirectory() as made:
        sentences = Path(made) / "nlu.yml"
        sentences.write_text(gather(NLU), encoding="utf-8")
        result = train(
            domain="domain.yml",
            config="config.yml",
            training_files=[str(sentences), "stories"],
            output=folder,
            fixed_model_name=new,
            force_training=True,
        )
    if result.code == 0:
        put_in_place(Path(folder) / f"{new}.tar.gz", Path(folder) / f"{name}.tar.gz")
    return int(result.code)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    let_rasa_run()
    sys.exit(main(*sys.argv[1:3]))
