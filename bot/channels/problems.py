"""Errors as RFC 9457 problems, in Dutch, without a word about how we are built."""

from typing import Final

from starlette.responses import JSONResponse

from bot.services.ports import Texts

TITLES: Final = {
    400: "json",
    401: "token",
    404: "not_found",
    405: "method",
    410: "passage",
    413: "too_large",
    422: "body",
    429: "rate",
    503: "unavailable",
}


def problem(
    texts: Texts, status: int, name: str | None = None, *, retry_after: int = 5
) -> JSONResponse:
    """A problem; its detail is the text `problem_<name>`. `retry_after` is in seconds."""
    name = name or TITLES[status]
    words = texts.render(f"problem_{name}")
    body = {
        "type": "about:blank",
        "status": status,
        "title": name.replace("_", " "),
        "detail": words.text,
    }
    headers = {"Retry-After": str(retry_after)} if status in (429, 503) else None
    return JSONResponse(
        body, status_code=status, media_type="application/problem+json", headers=headers
    )
