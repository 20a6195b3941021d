"""The addresses of a server.

    GET  /reports/      the page on which files are dropped      POST /reports/   files in, their page out
    POST /check         files in, JSON out                       GET  /health     that it is alive
    GET  /assets/...  /rules/...                                 /, /index.html   lead to /reports/

Every link in every page, and every redirection, is relative: the server works under any prefix that a proxy gives it.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.server.access import HEALTH, Access
from disclosure_checks.runner.server.checks.worker_tasks import JSON, PAGE
from disclosure_checks.runner.server.desk import Desk
from disclosure_checks.runner.server.language import language_of
from disclosure_checks.runner.server.limits import Admission, Limits, RequestProblem
from disclosure_checks.runner.server.pages.own_pages import OwnPages
from disclosure_checks.runner.server.pages.views import CHECK_PAGE, served_assets
from disclosure_checks.runner.server.problems import ProblemAnswers
from disclosure_checks.runner.server.uploads import received_upload

Endpoint = Callable[[Request], Awaitable[Response]]

_IN_THIS_LANGUAGE = {"Vary": "Accept-Language"}
_ASSETS_FOR = "max-age=300"  # seconds; an upgrade of the program is seen soon
_PROBLEMS = {404: "not_found", 405: "wrong_method"}


def application(
    compiled: Sequence[CompiledSpecification],
    desk: Desk,
    limits: Limits,
    *,
    has_collection: bool = False,
    password: str | None = None,
    prefix: str = "",
) -> ASGIApp:
    """The server as an ASGI application. ``password``, ``prefix``: as ``Access`` has them."""
    pages = OwnPages(compiled, limits, has_collection)
    problems = ProblemAnswers(pages)
    addresses = _Addresses(desk, pages, limits)
    routes = [
        Route("/", _to_check_page),
        Route("/index.html", _to_check_page),
        Route("/reports", _to_check_page),
        Route("/reports/", addresses.check_page),
        Route("/reports/", addresses.page, methods=["POST"]),
        Route("/check", addresses.json, methods=["POST"]),
        Route(HEALTH, _health),
        Route("/favicon.ico", _no_icon),
        Route("/rules/{name}", addresses.rule),
        Route("/assets/{name}", addresses.asset),
    ]

    async def on_problem(request: Request, problem: Exception) -> Response:
        if isinstance(problem, HTTPException):
            problem = RequestProblem(_PROBLEMS.get(problem.status_code, "bad_form"), problem.status_code)
        if not isinstance(problem, RequestProblem):
            raise problem
        return problems.answer(request, problem)

    handlers: dict[Any, Any] = {RequestProblem: on_problem, HTTPException: on_problem}
    return Access(Starlette(routes=routes, exception_handlers=handlers), problems, password, prefix)


class _Addresses:
    """What is answered at each address."""

    def __init__(self, desk: Desk, pages: OwnPages, limits: Limits) -> None:
        self._desk = desk
        self._pages = pages
        self._limits = limits
        self._admission = Admission(limits)
        self._assets = served_assets()

    async def check_page(self, request: Request) -> Response:
        """The page on which files are dropped."""
        return HTMLResponse(self._pages.check(language_of(request)), headers=_IN_THIS_LANGUAGE)

    async def page(self, request: Request) -> Response:
        """The page of the files of a form."""
        return HTMLResponse(await self._answer(request, PAGE), headers=_IN_THIS_LANGUAGE)

    async def json(self, request: Request) -> Response:
        """Findings and cells of the files of a form."""
        body = await self._answer(request, JSON)
        return Response(body, media_type="application/json", headers=_IN_THIS_LANGUAGE)

    async def rule(self, request: Request) -> Response:
        """The page of a rule."""
        page = self._pages.rules(language_of(request)).get(f"rules/{request.path_params['name']}")
        if page is None:
            raise RequestProblem("not_found", 404)
        return HTMLResponse(page, headers=_IN_THIS_LANGUAGE)

    async def asset(self, request: Request) -> Response:
        """A style or a script."""
        name = request.path_params["name"]
        if name not in self._assets:
            raise RequestProblem("not_found", 404)
        kind, _ = mimetypes.guess_type(name)
        return Response(self._assets[name], media_type=kind, headers={"Cache-Control": _ASSETS_FOR})

    async def _answer(self, request: Request, kind: str) -> bytes:
        declared = request.headers.get("content-length", "")
        with self._admission.admitted(int(declared) if declared.isdecimal() else None):
            upload = await received_upload(request, self._limits)
            chosen = upload.fields.get("report", "")
            return await self._desk.answer(upload.files, kind, language_of(request), chosen)


async def _to_check_page(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": f"{CHECK_PAGE}{query}"})


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _no_icon(_: Request) -> Response:
    """Browsers ask for one whatever a page says; an answer that it is missing would be told as an error."""
    return Response(status_code=204)
