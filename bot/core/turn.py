"""What goes to and fro between a visitor and us, on whatever channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Button:
    """A quick reply: an opaque id that only we can turn back into a meaning."""

    id: str
    title: str


@dataclass(frozen=True)
class Message:
    """One bubble of the assistant."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """The registration of this conversation, read from the database."""

    code: str
    status: str


@dataclass(frozen=True)
class Turn:
    """The assistant's whole answer to one message; the fields are those of the chat API."""

    messages: tuple[Message, ...]
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    asks: str | None = None
    outcome: str | None = None
    registration: Receipt | None = None
    files: tuple[str, ...] = ()


def command_for(name: str) -> str:
    """What a button says to the engine for a name of the catalogue."""
    kind, _, topic = name.partition("/")
    return f'/{kind}{{"topic": "{topic}"}}' if topic else f"/{kind}"


@dataclass(frozen=True)
class Said:
    """What the visitor did: typed a text, or tapped a button."""

    text: str | None = None
    button: str | None = None
