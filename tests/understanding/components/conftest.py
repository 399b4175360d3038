"""Rasa as it runs in the engine; in a process of its own (`make components`), away from the app."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from bot.understanding.modern import let_rasa_run  # noqa: E402 - the house has to be found first

let_rasa_run()
