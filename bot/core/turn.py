"""What goes to and fro between a visitor and us, on whatever channel."""

from dataclasses import dataclass, field


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
class Qr:
    """A QR code as a drawing: the number of squares a side, and an SVG path of the dark ones."""

    size: int
    path: str


@dataclass(frozen=True)
class Link:
    """An address to go on at, with the same address as a picture for another screen."""

    title: str
    url: str
    qr: Qr | None = None


@dataclass(frozen=True)
class Noted:
    """An item that a turn noted or changed, with its value as it is kept."""

    item: str
    value: object = field(repr=False)


@dataclass(frozen=True)
class Turn:
    """The assistant's whole answer to one message; the fields are those of the chat API.

    `id` names it once it is kept; an answer of before there were names has none.
    """

    messages: tuple[Message, ...]
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    asks: str | None = None
    outcome: str | None = None
    registration: Receipt | None = None
    files: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    id: str | None = None
    noted: tuple[Noted, ...] = ()
    facets: tuple[str, ...] = ()


def command_for(name: str) -> str:
    """What a button says to the engine for a name of the catalogue."""
    kind, _, topic = name.partition("/")
    return f'/{kind}{{"topic": "{topic}"}}' if topic else f"/{kind}"


@dataclass(frozen=True)
class Said:
    """What the visitor did: typed a text, or tapped a button.

    `place` is where it stands in a chat: what was said there later has a higher number.
    `turn` is the turn that was on the screen; without one it was the latest. With `has_file` the
    words stood under a photo or a file, which nobody looks at. `answers` is the place of the
    message of ours that it was written as a reply to.
    """

    text: str | None = None
    button: str | None = None
    place: int | None = None
    turn: str | None = None
    has_file: bool = False
    answers: int | None = None
