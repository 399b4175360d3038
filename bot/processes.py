"""A process of this machine: started, started again whenever it ends, and stopped."""

import asyncio
import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
GRACE: Final = 8.0
"""Seconds that a process gets to finish what it is doing."""
LONGEST_START: Final = 90.0
LONGEST_PAUSE: Final = 10.0
DIE_WITH_PARENT: Final = 1


@dataclass
class Process:
    """One child: how to start it, and how long to wait before starting it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    log_file: Path
    child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; what it prints goes to its log file."""
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as output:
            self.child = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=prepare_child,
            )

    async def watch(self) -> None:
        """Start it again whenever it ends, with a growing pause when it keeps ending."""
        pause = 0.2
        while True:
            began = time.monotonic()
            await self.start()
            assert self.child is not None
            status = await self.child.wait()
            _log_end(self.name, status)
            if time.monotonic() - began > LONGEST_START:
                pause = 0.2
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """Ask it to stop, and end it when it does not."""
        if self.child is None or self.child.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.child.terminate()
        try:
            await asyncio.wait_for(self.child.wait(), GRACE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.child.kill()
            await self.child.wait()


def _log_end(name: str, status: int) -> None:
    """Most supervisors never see one end: they need not have what writes a log."""
    from bot import log

    log.configure()
    log.get_logger().warning("process_ended", process=name, status=status)


def prepare_child() -> None:
    """Files for the owner only; and the kernel stops this child when `instap run` is gone."""
    os.umask(0o077)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
