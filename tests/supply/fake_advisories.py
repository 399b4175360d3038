"""A source of advisories on loopback: OSV's question and npm's, answered as a test wants."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CANARY = {"jinja2": ["CVE-2024-22195"]}


@dataclass
class Advisories:
    """What it knows: ids per package; `npm` None is a registry that does not know the question."""

    python: dict[str, list[str]] = field(default_factory=lambda: dict(CANARY))
    npm: Mapping[str, Any] | None = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    url: str = ""

    def about(self, path: str, question: bytes) -> Any:
        """The answer to a question; None when there is no such thing here."""
        if not path.endswith("/v1/query"):
            return self.npm
        name = json.loads(question)["package"]["name"]
        self.asked.add(name)
        ids = self.python.get(name, [])
        return {"vulns": [_flaw(name, each) for each in ids]} if ids else {}


def _flaw(name: str, one: str) -> dict[str, Any]:
    package = {"name": name, "ecosystem": "PyPI"}
    return {"id": f"X-{one}", "aliases": [one], "affected": [{"package": package}]}


@contextmanager
def running_advisories() -> Iterator[Advisories]:
    """Serve until the test is done."""
    known = Advisories()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """All versions of a package, which npm wants when it heard of a flaw."""
            name, versions = self.path.strip("/"), ("0.28.1", "0.28.2")
            each = {one: {"name": name, "version": one} for one in versions}
            self.say({"name": name, "versions": each, "dist-tags": {"latest": versions[-1]}})

        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.say(known.about(self.path, question))

        def say(self, answer: Any) -> None:
            body = json.dumps(answer).encode() if answer is not None else b""
            self.send_response(200 if answer is not None else 405)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        known.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield known
        finally:
            server.shutdown()
