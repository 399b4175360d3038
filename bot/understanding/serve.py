"""Serves a model, on loopback, to our gateway only.

`python -m bot.understanding.serve MODEL PORT [SHARD]`; without a number it is shard 0.

What `rasa run` does, without what we do not use: its API, its other channels, its web framework,
and a log that prints what people say when something goes wrong.
"""

import ctypes
import logging
import os
import sys
import warnings
from functools import partial
from typing import Any

import structlog

from bot.understanding import alone, seal
from bot.understanding.modern import let_rasa_run

OWN_LOGGER = "bot.understanding"
GRACE = 7
"""Seconds for the turns that are being taken when it is told to stop; after 8 it is ended."""
LONGEST_QUIET = 120
"""Seconds that a connection of a gateway may be quiet: it lets go of one itself, and earlier."""


def quiet() -> None:
    """Keep Rasa's log to itself: its errors carry the text of the message and every slot."""
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr)
    logging.getLogger(OWN_LOGGER).setLevel(logging.ERROR)


async def load(model: str) -> Any:
    """Rasa's agent with our model, store and texts; raises AgentNotReady when it has no model."""
    from rasa.core.agent import load_agent
    from rasa.core.exceptions import AgentNotReady
    from rasa.core.utils import AvailableEndpoints

    from bot.understanding.quick import check_schemas_once, find_events_once
    from bot.understanding.whole import Watched

    check_schemas_once()
    find_events_once()
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.action = Watched.around(endpoints.action)
    endpoints.nlg = Watched.around(endpoints.nlg)
    agent = await load_agent(model, endpoints=endpoints)
    if not agent.is_ready():
        raise AgentNotReady(model)
    give_back_memory()
    return agent


def give_back_memory() -> None:
    """Hand what loading used for a moment back to the system: 15 MB for as long as it serves."""
    if (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:  # only glibc has it
        trim(0)


def main(model: str, port: int, shard: int = 0) -> None:
    """Serve until told to stop.

    A model that training did not make, or a shard that has an engine, ends it at once.
    """
    seal.require(model)
    alone.be_the_only_one(os.environ.get("INSTAP_TRACKER_URL", ""), shard)
    let_rasa_run()
    import uvicorn

    from bot.understanding.channel import application

    quiet()
    uvicorn.run(
        application(partial(load, model), os.environ.get("INSTAP_ENGINE_SECRET", "")),
        host="127.0.0.1",
        port=port,
        log_config=None,
        log_level="critical",
        access_log=False,
        ws="none",
        timeout_keep_alive=LONGEST_QUIET,
        timeout_graceful_shutdown=GRACE,
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
