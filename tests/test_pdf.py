"""The PDF: every word of the pages, tagged, whole at the margins, the same bytes twice."""

import csv
import re
import shutil
import subprocess
from itertools import pairwise

import copydesk as cd
import nbformat
import pytest
from copydesk.pages.notebook_output import MIME
from copydesk.stories.rule_scores import score_sentence
from rendering import render

for name in ("typst", "pypandoc", "pypdf"):
    pytest.importorskip(
        name, reason=f"{name} is not installed; python3 scripts/test.py installs what makes a PDF"
    )

from copydesk.report import PDF, pdf

STORY = "north-korea-sanctions"
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed"
)


def make(folder, *arguments, **environment):
    return render(STORY, folder, "--formats", "html,pdf", *arguments, **environment)


@pytest.fixture(scope="session")
def made(rendered):
    return rendered(STORY)


@pytest.fixture(scope="session")
def reader(made):
    return open_pdf((made / PDF).read_bytes())


def open_pdf(content):
    import io

    import pypdf

    return pypdf.PdfReader(io.BytesIO(content))


def set_pdf(html, folder, title="A title"):
    """The PDF of some HTML, by the way that a report's goes: bytes."""
    body = pdf._to_typst(pdf._printable(f'<div class="page" data-page="one">{html}</div>'))
    return pdf._compile(pdf._document(title, body), folder)


def test_the_pdf_of_an_uncoded_story_says_so_first_and_how_often_the_rules_are_wrong(rendered):
    report = rendered("harbour-ferry")
    first, *rest = open_pdf((report / PDF).read_bytes()).pages
    assert squeezed("nobody has checked it") in squeezed(first.extract_text())
    said = squeezed("".join(page.extract_text() for page in rest))
    for task in ("links", "statements"):
        assert squeezed(f"by rule, unchecked. {score_sentence(task)}").lower() in said.lower()


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(content):
    return "\n".join(page.extract_text() for page in open_pdf(content).pages)


def squeezed(text):
    return "".join(text.split())


def elements(reader):
    """Every element of the structure tree, in order, as a dict."""
    todo = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        one = todo.pop().get_object()
        if not hasattr(one, "get"):
            continue
        if "/S" in one:
            yield one
        children = one.get("/K", [])
        children = children if isinstance(children, list) else [children]
        todo += [child for child in reversed(children) if not isinstance(child, int)]


