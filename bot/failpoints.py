"""Places where the fault suite ends a process: the file that INSTAP_FAILPOINTS names says which.

Without that setting they do nothing. With it, a process that reaches a place whose name stands in
the file takes the name away and is killed there, as by the kernel: no clean-up, no last words.
`instap doctor` says so when it is set; docs/reliability.md says where K0 to K12 are.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

_FILE = os.environ.get("INSTAP_FAILPOINTS")


def reach(name: str) -> None:
    """End the process here when that was asked for."""
    if not _FILE:
        return
    file = Path(_FILE)
    try:
        if file.read_text() != name:
            return
        file.unlink()  # only one of the processes that come by at once gets it
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
