"""Bringing a story: what is read from files as people have them, what is refused, and what is never lost."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytest.importorskip(
    "trafilatura", reason="the extra new-story is not installed: scripts/new_story.py installs it"
)

from copydesk.errors import InputError
from copydesk.stories import new_story
from copydesk.stories.story import read_story, story_from_texts

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0042)https://{site}.example/2019/05/06/ferry-ban.html -->
<html lang="en"><head><meta charset="utf-8"><title>Iceland plans ban on Norwegian ferries - The {Site}</title>
<meta property="og:site_name" content="The {Site}">
<meta property="og:title" content="Iceland plans ban on Norwegian ferries">
<meta property="article:published_time" content="{date}T09:30:00Z">
<script>var hidden = "never shown";</script></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Iceland plans ban on Norwegian ferries</h1>
<figure><img src="x.jpg"><figcaption>A ferry leaves the harbour. Photo: Example Pictures</figcaption></figure>
<p>Iceland will ban all Norwegian ferries from its harbours from June, its government said on Monday.</p>
<p>"This is a firm and fair answer," Foreign Minister Anna Jonsdottir told reporters. "We have waited."</p>
<p>{third}</p>
<p>Norway called the plan "a needless provocation" and said it would answer in kind.</p>
<p>The two countries have quarrelled about mackerel since 2010, when Iceland first set a quota of its own.</p>
<div class="related"><h3>Read more</h3><ul><li><a href="/1">Ten recipes that you will love</a></li></ul></div>
</article></main>
<aside><h2>Most popular</h2><ul><li><a>Storm closes airport</a></li></ul></aside>
<footer><p>Copyright 2019 The {Site}. Subscribe to our newsletter.</p></footer></body></html>
"""
EARLY = PAGE.format(
    site="herald", Site="Herald", date="2019-05-06",
    third="The draft order would also freeze the assets of three Norwegian shipping companies.",
)  # fmt: skip
LATE = PAGE.format(
    site="post", Site="Post", date="2019-05-07",
    third='Denmark urged both sides to talk. "Nobody wins a war over mackerel," its prime minister said.',
)  # fmt: skip
TEXT = "Norway will ban the ferries.\nIceland said that it was worried about the ban, and would answer it.\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder of files to bring, and a data folder of its own, with the notebooks beside it."""
    shutil.copytree(ROOT / "data" / "codebooks", tmp_path / "data" / "codebooks")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "data" / "stories").mkdir()
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path / "data"))
    return tmp_path


def put(desk, **files):
    """Write files (name with _ for its last dot, content) and return their paths."""
    paths = []
    for name, content in files.items():
        path = desk / ".".join(name.rsplit("_", 1))
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        paths.append(path)
    return paths


def stories(desk):
    return sorted(path.name for path in (desk / "data" / "stories").iterdir())


def test_two_saved_pages_become_a_story(desk):
    brought = new_story.bring_story("ferry-ban", put(desk, early_html=EARLY, late_html=LATE))
    story = read_story("ferry-ban")
    assert list(story.versions) == ["early", "late"]
    for version, page, only in zip(
        story.versions.values(), (EARLY, LATE), ("three Norwegian", "Denmark"), strict=True
    ):
        assert only in version.body and "firm and fair answer" in version.body
        for other in ("never shown", "Home", "recipes", "Subscribe", "Example Pictures", "Storm closes"):
            assert other not in version.body
        assert (story.folder / "originals" / f"{version.id}.html").read_bytes() == page.encode("utf-8")
    entries = story.entry.versions
    assert [one.date for one in entries] == ["2019-05-06", "2019-05-07"]
    assert [one.label for one in entries] == ["Herald page", "Post page"]
    assert entries[0].url == "https://herald.example/2019/05/06/ferry-ban.html"
    assert "originals/early.html" in entries[0].source and "trafilatura" in entries[0].source
    assert story.entry.order.later == "late" and "agree" in story.entry.order.evidence
    told = brought.told()
    for part in (
        "the title is a guess", "Guessed: the label “Herald page”; the date 2019-05-06", "Left out of the page",
        "“Home”", "Set apart as headline", "Norway", "Iceland", "Check, before you trust", "report.py ferry-ban",
    ):  # fmt: skip
        assert part in told, part


