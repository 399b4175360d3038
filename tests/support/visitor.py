"""Somebody who chats through the public chat API."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.patience import PATIENCE

Turn = dict[str, Any]


@dataclass
class Visitor:
    """One visitor with one conversation on the website; `begins` may carry one on."""

    url: str
    begins: dict[str, str] = field(default_factory=dict)
    last: Turn = field(default_factory=dict)
    client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)
        opened = self.client.post("/api/v1/conversations", json=self.begins).json()
        self.client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.last = opened["turn"]

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def say(self, text: str, name: str | None = None) -> Turn:
        """Type a text."""
        return self._send({"text": text, "id": name or uuid.uuid4().hex})

    def press(self, title: str) -> Turn:
        """Tap a button under the last words."""
        for message in self.last["messages"]:
            for button in message["buttons"]:
                if button["title"] == title:
                    return self._send({"button": button["id"], "id": uuid.uuid4().hex})
        raise AssertionError(f"no button {title!r} under {self.last['messages']}")

    def _send(self, body: dict[str, str]) -> Turn:
        answer = self.client.post("/api/v1/messages", json=body)
        assert answer.status_code == 200, answer.text
        self.last = answer.json()
        assert self.last["messages"], "silence"
        return self.last

    def words(self) -> str:
        """Everything that was said last."""
        return "\n".join(message["text"] for message in self.last["messages"])
