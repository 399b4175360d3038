"""How long a test waits for what must happen: long, for who is quick waits no longer for it."""

from typing import Final

PATIENCE: Final = 60.0
"""Seconds. A machine of CI is slow, and busy with others; no test says that it is not."""