def test_text_in_utf_8_is_kept_byte_for_byte_with_its_line_ends(desk):
    content = TEXT.replace("\n", "\r\n").encode("utf-8")
    new_story.bring_story("ferries", put(desk, one_txt=content, two_txt=TEXT + "It is over.\n"))
    folder = desk / "data" / "stories" / "ferries"
    assert (folder / "one.txt").read_bytes() == content
    assert not (folder / "originals").exists()
    story = read_story("ferries")
    for version in story.versions.values():
        for row in version.sentences.itertuples():
            assert version.text[row.start : row.end] == row.text
    assert "Iceland said that it was worried about the ban, and would answer it." in set(
        story.sentences["text"]
    )


@pytest.mark.parametrize(
    ("encoding", "named", "is_guess"),
    [("cp1252", "cp1252", True), ("utf-16", "utf-16", False), ("utf-8-sig", "utf-8-sig", False)],
)
def test_other_encodings_are_recognised_and_said(desk, encoding, named, is_guess):
    words = "The café’s owner called the ban “a shame” – and said so twice. " * 3
    content = words.encode(encoding)
    brought = new_story.bring_story("cafe", put(desk, one_txt=content, two_txt=TEXT))
    story = read_story("cafe")
    assert story.versions["one"].text == words
    assert (story.folder / "originals" / "one.txt").read_bytes() == content
    source = story.entry.versions[0].source
    assert named in source and ("guessed to be" in source) == is_guess
    assert ("Guessed: the file's encoding" in brought.told()) == is_guess


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "“We won’t,” she said – and left. “Not for £2m,” he added.",
        "The café’s owner, Zoë Müller of Évry, said: “Déjà vu.”",
        "ÉCOLE POLYTECHNIQUE SHUTS. “It’s over,” its head said.",
    ],
)
def test_texts_of_windows_and_of_the_mac_are_told_apart(desk, encoding, text):
    path = desk / "one.txt"
    path.write_bytes(
        f"{text} And so on, in plain English, as a report goes on for a while.\n".encode(encoding)
    )
    assert new_story.read_version(path).text.startswith(text)


@pytest.mark.parametrize(
    "instead",
    [
        "<h1>We value your privacy</h1><p>We and our partners store cookies on your device, to show you what we like.</p>",
        "<h1>Page not found</h1><p>Sorry, the page that you are looking for is not here. It may have been moved.</p>",
    ],
)
def test_what_stands_in_place_of_an_article_is_called_in_doubt(desk, instead):
    (desk / "late.html").write_text(LATE, encoding="utf-8")
    (desk / "early.html").write_text(EARLY, encoding="utf-8")
    (desk / "wall.html").write_text(f"<html><body>{instead}</body></html>", encoding="utf-8")
    told = new_story.bring_story("walled", [desk / "wall.html", desk / "late.html"]).told()
    assert "1. Hardly a sentence of wall answers one of late." in told and "a cookie notice" in told
    assert "Hardly" not in new_story.bring_story("whole", [desk / "early.html", desk / "late.html"]).told()


def test_a_page_is_read_in_the_encoding_that_it_names(desk):
    page = EARLY.replace('charset="utf-8"', 'charset="windows-1251"').replace("Anna", "Анна")
    [path] = put(desk, page_html=page.encode("cp1251"))
    assert "Foreign Minister Анна Jonsdottir" in new_story.read_version(path).text


def test_a_page_in_an_encoding_that_does_not_exist_is_read(desk):
    page = EARLY.replace('charset="utf-8"', 'charset="undefined"').replace("Anna", "Zoë")
    for name, encoding in (("one_html", "utf-8"), ("two_html", "cp1252")):
        [path] = put(desk, **{name: page.encode(encoding)})
        assert "Foreign Minister Zoë Jonsdottir" in new_story.read_version(path).text


@pytest.mark.parametrize("name", ["part_html", "part_txt"])
def test_a_fragment_of_a_page_is_read(desk, name):
    paragraphs = "".join(f"<p>{line}</p>\n" for line in re.findall("<p>(.*)</p>", EARLY)[:4])
    for fragment in (paragraphs, f'<div id="story">\n{paragraphs}</div>'):
        [path] = put(desk, **{name: fragment})
        text = new_story.read_version(path).text
        assert text.startswith("Iceland will ban all") and text.count("\n") == 4 and "<" not in text


