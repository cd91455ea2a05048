"""What a notebook works at: its parameters checked, and what it shows told apart for the report."""

import json
import re

import copydesk as cd
import pandas as pd
import pytest
from copydesk.engine.spans import read_spans
from copydesk.errors import InputError
from copydesk.pages import parameters
from copydesk.pages.corpus_page import CorpusPage
from copydesk.pages.notebook_output import MIME
from copydesk.pages.story_page import StoryPage, open_page
from copydesk.stories.rule_scores import score_sentence

DEFAULTS = 'story: str = "north-korea-sanctions"  # A story\nthreshold: float = 0.0  # A number'
STORY = "north-korea-sanctions"


def cells(injected=None):
    return ["", DEFAULTS, *([f"# Parameters\n{injected}"] if injected else []), "page = cd.open_page(In, …)"]


def test_opens_the_story_and_its_first_and_last_version():
    page = open_page(cells(), story=STORY, threshold=0.0)
    assert (page.before.id, page.after.id) == ("aol", "longer")
    assert page.parameters == {"threshold": 0.0}


def test_knows_what_papermill_injected():
    assert open_page(cells('story = "x"\nthreshold = 1'), story=STORY, threshold=1)


def test_a_number_that_papermill_handed_over_as_a_text_is_one():
    """papermill's `-r threshold 0.3` injects the text."""
    page = open_page(cells('threshold = "0.3"'), story=STORY, threshold="0.3")
    assert page.parameters == {"threshold": 0.3}


@pytest.mark.parametrize(
    ("injected", "given", "sentence"),
    [
        ("treshold = 0.3", {}, "The notebook has no parameter 'treshold'; did you mean 'threshold'?"),
        (
            "colour = 1",
            {},
            "The notebook has no parameter 'colour'; choose from story, before, after, output, public, threshold.",
        ),
        (
            'threshold = "high"',
            {"threshold": "high"},
            "The parameter 'threshold' is 'high'; give a number, such as 0.3.",
        ),
        (
            "threshold = True",
            {"threshold": True},
            "The parameter 'threshold' is True; give a number, such as 0.3.",
        ),
        (
            None,
            {"before": "aool"},
            "The story north-korea-sanctions has no version 'aool'; choose from aol, longer.",
        ),
    ],
)
def test_refuses_a_wrong_parameter_in_one_sentence(injected, given, sentence):
    with pytest.raises(InputError) as error:
        open_page(cells(injected), **{"story": STORY, "threshold": 0.0, **given})
    assert str(error.value) == sentence


def test_works_when_its_cell_is_run_again_by_hand():
    again = [*cells(), "1 + 1", "x =", "page = cd.open_page(In, …)"]
    assert open_page(again, story=STORY, threshold=0.5).parameters == {"threshold": 0.5}


# --- one check, for notebooks and for the command line ----------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "wanted"),
    [("0.3", "float", 0.3), ("1e-3", "float", 0.001), ("5", "int", 5), ("true", "bool", True),
     ("a,b", "list", ["a", "b"]), ("{a: 1}", "dict", {"a": 1}), (7, "str", "7")],
)  # fmt: skip
def test_text_is_read_as_the_type_that_is_declared(value, kind, wanted):
    assert parameters.from_text("name", value, kind) == wanted


@pytest.mark.parametrize(
    ("value", "kind"), [("high", "float"), ("0.5", "int"), ("yes", "int"), ("3", "list")]
)
def test_text_of_another_type_is_refused_as_it_was_given(value, kind):
    with pytest.raises(InputError) as error:
        parameters.from_text("name", value, kind)
    assert str(error.value).startswith(f"The parameter 'name' is {value!r}; give ")


# --- what is shown -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story():
    return cd.stories.story_from_texts(
        {
            "a": "The mayor said the bridge was safe. Rain fell.",
            "b": "The mayor said the bridge was not safe. Rain fell.",
        }
    )


@pytest.fixture
def page(story, tmp_path, monkeypatch):
    monkeypatch.setenv("COPYDESK_WIDGETS", "0")
    return StoryPage(story, *story.versions.values(), {}, str(tmp_path))