# --- a whole report ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_is_short_and_has_what_the_pages_say(made, reader):
    assert 6 <= len(reader.pages) <= 10
    inside = squeezed("".join(page.extract_text() for page in reader.pages))
    lede = cd.read_story(STORY).entry.lede
    told = [lede.headline, lede.deck]
    for path in made.glob("executed/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            parts = [output["data"].get(MIME, {}) for output in cell.get("outputs", [])]
            told += [
                part["sentence"]
                for part in parts
                if part.get("role") == "finding" and part["name"] in ("revision", "voices", "measures")
            ]
    assert len(told) == 5
    for sentence in told:
        assert squeezed(sentence) in inside, sentence
    inside = inside.replace("[…]", "")  # where the source stands inside the words
    for row in rows(made / "tables" / "statements.csv"):
        if not row["same_as"] and "u.n." not in row["content"]:
            assert squeezed(row["content"]).lower() in inside.lower(), row["content"]


@pytest.mark.slow
def test_the_appendix_has_every_table(made, tmp_path):
    whole = open_pdf((make(tmp_path, "--appendix") / PDF).read_bytes())
    assert len(whole.pages) > 15
    inside = squeezed("".join(page.extract_text() for page in whole.pages))
    for name in ("edits", "markers", "stances", "glossary", "readability"):
        assert (
            squeezed(rows(made / "tables" / f"{name}.csv")[0]["story" if name != "glossary" else "type"])
            in inside
        )


@pytest.mark.slow
def test_it_says_of_itself_what_it_is(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert re.search(r"pdfuaid:part>1<|pdfuaid:part=\"1\"", metadata)
    assert (
        reader.metadata.title
        == "A draft U.N. resolution on North Korea, as Reuters reported it in February 2016"
    )


@pytest.mark.slow
def test_every_figure_has_the_notebooks_alternative_text(made, reader):
    told = {}
    for path in sorted(made.glob("executed/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                part = output["data"].get(MIME, {})
                if part.get("role") == "figure":
                    told[part["name"]] = " ".join(part["alt"].split())
    alts = [" ".join(str(one["/Alt"]).split()) for one in elements(reader) if one["/S"] == "/Figure"]
    assert alts == [told[name] for name in ("revision", "voices", "markers")]


@pytest.mark.slow
def test_figures_are_drawn_and_not_photographed(reader):
    kinds = {str(one.get_object()["/Subtype"]) for page in reader.pages for one in all_objects(page)}
    assert "/Image" not in kinds


def all_objects(page):
    resources = page.get("/Resources", {}).get("/XObject", {})
    todo = list(resources.values())
    while todo:
        one = todo.pop().get_object()
        yield one
        todo += list(one.get("/Resources", {}).get("/XObject", {}).values()) if "/Resources" in one else []


@pytest.mark.slow
def test_headings_come_in_order_and_tables_have_heads(reader):
    kinds = [str(one["/S"]) for one in elements(reader)]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(1) == 5 and levels.count(2) >= 5
    assert kinds.count("/Table") >= 1 and kinds.count("/TH") >= 5


@pytest.mark.slow
@needs_poppler
def test_nothing_leaves_the_page(made):
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(made / PDF), "-"], capture_output=True, text=True, check=True
    ).stdout
    count = 0
    for page in re.split(r"<page ", boxes)[1:]:
        width, height = map(float, re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        for box in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page
        ):
            left, top, right, bottom = map(float, box)
            assert left > 20 and top > 10 and right < width - 20 and bottom < height - 10, (
                box,
                width,
                height,
            )
            count += 1
    assert count > 1500


@pytest.mark.slow
def test_links_lead_to_the_words(reader):
    pages = {page.indirect_reference.idnum: page.extract_text() for page in reader.pages}
    led = []
    for page in reader.pages:
        for link in (one.get_object() for one in page.get("/Annots", [])):
            assert "/URI" not in link.get("/A", {}), "a report leads nowhere outside itself"
            target = link["/Dest"].get_object()
            led.append(pages[(target["/D"] if hasattr(target, "keys") else target)[0].idnum])
    assert len(led) >= 12, "each finding and each changed measure leads to its words"
    assert all(re.search(r"\bS\d", text) for text in led)


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(made, tmp_path):
    again = make(tmp_path / "a folder", PYTHONHASHSEED="2", TZ="Asia/Seoul", LC_ALL="C")
    for path in sorted(made.rglob("*")):
        if path.is_file():
            assert (again / path.relative_to(made)).read_bytes() == path.read_bytes(), path.name


# --- what goes into one -----------------------------------------------------------------------------

HOSTILE = [
    '#import "x": y',
    "$x^2$ and #sys.version",
    "@reference <label> = not a heading",
    "- not a list // not a comment /* nor this */",
    "*not bold* _not italic_ `not code` ~ \\ \\u{41}",
    "straight \"quotes\" and 'apostrophes' -- dashes --- dots ...",
    '"); #panic("no") ("',
    "#{ while true {} }",
    "{{ braces }} {% template %} <script>alert(1)</script>",
    "1. not numbered + nor this",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_markup_stay_words(words, tmp_path):
    from html import escape

    table = f"<table><thead><tr><th>{escape(words)}</th></tr></thead><tbody><tr><td>{escape(words)}</td></tr></tbody></table>"
    html = f"<h1>{escape(words)}</h1><p>{escape(words)}</p><pre>{escape(words)}</pre>{table}"
    text = text_of(set_pdf(html, tmp_path, title=words))
    assert squeezed(text).count(squeezed(words)) == 6, text  # the title, and what was given


def test_a_letter_without_a_glyph_is_named(tmp_path):
    text = text_of(
        set_pdf("<h1>x</h1><p>curly “quotes” – a dash → an arrow, 中, \u202e, \x1b, Ω Ж é</p>", tmp_path)
    )
    assert "“quotes” – a dash → an arrow, [U+4E2D], [U+202E], [U+001B], Ω Ж é" in text


def test_a_long_table_repeats_its_head_and_loses_no_row(tmp_path):
    rows = "".join(f"<tr><td>row{n:03}</td><td>{'some words ' * (n % 7)}</td></tr>" for n in range(200))
    html = f"<h1>x</h1><table><caption>Rows</caption><thead><tr><th>number</th><th>wording</th></tr></thead><tbody>{rows}</tbody></table>"
    pages = [page.extract_text() for page in open_pdf(set_pdf(html, tmp_path)).pages]
    assert len(pages) > 3
    with_rows = [page for page in pages if "row" in page]
    assert all("number" in page and "wording" in page for page in with_rows)
    assert re.findall(r"row\d{3}", "\n".join(pages)) == [f"row{n:03}" for n in range(200)]


@needs_poppler
@pytest.mark.parametrize("columns", [2, 9, 16, 24])
def test_a_wide_table_is_not_cut(columns, tmp_path):
    heads = "".join(f"<th>column{n}</th>" for n in range(columns))
    cells = "".join(f"<td>cell{n} {'and more words ' * (n % 3 * 8)}</td>" for n in range(columns))
    html = f"<h1>x</h1><table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    path = tmp_path / "wide.pdf"
    path.write_bytes(set_pdf(html, tmp_path))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for page in re.split(r"<page ", boxes)[1:]:
        width = float(re.match(r'width="([\d.]+)"', page).group(1))
        assert all(float(right) < width - 20 for right in re.findall(r'xMax="([\d.]+)"', page))
    found = squeezed(text_of(path.read_bytes()))
    assert all(f"cell{n}" in found and f"column{n}" in found for n in range(columns))


def test_a_link_to_nowhere_is_words(tmp_path):
    html = '<h1>x</h1><p><a href="texts.html#gone">one</a> <a href="javascript:alert(1)">two</a> <a href="#here">three</a></p><p id="here"><span id="here">four</span></p>'
    content = set_pdf(html, tmp_path)
    links = [one for page in open_pdf(content).pages for one in page.get("/Annots", [])]
    assert len(links) == 1 and b"javascript" not in content
    assert all(word in text_of(content) for word in ("one", "two", "three", "four"))


def test_struck_words_may_stand_in_marked_ones(tmp_path):
    html = '<h1>x</h1><p><span class="statement"><del>cut <span class="measure">both</span></del> <ins>added</ins> <u>moved <del>x</del></u> <mark>marked</mark></span></p>'
    assert "cut both added moved x marked" in text_of(set_pdf(html, tmp_path))


def test_emphasis_quotation_marks_and_kinds_of_marker_are_carried_through(tmp_path):
    spans = {
        name: f"word{n}"
        for n, name in enumerate(("hedge", "booster", "attitude", "obligation", "evaluation"))
    }
    marks = " ".join(f'<mark class="{name}">{word}</mark>' for name, word in spans.items())
    html = (
        f'<h1>x</h1><p>“whole”</p><p><span class="paraphrase">slanted <span class="quoted">upright</span></span></p>'
        f'<p>{marks} <ins>added</ins> <span class="moved">moved</span> <del>cut</del></p>'
    )
    source = pdf._to_typst(pdf._printable(f'<div class="page" data-page="one">{html}</div>'))
    looks = ["paraphrase", "quoted", *spans, "added", "moved", "cut"]
    assert re.findall(r"#as-([a-z]+)\[", source) == looks
    content = set_pdf(html, tmp_path)
    assert "“whole”" in text_of(content)
    # Slanted words have a font of their own, upright ones within them do not.
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in open_pdf(content).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("Italic" in font for font in fonts)


def test_a_pair_of_sentences_stands_side_by_side(tmp_path):
    html = (
        '<h1>x</h1><div class="pair"><p class="what">changed</p><div class="side">left words</div>'
        '<div class="side">right words</div></div>'
    )
    text = text_of(set_pdf(html, tmp_path))
    assert "left words" in text and "right words" in text and "[" not in text
