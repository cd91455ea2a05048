"""The words as HTML: nothing lost, nothing turned into markup, each mark named."""

import re
from html import unescape

import copydesk as cd
import pytest
from copydesk.engine.spans import read_spans
from copydesk.show import marked_text
from copydesk.show.marked_text import Layer, marked
from copydesk.show.markup import visible
from copydesk.show.versions import forms_of, versions_view
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
    assert '<span class="moved wording"><span class="sr">moved from here: </span>on Thursday</span>' in html
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
    assert "No statement of None" in html and "In the <bdi>a</bdi>" not in html
    assert html.index("In the a alone") < html.index("In both versions")
    assert re.search(r'<mark class="booster"[^>]*><span class="sr">booster: </span>certainly</mark>', html)
    assert 'class="direct"' in html and "<p>“" in html.replace("\n", "").replace(
        '<span id="card-b-Q0001"></span>', ""
    )
    assert '<span class="paraphrase">' in html and "paraphrased; <bdi>a</bdi>." in html
    assert all(f'id="card-{one}"' in html for one in ("a-Q0001", "a-Q0002", "b-Q0001"))


def _cards(old, new):
    """The heads of the cards of two versions, and the words of the cards below each."""
    story = cd.stories.story_from_texts({"a": old, "b": new})
    statements = cd.statements_table(story)
    html = marked_text.statements_in_full(
        statements,
        cd.markers_table(story, statements),
        story.versions,
        actors=dict.fromkeys(statements["actor"], "An actor"),
        links=cd.compare_versions(story.versions["a"], story.versions["b"]).links,
    )
    groups = re.findall(r"<h2>(.*?) <span.*?</h2>(.*?)</section>", html, re.DOTALL)
    return {
        plain(head): [plain(one) for one in re.findall("<p>(.*?)</p>", cards, re.DOTALL)]
        for head, cards in groups
    }


def test_a_statement_whose_sentence_was_reworded_is_not_called_one_versions_own():
    cards = _cards(
        "The harbour board said on Monday that 60,000 crates were late. Rain fell. The port had been shut since May.",
        "The harbour board said on Tuesday that 35,000 crates had arrived late. Rain fell. Mayor Anna Lind said the quay was safe.",
    )
    told = cards["In sentences that were changed"]
    assert [("60,000" in one, "35,000" in one) for one in told] == [(True, False), (False, True)]
    assert ["quay" in one for one in cards["In the b alone"]] == [True]
    assert "In the a alone" not in cards


def test_what_nobody_sees_is_named():
    text = "a\u202eb\x1b[31m\u200b\u200bc" + "\u0301" * 9
    assert plain(marked(text, 0, len(text), [])) == visible(text)
    assert visible(text) == "a[U+202E]b\u241b[31m[U+200B, 2 times]c" + "\u0301" * 4 + "[5 more marks]"
    assert visible("naïve, Việt Nam, \u200fשלום, क्ष\u200d") == "naïve, Việt Nam, \u200fשלום, क्ष\u200d"


BRIDGE = {
    "a": "The bridge will open on Monday. Boats stay in port. Rain fell. Fog came.",
    "b": "The bridge will open on Friday. Rain fell. Fog came. The mayor said it was safe, and he called it new.",
}


@pytest.fixture(scope="module")
def bridge():
    story = cd.stories.story_from_texts(BRIDGE)
    return story, cd.compare_versions(*story.versions.values())


def test_every_sentence_change_and_finding_has_an_id_in_the_versions(bridge):
    story, comparison = bridge
    statements = cd.statements_table(story)
    html = versions_view(comparison, statements=statements, back=lambda kind, one: f"voices.html#{one}")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for sentence in story.sentences["sentence"]:
        assert marked_text.anchor("sentence", sentence) in ids
    for row in statements.to_dict("records"):
        whole = marked_text.anchor("statement", row["statement"])
        parts = [whole, *(f"{whole}--{n}" for n in range(2, len(read_spans(row["content_spans"])) + 1))]
        assert set(parts) <= set(ids) and html.count(f'data-of="{whole}"') >= len(parts)
        assert f'href="voices.html#{row["statement"]}"' in html
    for row in comparison.edits.to_dict("records"):
        for side in ("before", "after"):
            place = marked_text.change_anchor(row, side)
            assert place is None or place in ids


def test_parts_of_a_finding_have_ids_of_their_own_and_one_that_joins_them():
    layers = list(marked_text.parts("statement", "a:Q0001", "0-3;8-13"))
    html = marked("one two three", 0, 13, layers)
    assert re.findall(r'id="([^"]+)"', html) == ["statement-a-Q0001", "statement-a-Q0001--2"]
    assert html.count('data-of="statement-a-Q0001"') == 2


def test_versions_say_what_became_of_each_sentence_and_fold_what_stayed(bridge):
    html = versions_view(bridge[1])
    for said in ("changed", "cut", "added", "2 unchanged: S3 to S4 of the a; S2 to S3 of the b"):
        assert f">{said}<" in html, said
    assert re.search(r'<ins class="change replace wording" id="change-b-24-30">.*?Friday</ins>', html)
    # Where the versions are read as one text, what was cut stands in the later one too.
    assert '<span class="spliced"><del>Monday</del> </span>' in html
    printed = versions_view(bridge[1], printed=True)
    assert "Rain fell" not in printed and "<details" not in printed and "<input" not in printed


def test_a_lower_case_text_is_read_with_capitals_and_spaces_and_its_offsets_stay():
    story = cd.stories.story_from_texts(
        {
            "a": "The Norwegian minister said the plan, made in Oslo, won't do. “It is late,” he said.",
            "b": "the norwegian minister said the plan , made in oslo , wo n’t do . “ it is late , ” he said . "
            "sweden ’ s king said u.n. aid came ( at last ) .",
        }
    )
    comparison = cd.compare_versions(*story.versions.values())
    form = forms_of(comparison)["b"]
    assert "a" not in forms_of(comparison) and len(form) == len(story.versions["b"].text)
    assert "".join(form) == (
        "The Norwegian minister said the plan, made in Oslo, won’t do. “It is late,” he said. "
        "Sweden’s king said U.N. aid came (at last)."
    )
    word = story.versions["b"].text.index("oslo")
    assert "".join(form[word : word + 4]) == "Oslo"


def test_words_cut_stand_apart_where_both_versions_are_read_as_one():
    story = cd.stories.story_from_texts(
        {"a": "The mayor closed the old pier on Monday.", "b": "The mayor closed the pier on Monday."}
    )
    html = versions_view(cd.compare_versions(*story.versions.values()))
    joined = plain(
        re.sub(r'<div class="side before".*?(?=<div class="side after")', "", html, flags=re.DOTALL)
    )
    assert "closed the old pier on" in " ".join(joined.split())


def test_names_that_only_a_lower_case_text_has_are_read_with_capitals():
    story = cd.stories.story_from_texts(
        {
            "a": "The minister met union leaders in Oslo on Monday. He gave no date.",
            "b": "the minister met union leaders in oslo on monday . the norwegian ambassador orla vik , an envoy of "
            "germany , gave no date .",
        }
    )
    comparison = cd.compare_versions(*story.versions.values())
    form = "".join(forms_of(comparison)["b"])
    assert "ambassador Orla Vik, an envoy of Germany, gave" in form


def test_spans_are_read_as_they_are_written():
    assert read_spans("12-40;55-60") == [(12, 40), (55, 60)]
    assert read_spans("") == read_spans(None) == read_spans(float("nan")) == []