def shown(one):
    """The record of an output, as a notebook's file keeps it."""
    data = one._repr_mimebundle_()
    return json.loads(json.dumps(data[MIME])), data


def test_a_table_carries_its_cells_and_their_links_and_is_saved_whole(page, story, tmp_path):
    statements = cd.statements_table(story)
    part, data = shown(
        page.table(statements, "statements", "Every statement", columns=["statement", "content"])
    )
    assert (part["role"], part["name"], part["rows"]) == ("table", "statements", len(statements))
    cell = part["table"]["rows"][0]["cells"][0]
    assert cell == {"text": statements["statement"][0], "href": "words.html#statement-a-Q0001"}
    assert "text/html" in data and data["text/plain"]
    kept = pd.read_csv(tmp_path / "tables" / "statements.csv")
    assert list(kept.columns) == list(statements.columns)


def test_a_count_carries_what_it_counts(page, story):
    statements = cd.statements_table(story)
    counts = statements.groupby("version").size().reset_index(name="statements")
    part, _ = shown(page.table(counts, "counts", "Statements", of=statements))
    for row, version in zip(part["table"]["rows"], ("a", "b"), strict=True):
        links = [link["href"] for group in row["cited"] for link in group["links"]]
        ids = statements.loc[statements["version"] == version, "statement"]
        assert links == [f"words.html#statement-{one.replace(':', '-')}" for one in ids]


def test_a_finding_carries_its_words_and_where_they_stand(page, story):
    statements = cd.statements_table(story)
    part, _ = shown(page.finding("The mayor speaks.", of=statements, name="voices"))
    assert part["sentence"] == "The mayor speaks." and part["words"]["ids"] == list(statements["statement"])
    assert part["words"]["words"][0]["text"] in story.versions["b"].text
    bare, _ = shown(page.finding("Nothing to cite."))
    assert bare["words"] == {"kind": "", "ids": [], "groups": [], "words": [], "counts": []}
    assert page.finding("") is None and page.note(None) is None


def test_a_figure_is_a_png_for_jupyterlab_and_drawings_for_the_report(page, story):
    position = cd.revisions.position_of_change(cd.compare_versions(*story.versions.values()))
    comparison = cd.compare_versions(*story.versions.values())
    chart = cd.charts.change_positions(
        position, page.before.sentences, page.after.sentences, comparison.links, comparison.edits, page.labels,
        page.link_to("sentence"),
    )  # fmt: skip
    part, data = shown(page.figure(chart, "positions"))
    assert part["wide"].startswith("<svg") and part["alt"] == chart.alt and part["title"] == chart.title
    # An untrusted notebook shows no HTML of ours with drawings in it, which would be a screen of text.
    assert "text/html" not in data and data["image/png"].startswith("iVBOR")


def test_outside_a_report_nothing_links(story):
    page = StoryPage(story, *story.versions.values(), {})
    part, _ = shown(page.table(cd.statements_table(story), "statements", "Every statement"))
    assert not any(cell and cell["href"] for row in part["table"]["rows"] for cell in row["cells"])


def test_everything_that_a_corpus_page_offers_works(tmp_path, monkeypatch):
    monkeypatch.setenv("COPYDESK_WIDGETS", "0")

    class Run:
        def read(self, name, columns=None):
            told = pd.DataFrame(
                {"story": ["s"], "changed": [0.5], "number": [1], "title": ["T"], "url": [""]}
            )
            return told[columns or ["story", "changed"]]

    page = CorpusPage(
        Run(), None, {}, str(tmp_path), about="One story.", reports=1, story_page=lambda s: f"{s}.html"
    )
    table = page.summary
    assert repr(page) == "One story." and "One story." in page._repr_html_()
    assert page.finding("It changes.", of=table).part["sentence"] == "It changes."
    assert page.learnt("It changes.").part["role"] == "finding" and page.note("So.").part["role"] == "note"
    assert page.table(table, "one", "Stories", of=table).part["name"] == "corpus-one"
    assert page.most_revised(table, "most", "Most").part["table"]["rows"][0]["cells"][0]["href"] == "s.html"
    assert page.actor_labels.get("jane-doe") == "Jane Doe" and page.titled("x") == "x"
    assert page.view("<p>x</p>", "x").part["html"] == "<p>x</p>"
    assert page.output == tmp_path and page.archive is None and page.made is False
    offered = {name for name in dir(page) if not name.startswith("_")}
    assert not {name for name in offered if not hasattr(page, name)}