def test_a_page_whose_article_is_a_list_is_read(desk):
    items = "".join(
        f"<li>{line}</li>" for line in ("A ban on all ferries from June", "Three firms lose their ships")
    )
    page = re.sub(
        "<p>Norway.*<div",
        f"<p>The order holds, among others:</p><ul>{items}</ul><div",
        EARLY,
        flags=re.DOTALL,
    )
    [path] = put(desk, list_html=page)
    [version] = story_from_texts({"one": new_story.read_version(path).text}).versions.values()
    assert [text.lstrip("- ") for text in version.sentences["text"]][-2:] == [
        "A ban on all ferries from June", "Three firms lose their ships"
    ]  # fmt: skip


def test_lost_full_stops_and_much_set_apart_are_said(desk):
    lines = "Norway will ban the ferries\nIceland is worried about the ban\nIt will answer, it says\n"
    links = "The ban was announced in May, and it will be kept.\n\nTen recipes that you will surely love this summer\n"
    told = new_story.bring_story("lost", put(desk, one_txt=lines, two_txt=links)).told()
    assert (
        "Most sentences of one end without a full stop (3 of 3)." in told
        and "Most sentences of two" not in told
    )
    assert told.count("Of the words behind its lead, 45% are set apart") == 1


def test_a_page_saved_as_a_single_file_is_read(desk):
    head = 'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    part = "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    [path] = put(desk, page_mhtml=head + part + EARLY.replace("\n", "\r\n") + "\r\n--B--\r\n")
    given = new_story.read_version(path)
    assert "firm and fair answer" in given.text and given.site == "The Herald"
    assert given.content == path.read_bytes()


PICTURE = (
    "is a picture, not text: type the article's text, or have it recognised (OCR), and give a .txt file."
)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a_pdf", b"%PDF-1.7 ...", "is a PDF, not text: open it, copy the article's text into a .txt file, and give that."),
        ("a_png", b"\x89PNG\r\n\x1a\n\0", PICTURE),
        ("a_jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", PICTURE),
        ("a_webp", b"RIFF\x10\0\0\0WEBPVP8 ", PICTURE),
        ("a_docx", b"PK\x03\x04\x14\0", "is an archive or a file of another program, not text: save its text"),
        ("a_txt", b"", "is empty; give the text of the version."),
        ("b_txt", b" \r\n\t", "is empty; give the text of the version."),
        ("c_txt", b"abc\0\x01\x02\x80\xff\0\0", "is no text that can be read; open it in an editor and save it as UTF-8."),
        ("d_html", "<html><body><nav>Home</nav></body></html>", "No article was found in"),
    ],
)  # fmt: skip
def test_what_is_no_version_is_refused_with_advice(desk, name, content, sentence):
    with pytest.raises(InputError) as error:
        new_story.bring_story("new", [*put(desk, **{name: content}), *put(desk, good_txt=TEXT)])
    assert sentence in str(error.value) and str(error.value).count("\n") == 0
    assert stories(desk) == []


def test_a_text_that_begins_with_bm_is_no_bitmap(desk):
    [path] = put(desk, cars_txt="BMW said that it would build cars in Norway.")
    assert new_story.read_version(path).text.startswith("BMW")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("New Story", "'New Story' is no name for a story; use small letters, digits and single hyphens."),
        ("../up", "'../up' is no name for a story; use small letters, digits and single hyphens."),
        ("con", "'con' cannot name a folder on Windows; use another name."),
    ],
)
def test_a_name_that_cannot_be_is_refused(desk, name, sentence):
    with pytest.raises(InputError, match="^" + sentence.replace(".", r"\.")):
        new_story.bring_story(name, put(desk, one_txt=TEXT, two_txt=TEXT + "More."))


def test_nothing_of_an_existing_story_is_overwritten(desk):
    paths = put(desk, one_txt=TEXT, two_txt=TEXT + "It is over.")
    new_story.bring_story("ferries", paths)
    folder = desk / "data" / "stories" / "ferries"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match="There is a story 'ferries' already"):
        new_story.bring_story("ferries", put(desk, three_txt=TEXT * 2, four_txt=TEXT * 3))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_nothing_half_written_is_left(desk, monkeypatch):
    def fail(_):
        raise InputError("It cannot be read.")

    monkeypatch.setattr(new_story, "read_story", fail)
    with pytest.raises(InputError, match="It cannot be read"):
        new_story.bring_story("ferries", put(desk, one_txt=TEXT, two_txt=TEXT + "More."))
    assert stories(desk) == []


