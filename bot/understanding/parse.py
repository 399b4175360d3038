"""Reads messages from standard input, a JSON string a line, and prints what each one means.

`python -m bot.understanding.parse MODEL`. The same model and the same components serve visitors.
"""

import asyncio
import json
import logging
import sys
from typing import Any

from bot.understanding import seal
from bot.understanding.modern import let_rasa_run


async def parse_lines(model: str) -> None:
    """Answer every line with a line."""
    seal.require(model)
    answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no answer
    let_rasa_run()
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    for line in sys.stdin:
        parsed: dict[str, Any] = await agent.parse_message(json.loads(line))
        answers.write(json.dumps(parsed, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(parse_lines(sys.argv[1]))
