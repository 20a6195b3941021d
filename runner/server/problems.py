"""How a request is answered that cannot be answered as it was meant: a page for people, JSON for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from disclosure_checks.runner.server.language import language_of
from disclosure_checks.runner.server.limits import RequestProblem
from disclosure_checks.runner.server.pages.own_pages import OwnPages
from disclosure_checks.runner.texts.server_texts import problem_texts

_RETRY_AFTER = "30"  # seconds
_FOR_PROGRAMS = ("/check", "/health")


class ProblemAnswers:
    """Answers such requests."""

    def __init__(self, pages: OwnPages) -> None:
        self._pages = pages

    def answer(self, request: Request, problem: RequestProblem) -> Response:
        """The answer, in the language of the request."""
        language, path = language_of(request), request.url.path
        headers = {"Vary": "Accept-Language"}
        if problem.status == 503:
            headers["Retry-After"] = _RETRY_AFTER
        if problem.status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="serve-checks", charset="UTF-8"'
        if path in _FOR_PROGRAMS:
            message = " ".join(problem_texts(problem.code, language))
            error = {"error": {"code": problem.code, "message": message}}
            return JSONResponse(error, problem.status, headers)
        # the way back to the root holds under any prefix: as many folders up as the path has
        root = "../" * max(path.count("/") - 1, 0)
        return HTMLResponse(self._pages.problem(problem.code, language, root), problem.status, headers)
