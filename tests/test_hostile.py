"""Texts, labels, names and parameters that mean harm: they go through a whole report and stay words."""

import csv
import json
import re

import nbformat
import pytest
from browser import needs_browser, open_browser
from copydesk.errors import InputError
from copydesk.report import make_report
from copydesk.show.markup import visible
from copydesk.stories.story import MOST_CHARACTERS, read_story, story_from_texts
from rendering import run_report

# Each is said by somebody, so that it stands in statements, tables, charts and on every page.
SAID = [
    "<script>window.harm = 1; alert(1)</script>",
    "</script><script>window.harm = 1</script>",
    "<img src=x onerror='window.harm = 1'>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)><circle r=9></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<a href='javascript:window.harm=1'>press here</a>",
    "[press here](javascript:alert(1))",
    "![picture](https://example.org/track.png)",
    "<iframe src='https://example.org/'></iframe>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href='https://example.org/'>",
    "<form action='https://example.org/'><input autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>more</details>",
    "<style>* { display: none }</style>",
    "</title></style></textarea></template><b onmouseover=alert(1)>bold</b>",
    "<!-- a comment that never ends",
    "<![CDATA[ not a section ]]>",
    "<?xml version='1.0'?> &lt;b&gt; &#60;script&#62; &amp;amp;",
    "onclick=alert(1) style=position:fixed x='",
    "{{ 7 * 7 }} {% raw %} {# a comment #} ${7*7} #{7*7}",
    "{{ cell.source }} {{ ''.__class__.__mro__ }}",
    "# A heading ## another --- *stars* _lines_ `code` | a | table |",
    "$$ \\frac{1}{2} $$ and $x^2$ and \\(y\\) and \\begin{document}",
    "#import \"@preview/x:1.0.0\" #eval(\"1+1\") #read(\"/etc/passwd\")",
    "= A Typst heading <label> @reference #[content] $ math $ \\u{41}",
    "@import url(https://example.org/x.css); expression(alert(1))",
    "=1+1",
    "=HYPERLINK(\"https://example.org\",\"press\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "https://example.org/?q=a&b=<c>",
    "file:///etc/passwd and ../../../../etc/passwd",
    "\x1b[31mred\x1b[0m and \x1b]0;a title\x07",
    "\x08\x08\x08over\x7f",
    "left \u202eright to left\u202c and \u2066isolated\u2069 \u202dand over",
    "\u200b\u200b\u200bnothing\u2060 between\ufeff",
    "Z" + "\u0337\u0321\u0334" * 40 + "algo",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e007f family",
    "\u2028a line\u2029a paragraph",
    "%s %n %(name)s \\x00 \\n \\u202e &nbsp;",
    "'; DROP TABLE statements; --",
    "x" * 3000,
]  # fmt: skip

LABEL = "<b onmouseover=alert(1)>{{ 7*7 }}</b> \u202e=1+1 [x](javascript:alert(1))"


def hostile_text(end):
    lines = [
        f"The committee met on day {n}. The minister said: {one} {end}." for n, one in enumerate(SAID, 1)
    ]
    return "\n\n".join(lines) + "\n"


def quoted(string):
    """A TOML string; TOML's escapes are those of JSON."""
    return json.dumps(string)


def write_story(folder):
    """A story all of whose names and texts mean harm; its folder and a file have odd names as well."""
    folder.mkdir(parents=True)
    odd = "{{x}} & $(touch x) 'late'.txt"
    (folder / "early.txt").write_text(hostile_text("and no more"), encoding="utf-8", newline="\n")
    (folder / odd).write_text(hostile_text("and much more"), encoding="utf-8", newline="\n")
    (folder / "story.toml").write_text(
        f"""title = {quoted("<script>alert(2)</script> # {{ title }} " + LABEL)}
actors = ["harm"]
[[versions]]
id = "early"
file = "early.txt"
label = {quoted(LABEL)}
source = {quoted(LABEL)}
[[versions]]
id = "late"
file = {quoted(odd)}
label = "</title><script>alert(3)</script>"
[order]
later = "late"
evidence = {quoted(LABEL)}
[rights]
holder = {quoted(LABEL)}
note = {quoted(LABEL)}
[[extra_actors]]
id = "harm"
label = {quoted(LABEL)}
kind = "named official"
names = ["the minister", {quoted("<script>alert(4)</script>")}]
[[targets]]
id = "harm"
label = {quoted(LABEL)}
names = ["committee"]
""",
        encoding="utf-8",
    )
    return folder


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(folder.rglob("*"))}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """(story's folder, the report's folder) of one whole report."""
    place = tmp_path_factory.mktemp("hostile")
    folder = write_story(place / "stories" / "we{ird} & 'name' $(x) #1")
    before = everything(folder)
    output = place / "out {{ y }}" / "report"
    made = make_report(folder, output)
    assert not made.failures, made.failures
    assert everything(folder) == before
    assert {path.name for path in place.iterdir()} == {"stories", "out {{ y }}"}
    assert {path.name for path in output.parent.iterdir()} == {"report"}
    return folder, output


