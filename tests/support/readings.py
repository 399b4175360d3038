"""The part of a make-believe engine that says what the model makes of a text: small talk."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

MEANT = {"intent": {"name": "chitchat", "confidence": 1.0}, "topics": ["chitchat"], "clarify": []}


async def _read(_request: Request) -> JSONResponse:
    return JSONResponse({"meaning": MEANT})


READINGS = Route("/webhooks/gateway/readings", _read, methods=["POST"])
