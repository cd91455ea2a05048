"""The words as HTML: nothing lost, nothing turned into markup, each mark named."""

import re
from html import unescape

import copydesk as cd
import pytest
from copydesk.engine.spans import read_spans
from copydesk.show import marked_text
from copydesk.show.marked_text import Layer, marked
from copydesk.show.tables import visible
from hypothesis import given
from hypothesis import strategies as st

# Letters and marks that are shown as they are; what is not to be seen has tests of its own.
SEEN = st.characters(codec="utf-8", exclude_categories=("C", "M", "Zl", "Zp"), include_characters="\n\t")
TEXT = st.text(SEEN, min_size=1, max_size=60)


@st.composite
def layered(draw):
    text = draw(TEXT)
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place), max_size=5))
    return text, [Layer(min(p), max(p), "mark", "x", f"id-{n}") for n, p in enumerate(pairs)]


def plain(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(layered())
def test_marks_lose_no_word_and_let_none_become_markup(case):
    text, layers = case
    html = marked(text, 0, len(text), layers)
    assert plain(html) == text
    assert html.count("<mark") == html.count("</mark>")
    ids = re.findall(r'id="([^"]+)"', html)
    assert sorted(ids) == sorted(one.anchor for one in layers if one.start < one.end)


@given(layered())
def test_each_layer_marks_just_its_words(case):
    text, layers = case
    for layer in layers:
        html = marked(text, 0, len(text), [layer])
        inside = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))
        assert unescape(inside) == text[layer.start : layer.end]


def test_a_layer_that_began_before_is_marked_without_its_id():
    layer = Layer(0, 9, "mark", anchor="here", said="cut:")
    assert marked("one two three", 4, 13, [layer]) == "<bdi><mark>two t</mark>hree</bdi>"
    assert marked("one two three", 0, 3, [layer]) == (
        '<bdi><mark id="here"><span class="sr">cut: </span>one</mark></bdi>'
    )


@pytest.fixture(scope="module")
def comparison():
    story = cd.read_story("north-korea-sanctions")
    return cd.compare_versions(story.versions["aol"], story.versions["longer"])


def test_side_by_side_has_every_sentence_once_and_names_its_marks(comparison):
    html = marked_text.side_by_side(comparison)
    assert html.count("<tr") == 1 + len(comparison.links)
    assert '<del class="replace wording"><span class="sr">replaced: </span>It</del>' in html
    assert '<ins class="replace wording"><span class="sr">instead: </span>the proposal</ins>' in html
    assert '<u class="move wording"><span class="sr">moved from here: </span>on Thursday</u>' in html
    words = re.sub(r"\s+", " ", plain(re.sub(r'<span class="sr">.*?</span>', "", html)))
    for text in [*comparison.before.sentences["text"], *comparison.after.sentences["text"]]:
        assert re.sub(r"\s+", " ", text) in words


def test_changes_only_leaves_out_what_is_identical(comparison):
    html = marked_text.side_by_side(comparison, changes_only=True)
    assert html.count("<tr") == 1 + 11
    assert ">identical<" not in html


def test_a_split_is_one_row():
    story = cd.stories.story_from_texts(
        {
            "a": "The bridge, closed since May for repairs, will open on Monday. Boats stay in port.",
            "b": "The bridge will open on Monday. It was closed since May for repairs. Boats stay in port.",
        }
    )
    split = cd.compare_versions(story.versions["a"], story.versions["b"])
    assert list(split.links["relation"]) == ["split", "split", "identical"]
    assert marked_text.side_by_side(split).count('class="split">') == 1


def test_statements_in_full_prints_a_statement_of_both_versions_once():
    story = cd.stories.story_from_texts(
        {
            "a": '"We will certainly go," the minister said. France said the talks had failed.',
            "b": '"We will certainly go," the minister said.',
        }
    )
    statements = cd.statements_table(story)
    statements["actor"] = "x"
    markers = cd.markers_table(story, statements)
    html = marked_text.statements_in_full(
        statements, markers, story.versions, actors={"x": "X & Y", "y": "None"}
    )
    assert html.count("<blockquote") == 2
    assert "X &amp; Y" in html and "No statement of <bdi>None</bdi>" in html
    assert re.search(r'<mark class="booster"[^>]*><span class="sr">booster: </span>certainly</mark>', html)
    assert "quoted; <bdi>a</bdi> and <bdi>b</bdi>." in html and "paraphrased; <bdi>a</bdi>." in html


def test_the_page_of_texts_anchors_findings_and_leads_back():
    story = cd.stories.story_from_texts({"a": "Rome said the talks had failed. Rain fell."})
    statements = cd.statements_table(story).astype(str).to_dict("records")
    places = {"row-statement-a-0001": "3-chart-stance.html"}
    html = marked_text.texts_page(story, {"statements": statements}, places)
    assert 'id="sentence-a-0001"' in html and 'id="sentence-a-0002"' in html
    assert '<span class="statement" id="statement-a-0001">' in html
    assert 'href="3-chart-stance.html#row-statement-a-0001"' in html
    assert "#row-" not in marked_text.texts_page(story, {"statements": statements})


def test_what_nobody_sees_is_named():
    text = "a\u202eb\x1b[31m\u200b\u200bc" + "\u0301" * 9
    assert plain(marked(text, 0, len(text), [])) == visible(text)
    assert visible(text) == "a[U+202E]b\u241b[31m[U+200B, 2 times]c" + "\u0301" * 4 + "[5 more marks]"
    assert visible("naïve, Việt Nam, \u200fשלום, क्ष\u200d") == "naïve, Việt Nam, \u200fשלום, क्ष\u200d"


def test_a_sentence_leads_to_its_counterpart_and_a_change_to_its_row():
    story = cd.stories.story_from_texts(
        {
            "a": "The bridge will open on Monday. Boats stay in port.",
            "b": "The bridge will open on Friday. Rain fell.",
        }
    )
    comparison = cd.compare_versions(story.versions["a"], story.versions["b"])
    tables = {
        "links": comparison.links.astype(object).where(comparison.links.notna(), "").to_dict("records"),
        "edits": comparison.edits.astype(object).where(comparison.edits.notna(), "").to_dict("records"),
    }
    rows = {marked_text.change_row(row) for row in tables["edits"]} | {
        marked_text.link_row(row) for row in tables["links"]
    }
    html = marked_text.texts_page(story, tables, dict.fromkeys(rows, "1.html"))
    assert 'href="#sentence-b-0001" aria-label="1, reworded: to sentence 1 of the other version"' in html
    assert re.search(r'<del class="change replace wording" id="change-a-24-30">.*?Monday</del>', html)
    assert re.search(r'<ins class="change replace wording" id="change-b-24-30">.*?Friday</ins>', html)
    assert html.count('href="1.html#row-change-a-24-30"') == 2
    assert re.search(r'<del class="change"><span class="sr">cut: </span>Boats stay in port.</del>', html)
    assert 'href="1.html#row-link-a-0002" title="deleted">cut sentence</a>' in html
    assert html.count(">rewording</a>") == 2 and html.count(">new sentence</a>") == 1


def test_spans_are_read_as_they_are_written():
    assert read_spans("12-40;55-60") == [(12, 40), (55, 60)]
    assert read_spans("") == read_spans(None) == read_spans(float("nan")) == []
