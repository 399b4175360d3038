"""Starts a plain Rasa on today's Python: `python plain_start.py rasa run`, or `rasa_sdk`.

Nothing of our understanding runs in it. It gets what any Rasa 3.6 needs there: the names that have
gone from its libraries (`bot/understanding/modern.py`), and its web server in one process.
"""

import os
import runpy
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.understanding import lean  # noqa: E402 - the house has to be found first
from bot.understanding.modern import let_rasa_run  # noqa: E402

USES = {"coloredlogs", "regex", "sanic", "skops"}
"""What it writes its log with, cuts words with, serves with and keeps its classifier with."""


def serve_in_one_process() -> None:
    """Sanic 22.9 and later start a process of workers, which lives on when the first is killed."""
    from sanic import Sanic

    prepare = Sanic.prepare

    def prepare_here(app: Sanic, *args: Any, **kwargs: Any) -> None:
        prepare(app, *args, **kwargs | {"single_process": True, "motd": False})

    Sanic.prepare = prepare_here
    Sanic.serve = staticmethod(lambda primary=None, **_: Sanic.serve_single(primary))


def learn_without_old_wishes() -> None:
    """scikit-learn 1.8 dropped `multi_class`; "auto", which Rasa asks for, is what it does now."""
    from rasa.nlu.classifiers import logistic_regression_classifier as stock

    made = stock.LogisticRegression

    def make(*, multi_class: str, l1_ratio: None, **kwargs: Any) -> Any:
        return made(**kwargs)

    stock.LogisticRegression = make


def rasa() -> None:
    """Rasa itself, trained or served."""
    lean.LEFT_OUT -= USES
    let_rasa_run()
    learn_without_old_wishes()


if __name__ == "__main__":
    program = sys.argv.pop(1)
    if program == "rasa":
        rasa()
    serve_in_one_process()
    sys.path.insert(0, os.getcwd())  # as `python -m` does: the actions are there
    runpy.run_module(program, run_name="__main__", alter_sys=True)
