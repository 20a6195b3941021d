"""A page in a folder is read with the images beside it that it shows, and with nothing else; they are no inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure_checks.grammar.readers.archive.members import Member
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.runner.reading.file_reader import parts_of
from disclosure_checks.runner.reading.inputs import InputFile, find_inputs
from disclosure_checks.runner.reading.reading_tasks import READING, Content, gathered
from tests.generation.documents.archive import archive
from tests.grammar.readers.html.test_shown_files import LOGO, PNG, png

NEEDS_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


def put(folder: Path, **files: bytes | str) -> Path:
    """Files in a folder; two underscores stand for a folder, three for the point of an extension."""
    for name, content in files.items():
        path = folder / name.replace("___", ".").replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def shown_by(page: str, *sources: str) -> str:
    return f"<p>{page}</p>" + "".join(f'<img src="{source}">' for source in sources)


def found(*paths: Path) -> dict[str, tuple[str, ...]]:
    """What every input shows, by its source."""
    return {file.source: file.shown for file in find_inputs(paths)}


def pictures(given: InputFile | Content) -> list[bytes]:
    content = gathered(given).bytes_or_refusal
    assert isinstance(content, bytes)
    return [one.content for one in decode(content, given.source).pictures]


# ---- what is an input


def test_what_a_browser_saved_with_a_page_is_no_input(tmp_path):
    page = shown_by("一", "report_files/1.png")
    files = {"1___png": PNG, "site___css": "p {}", "site___js": "1", "logo___png": LOGO, "sub__2___png": PNG}
    put(tmp_path, report___html=page, **{f"report_files__{name}": content for name, content in files.items()})
    assert found(tmp_path) == {"report.html": ("report_files/1.png",)}


def test_images_beside_and_below_a_page_that_shows_them_are_no_inputs_and_others_are(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png", "images/2.png", "images/logo.png"))
    put(tmp_path, **{"1___png": PNG, "images__2___png": PNG, "images__logo___png": LOGO, "images__3___png": PNG})
    assert found(tmp_path) == {"a.html": ("1.png", "images/2.png", "images/logo.png"), "images/3.png": ()}


def test_one_image_may_be_shown_by_several_pages(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png"), b___htm=shown_by("二", "1.png"), **{"1___png": PNG})
    assert found(tmp_path) == {"a.html": ("1.png",), "b.htm": ("1.png",)}


def test_an_image_given_by_name_is_an_input_as_well(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png", "2.png"), **{"1___png": PNG, "2___png": PNG})
    assert list(found(tmp_path, tmp_path / "1.png")) == ["1.png", "a.html"]
    assert list(found(tmp_path / "1.png", tmp_path / "a.html")) == ["1.png", "a.html"]


def test_a_page_given_by_name_shows_what_lies_beside_it(tmp_path):
    put(tmp_path, a___html=shown_by("一", "a_files/1.png"), a_files__1___png=PNG)
    assert found(tmp_path / "a.html") == {"a.html": ("a_files/1.png",)}
    assert list(found(tmp_path / "a.html", tmp_path / "a_files")) == ["a.html"]


def test_a_folder_given_itself_is_looked_into_whatever_it_is_called(tmp_path):
    put(tmp_path, a___html=shown_by("一"), a_files__1___png=PNG)
    assert list(found(tmp_path / "a_files")) == ["1.png"]


@pytest.mark.parametrize("name", ["report.docx", "a.html", "b.html"])
def test_no_report_is_lost_because_a_page_shows_it_as_an_image(name: str, tmp_path):
    page = shown_by("一", name) + f"<frameset><frame src='{name}'></frameset>"
    put(tmp_path, a___html=page, b___html=page, **{"report___docx": b"PK", "1___png": PNG})
    assert list(found(tmp_path)) == ["1.png", "a.html", "b.html", "report.docx"]


def test_an_image_without_an_extension_is_told_by_how_it_begins(tmp_path):
    put(tmp_path, a___html=shown_by("一", "a_files/get", "1", "2"), a_files__get=PNG, **{"1": PNG, "2": "text"})
    assert found(tmp_path) == {"2": (), "a.html": ("a_files/get", "1")}


def test_pages_without_images_below_them_are_not_opened(tmp_path, monkeypatch):
    put(tmp_path, a__a___html=shown_by("一", "1.png"), b__1___png=PNG, c___txt="1", b__d__d___html="1")
    from disclosure_checks.runner.reading import inputs

    monkeypatch.setattr(inputs, "files_shown_by", lambda path: pytest.fail(f"{path} was opened"))
    assert list(found(tmp_path)) == ["a/a.html", "b/1.png", "b/d/d.html", "c.txt"]


# ---- what is read with a page


def test_a_page_is_gathered_with_what_it_shows_and_no_logo(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png", "logo.png", "gone.png"), **{"1___png": PNG, "logo___png": LOGO})
    [file] = find_inputs([tmp_path])
    assert pictures(file) == [PNG]


def test_a_page_that_shows_no_file_keeps_its_bytes(tmp_path):
    page = shown_by("一", "logo.png", "gone.png", "http://a.example/1.png")
    put(tmp_path, a___html=page, logo___png=LOGO)
    [file] = find_inputs([tmp_path])
    assert gathered(file) == Content("a.html", page.encode())


def test_an_image_that_is_gone_since_is_just_not_there(tmp_path):
    page = shown_by("一", "1.png")
    put(tmp_path, a___html=page, **{"1___png": PNG})
    [file] = find_inputs([tmp_path])
    (tmp_path / "1.png").unlink()
    assert gathered(file) == Content("a.html", page.encode())


@pytest.mark.parametrize(
    "source",
    [
        "../1.png",
        "%2e%2e/1.png",
        "..\\1.png",
        "{0}/1.png",
        "file://{0}/1.png",
        "/1.png",
        "sub/../../1.png",
        "http:../1.png",
    ],
)
def test_nothing_outside_the_folder_of_a_page_is_read(source: str, tmp_path):
    put(tmp_path, **{"1___png": PNG, "pages__2___png": PNG})
    put(tmp_path, pages__a___html=shown_by("一", source.format(tmp_path)))
    assert found(tmp_path / "pages") == {"2.png": (), "a.html": ()}
    assert found(tmp_path / "pages" / "a.html") == {"a.html": ()}


@pytest.mark.parametrize("source", ["link.png", "folder/1.png", "folder/../pages/2.png", "again/link.png"])
def test_no_link_leads_outside_the_folder_of_a_page(source: str, tmp_path):
    put(tmp_path, **{"1___png": PNG, "pages__2___png": PNG})
    pages = put(tmp_path / "pages", a___html=shown_by("一", source))
    (pages / "link.png").symlink_to(tmp_path / "1.png")
    (pages / "folder").symlink_to(tmp_path)
    (pages / "again").symlink_to(".")
    assert found(pages / "a.html") == {"a.html": ()}


def test_a_link_to_an_image_below_the_folder_of_a_page_is_followed(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png"), images__2___png=PNG)
    (tmp_path / "1.png").symlink_to("images/2.png")
    [file] = find_inputs([tmp_path])
    assert pictures(file) == [PNG]


@pytest.mark.parametrize("name", ["report.txt", "a.html"])
def test_no_report_is_lost_because_a_page_shows_a_link_to_it(name: str, tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png"), report___txt="一")
    (tmp_path / "1.png").symlink_to(name)
    assert len(found(tmp_path)) == 2
    assert {os.path.realpath(file.path) for file in find_inputs([tmp_path])} == {
        str(tmp_path / "a.html"),
        str(tmp_path / "report.txt"),
    }


@NEEDS_PIPES
def test_no_pipe_device_or_folder_is_opened_as_an_image(tmp_path):
    put(tmp_path, a___html=shown_by("一", "pipe.png", "device.png", "folder.png", "round.png"))
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "device.png").symlink_to("/dev/zero")
    (tmp_path / "round.png").symlink_to("round.png")
    (tmp_path / "folder.png").mkdir()
    assert found(tmp_path / "a.html") == {"a.html": ()}
    assert gathered(InputFile(tmp_path / "a.html", "a.html", None, ("pipe.png", "folder.png"))).bytes_or_refusal


def test_what_is_sent_to_another_machine_needs_no_disk_there(tmp_path):
    put(tmp_path, a___html=shown_by("一", "1.png"), **{"1___png": PNG})
    [file] = find_inputs([tmp_path])
    assert READING.gather is not None
    sent = READING.gather(file)
    (tmp_path / "1.png").unlink()
    assert pictures(sent) == [PNG]


def test_a_page_in_a_frame_beside_a_page_is_read_with_its_images(tmp_path):
    inner = shown_by("二", "1.png", "../3.png", "../../4.png")
    put(tmp_path, a___html="<iframe src='a_files/b.html'></iframe>", a_files__b___html=inner, a_files__1___png=PNG)
    put(tmp_path, **{"3___png": png(more=b"3")})
    put(tmp_path.parent, **{"4___png": PNG})
    [file] = find_inputs([tmp_path])
    assert file.shown == ("a_files/b.html", "a_files/1.png", "3.png")
    assert pictures(file) == [PNG, png(more=b"3")]


def test_a_page_that_is_shown_under_a_name_without_a_path_is_gathered_from_where_it_lies(tmp_path, monkeypatch):
    put(tmp_path, a___html=shown_by("一", "1.png"), **{"1___png": PNG})
    monkeypatch.chdir(tmp_path)
    [file] = find_inputs([Path("a.html")])
    assert pictures(file) == [PNG]


# ---- in archives


def members(*files: tuple[str, bytes | str]) -> dict[str, bytes]:
    content = archive(*((name, one.encode() if isinstance(one, str) else one) for name, one in files))
    return {one.source: one.content for one in parts_of(content, "in.zip") if isinstance(one, Member)}


def test_a_page_in_an_archive_comes_with_what_it_shows():
    page = shown_by("一", "a_files/1.png", "images/2.png")
    second = png(more=b"2")
    found = members(
        ("x/a.html", page),
        ("x/a_files/1.png", PNG),
        ("x/a_files/site.css", "p {}"),
        ("x/images/2.png", second),
        ("x/images/3.png", LOGO),
    )
    assert list(found) == ["in.zip/x/a.html", "in.zip/x/images/3.png"]
    document = decode(found["in.zip/x/a.html"], "a.html")
    assert [one.content for one in document.pictures] == [PNG, second]


def test_a_page_in_an_archive_shows_nothing_of_another_folder():
    page = shown_by("一", "../1.png", "/1.png", "b.html")
    files = {"x/a.html": page.encode(), "1.png": PNG, "x/b.html": b"<p>1", "x/2.png": LOGO}
    found = members(*files.items())
    assert found == {f"in.zip/{name}": content for name, content in files.items()}


def test_a_damaged_image_in_an_archive_costs_itself_alone():
    page = shown_by("一", "1.png")
    content = archive(("1.png", PNG + os.urandom(2000)), ("a.html", page.encode()))
    damaged = content.replace(content[60:90], bytes(30), 1)
    [found] = parts_of(damaged, "in.zip")
    assert found == Member("in.zip/a.html", page.encode())
