"""What the real model makes of texts, outside the engine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from bot import training
from bot.settings import Settings
from tests.support.loop_of_rasa import Reads


@contextmanager
def real_meanings() -> Iterator[Reads]:
    """Read what the engine would hear; each text once, by one process that is kept."""
    model = training.train(Settings())
    with subprocess.Popen(
        [sys.executable, "-m", "bot.understanding.parse", str(model)],
        env=os.environ | {"PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        questions, answers = process.stdin, process.stdout
        assert questions is not None and answers is not None

        @cache
        def read(text: str) -> Mapping[str, Any]:
            questions.write(json.dumps(text) + "\n")
            questions.flush()
            found = json.loads(answers.readline())
            return found | {
                "intent": found["intent"]["name"],
                "confidence": found["intent"].get("confidence") or 1.0,
            }

        read("goedemorgen")  # nobody waits for the model
        yield read