def test_there_are_forty_and_they_reach_every_table(hostile):
    assert len(SAID) >= 40
    with open(hostile[1] / "tables" / "sentences.csv", encoding="utf-8", newline="") as file:
        words = " ".join(row["text"] for row in csv.DictReader(file))
    for one in SAID:
        # A rule may end a sentence inside of it; what it is made of must be there.
        assert all(part in words for part in re.split(r"[.!?\s\u2028\u2029]+", one)), one


def test_pages_have_the_script_of_the_page_and_no_other(hostile):
    for path in hostile[1].glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert page.count("<script") == page.count("</script>") == 1, path.name
        assert (
            page.count("<style") == 1
            and "<iframe" not in page
            and "<form" not in page
            and "<base" not in page
        )
        tags = re.findall(
            r"<[a-zA-Z][^>]*>", re.sub(r"<script>.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
        )
        for tag in tags:
            bare = re.sub(r'"[^"]*"', '""', tag)
            assert not re.search(r"\son\w+\s*=|\sstyle\s*=|\ssrc\s*=", bare), tag
            link = re.search(r'\shref="([^"]*)"', tag)
            assert not link or re.match(r"#|[\w./-]+(#|$)|(tables|figures|executed)/", link[1]), tag
        assert "49" not in re.findall(r"<title>(.*?)</title>", page)[0]


def test_controls_are_named_where_they_would_not_be_seen(hostile):
    for path in hostile[1].glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029]", page
        ), path.name
    texts = (hostile[1] / "words.html").read_text(encoding="utf-8")
    assert "[U+202E]" in texts and "\u241b[31m" in texts and "more marks]" in texts


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(hostile):
    import openpyxl

    book = openpyxl.load_workbook(hostile[1] / "tables.xlsx")
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None
                texts.add(str(cell.value))
    assert any("=1+1" in one for one in texts) and any(one.startswith(("=", "+", "-", "@")) for one in texts)


def test_figures_hold_the_words_as_words(hostile):
    from xml.etree import ElementTree

    for path in hostile[1].glob("figures/*.svg"):
        root = ElementTree.fromstring(path.read_bytes())
        for element in root.iter():
            assert element.tag.rpartition("}")[2] in {
                "svg",
                "title",
                "desc",
                "g",
                "a",
                "path",
                "text",
                "defs",
                "use",
                "clipPath",
                "rect",
                "pattern",
                "tspan",
            }
            assert not any(name.startswith("on") for name in element.attrib)
            assert element.get("href", "#").startswith(("#", "words.html#")), element.attrib


