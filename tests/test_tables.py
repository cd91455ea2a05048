"""Tables as HTML and as CSV: the words exactly, and nothing that a text says becomes markup."""

import csv
import json
import re
from html.parser import HTMLParser

import pandas as pd
from copydesk.show import tables
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.cells, self._depth = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data


def parsed(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_csv_gives_the_words_back(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    tables.write_csv(pd.DataFrame({"n": range(len(words)), "text": words}), path)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == words


def test_csv_leaves_a_missing_value_empty(tmp_path):
    table = pd.DataFrame(
        {"a": ["x", None], "b": [1.5, float("nan")], "c": pd.array([1, None], dtype="Int64")}
    )
    tables.write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == b"a,b,c\nx,1.5,1\n,,\n"


@given(WORDS)
def test_no_word_of_a_text_becomes_markup(word):
    harmless = parsed(tables.to_html(pd.DataFrame({"id": ["1"], "text": ["word"]}), "Caption"))
    reader = parsed(tables.to_html(pd.DataFrame({"id": ["1"], "text": [word]}), "Caption"))
    assert reader.tags == harmless.tags


def test_heads_have_scope_and_cells_carry_their_heads():
    html = tables.to_html(pd.DataFrame({"sentence": ["a:S0001"], "moved": [True], "n": [2.50]}), "Links <b>")
    assert "<bdi>Links &lt;b&gt;</bdi></span></caption>" in html
    assert '<th scope="row"' in html and html.count('scope="col"') == 3
    assert 'data-head="moved"><bdi>yes</bdi>' in html and 'data-head="n"><bdi>2.50</bdi>' in html


def test_an_id_links_to_its_words():
    html = tables.to_html(
        pd.DataFrame({"sentence": ["a:S0001"], "text": ["a:S0001"]}),
        "Links",
        url=lambda column, value, row: f"texts.html#{value}" if column == "sentence" else None,
    )
    assert html.count('href="texts.html#a:S0001"') == 1


def test_a_page_shows_eight_rows_until_it_is_asked_for_all():
    made = tables.layout(pd.DataFrame({"n": range(9)}), "Numbers")
    assert "All 9 rows" in tables.set_table(made, short=8)
    assert "All 9 rows" not in tables.set_table(made) and "All" not in tables.set_table(made, short=9)


def test_a_layout_is_plain_values():
    table = pd.DataFrame(
        {"n": pd.array([1, None], dtype="Int64"), "share": [0.5, None], "moved": [True, False]}
    )
    made = tables.layout(table, "Numbers")
    assert json.loads(json.dumps(made)) == made
    assert [cell and cell["text"] for cell in made["rows"][1]["cells"]] == [None, None, "no"]


def test_what_is_cut_from_a_long_table_is_said():
    html = tables.to_html(pd.DataFrame({"n": range(30)}), "Numbers", limit=10)
    assert "the first 10 of 30 rows" in html and html.count("<tr") == 11


def test_a_table_without_rows_is_a_sentence():
    html = tables.to_html(pd.DataFrame({"a": []}), "Measures", download="tables/m.csv")
    assert html.startswith('<p class="empty"><bdi>Measures</bdi>: none.') and "tables/m.csv" in html


def test_numbers_of_a_column_have_as_many_decimals():
    table = pd.DataFrame({"share": [1.0, 0.5, None], "n": [3.0, 12000.0, None], "start": [1, 12000, 3]})
    cells = parsed(tables.to_html(table, "Numbers")).cells
    assert cells == [
        "share",
        "n",
        "start",
        "1.00",
        "3",
        "1",
        "0.50",
        "12,000",
        "12000",
        "–none",
        "–none",
        "3",
    ]


def test_a_row_has_an_id_and_a_last_column_of_links():
    html = tables.to_html(
        pd.DataFrame({"a": ["x"], "hidden": ["y"]}), "Rows", columns=["a"],
        row_id=lambda row: f"row-{row['hidden']}",
        cited=lambda row: [{"version": "a", "links": [{"href": "w.html#y", "text": "S1", "kind": "sentence"}]}],
        download="tables/rows.csv",
    )  # fmt: skip
    assert '<tr id="row-y">' in html and re.search(
        r'<td class="cited".*<a href="w.html#y">.*S1</a>', html, re.DOTALL
    )
    assert '<a class="csv" href="tables/rows.csv" aria-label="CSV: Rows">CSV</a>' in html