def test_the_same_file_twice_is_refused_and_missing_ones_are_named(desk):
    [one] = put(desk, one_txt=TEXT)
    with pytest.raises(InputError, match="is the same file as"):
        new_story.bring_story("ferries", [one, one])
    with pytest.raises(InputError, match=r"gone\.txt is not there; check the name\."):
        new_story.bring_story("ferries", [one, desk / "gone.txt"])
    with pytest.raises(InputError, match="is a folder; give the file of a version"):
        new_story.bring_story("ferries", [one, desk])


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (
            "2019-05-06T17:00:00Z",
            "the times that the pages state agree with it (2019-05-06 09:30+00:00, 2019-05-06 17:00",
        ),
        ("2019-05-06T10:00:00+02:00", "speak against it"),
        ("2019-05-06T09:30:00Z", "all were found to be of 2019-05-06"),
        ("2019-05-06T17:00:00", "all were found to be of 2019-05-06"),
        ("2019-05-06, tea time", "all were found to be of 2019-05-06"),
    ],
)
def test_versions_of_one_day_are_ordered_by_the_times_that_they_state(desk, later, told):
    late = EARLY.replace("2019-05-06T09:30:00Z", later).replace("firm and fair", "fair and firm")
    brought = new_story.bring_story("day", put(desk, early_html=EARLY, late_html=late))
    assert told in brought.told() and told in brought.story.entry.order.evidence


def test_versions_get_ids_and_labels_of_their_own(desk):
    (desk / "a").mkdir()
    (desk / "b").mkdir()
    paths = []
    for number, place in enumerate(("a/Page One.html", "b/Page One.html", "a/Новости.txt", "b/nul.txt")):
        content = (
            EARLY.replace("firm", f"firm{number}") if place.endswith("html") else TEXT + f"It was {number}."
        )
        (desk / place).write_bytes(content.encode("utf-8"))
        paths.append(desk / place)
    new_story.bring_story("many", paths)
    versions = read_story("many").versions
    assert list(versions) == ["page-one", "page-one-2", "version-3", "nul-2"]
    assert len({version.label for version in versions.values()}) == 4


def test_dates_that_speak_against_the_order_are_said_and_the_order_is_kept(desk):
    new_story.bring_story("ferries", put(desk, late_html=LATE, early_html=EARLY))
    story = read_story("ferries")
    assert list(story.versions) == ["late", "early"]
    assert "speak against it" in story.entry.order.evidence


@pytest.mark.parametrize(
    ("name", "line", "date"),
    [
        ("one_txt", "Updated Feb. 25, 2016 7:02 PM", "2016-02-25"),
        ("one_txt", "By A. Reporter, 3 March 2015", "2015-03-03"),
        ("page-2014-12-31_txt", "", "2014-12-31"),
        ("one_txt", "Updated Feb 31, 2016", ""),
    ],
)
def test_a_texts_date_is_guessed_from_around_the_article_only(desk, name, line, date):
    body = "Norway banned the ferries on May 1, 1999, and said so. " * 2
    [path] = put(desk, **{name: f"{line}\n{body}\n"})
    assert new_story.read_version(path).date == date


def test_titles_with_quotes_controls_and_backslashes_survive(desk):
    title = 'He said "no\\way"\x7f — \u2028 twice'
    new_story.bring_story("odd", put(desk, one_txt=TEXT, two_txt=TEXT + "More."), title=title)
    assert read_story("odd").title == title


@pytest.mark.slow
def test_from_files_to_report_by_two_commands(desk):
    environment = {**os.environ, "COPYDESK_DATA": str(desk / "data")}
    paths = put(desk, early_html=EARLY, late_html=LATE)

    def run(script, *arguments):
        command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    brought = run("new_story.py", "ferry-ban", *paths)
    assert brought.returncode == 0, brought.stderr
    report = run("report.py", "ferry-ban", "--output", desk / "reports")
    assert report.returncode == 0, report.stderr
    index = (desk / "reports" / "ferry-ban" / "index.html").read_text(encoding="utf-8")
    assert "Iceland plans ban on Norwegian ferries" in index
    again = run("new_story.py", "ferry-ban", *paths)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.splitlines()[-1].startswith("There is a story 'ferry-ban' already")
    assert "Traceback" not in again.stderr


