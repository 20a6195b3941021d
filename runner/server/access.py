"""Who may ask, and what every answer says: one layer around the application."""

from __future__ import annotations

import base64
import binascii
import hmac
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from disclosure_checks.runner.server.limits import RequestProblem
from disclosure_checks.runner.server.problems import ProblemAnswers

# nothing from elsewhere, nothing inline but parts of a picture in a report's page, no frame of another site around it
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_KEPT_BY_NOBODY = "no-store"
HEALTH = "/health"


class Access:
    """Lets in whom the password lets in, and no form of another site; names the rules that a browser is to keep.

    ``password``: None for none. ``prefix``: what a proxy leaves before the paths it passes on, "" where it takes it
    off; no header of a request is believed about that, nor about anything else.
    """

    def __init__(self, application: ASGIApp, problems: ProblemAnswers, password: str | None, prefix: str) -> None:
        self._application = application
        self._problems = problems
        self._password = None if password is None else password.encode()
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        started = False

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", _KEPT_BY_NOBODY)
            await send(message)

        scope = {**scope, "path": self._inner_path(scope["path"]), "root_path": ""}
        try:
            refused = self._refusal(scope)
            if refused is None:
                await self._application(scope, receive, sending)
            else:
                await self._problems.answer(Request(scope), refused)(scope, receive, sending)
        except Exception as fault:
            # the text of a fault may quote what was uploaded: only its kind and place are told
            print(fault_line(fault), file=sys.stderr)
            if not started:
                answer = self._problems.answer(Request(scope), RequestProblem("fault", 500))
                await answer(scope, receive, sending)

    def _inner_path(self, path: str) -> str:
        inside = path.removeprefix(self._prefix)
        return inside if inside.startswith("/") else path

    def _refusal(self, scope: Scope) -> RequestProblem | None:
        if scope["path"] == HEALTH:
            return None
        headers = Headers(scope=scope)
        if self._password is not None and not self._is_known(headers.get("authorization", "")):
            return RequestProblem("password", 401)
        if scope["method"] == "POST" and headers.get("sec-fetch-site", "none") == "cross-site":
            return RequestProblem("other_site", 403)
        return None

    def _is_known(self, authorization: str) -> bool:
        """Whether a request brings the password; it takes as long for any other."""
        scheme, _, credentials = authorization.partition(" ")
        try:
            _, _, given = base64.b64decode(credentials, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            given = b""
        is_equal = hmac.compare_digest(given, self._password or b"")
        return is_equal and scheme.lower() == "basic"


def fault_line(fault: BaseException) -> str:
    """What kind of fault it was and where, without what it says."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"serve-checks: {type(fault).__name__} ({Path(last.filename).name}:{last.lineno} {last.name})"
