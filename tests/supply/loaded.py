"""Starts the engine and prints what it has loaded: `python -m tests.supply.loaded MODEL PORT`.

A distribution counts as loaded when a file of it is.
"""

import json
import os
import socket
import sys
import threading
import time
from importlib.metadata import distributions
from pathlib import Path

from bot.understanding.serve import main

LONGEST_START = 120.0


def loaded() -> list[str]:
    """The distributions of which a module came from a file."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return sorted(
        each.metadata["Name"].lower().replace("_", "-").replace(".", "-")
        for each in distributions()
        if any(str(each.locate_file(path)) in files for path in each.files or ())
    )


def tell(port: int) -> None:
    """Wait until the engine listens, print, and end."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    else:
        os._exit(1)
    print(json.dumps(loaded()), flush=True)
    os._exit(0)


if __name__ == "__main__":
    model, door = Path(sys.argv[1]), int(sys.argv[2])
    threading.Thread(target=tell, args=(door,), daemon=True).start()
    main(str(model), door)