def test_what_nobody_coded_is_no_stance(story):
    page = StoryPage(story, *story.versions.values(), {})
    statements = cd.statements_table(story)
    markers = cd.markers_table(story, statements)
    assert not page.coded("stances")
    assert "badge" not in page.statements_view(statements, markers, cd.suggest_stances(story)).part["html"]


def test_a_lede_cites_words_that_stand_in_the_versions():
    story = cd.read_story(STORY)
    lede = story.entry.lede
    rows = [cd.resolved.statements(story), cd.resolved.measures(story), story.sentences]
    assert {one.claim for one in lede.claims} and lede.then
    for one in [*lede.claims, *lede.then]:
        start = story.versions[one.version].text.index(one.words)
        places = [
            (a, b)
            for table, column in zip(rows, ("content_spans", "spans", ""), strict=True)
            for row in table[table["version"] == one.version].to_dict("records")
            for a, b in (read_spans(row[column]) if column else [(row["start"], row["end"])])
        ]
        assert any(a < start + len(one.words) and start < b for a, b in places), one


def test_a_lede_without_its_words_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Rain fell on the town.", encoding="utf-8")
    toml = """title = "t"
versions = [{ id = "a", file = "a.txt", label = "a" }]
lede = { headline = "Rain", deck = "", claims = [{ claim = "Rain", version = "a", words = "%s" }] }
"""
    (tmp_path / "story.toml").write_text(toml % "Rain fell", encoding="utf-8")
    assert cd.read_story(tmp_path).entry.lede.headline == "Rain"
    (tmp_path / "story.toml").write_text(toml % "Snow fell", encoding="utf-8")
    with pytest.raises(InputError, match="does not have the words 'Snow fell'"):
        cd.read_story(tmp_path)


@pytest.mark.parametrize("task", ["links", "measures", "statements", "markers"])
def test_what_the_rules_score_on_other_texts_is_said(task):
    said = score_sentence(task)
    assert re.match(r"Elsewhere (\d+%|none) of such rows were wrong", said)
    assert re.search(r"\d+ (texts|articles|stories|versions|pairs of versions)", said), "of how many texts"
    assert score_sentence("stances") == ""


def page_of(folder, **texts):
    """The page of a story with these versions, in a folder."""
    lines = (f'[[versions]]\nid = "{one}"\nfile = "{one}.txt"\nlabel = "{one}"\n' for one in texts)
    (folder / "story.toml").write_text('title = "t"\n' + "".join(lines), encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return open_page(["", f"story: str = {str(folder)!r}  # A story"], story=str(folder))


def test_a_finding_quotes_a_sentence_that_stands_by_itself(tmp_path):
    before, named = "Rain fell on the harbour all day.", "Maren Holt closed two piers."
    after = f"{before} {named} She said that nobody at all had told her of the cracks in the old foundations before."
    page = page_of(tmp_path, before=before, after=after)
    links = cd.compare_versions(page.before, page.after).links
    shown = page.finding("It grew.", of=links[links["relation"] == "added"], name="revision")
    assert shown.part["words"]["words"][0]["text"] == named


def test_a_quotation_by_a_pronoun_is_signed_with_the_name(tmp_path):
    after = "Maren Holt of the Ferrymen's Union said the pier was unsafe. “Nobody at all has told us of the cracks,” she said."
    page = page_of(tmp_path, before="Rain fell on the harbour.", after=after)
    said = cd.statements_table(page.story)
    shown = page.finding("She said it.", of=said[said["source"] == "she"], name="voices")
    assert shown.part["words"]["words"][0]["source"] == "Maren Holt"
