"""Headers that every answer bears: nothing is loaded from elsewhere, nothing is guessed, nobody frames us."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The query editor sets style attributes in markup of its own; its scripts are ours and in files all the same.
EDITOR = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_OWN_POLICY = "/explore"  # that page brings a stricter one, by hashes
ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin"}
CONTENT_POLICY = "content-security-policy"


class Headers:
    """Middleware that sets them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                headers.update(ALWAYS)
                if scope["path"] != _OWN_POLICY:
                    headers[CONTENT_POLICY] = EDITOR if scope["path"] == "/query" else POLICY
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, sending)
