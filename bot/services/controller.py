"""Who is responsible for personal data: unnamed, nobody can agree to anything (GDPR art. 13)."""

from typing import Final

from bot.core.errors import ControllerUnknown, FactUnknown
from bot.core.intake import day_of
from bot.services.ports import Ports

FACTS: Final = ("data_controller", "privacy_contact")


def is_named(ports: Ports) -> bool:
    """Whether consent can be asked here; on a machine for development it always can."""
    if not ports.is_production:
        return True
    today = day_of(ports.clock.now())
    try:
        values = [(name, ports.facts.value(name, today)) for name in FACTS]
    except FactUnknown:
        return False
    return not any(ports.facts.is_placeholder(name, value) for name, value in values)


def require_named(ports: Ports) -> None:
    """Raise ControllerUnknown when it is not known who is responsible."""
    if not is_named(ports):
        raise ControllerUnknown
