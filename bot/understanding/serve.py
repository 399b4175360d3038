"""Serves a model: `python -m bot.understanding.serve MODEL PORT`, on loopback, to our gateway only.

What `rasa run` does, without what we do not use: its API, its other channels, TensorFlow, and a
log that prints what people say when something goes wrong.
"""

from __future__ import annotations

import logging
import sys
import warnings

import structlog

from bot.understanding.lean import leave_out_tensorflow

OWN_LOGGER = "bot.understanding"


def quiet() -> None:
    """Keep Rasa's log to itself: its errors carry the text of the message and every slot."""
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr)
    logging.getLogger(OWN_LOGGER).setLevel(logging.ERROR)


def main(model: str, port: int) -> None:
    """Serve until told to stop."""
    leave_out_tensorflow()
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    quiet()
    serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=port,
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
