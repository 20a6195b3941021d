"""The processes of a run do their tasks, and when one of them dies nothing is lost."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from disclosure_checks.runner.exports.records import CheckedReport
from disclosure_checks.runner.reading.worker_pool import WorkerPool
from disclosure_checks.runner.site.agency_year_pages import ALONE, AgencyYearPages, neighbours
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.page_writing import PageWriting, page_preparation
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import compiled, sample_run

_prepared: list[str] = []


def prepare(*words: str) -> None:
    _prepared.extend(words)


def prepared_with(word: str) -> str:
    return "".join([*_prepared, word])


def die(_: object) -> None:
    os._exit(1)


def test_workers_are_prepared_before_their_first_task():
    with WorkerPool(2, [(prepare, ("a", "b")), (prepare, ("c",))]) as pool:
        assert {pool.submit(prepared_with, "d").result() for _ in range(8)} == {"abcd"}
    assert _prepared == []


def test_a_pool_that_lost_a_process_says_so_of_every_later_task():
    with WorkerPool(1, []) as pool:
        with pytest.raises(BrokenProcessPool):
            pool.submit(die, None).result()
        with pytest.raises(BrokenProcessPool):
            pool.submit(prepared_with, "").result()


def write_pages(pool: WorkerPool, folder: Path, language: str) -> dict[str, str]:
    """The pages that ``PageWriting`` leaves in a folder, by path."""
    run = sample_run()
    beside = neighbours([one.record for one in run.checked])
    writing = PageWriting(pool, [compiled()], language, folder)
    for checked in run.checked:
        writing.write(checked, beside.get(checked.record.report, ALONE))
    writing.finish()
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def made_here(language: str) -> dict[str, str]:
    """The same pages, made in this process."""
    checked_reports: list[CheckedReport] = list(sample_run().checked)
    beside = neighbours([one.record for one in checked_reports])
    builder = AgencyYearPages(compiled(), rule_paths([compiled()]), load_texts(language))
    return {
        one.record.page: site_views(language).agency_year(builder.build(one, beside.get(one.record.report, ALONE)))
        for one in checked_reports
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_worker_writes_the_page_that_this_process_would(tmp_path, language):
    with WorkerPool(1, [page_preparation([compiled()], language)]) as pool:
        assert write_pages(pool, tmp_path, language) == made_here(language)


def test_pages_that_a_dead_worker_leaves_undone_are_written_here(tmp_path):
    with WorkerPool(1, [page_preparation([compiled()], "zh")]) as pool:
        with pytest.raises(BrokenProcessPool):
            pool.submit(die, None).result()
        assert write_pages(pool, tmp_path, "zh") == made_here("zh")


def test_a_page_that_cannot_be_written_is_an_error_that_names_it(tmp_path):
    (tmp_path / sample_run().checked[0].record.page.partition("/")[0]).write_text("in the way", encoding="utf-8")
    with (
        WorkerPool(1, [page_preparation([compiled()], "zh")]) as pool,
        pytest.raises(FileExistsError) as problem,
    ):
        write_pages(pool, tmp_path, "zh")
    assert Path(problem.value.filename).is_relative_to(tmp_path)
