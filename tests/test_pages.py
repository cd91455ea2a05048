"""The pages of a report as files: whole, linked both ways, light, and with no word more than may be shown."""

import csv
import re
import shutil
from html import unescape
from itertools import pairwise

import copydesk as cd
import nbformat
import openpyxl
import pypdf
import pytest
from copydesk.engine.spans import read_spans
from copydesk.report import html_pages, workbook
from copydesk.stories import withholding
from rendering import render

BUNDLED, SECOND = "north-korea-sanctions", "harbour-ferry"


@pytest.fixture(scope="module")
def second(rendered):
    """A report of the invented story."""
    return rendered(SECOND)


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """A public report of the bundled story."""
    return render(BUNDLED, tmp_path_factory.mktemp("public"), "--public", "--formats", "html,pdf")


@pytest.fixture(scope="module", params=["second", "public"])
def report(request):
    return request.getfixturevalue(request.param)


def pages(report):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(report.glob("*.html"))}


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_link_leads_somewhere_and_every_id_is_one(report):
    every = pages(report)
    ids = {name: re.findall(r'\bid="([^"]+)"', page) for name, page in every.items()}
    for name, page in every.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for href in map(unescape, re.findall(r'\bhref="([^"]+)"', page)):
            file, _, place = href.partition("#")
            assert (report / (file or name)).is_file(), (name, href)
            assert not place or place in ids[file or name], (name, href)


def test_a_page_is_one_file_that_asks_for_nothing_and_is_light(report):
    for name, page in pages(report).items():
        assert not re.search(r"<(link|img|iframe|object|embed)\b|\ssrc=|@import|url\((?!#)", page), name
        assert "default-src 'none'" in unescape(page)
        assert len(page.encode("utf-8")) < 1_500_000


def test_it_reads_as_an_article(report):
    for name, page in pages(report).items():
        assert page.count("<h1") == 1, name
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            name,
            levels,
        )
        assert (
            re.search(r"<title>[^<]+</title>", page)
            and "ipynb" not in re.search(r"<title>(.*?)</title>", page)[1]
        )
        assert "Copydesk 0." in page and "# Parameters" not in page
    method = pages(report)["method.html"]
    story = report.name
    for version in cd.read_story(story).versions.values():
        assert version.sha256 in method
    for notebook in report.glob("executed/*.ipynb"):
        first = next(
            cell for cell in nbformat.read(notebook, as_version=4).cells if "open_page" in cell.source
        )
        assert first.source.splitlines()[0] in plain(method), "the code stands with the method"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LUND, March 25 - The harbour board opened the quay. Rain fell.", "datelined LUND, March 25"),
        ("LUND (Agency) - The harbour board opened the quay. Rain fell.", "not dated"),
        ("The harbour board opened the quay on March 25. Rain fell.", "not dated"),
    ],
)
def test_a_version_without_a_date_has_that_of_its_dateline(text, told):
    version = cd.stories.story_from_texts({"a": text}).versions["a"]
    assert html_pages._dated(version) == told


def test_tables_have_captions_and_scopes(report):
    for name, page in pages(report).items():
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
            assert "<caption>" in table, name
            assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table)), name


def test_changes_are_announced(report):
    for name, page in pages(report).items():
        for mark in re.findall(r'<(?:ins|del|span) class="change [^>]*id="change-[^>]*>.{0,30}', page):
            assert re.search(r'><span class="sr">(cut|added|replaced|instead|moved)', mark), (name, mark)


def test_figures_have_words_of_their_own(report):
    for name, page in pages(report).items():
        for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
            assert re.search(r"<title>[^<]{10,}</title>", svg) and re.search(
                r"<desc[^>]*>[^<]{20,}</desc>", svg
            ), name
            assert all('aria-label="' in link for link in re.findall(r"<a [^>]*>", svg))
            assert "target=" not in svg and "xlink:" not in svg