# --- drafts, what is pasted, pages of differences -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_two_drafts_of_a_word_processor_are_a_story(desk, kind):
    pypandoc = pytest.importorskip("pypandoc", reason="the extra 'new-story' is not installed")
    paths = []
    for name, last in (("first draft", "Nobody objected."), ("second draft", "Two members objected.")):
        page = f"<h1>Quay to close</h1><p>The council will <em>close</em> the quay, it said on Monday.</p><p>{last}</p>"
        paths.append(desk / f"{name}.{kind}")
        pypandoc.convert_text(
            page, kind, format="html", outputfile=str(paths[-1]), extra_args=["--standalone"]
        )
    brought = new_story.bring_story("quay", paths)
    first, second = brought.story.versions.values()
    assert (
        first.text
        == "Quay to close\n\nThe council will close the quay, it said on Monday.\n\nNobody objected.\n"
    )
    assert second.text.endswith("Two members objected.\n")
    assert "tracked changes accepted" in first.entry.source
    for path, one in zip(paths, brought.given, strict=True):
        kept = brought.folder / "originals" / f"{one.id}.{kind}"
        assert kept.read_bytes() == path.read_bytes()


def test_a_drafts_tracked_changes_are_accepted_and_its_comments_left_out(desk):
    pytest.importorskip("pypandoc", reason="the extra 'new-story' is not installed")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        '<w:p><w:r><w:t xml:space="preserve">The council will </w:t></w:r>'
        '<w:ins w:id="1" w:author="Desk"><w:r><w:t xml:space="preserve">not </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="Desk"><w:r><w:delText xml:space="preserve">soon </w:delText></w:r></w:del>'
        "<w:r><w:t>close the quay, it said on Monday.</w:t></w:r></w:p>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{relation}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }  # fmt: skip
    with zipfile.ZipFile(desk / "draft.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert (
        new_story.read_version(desk / "draft.docx").text
        == "The council will not close the quay, it said on Monday.\n"
    )


def test_what_is_pasted_is_a_story(desk):
    first, second = TEXT.strip(), TEXT.strip() + " More."
    pasted = new_story.pasted_versions(f"\n{first}\r\n=====\r\n\n{second}\n".encode())
    brought = new_story.bring_story("pasted", pasted)
    assert [version.text for version in brought.story.versions.values()] == [f"{first}\n", f"{second}\n"]
    assert list(brought.story.versions) == ["pasted-1", "pasted-2"]
    with pytest.raises(InputError, match="two versions or more"):
        new_story.bring_story("one", new_story.pasted_versions(TEXT.encode()))


def test_one_page_of_differences_is_two_versions(desk):
    pytest.importorskip("trafilatura", reason="the extra 'new-story' is not installed")
    marked = EARLY.replace("firm", "<del>firm</del><ins>steadfast</ins>")
    [path] = put(desk, diff_html=marked)
    versions = new_story.bring_story("diff", [path]).story.versions
    assert list(versions) == ["earlier", "later"]
    earlier, later = (one.text for one in versions.values())
    assert "firm" in earlier and "steadfast" not in earlier
    assert later == earlier.replace("firm", "steadfast")
    # As diffengine's template has it: the times of both stand in a header.
    times = (
        "<header><a href='#1'>2024-11-05 09:00:00 GMT</a> ≠ <a href='#2'>2024-11-06 09:00:00 GMT</a></header>"
    )
    [path] = put(desk, two_html=re.sub(r"<body[^>]*>", lambda body: body.group() + times, marked))
    given = new_story.bring_story("two", [path]).given
    assert [one.date for one in given] == ["2024-11-05", "2024-11-06"]
    with pytest.raises(InputError, match="marks nothing as added or cut; save the page of each version"):
        new_story.bring_story("plain", put(desk, early_html=EARLY))


def test_without_its_packages_a_page_says_how_to_bring_it(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match=r"Web pages are read with packages .*scripts/new_story\.py"):
        new_story.read_version(put(desk, early_html=EARLY)[0])


def test_a_title_that_is_guessed_from_a_long_sentence_ends_with_a_whole_word(desk):
    long = "The keeper of the lighthouse on the northern point has asked the county for more lamps again, he said."
    new_story.bring_story("long", put(desk, one_txt=long, two_txt=long + " Nobody came."))
    title = read_story("long").title
    assert title.endswith(" …")
    assert long.startswith(title[:-1])
