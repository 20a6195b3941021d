"""Who is let in, what every answer tells the browser, and that links hold under any prefix."""

from __future__ import annotations

import base64
import re
from urllib.parse import urljoin, urlsplit

import pytest

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.server.language import preferred_language
from disclosure_checks.runner.server.limits import Admission, Limits, RequestProblem
from disclosure_checks.runner.texts.server_texts import SERVER_TEXTS
from tests.checking import ROOT
from tests.runner.server.asgi import Here, ask, served, upload

TEXT = (ROOT / "reports" / "report_002.txt").read_bytes()
PAGES = ("/reports/", "/rules/index.html", "/rules/requests.balance.html", "/no/such/page", "/nothing")


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"anybody:{password}".encode()).decode()}


def test_with_a_password_only_who_knows_it_is_let_in() -> None:
    app = served(password="公开 open:sesame")
    for headers in ({}, basic("wrong"), basic(""), {"Authorization": "Basic %%%"}, {"Authorization": "Bearer x"}):
        answer = ask(app, "/reports/", headers=headers)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
    assert ask(app, "/reports/", headers=basic("公开 open:sesame")).status == 200
    assert upload(app, "/check", ("a.txt", TEXT)).json["error"]["code"] == "password"
    assert ask(app, "/health").json == {"status": "ok"}


def test_without_a_password_everybody_is_let_in() -> None:
    assert ask(served(), "/reports/", headers=basic("whatever")).status == 200


def test_a_form_of_another_site_is_refused() -> None:
    answer = upload(served(), "/reports/", ("a.txt", TEXT), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert upload(served(), "/reports/", ("a.txt", TEXT), headers={"Sec-Fetch-Site": "same-origin"}).status == 200


@pytest.mark.parametrize("path", [*PAGES, "/", "/health", "/assets/style.css", "/check"])
def test_every_answer_forbids_what_is_not_its_own(path: str) -> None:
    headers = ask(served(), path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert path.startswith("/assets/") or headers["cache-control"] == "no-store"


@pytest.mark.parametrize("prefix", ["", "/tools/checks"])
@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_pages_under_any_prefix(path: str, prefix: str) -> None:
    app = served(prefix=prefix)
    page = ask(app, prefix + path).text
    addresses = set(re.findall(r'(?:href|src|action)="([^"#]+)', page))
    assert addresses
    for address in addresses:
        target = urlsplit(urljoin(f"http://server{prefix}{path}", address))
        assert (target.hostname, target.path.startswith(f"{prefix}/")) == ("server", True)
        answer = ask(app, target.path)
        assert answer.status in (200, 307), (path, address)
        assert not answer.headers.get("location", "").startswith(("/", "http"))


def test_pages_run_nothing_inline() -> None:
    pages = [ask(served(), path).text for path in PAGES] + [upload(served(), "/reports/", ("a.txt", TEXT)).text]
    for page in pages:
        assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
        assert re.findall(r"\s(?:style|on[a-z]+)=", page) == []


def test_what_is_uploaded_is_never_served() -> None:
    app = served()
    upload(app, "/reports/", ("a.txt", TEXT))
    for path in ("/a.txt", "/reports/a.txt", "/assets/a.txt", "/assets/../../pyproject.toml", "/rules/..%2fa.txt"):
        assert ask(app, path).status == 404


def test_a_fault_tells_its_place_and_not_what_was_uploaded(capsys: pytest.CaptureFixture[str]) -> None:
    def fault(*_: object) -> Exception:
        return RuntimeError(TEXT.decode())

    answer = upload(served(workers=Here(fault)), "/check", ("secret.txt", TEXT))
    assert answer.status == 500
    told = capsys.readouterr()
    assert "RuntimeError" in told.err
    assert "secret" not in told.err + answer.text
    assert TEXT.decode()[:10] not in told.err + answer.text


def test_there_is_room_for_so_many_requests_and_bytes_and_no_more() -> None:
    admission = Admission(Limits(upload=10, together=15, requests=2))
    with (
        admission.admitted(10),
        admission.admitted(5),
        pytest.raises(RequestProblem, match="busy"),
        admission.admitted(0),
    ):
        pass
    with admission.admitted(None), pytest.raises(RequestProblem, match="busy"), admission.admitted(6):
        pass
    with admission.admitted(10):
        pass


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"), ("en", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("fr", "zh"), ("fr,en;q=0.1", "en"), ("en;q=0", "zh"), ("EN-gb;q=x,zh", "zh"), (",;,;q=", "zh"), ("en," * 9999, "en"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_the_browser_prefers(header: str, language: str) -> None:
    assert preferred_language(header) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_advice(language: str) -> None:
    assert SERVER_TEXTS.block("problems", language).keys() == SERVER_TEXTS.block("advice", language).keys()