def test_each_finding_leads_to_its_words_and_back(report):
    every = pages(report)
    for table, page, place in (("statements", "voices.html", "card"), ("measures", "sanctions.html", "row")):
        kind = table[:-1]
        for row in rows(report / "tables" / f"{table}.csv"):
            if row.get("umbrella") == "True":
                continue
            one = row[kind].replace(":", "-")
            assert f'id="{kind}-{one}"' in every["words.html"] and f'id="{place}-{one}"' in every[page]
            assert f'href="{page}#{place}-{one}"' in every["words.html"]
            if kind == "measure" or not row["same_as"]:
                assert f'href="words.html#{kind}-{one}"' in every[page]
    for row in rows(report / "tables" / "edits.csv"):
        for side in ("before", "after"):
            place = cd.marked_text.change_anchor(row, side)
            assert place is None or f'id="{place}"' in every["words.html"], place


def test_ten_numbers_lead_to_exactly_their_words(report):
    every = pages(report)
    story = cd.read_story(report.name)
    for row in rows(report / "tables" / "statements.csv")[::3][:10]:
        spans = read_spans(row["content_spans"])
        place = f"statement-{row['statement'].replace(':', '-')}"
        for n, (start, end) in enumerate(spans, 1):
            name = place if n == 1 else f"{place}--{n}"
            assert f'id="{name}"' in every["words.html"]
            assert story.versions[row["version"]].text[start:end].strip()


def test_a_count_leads_to_what_it_counts(second):
    statements = rows(second / "tables" / "statements.csv")
    page = pages(second)["voices.html"]
    table = re.search(
        r"<table><caption>[^/]*<bdi>Statements and words of each actor.*?</table>", page, re.DOTALL
    )[0]
    for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]:
        counted = int(plain(re.search(r'data-head="statements">(.*?)</td>', row)[1]))
        assert counted == len(re.findall(r'href="words.html#statement-', row))
    assert sum("words.html#statement-" in row for row in table.split("<tr>")) <= len(statements)


def test_a_story_without_sanctions_is_sensible(second):
    every = pages(second)
    assert "sanctions.html" not in every and "sanctions.html" not in "".join(every.values())
    assert "<tbody></tbody>" not in "".join(every.values())
    assert "Nothing to show" not in "".join(every.values())
    for stranger in ("Korea", "Beijing", "U.N.", "China", "United States"):
        for name, page in every.items():
            words = plain(re.sub(r"<(pre|script|style)\b.*?</\1>", "", page, flags=re.DOTALL))
            assert stranger not in words, (name, stranger)


def test_the_story_leads_with_the_news(second, public):
    page = pages(second)["index.html"]
    headline = plain(re.search(r"<h1>(.*?)</h1>", page)[1])
    changes = rows(second / "tables" / "changes.csv")
    quoted = re.search("“(.*?)(?: …)?”", headline)[1]
    assert changes[0]["rank"] == "1" and quoted[:40] in changes[0]["after_text"].replace(" … ", " ")
    assert 2 <= page.count('class="finding"') <= 3 and page.count("<figure") == 2
    lede = cd.read_story(BUNDLED).entry.lede
    story = pages(public)["index.html"]
    assert lede.headline in plain(story) and lede.deck in plain(story)
    outcome = next(
        row for row in rows(cd.read_story(BUNDLED).folder / "outcome.csv") if row["topic"] == lede.topic
    )
    assert outcome["adopted"][1:] in plain(story), "then and now"


def test_method_lists_every_file_with_a_line_on_each(report):
    page = pages(report)["method.html"]
    for path in [*report.glob("tables/*.csv"), *report.glob("executed/*.ipynb")]:
        entry = re.search(rf'<li><a href="{path.relative_to(report).as_posix()}">[^<]*</a> (.*?)</li>', page)
        assert entry and len(plain(entry[1])) > 10, path
    assert 'href="tables.xlsx"' in page and 'href="report.zip"' in page


