"""Page models to HTML: templates compiled once a process and language."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from disclosure_checks.runner.site.agency_history.page_models import AgencyHistoryPage
from disclosure_checks.runner.site.page_models import AgencyListPage, AgencyYearPage, IndexPage, RuleListPage, RulePage
from disclosure_checks.runner.site.region.page import RegionPage
from disclosure_checks.runner.site.rendering.cells import GridViews
from disclosure_checks.runner.site.rendering.environment import page_environment
from disclosure_checks.runner.site.return_notes.note_models import ReturnNote
from disclosure_checks.runner.site.return_notes.word_document import packed
from disclosure_checks.runner.site.source_pages.source_page import SourcePage
from disclosure_checks.runner.site.this_run.page import RunPage
from disclosure_checks.runner.texts.site_texts import Texts, load_texts

ASSET_FOLDER = "assets"
TEMPLATE_PACKAGE = "disclosure_checks.runner.site"


# what stands at the head of every page: the names of texts, and where each leads from the site's folder
NAVIGATION = (
    ("overview", "index.html"), ("region", "region.html"), ("rules", "rules/index.html"),
    ("data_files", "index.html#data"),
)  # fmt: skip
COLOPHON = (("this_run", "run.html"),)  # and at its foot
_MOST_PARTS = 2048  # of cells that are remembered


class SiteViews:
    """Renders pages in one language. The same page gives the same HTML, byte for byte."""

    def __init__(self, texts: Texts) -> None:
        environment = page_environment(texts, [TEMPLATE_PACKAGE], NAVIGATION, COLOPHON)
        parts = vars(environment.get_template("cells.html").module)
        self.grid = GridViews(
            labels=parts["label_cells"],
            frame=lru_cache(maxsize=_MOST_PARTS)(parts["cell_frame"]),
            title=parts["cell_title"],
            content=lru_cache(maxsize=_MOST_PARTS)(parts["cell_content"]),
        )
        self._agency_year = environment.get_template("agency_year.html")
        self._return_note = environment.get_template("return_note.html")
        self._note_parts = {
            "word/document.xml": environment.get_template("return_note_document.xml"),
            "docProps/core.xml": environment.get_template("return_note_properties.xml"),
        }
        self._agency_history = environment.get_template("agency_history.html")
        self._index = environment.get_template("index.html")
        self._agency_list = environment.get_template("agency_list.html")
        self._this_run = environment.get_template("this_run.html")
        self._region = environment.get_template("region.html")
        self._source = environment.get_template("source.html")
        self._rule = environment.get_template("rule.html")
        self._rule_list = environment.get_template("rule_list.html")

    def agency_year(self, page: AgencyYearPage) -> str:
        """The page of one report."""
        return self._agency_year.render(page=page)

    def return_note(self, note: ReturnNote) -> str:
        """A return note as a page."""
        return self._return_note.render(page=note)

    def return_note_document(self, note: ReturnNote) -> bytes:
        """A return note as a Word document."""
        return packed({name: template.render(note=note) for name, template in self._note_parts.items()})

    def source(self, page: SourcePage) -> str:
        """The text of one report."""
        return self._source.render(page=page)

    def agency_history(self, page: AgencyHistoryPage) -> str:
        """The page of an agency."""
        return self._agency_history.render(page=page)

    def index(self, page: IndexPage) -> str:
        """The overview."""
        return self._index.render(page=page)

    def agency_list(self, page: AgencyListPage) -> str:
        """A part of the plain list of agencies."""
        return self._agency_list.render(page=page)

    def region(self, page: RegionPage) -> str:
        """The overview of a region."""
        return self._region.render(page=page)

    def this_run(self, page: RunPage) -> str:
        """The page about the run."""
        return self._this_run.render(page=page)

    def rule(self, page: RulePage) -> str:
        """The page of one rule."""
        return self._rule.render(page=page)

    def rule_list(self, page: RuleListPage) -> str:
        """The list of all rules."""
        return self._rule_list.render(page=page)


@cache
def site_views(language: str) -> SiteViews:
    """The views of a language, made once a process."""
    return SiteViews(load_texts(language))


def asset_files() -> dict[str, bytes]:
    """The style and the scripts of the site, by their path from the site's folder."""
    folder = resources.files(TEMPLATE_PACKAGE).joinpath(ASSET_FOLDER)
    return {
        f"{ASSET_FOLDER}/{file.name}": file.read_bytes()
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.is_file()
    }
