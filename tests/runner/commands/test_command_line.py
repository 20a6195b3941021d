"""The command as people call it: what it publishes, what it says, and how it ends."""

from __future__ import annotations

import csv
import re
import shutil
import socket
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import ROOT, SPECIFICATION
from tests.generation.documents.docx import DOCX_PRINTERS
from tests.generation.documents.html import HTML_PRINTERS
from tests.generation.documents.pdf import pdf_document
from tests.generation.documents.xlsx import xls_document, xlsx_document
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.planting.planting import plant
from tests.generation.samples import FOLDER, flawless_text, sample_text
from tests.generation.truth import random_reports


def run(tmp_path: Path, *words: object, spec: Path = SPECIFICATION) -> tuple[int, Path]:
    out = tmp_path / "out"
    return main([str(spec), *map(str, words), "--out", str(out), "--jobs", "1"]), out


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def published(out: Path) -> dict[str, bytes]:
    """Every published file by its path; what begins with a dot in the output folder is not published."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not {".gx", ".collection"} & set(path.parts)
    }


def test_the_samples_give_a_site_and_every_promised_file(sample_run):
    out, said = sample_run
    pages = {record["page"] for record in table(out, "reports.csv")}
    assert len(pages) == 5
    promised = ["index.html", "rules/requests.balance.html", "assets/style.css", ".gx", *sorted(pages)]
    promised += [f"data/{name}" for name in ("reports.csv", "cells.csv", "findings.csv", "findings.xlsx")]
    promised += ["data/findings.json", "data/junit.xml"]
    assert [path for path in promised if not (out / path).exists()] == []
    assert len(table(out, "cells.csv")) == 1000
    assert "湛河区工信局 2024" in said


def test_a_run_opens_no_connection_and_no_page_asks_for_one(tmp_path, monkeypatch):
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"a connection was opened: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    _, out = run(tmp_path, FOLDER)
    remote = re.compile(rb"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")
    assert [
        path for path, content in published(out).items() if path.endswith((".html", ".css")) and remote.search(content)
    ] == []


def test_the_same_reports_give_the_same_bytes(tmp_path, sample_run):
    _, again = run(tmp_path, FOLDER)
    assert published(again) == published(sample_run.out)


def test_several_processes_publish_what_one_does(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, generated in enumerate(random_reports(40, seed="processes")):
        text = print_layout(generated, Random(number), list(LAYOUTS)[number % len(LAYOUTS)])
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    outs = [tmp_path / "one", tmp_path / "two"]
    for jobs, out in zip(("1", "2"), outs, strict=True):
        main([str(SPECIFICATION), str(folder), "--out", str(out), "--jobs", jobs, "--quiet", "--fail-on", "never"])
    assert published(outs[0]) == published(outs[1])


def test_english_pages_and_messages(tmp_path, capsys):
    _, out = run(tmp_path, FOLDER, "--lang", "en")
    assert '<html lang="en"' in (out / "index.html").read_text(encoding="utf-8")
    assert "lacks its number" in (out / "data" / "findings.csv").read_text(encoding="utf-8-sig")
    assert "published:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ("error", ExitCode.CLEAN),
        ("likely", ExitCode.FINDINGS),
        ("advisory", ExitCode.FINDINGS),
        ("never", ExitCode.CLEAN),
    ],
)
def test_the_exit_code_follows_fail_on(tmp_path, fail_on, code):
    assert run(tmp_path, FOLDER / "report_003.txt", "--fail-on", fail_on, "--quiet")[0] == code


def test_an_error_in_a_table_ends_with_exit_code_one_and_names_the_cell(tmp_path):
    generated = next(random_reports(1, seed="exit"))
    text, planted = plant("one_more", generated, "page_text", Random(1))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    code, out = run(tmp_path, tmp_path / "a.txt")
    assert code == ExitCode.FINDINGS
    errors = [finding for finding in table(out, "findings.csv") if finding["severity"] == "error"]
    assert errors
    assert all(set(finding["cells"].split(";")) & set(planted.cells) for finding in errors)
    assert {finding["suspect"] for finding in errors} == set(planted.cells)


UNREADABLE = {
    "empty.txt": b"",
    "blank.txt": b" \r\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "minutes.txt": "会议纪要：研究了三个议题。".encode(),
    "large.txt": "政府信息公开。".encode() * 600_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_input_that_is_no_report_is_named_and_the_rest_is_published(tmp_path, name, capsys):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / name).write_bytes(UNREADABLE[name])
    (folder / "good.txt").write_text(flawless_text(), encoding="utf-8")
    code, out = run(tmp_path, folder)
    assert code == ExitCode.UNREADABLE_INPUT
    status = {record["report"]: record["status"] for record in table(out, "reports.csv")}
    assert status == {name: "unreadable", "good.txt": "pass"}
    assert name in capsys.readouterr().out
    assert name in (out / "index.html").read_text(encoding="utf-8")


def test_two_reports_of_one_agency_and_year_keep_a_page_each_and_are_pointed_out(tmp_path):
    folder = tmp_path / "reports"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/a.txt"):
        (folder / name).write_text(flawless_text(), encoding="utf-8")
    _, out = run(tmp_path, folder)
    assert len({record["page"] for record in table(out, "reports.csv")}) == 2
    repeated = [one for one in table(out, "findings.csv") if one["rule"] == "title.report_repeated"]
    assert [(one["report"], "sub/a.txt" in one["message"]) for one in repeated] == [
        ("a.txt", True),
        ("sub/a.txt", False),
    ]


def test_files_of_several_folders_keep_apart(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(sample_text("report_000.txt"), encoding="utf-8")
    _, out = run(tmp_path, tmp_path / "first", tmp_path / "second")
    assert [record["report"] for record in table(out, "reports.csv")] == ["first/a.txt", "second/a.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["{spec}", "{tmp}/none"], "没有这个文件或文件夹", id="a folder that does not exist"),
        pytest.param(["{spec}", "{tmp}/empty"], "没有可核查的文件", id="an empty folder"),
        pytest.param(["{tmp}/none.yaml", "{reports}"], "找不到", id="a missing spec"),
        pytest.param(["{tmp}/empty", "{reports}"], "没有规则文件", id="a folder without specs"),
        pytest.param(["{tmp}/bomb.yaml", "{reports}"], "锚点", id="a spec of aliases"),
        pytest.param(["{tmp}/deep.yaml", "{reports}"], "嵌套", id="a spec nested too deep"),
        pytest.param(
            ["{spec}", "{reports}", "--out", "{tmp}/file"], "无法发布", id="a file where the folder should be"
        ),
    ],
)
def test_a_wrong_call_is_explained_and_publishes_nothing(tmp_path, capsys, words, said):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "bomb.yaml").write_text("a: &a [x, x]\nb: [*a, *a]\n", encoding="utf-8")
    (tmp_path / "deep.yaml").write_text("[" * 100_000, encoding="utf-8")
    filled = [word.format(spec=SPECIFICATION, tmp=tmp_path, reports=FOLDER) for word in words]
    if "--out" not in filled:
        filled += ["--out", str(tmp_path / "out")]
    assert main(filled) == ExitCode.WRONG_CALL
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert not (tmp_path / "out" / "index.html").exists()


def test_a_wrong_call_leaves_the_old_site_as_it_was(tmp_path, sample_run):
    before = published(Path(shutil.copytree(sample_run.out, tmp_path / "out", symlinks=True)))
    (tmp_path / "empty").mkdir()
    assert run(tmp_path, tmp_path / "empty")[0] == ExitCode.WRONG_CALL
    assert published(tmp_path / "out") == before


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5"])
def test_a_wrong_number_of_processes_is_refused(tmp_path, count, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([str(SPECIFICATION), str(FOLDER), "--jobs", count])
    assert stopped.value.code == ExitCode.WRONG_CALL
    assert "--jobs" in capsys.readouterr().err


def test_a_folder_of_specs_is_taken(tmp_path):
    code, out = run(tmp_path, FOLDER / "report_002.txt", spec=ROOT / "specs")
    assert code == ExitCode.CLEAN
    assert [record["format"] for record in table(out, "reports.csv")] == ["2021_format"]


def documents(folder: Path) -> dict[str, dict[str, object]]:
    """One report of every type in a folder, and the cells of each."""
    printers = {
        "page.html": lambda sheet: HTML_PRINTERS[0](sheet, Random(1)),
        "word.docx": lambda sheet: DOCX_PRINTERS[0](sheet, Random(1)),
        "sheet.xlsx": xlsx_document,
        "sheet.xls": xls_document,
        "print.pdf": pdf_document,
        "text.txt": lambda sheet: LAYOUTS["word_text"](sheet, Random(1)).encode("gb18030"),
        "text.md": lambda sheet: LAYOUTS["markdown_tsv"](sheet, Random(1)).encode(),
        "glued.txt": lambda sheet: LATER_LAYOUTS["glued_rows"](sheet, Random(1)).encode(),
    }
    folder.mkdir()
    truth = {}
    for (name, print_document), generated in zip(printers.items(), random_reports(len(printers), seed=5), strict=True):
        (folder / name).write_bytes(print_document(generated.sheet))
        truth[name] = dict(generated.cells)
    return truth


def test_a_folder_of_all_file_types_is_checked_in_one_run(tmp_path):
    truth = documents(tmp_path / "all")
    code, out = run(tmp_path, tmp_path / "all")
    assert code == ExitCode.CLEAN
    assert {record["report"] for record in table(out, "reports.csv")} == set(truth)
    for cell in table(out, "cells.csv"):
        assert cell["status"] in ("read", "inferred", "ambiguous")
        assert not cell["value"] or float(cell["value"]) == truth[cell["report"]][cell["cell"]]
        assert cell["where"]


def test_a_run_says_when_the_examples_of_a_rule_do_not_hold(tmp_path, capsys):
    spec = tmp_path / "local.yaml"
    spec.write_text(
        f"extends: {SPECIFICATION.as_posix()}\n"
        "rules:\n"
        "  - id: local.one\n"
        "    title: {zh: 地方规则, en: a local rule}\n"
        "    check: requests.granted.total >= 1\n"
        "    severity: advisory\n"
        "    examples:\n"
        "      - {pass: {requests.granted.total: 0}}\n"
        "      - {fail: {requests.granted.total: 0}}\n",
        encoding="utf-8",
    )
    run(tmp_path, FOLDER / "report_000.txt", "--quiet", spec=spec)
    assert "1 个示例不成立（local.one）" in capsys.readouterr().err
    run(tmp_path, FOLDER / "report_000.txt", "--quiet", spec=spec)
    assert "1 个示例不成立（local.one）" in capsys.readouterr().err


def test_a_run_says_nothing_of_examples_that_hold(tmp_path, capsys):
    run(tmp_path, FOLDER / "report_000.txt", "--quiet")
    assert capsys.readouterr().err == ""