def test_nobody_is_said_to_have_checked_what_nobody_coded(second, public):
    assert "by a program, by rule; nobody has checked it" in plain(pages(second)["index.html"])
    assert "badge" not in re.sub(r"<style>.*?</style>", "", pages(second)["voices.html"], flags=re.DOTALL)
    assert "stance-" not in "".join(path.name for path in second.glob("figures/*"))
    assert (
        "nobody has checked" not in plain(pages(public)["index.html"])
        and 'class="badge' in pages(public)["voices.html"]
    )


@pytest.mark.slow
@pytest.mark.parametrize("only", ["1", "3"])
def test_one_notebook_alone_makes_whole_pages(only, tmp_path):
    report = render(SECOND, tmp_path, "--only", only)
    test_every_link_leads_somewhere_and_every_id_is_one(report)
    assert (report / "voices.html").is_file() == (only == "3")
    assert "report.pdf" not in pages(report)["index.html"]


# --- rights -----------------------------------------------------------------------------------------


def runs(words, length=10):
    """Each run of so many words, or all of them where they are fewer but no mere phrase."""
    if 4 <= len(words) < length:
        return {tuple(words)}
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def letters(string):
    return re.findall(r"[^\W_]+", string.lower())


@pytest.fixture(scope="module")
def withheld():
    """The runs of ten words of the bundled story that stand only in what is withheld, and how many words it has."""
    story = cd.read_story(BUNDLED)
    withholding.withhold(story, *story.versions.values())
    kept, gone = set(), set()
    for version in story.versions.values():
        for start, end in version.document.sentences:
            stays = version.shown[start:end] == version.text[start:end]
            (kept if stays else gone).update(runs(letters(version.text[start:end])))
        gone |= runs(letters(" ".join(version.boilerplate["text"])))
        for row in version.boilerplate.itertuples():
            gone |= runs(letters(version.text[row.start : row.end]))
    gone -= kept
    assert len(gone) > 1000 and kept
    return gone


