"""What an invented report says in words: titles, front matter and six sections, in agreement with its tables."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.generation.agencies import Agency, wordings
from tests.generation.sheets import PrintedSection, Sheet, Value, printed_tables
from tests.generation.table_format import format_of_cells, format_of_year, sections, tables

NUMERALS = "一二三四五六七八九十"
Facts = dict[str, object]


def _bare(label: str) -> str:
    """A label as a sentence names it: （二）部分公开（区分…） -> 部分公开, 1.重复申请 -> 重复申请."""
    return label.split("）", 1)[-1].split("（", 1)[0].split(".", 1)[-1]


class _Writer:
    """Chooses wordings and fills them in."""

    def __init__(self, random: Random, agency: Agency, year: int) -> None:
        self.random = random
        self.facts: Facts = {"agency": agency.name, "self": agency.own_word, "year": year, "next_year": year + 1}

    def say(self, choices: list[str], **numbers: object) -> str:
        if not choices:
            return ""
        chosen = self.random.choice(choices)
        topic = self.random.choice(wordings()["topics"]) if "{topic}" in chosen else ""
        return chosen.format_map({**self.facts, "topic": topic, **numbers})


def _title(writer: _Writer) -> tuple[str, ...]:
    title = writer.say(wordings()["titles"])
    if writer.random.random() > 0.15:
        return (title,)
    agency = str(writer.facts["agency"])
    after_agency = title.startswith(agency) and writer.random.random() < 0.5
    break_at = len(agency) if after_agency else len(title) - writer.random.randint(4, 8)
    return title[:break_at].strip(), title[break_at:].strip()


def _front_matter(writer: _Writer) -> tuple[str, ...]:
    basis = wordings()["basis"][format_of_year(int(str(writer.facts["year"])))]
    parts = [writer.say(choices) for choices in (basis, *wordings()["front_matter"].values())]
    if writer.random.random() < 0.3:
        return tuple(part for part in parts if part)
    return ("".join(parts),)


def _received(writer: _Writer, cells: Mapping[str, Value], names_parts: bool) -> str:
    """The sentence on requests; every number is the number of a cell or of a group of rows."""
    words = wordings()["requests"]
    name = format_of_cells(cells)
    row = {row.id: int(cells[f"requests.{row.id}.total"] or 0) for row in tables(name)["requests"].rows}
    if not any(row.values()):
        return writer.say(words["none"])
    clauses = [writer.say(words["received"], received=row["new_received"])]
    if row["carried_in"]:
        clauses.append(writer.say(words["carried_in"], carried_in=row["carried_in"]))
    clauses.append(writer.say(words["results"], results=row["results_total"]))
    if row["carried_out"]:
        clauses.append(writer.say(words["carried_out"], carried_out=row["carried_out"]))
    said = "，".join(clauses) + "。"
    if names_parts and row["results_total"]:
        said += writer.say(words["parts_opening"]) + "，".join(_parts(row, name)) + "。"
    if row["new_received"] and writer.random.random() < 0.3:
        persons = int(cells["requests.new_received.natural_person"] or 0)
        organisations = row["new_received"] - persons
        said += writer.say(words["applicants"], persons=persons, organisations=organisations)
    return said


def _parts(totals: Mapping[str, int], name: str) -> list[str]:
    """What became of the requests, heading by heading: 予以公开5件, 不予公开2件 ..."""
    counts: dict[str, int] = {}
    for row in tables(name)["requests"].rows:
        if row.groups and row.id != "results_total":
            heading = row.groups[1].label if len(row.groups) > 1 else row.label
            counts[_bare(heading)] = counts.get(_bare(heading), 0) + totals[row.id]
    return [f"{heading}{count}件" for heading, count in counts.items() if count]


def _reviews(writer: _Writer, cells: Mapping[str, Value]) -> str:
    totals = {row.id: int(cells[f"review.{row.id}.total"] or 0) for row in tables()["review"].rows}
    words = wordings()["reviews"]
    if not any(totals.values()):
        return writer.say(words["none"])
    reconsiderations = totals.pop("reconsideration")
    return writer.say(words["some"], reconsiderations=reconsiderations, litigations=sum(totals.values()))


def _overview(writer: _Writer, cells: Mapping[str, Value]) -> tuple[str, ...]:
    """The five aspects of the first section."""
    random = writer.random
    published = random.randint(5, 3000)
    news = random.randint(1, published - 1)
    numbers: Facts = {
        "published": published,
        "published_news": news,
        "published_rest": published - news,
        "explained": random.randint(1, 60),
        "messages": random.randint(1, 300),
        "trainings": random.randint(1, 6),
    }
    stands_alone = random.random() < 0.3
    names_parts = random.random() < 0.6
    paragraphs = []
    for index, aspect in enumerate(wordings()["aspects"]):
        said = writer.say(aspect["sentences"], **numbers) + writer.say(aspect["more"])
        if index == 0 and random.random() < 0.4:
            name = format_of_cells(cells)
            columns = tables(name)["proactive"].rows[1].columns
            stock = {column: cells[f"proactive.normative_documents.{column}"] for column in columns}
            said += writer.say(wordings()["normative_documents"][name], **stock)
        if index == 1:
            said = _received(writer, cells, names_parts) + _reviews(writer, cells) + said
        title = f"（{NUMERALS[index]}）{writer.say(aspect['titles'])}"
        paragraphs += [title, said] if stands_alone else [f"{title}。{said}"]
    return tuple(paragraphs)


def _listed(writer: _Writer, choices: list[str], count: int) -> list[str]:
    chosen = writer.random.sample(choices, count)
    return [f"{NUMERALS[index]}是{writer.say([choice])}" for index, choice in enumerate(chosen)]


def _problems(writer: _Writer) -> tuple[str, ...]:
    words = wordings()["problems"]
    count = writer.random.randint(2, 3)
    found = writer.say(words["opening"]) + "；".join(_listed(writer, words["problems"], count)) + "。"
    opening, plans = writer.say(words["plan_opening"]), _listed(writer, words["plans"], count)
    if writer.random.random() < 0.25:
        shortcomings = _listed(writer, words["problems"], count)
        first, second = ("（一）存在的主要问题。", "（二）改进措施。")
        return (first, *(f"{line}；" for line in shortcomings), second, opening, *(f"{plan}。" for plan in plans))
    if writer.random.random() < 0.4:
        return (found, opening, *(f"{plan}。" for plan in plans))
    return found, opening + "；".join(plans) + "。"


def _other_matters(writer: _Writer, names_fee: bool) -> tuple[str, ...]:
    words = wordings()["other_matters"]
    # the fee is charged by the piece or by the page: always a multiple of ten yuan
    return (writer.say(words["fee" if names_fee else "no_fee"], fee=writer.random.randint(1, 99) * 10),)


def write_sheet(random: Random, agency: Agency, year: int, cells: Mapping[str, Value], names_fee: bool) -> Sheet:
    """The texts of a report that agree with ``cells``."""
    writer = _Writer(random, agency, year)
    paragraphs = {
        "overview": _overview(writer, cells),
        "problems": _problems(writer),
        "other_matters": _other_matters(writer, names_fee),
    }
    tables_of_sections = {table.section: table.id for table in tables().values()}
    accepted = wordings()["headings"]
    printed_sections = []
    around = wordings()["around_tables"]
    for section in sections():
        table = tables_of_sections.get(section.id, "")
        before = (writer.say(around["before"]),) if table and random.random() < 0.1 else ()
        notes = (writer.say(around["after"]),) if table and random.random() < 0.1 else ()
        heading = section.heading if random.random() < 0.75 else random.choice(accepted[section.id])
        printed_sections.append(
            PrintedSection(section.id, f"{section.number}、{heading}", paragraphs.get(section.id, before), table, notes)
        )
    published = (year + 1, 1, random.randint(8, 28))
    date = "{}年{}月{}日".format(*published)
    closing = (agency.name, date) if random.random() < 0.4 else ()
    title, front_matter = _title(writer), _front_matter(writer)
    return Sheet(agency.name, published, title, front_matter, tuple(printed_sections), printed_tables(cells), closing)
