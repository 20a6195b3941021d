"""Numbers that sentences tell are no table, where the tables themselves are pictures; a table without blanks is one."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import failed, findings_of, read
from tests.generation.damages import on_one_line
from tests.generation.truth import random_report

TITLE = "云陵市林业局2024年政府信息公开工作年度报告"
SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
RESULTS = "予以公开15件、部分公开2件、不予公开1件、无法提供4件、不予处理5件、其他处理3件；结转下年度继续办理3件"
SENTENCES = {
    "results": f"办结30件，其中{RESULTS}。",
    "results with blanks around numbers": "其中予以公开 15 件、部分公开 2 件、不予公开 1 件、其他处理 12 件。",
    "results without counters": "办理结果为予以公开15，部分公开2，不予公开1，无法提供4，不予处理5，其他处理3，总计30。",
    "results behind their numbers": "全年15件予以公开、2件部分公开、1件不予公开、4件无法提供、8件不予处理，3件结转下年度继续办理。",
    "results in brackets": "其中予以公开（15件）、部分公开（2件）、不予公开（1件）、无法提供（12件），总计（30件）。",
    "results line by line": "办结30件，其中：\n予以公开15件；\n部分公开2件；\n不予公开1件；\n无法提供4件；\n其他处理8件；\n总计30件。",
    "results over lines": "其中予以公开15件、部分公开\n2件、不予公开1件、无法提供4件、其他\n处理8件；结转下年度继续办理3件。",
    "applicants": "自然人16件、商业企业2件、科研机构3件、社会公益组织2件、法律服务机构1件、其他3件，总计27件。",
    "decisions": "作出行政许可113件、行政处罚111件、行政强制5件，收取行政事业性收费46.65万元，行政规范性文件3件。",
    "reviews": "行政复议4件，结果维持1件、结果纠正1件、其他结果1件、尚未审结1件，总计4件；行政诉讼2件，尚未审结2件。",
}


def with_pictures(sentence: str, picture: str = "![](table.png)") -> str:
    """A report that prints no table."""
    problems = "存在的主要问题：政策解读形式较为单一。\n改进情况：丰富解读方式。"
    aspects = "（一）主动公开。及时公布各类信息。\n（二）依申请公开。" + sentence + "建立台账，逐件跟踪办理进度。"
    more = "（三）政府信息管理。完善目录。\n（四）平台建设。改版网站。\n（五）监督保障。开展培训。"
    bodies = [f"{aspects}\n{more}", picture, picture, picture, problems, "未收取信息处理费。"]
    return "\n".join([TITLE, *(line for pair in zip(SECTIONS, bodies, strict=True) for line in pair)])


@pytest.mark.parametrize("name", SENTENCES)
def test_no_cell_is_read_from_sentences(name: str) -> None:
    report = read(with_pictures(SENTENCES[name]))
    assert {cell.status for cell in report.cells.values()} == {CellStatus.ABSENT}
    rules = {one.rule for one in failed(findings_of([report])[report.source])}
    assert not {rule for rule in rules if rule.startswith(("tables.", "title."))}


@pytest.mark.parametrize("picture", ["![](table.png)", "（见附图）", "见附件"])
def test_nothing_is_said_of_tables_that_stand_elsewhere(picture: str) -> None:
    report = read(with_pictures(SENTENCES["results"], picture))
    assert failed(findings_of([report])[report.source]) == []


@pytest.mark.parametrize("number", range(3))
def test_the_same_sentence_beside_a_table_without_line_breaks_changes_nothing(number: int) -> None:
    generated = random_report(f"told in sentences {number}", year=2023, profile="quiet")
    damaged, _ = on_one_line(generated, Random(number), "spaced_rows")
    told = damaged.replace("一、总体情况", f"一、总体情况 办结30件，其中{RESULTS}。", 1)
    assert told != damaged
    before, after = read(damaged).cells, read(told).cells
    assert {cell: (one.status, one.text) for cell, one in after.items()} == {
        cell: (one.status, one.text) for cell, one in before.items()
    }
