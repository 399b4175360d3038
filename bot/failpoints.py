"""Places where the fault suite ends a process: files in the folder INSTAP_FAILPOINTS say which.

Without that setting they do nothing. With it, a process that reaches a place after which a file
is called takes that file away and is killed there, as by the kernel: no clean-up, no last words.
`instap doctor` says so when it is set; docs/reliability.md says where K0 to K12 are.
"""

import os
import signal
from pathlib import Path

_FOLDER = os.environ.get("INSTAP_FAILPOINTS")


def reach(name: str) -> None:
    """End the process here when that was asked for."""
    if not _FOLDER:
        return
    try:
        Path(_FOLDER, name).unlink()  # only one of the processes that come by at once gets it
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
