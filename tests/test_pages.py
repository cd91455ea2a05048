"""The pages of a report as files: whole, linked both ways, light, and with no word more than may be shown."""

import csv
import re
import shutil
from html import unescape
from itertools import pairwise

import copydesk as cd
import openpyxl
import pypdf
import pytest
from copydesk.report import workbook
from copydesk.stories import withholding
from rendering import render

BUNDLED, SECOND = "north-korea-sanctions", "harbour-ferry"


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A report of the invented story."""
    return render(SECOND, tmp_path_factory.mktemp("second"))


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
        assert not re.search(r"<(link|img|iframe|object|embed)\b|\ssrc=|@import|url\(", page), name
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
        assert "SHA-256" in page and "Copydesk 0." in page
        if name[0].isdigit():
            finding, code = re.search('class="(finding|note)"', page).start(), page.index("How this was made")
            assert page.index("<h1") < finding < code < page.index("Sources</h2>")
            assert page.count('class="code"') <= page.count("<h2"), "one place for the code of a section"
            assert "# Parameters" not in page


def test_tables_have_captions_and_scopes(report):
    for name, page in pages(report).items():
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
            if 'class="dataframe"' in table:
                continue  # as pandas sets it
            assert "<caption>" in table, name
            assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table)), name


def test_changes_are_announced(report):
    for name, page in pages(report).items():
        for mark in re.findall(r'<(?:ins|del|u) [^>]*id="change-[^>]*>.{0,30}', page):
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
    for table, page in (("statements", "3-chart-stance.html"), ("measures", "2-tabulate-measures.html")):
        kind = table[:-1]
        for row in rows(report / "tables" / f"{table}.csv"):
            place = f"{kind}-{row[kind].replace(':', '-')}"
            assert f'href="texts.html#{place}"' in every[page]
            assert (
                f'id="{place}"' in every["texts.html"] and f'href="{page}#row-{place}"' in every["texts.html"]
            )
    for row in rows(report / "tables" / "edits.csv"):
        for side in ("before", "after"):
            place = cd.marked_text.change_anchor(row, side)
            if place:
                assert f'id="{place}"' in every["texts.html"], place
                assert f'href="texts.html#{place}"' in every["1-compare-versions.html"]


def test_a_count_leads_to_what_it_counts(second):
    page = pages(second)["1-compare-versions.html"]
    table = re.search(
        r"<table><caption><span class=\"caption\"><bdi>How many links.*?</table>", page, re.DOTALL
    )[0]
    links = rows(second / "tables" / "links.csv")
    for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]:
        cells = [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        counted = [
            one for one in links if one["relation"] == cells[0] and one["moved"] == str(cells[1] == "yes")
        ]
        assert int(cells[2]) == len(counted) == len(re.findall(r'href="texts.html#sentence-', row))


def test_a_story_without_sanctions_is_sensible(second):
    every = pages(second)
    assert "Neither version reports a sanctions measure." in every["2-tabulate-measures.html"]
    assert "none." in every["2-tabulate-measures.html"]
    assert "<tbody></tbody>" not in "".join(every.values())
    assert "Nothing to show" not in every["index.html"]
    for stranger in ("Korea", "Beijing", "U.N.", "China", "United States"):
        for name, page in every.items():
            words = plain(re.sub(r"<(pre|script|style)\b.*?</\1>", "", page, flags=re.DOTALL))
            assert stranger not in words.replace("UN SanctionsApp", ""), (name, stranger)


def test_the_index_has_findings_figures_and_files(report):
    page = pages(report)["index.html"]
    assert page.count('class="finding"') >= 5 and page.count("<svg") >= 2
    for path in [*report.glob("*.html"), *report.glob("tables/*.csv"), *report.glob("executed/*.ipynb")]:
        assert f'href="{path.relative_to(report).as_posix()}"' in page, path
    assert 'href="tables.xlsx"' in page


def test_one_notebook_alone_makes_whole_pages(tmp_path):
    report = render(SECOND, tmp_path, "--only", "1")
    test_every_link_leads_somewhere_and_every_id_is_one(report)


def test_a_bare_dataframe_is_dressed():
    import pandas as pd
    from copydesk.report.pages import _dressed

    words = 'a style="x" <b>'
    html = _dressed(pd.DataFrame({"n": [1], "text": [words]})._repr_html_())
    assert "<style" not in html and ' style="text-align' not in html and "<th></th>" not in html
    assert html.startswith('<div class="table') and words in unescape(html)


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
    assert "words withheld]" in plain(texts_of["report.pdf"]) and len(texts_of["report.pdf"]) > 20_000


def test_sections_with_nothing_to_show_are_left_out_and_named(second, public):
    page = pages(second)["2-tabulate-measures.html"]
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert (
        "What stands in each version?" not in headings
        and "Do the rules agree with codings by reading?" in headings
    )
    assert "#what-stands-in-each-version" not in page, "the contents name what is left out"
    assert "nothing to show" in plain(page) and "What stands in each version?" in plain(page)
    assert plain(page).count("Neither version reports a sanctions measure.") == 1
    assert "nothing to show" not in plain(pages(public)["2-tabulate-measures.html"])


def test_rows_to_check_are_narrow_on_the_page_and_whole_in_the_file(second):
    page = pages(second)["3-chart-stance.html"]
    heads = re.search(r"Rows to check against the words.*?<thead>(.*?)</thead>", page, re.DOTALL)[1]
    shown = [plain(head) for head in re.findall(r"<th[^>]*>(.*?)</th>", heads)]
    assert shown == ["statement", "content", "source", "actor", "cue", "quotation", "right", "note"]
    kept = rows(second / "tables" / "statements-to-check.csv")
    assert {"content_spans", "quoted_spans", "resolved_by", "right", "note"} <= set(kept[0])


def test_the_index_leads_to_the_pdf_where_there_is_one(public, second):
    assert 'href="report.pdf"' in pages(public)["index.html"]
    assert "report.pdf" not in pages(second)["index.html"]


def test_what_is_cited_stays_and_what_is_withheld_is_counted(public):
    story = cd.read_story(BUNDLED)
    page = plain(pages(public)["texts.html"])
    assert "strongest set of sanctions imposed by the Security Council" in page
    assert re.search(r"\[\d+ words withheld\]", page)
    assert not re.search(f"[{withholding.WORD}{withholding.MARK}]", page)
    hidden = rows(public / "tables" / "sentences.csv")
    counts = [re.fullmatch(r"\[(\d+) words? withheld\]", row["text"]) for row in hidden]
    assert any(counts)
    for row, count in zip(hidden, counts, strict=True):
        written = story.versions[row["version"]].text[int(row["start"]) : int(row["end"])]
        assert int(count[1]) == cd.text.count_words(written) if count else row["text"] == written
    assert "withheld; their words are counted" in page
    assert "The versions, as far as findings cite them" in page
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


def test_withholding_changes_no_finding(public, tmp_path):
    whole = render(BUNDLED, tmp_path)
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