def test_executed_notebooks_hold_no_markup_of_the_text(hostile):
    for path in hostile[1].glob("executed/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                html = output.get("data", {}).get("text/html", "")
                assert "<script" not in html and "<img" not in html and "<iframe" not in html


@needs_browser()
def test_nothing_runs_in_a_browser_and_the_words_are_as_written(hostile):
    folder, report = hostile
    with open_browser() as browser:
        page = browser.new_page()
        heard, asked = [], []
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        for path in sorted(report.glob("*.html")):
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            for place in page.locator("bdi:visible").all()[:40]:
                place.hover(force=True, no_wait_after=True)
            page.keyboard.press("Tab")
            assert page.evaluate("window.harm") is None
        assert asked == [path.as_uri() for path in sorted(report.glob("*.html"))]
        assert heard == []
        page.goto((report / "words.html").as_uri())
        shown = page.evaluate(
            """() => { document.querySelectorAll('.sr, .place, .note-of, .spliced').forEach((one) => one.remove());
              return Object.fromEntries([...document.querySelectorAll('.sentence')].map((one) => [one.id, one.textContent])) }"""
        )
    for version in read_story(folder).versions.values():
        for row in version.sentences.itertuples():
            written = "".join(visible(row.text).split())
            assert "".join(shown[f"sentence-{row.sentence.replace(':', '-')}"].split()) == written


# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../early.txt", "/etc/passwd", "a/../../early.txt", "..\\early.txt", "C:\\early.txt", "c:early.txt", "\\\\host\\x", ""],
)  # fmt: skip
def test_a_file_beyond_the_folder_is_refused(name, tmp_path):
    (tmp_path / "early.txt").write_text("Rain fell.", encoding="utf-8")
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "story.toml").write_text(
        f'title = "x"\n[[versions]]\nid = "early"\nfile = {quoted(name)}\nlabel = "x"\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        read_story(folder)
    assert "story.toml" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    "content", [b"Rain\0fell.", b"Rain \xed\xa0\x80 fell.", b"\xff\xfeR\0", b"Rain \xc0\xaf fell."]
)
def test_bytes_that_are_no_text_are_refused_with_their_place(content, tmp_path):
    (tmp_path / "early.txt").write_bytes(content)
    (tmp_path / "story.toml").write_text(
        'title = "x"\n[[versions]]\nid = "early"\nfile = "early.txt"\nlabel = "x"\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"early\.txt .*byte \d+"):
        read_story(tmp_path)


def test_half_a_surrogate_pair_is_refused_with_its_place():
    with pytest.raises(InputError, match=r"U\+D83D, character 5"):
        story_from_texts({"a": "Rain \ud83d fell."})


ODD_IDS = ["../x", "a b", "A", "<b>", "a:1", "con/..", "é", "", "a--b"]


@pytest.mark.parametrize("table", ["targets", "extra_actors"])
@pytest.mark.parametrize("identifier", ODD_IDS)
def test_an_odd_id_of_a_target_or_an_actor_is_refused(identifier, table, tmp_path):
    (tmp_path / "x.txt").write_text("Rain fell.", encoding="utf-8")
    kind = 'kind = "named official"\n' if table == "extra_actors" else ""
    (tmp_path / "story.toml").write_text(
        'title = "x"\n[[versions]]\nid = "x"\nfile = "x.txt"\nlabel = "x"\n'
        f'[[{table}]]\nid = {quoted(identifier)}\nlabel = "x"\n{kind}names = ["x"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=f"story.toml, {table}.*is no id"):
        read_story(tmp_path)


@pytest.mark.parametrize("identifier", ODD_IDS)
def test_an_odd_id_of_a_version_is_refused(identifier, tmp_path):
    (tmp_path / "x.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "story.toml").write_text(
        f'title = "x"\n[[versions]]\nid = {quoted(identifier)}\nfile = "x.txt"\nlabel = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="story.toml"):
        read_story(tmp_path)


@pytest.mark.parametrize("size", [MOST_CHARACTERS + 1, 5_000_000])
def test_what_is_no_article_is_refused_with_the_limit(size, tmp_path):
    (tmp_path / "x.txt").write_text("Rain fell. " * (size // 11 + 1), encoding="utf-8")
    (tmp_path / "story.toml").write_text(
        'title = "x"\n[[versions]]\nid = "early"\nfile = "x.txt"\nlabel = "x"\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"a version may have 200,000 characters"):
        read_story(tmp_path)


@pytest.mark.parametrize(
    "setting",
    ["threshold=__import__('os').system('touch harm')", "output=../harm", "story=../harm", "__class__=1",
     "threshold=!!python/object/apply:os.system ['touch harm']", "before=<script>", "../x=1", "a;b=1"],
)  # fmt: skip
def test_a_hostile_parameter_is_refused_in_one_sentence(setting, tmp_path):
    done = run_report("--set", setting, "--output", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


TOML = 'title = "x"\n[[versions]]\nid = "early"\nfile = "x.txt"\nlabel = "x"\n'


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (f"x = {'[' * 5000}{']' * 5000}\n{TOML}", "nested too deeply"),
        (f"{TOML}{'# and so on' * 100_000}", "bytes, and at most 1,000,000 are read"),
    ],
    ids=["nested", "long"],
)
def test_a_story_toml_without_end_is_refused_in_one_sentence(toml, sentence, tmp_path):
    (tmp_path / "x.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "story.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        read_story(tmp_path)


NESTED = "[" * 3000 + "]" * 3000


@pytest.mark.parametrize(
    "value", [NESTED, "[" * 400 + "]" * 400, "&a [*a]"], ids=["deep", "less deep", "in itself"]
)
def test_a_parameter_that_is_nested_without_end_is_refused_in_one_sentence(value, tmp_path):
    (tmp_path / "set.yaml").write_text(f"actors: {value}\n", encoding="utf-8")
    for given in (["--set", f"actors={value}"], ["--parameters", tmp_path / "set.yaml"]):
        done = run_report(*given, "--output", tmp_path / "out", cwd=tmp_path)
        assert done.returncode == 2, done.stderr
        assert done.stderr.count("\n") == 1 and "nested too deeply" in done.stderr, done.stderr


def test_a_circle_of_links_is_refused_in_one_sentence(tmp_path):
    from copydesk.corpus import run_corpus

    circle, other = tmp_path / "circle", tmp_path / "other"
    try:
        circle.symlink_to(other)
        other.symlink_to(circle)
    except OSError:
        pytest.skip("links cannot be made here")
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "story.toml").write_text(TOML.replace("x.txt", "circle"), encoding="utf-8")
    (tmp_path / "story" / "circle").symlink_to("circle")
    for read in (lambda: read_story(circle), lambda: read_story(tmp_path / "story"), lambda: run_corpus(circle, tmp_path / "run")):  # fmt: skip
        with pytest.raises(InputError):
            read()
    for given in ([circle], ["--parameters", circle], ["--output", circle / "out"]):
        done = run_report(*given, cwd=tmp_path)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize(
    "content", ["no notebook", "{}", '{"cells": [1]}', "[" * 5000], ids=["words", "empty", "odd", "nested"]
)
def test_a_notebook_that_is_none_is_refused_in_one_sentence(content, tmp_path, monkeypatch):
    from copydesk.classroom import lessons
    from copydesk.report import notebooks

    path = tmp_path / "1-broken.ipynb"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(notebooks, "notebooks_folder", lambda: tmp_path)
    with pytest.raises(InputError, match="1-broken.ipynb is not a notebook that can be read"):
        make_report("north-korea-sanctions", tmp_path / "out")
    if content != '{"cells": [1]}':
        with pytest.raises(InputError, match="1-broken.ipynb is not a notebook that can be read"):
            lessons.read(path)
