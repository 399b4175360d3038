"""Serves a model, on loopback, to our gateway only.

`python -m bot.understanding.serve MODEL PORT [SHARD]`; without a number it is shard 0.

What `rasa run` does, without what we do not use: its API, its other channels, TensorFlow, and a
log that prints what people say when something goes wrong.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings

import structlog

from bot.understanding import alone, seal
from bot.understanding.lean import leave_out_tensorflow

OWN_LOGGER = "bot.understanding"


def quiet() -> None:
    """Keep Rasa's log to itself: its errors carry the text of the message and every slot."""
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr)
    logging.getLogger(OWN_LOGGER).setLevel(logging.ERROR)


def main(model: str, port: int, shard: int = 0) -> None:
    """Serve until told to stop.

    A model that training did not make, or a shard that has an engine, ends it at once.
    """
    seal.require(model)
    alone.be_the_only_one(os.environ.get("INSTAP_TRACKER_URL", ""), shard)
    leave_out_tensorflow()
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    from bot.understanding.quick import check_schemas_once, find_events_once
    from bot.understanding.whole import Watched

    quiet()
    check_schemas_once()
    find_events_once()
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.action = Watched.around(endpoints.action)
    endpoints.nlg = Watched.around(endpoints.nlg)
    serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=port,
        credentials="credentials.yml",
        endpoints=endpoints,
        enable_api=False,
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