def test_no_output_has_a_withheld_sentence(public, withheld):
    seen, texts_of = 0, {}
    for path in sorted(public.rglob("*")):
        if path.suffix in (".html", ".ipynb", ".csv", ".svg", ".json"):
            content = path.read_text(encoding="utf-8")
            content = (
                content.encode().decode("unicode_escape", "ignore")
                if path.suffix in (".ipynb", ".json")
                else content
            )
            texts = [plain(content), " ".join(re.findall(r'="([^"]*)"', content))]
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            texts = [" ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)]
        elif path.suffix == ".pdf":
            texts = [" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)]
        else:
            continue
        seen += 1
        texts_of[path.name] = texts[0]
        for text in texts:
            leaked = runs(letters(text)) & withheld
            assert not leaked, (path.name, sorted(leaked)[:3])
    assert seen > 40
    assert "A78F" not in texts_of["report.pdf"].upper()  # the letter that stands in for withheld ones
    assert "withheld]" in plain(texts_of["words.html"]) and len(texts_of["report.pdf"]) > 8_000


def test_rows_to_check_are_narrow_on_the_page_and_whole_in_the_file(second):
    page = pages(second)["method.html"]
    checks = re.findall(r"Rows to check against the words.*?<thead>(.*?)</thead>", page, re.DOTALL)
    shown = [[plain(head) for head in re.findall(r"<th[^>]*>(.*?)</th>", heads)] for heads in checks]
    assert ["statement", "content", "source", "actor", "cue", "quotation", "right", "note"] in shown
    kept = rows(second / "tables" / "statements-to-check.csv")
    assert {"content_spans", "quoted_spans", "resolved_by", "right", "note"} <= set(kept[0])


def test_the_index_leads_to_the_pdf_where_there_is_one(report):
    assert 'href="report.pdf"' in pages(report)["index.html"]


def test_what_is_cited_stays_and_what_is_withheld_is_counted(public):
    story = cd.read_story(BUNDLED)
    page = plain(pages(public)["words.html"])
    assert "strongest set of sanctions imposed by the Security Council" in page
    assert re.search(r"\[\d+ words withheld\]", page)
    assert not re.search(f"[{withholding.WORD}{withholding.MARK}]", page)
    hidden = rows(public / "tables" / "sentences.csv")
    counts = [re.fullmatch(r"\[(\d+) words? withheld\]", row["text"]) for row in hidden]
    assert any(counts)
    for row, count in zip(hidden, counts, strict=True):
        written = story.versions[row["version"]].text[int(row["start"]) : int(row["end"])]
        assert int(count[1]) == cd.text.count_words(written) if count else row["text"] == written
    assert "withheld; their words are counted" in plain(pages(public)["method.html"])
    assert "Shown are the sentences that a finding cites" in page
    kept = {
        version.id: version.words
        - sum(
            int(count[1])
            for row, count in zip(hidden, counts, strict=True)
            if count and row["version"] == version.id
        )
        for version in story.versions.values()
    }
    for version in story.versions.values():
        assert f"{kept[version.id]} of the {version.words} words of the {version.label}" in page
    assert not re.search(r"\d+ words withheld\]…", plain("".join(pages(public).values())))


def test_withholding_changes_no_finding(public, rendered):
    whole = rendered(BUNDLED)
    for name in ("statements", "measures", "edits", "links", "markers", "summary", "readability"):
        assert (whole / "tables" / f"{name}.csv").read_bytes() == (
            public / "tables" / f"{name}.csv"
        ).read_bytes(), name


def test_stand_ins_keep_words_and_places():
    story = cd.stories.story_from_texts(
        {"a": "Rain fell on China's coast. Rome said the talks had failed. He left."}
    )
    withholding.withhold(story)
    shown = story.versions["a"].shown
    assert len(shown) == len(story.versions["a"].text)
    assert withholding.say(shown) == "[5 words withheld] Rome said the talks had failed. [2 words withheld]"
    assert cd.text.count_words(shown) == cd.text.count_words(story.versions["a"].text)


# --- the workbook -----------------------------------------------------------------------------------


def test_the_workbook_has_every_table_as_it_is(second):
    book = openpyxl.load_workbook(second / "tables.xlsx")
    tables = sorted(second.glob("tables/*.csv"))
    assert book.sheetnames == ["contents", *(path.stem for path in tables)]
    for path in tables:
        with open(path, encoding="utf-8", newline="") as file:
            written = list(csv.reader(file))
        for row, cells in zip(written, book[path.stem].iter_rows(max_col=len(written[0])), strict=False):
            for value, cell in zip(row, cells, strict=True):
                assert (
                    (float(value) == pytest.approx(cell.value, rel=1e-15))
                    if cell.data_type == "n" and value
                    else (cell.value or "") == value
                )


def test_the_workbook_is_the_same_bytes_and_takes_any_text(tmp_path):
    hostile = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "007",
        "1e5",
        "TRUE",
        "2016-02-25",
        "http://example.org/",
        "\x1b[31m",
        "x" * 40000,
    ]
    path = tmp_path / "a table with a very long name [of] all: things?.csv".replace(":", "").replace("?", "")
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "n"], *([one, n] for n, one in enumerate(hostile))])
    workbook.write_workbook([path, path], tmp_path / "one.xlsx")
    shutil.copy(tmp_path / "one.xlsx", tmp_path / "first.xlsx")
    workbook.write_workbook([path, path], tmp_path / "one.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "first.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx").worksheets[1]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    assert [cell.value for cell in cells[:9]] == hostile[:9]
    assert len(cells[-1].value) == workbook.MOST_LETTERS and cells[-1].value.endswith("the whole]")
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == list(range(len(hostile)))
