"""What a browser gets before anybody talks: the widget, the pages it stands on, and their looks."""

import gzip
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.pages import ICON

WIDGET: Final = Path(__file__).parents[1] / "widget"
ASK_AGAIN: Final = "no-cache"
A_WHILE: Final = "public, max-age=300"
"""Long enough for a visit; an update is with everybody within minutes."""

Endpoint = Callable[[Request], Awaitable[Response]]


def policy(ancestors: Sequence[str] = ()) -> str:
    """What a page of ours may load, and which sites may show it in a frame."""
    framed_by = " ".join(ancestors) or "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {framed_by}; require-trusted-types-for 'script'"
    )


def routes(origins: Sequence[str]) -> list[Route]:
    """The files; `origins` are the sites that may frame the chat."""
    page, frame = (WIDGET / "page.html").read_bytes(), (WIDGET / "frame.html").read_bytes()
    script, style = (WIDGET / "dist/instap.js").read_bytes(), (WIDGET / "page.css").read_bytes()
    for_others = {"Cross-Origin-Resource-Policy": "cross-origin"}
    served = {
        "/": _page(page, policy()),
        "/widget/frame": _page(frame, policy(origins)),
        "/widget/instap.js": _file(script, "text/javascript", A_WHILE, for_others),
        "/widget/page.css": _file(style, "text/css", A_WHILE),
        "/widget/icon.svg": _file(ICON.encode(), "image/svg+xml", A_WHILE),
    }
    return [Route(path, endpoint, methods=["GET"]) for path, endpoint in served.items()]


def _page(content: bytes, allowed: str) -> Endpoint:
    return _file(content, "text/html", ASK_AGAIN, {"Content-Security-Policy": allowed})


def _file(content: bytes, kind: str, keep: str, more: dict[str, str] | None = None) -> Endpoint:
    """Serves this content, small, and not again to who has it."""
    small = gzip.compress(content, mtime=0)
    tag = f'W/"{sha256(content).hexdigest()[:32]}"'
    # without Vary a cache hands a site that checks the hash an answer without the CORS headers
    headers = {"ETag": tag, "Cache-Control": keep, "Vary": "Accept-Encoding, Origin"} | (more or {})

    async def serve(request: Request) -> Response:
        known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
        if tag in known:
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(content, media_type=kind, headers=headers)
        return Response(small, media_type=kind, headers=headers | {"Content-Encoding": "gzip"})

    return serve
