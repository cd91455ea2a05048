"""The parts of a notebook that answer, why sentences are linked, and coding: saved, blind, nobody's overwritten."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import copydesk as cd
import pandas as pd
import pytest
from copydesk.engine.revisions import relate_sentences
from copydesk.errors import InputError
from copydesk.pages.interactive import coding_drafts, controls, explorer
from copydesk.pages.interactive.explain import Explainer
from copydesk.pages.story_page import StoryPage
from copydesk.show import notebook_style
from copydesk.show.reprs import register
from copydesk.stories import coding
from copydesk.stories.story import story_from_texts
from IPython.core.interactiveshell import InteractiveShell

ROOT = Path(__file__).resolve().parents[1]
STORY = "north-korea-sanctions"


@pytest.fixture(scope="module")
def page():
    story = cd.read_story(STORY)
    versions = list(story.versions.values())
    return StoryPage(story, versions[0], versions[-1], {"preset": "revision", "threshold": 0.0, "actors": []})


@pytest.fixture(scope="module")
def comparison(page):
    return cd.compare_versions(page.before, page.after)


@pytest.fixture(scope="module")
def statements(page):
    return cd.statements_table(page.story)


@pytest.fixture(scope="module")
def every_part(page, comparison, statements):
    """name -> the part of each notebook."""
    markers = cd.markers_table(page.story, statements)
    return {
        "threshold": controls.threshold(page, comparison),
        "pair": controls.pair(page, comparison),
        "voices": controls.voices(page, statements, markers),
        "measures": controls.measures(page, cd.measures_table(page.story, statements)),
        "explore": cd.explore(page.story),
    }


@pytest.fixture
def story(tmp_path):
    """A copy of the bundled story, to be coded."""
    folder = tmp_path / "story"
    shutil.copytree(cd.read_story(STORY).folder, folder)
    return cd.read_story(str(folder))


# --- parts ------------------------------------------------------------------------------------------

NAMES = ["threshold", "pair", "voices", "measures", "explore"]
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.mark.parametrize("name", NAMES)
def test_a_part_is_plain_html_where_nothing_can_answer(every_part, name, monkeypatch):
    for mark in ("COPYDESK_WIDGETS", "JPY_SESSION_NAME", "VSCODE_PID", "COLAB_RELEASE_TAG"):
        monkeypatch.delenv(mark, raising=False)
    data, metadata = every_part[name]._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}
    assert (
        "<table" in data["text/html"]
        and "<script" not in data["text/html"]
        and "<style" not in data["text/html"]
    )
    assert data["text/plain"] == repr(every_part[name])
    assert metadata["text/html"]["copydesk"] == {"role": "play", "name": name}


@pytest.mark.parametrize("name", NAMES)
def test_a_part_answers_in_jupyterlab_and_holds_its_plain_view_too(every_part, name, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "notebook.ipynb")
    data, _ = every_part[name]._repr_mimebundle_()
    assert data[WIDGET]["model_id"] == every_part[name].widget.model_id
    assert "<table" in data["text/html"]


def widgets_of(widget):
    """Every widget inside a widget."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets_of(child)


def find(widget, **traits):
    """The first widget inside another that has these traits."""
    for one in widgets_of(widget):
        if all(getattr(one, name, None) == value for name, value in traits.items()):
            return one
    raise AssertionError(f"no widget with {traits}")


def text_of(widget):
    """The words that the HTML widgets inside a widget show."""
    shown = " ".join(one.value for one in widgets_of(widget) if type(one).__name__ == "HTML")
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", shown, flags=re.DOTALL)).split())


def test_the_threshold_changes_the_links(every_part, page, comparison):
    widget = every_part["threshold"].widget
    slider = find(widget, description="threshold")
    usual = len(comparison.links.dropna(subset=["similarity"]))
    assert f"{usual} links at 0.10; 0 fewer and 0 more" in text_of(widget)
    slider.value = 0.95
    fewer = len(cd.align_sentences(*sentences(page), threshold=0.95))
    assert fewer < usual and f"{fewer} links at 0.95; {usual - fewer} fewer" in text_of(widget)
    slider.value = 0.1


def sentences(page):
    return [version.sentences["text"].tolist() for version in (page.before, page.after)]


def test_the_table_of_thresholds_counts_what_alignment_links(page):
    table = controls.links_by_threshold(page.before, page.after)
    for row in table.itertuples():
        assert row.linked == len(cd.align_sentences(*sentences(page), threshold=row.threshold))
        alone = row.added + row.deleted
        assert len(sentences(page)[0]) + len(sentences(page)[1]) <= 2 * row.linked + alone


def test_voices_follow_the_actors_and_the_word(every_part, page, statements):
    widget = every_part["voices"].widget
    find(widget, description="word").value = "resolution"
    find(widget, description="look in").value = "articles"
    words = [token.norm for v in page.story.versions.values() for token in v.document.tokens]
    assert f"{words.count('resolution')} places of “resolution” in the articles" in text_of(widget)
    find(widget, description="actors").value = ("global-times",)
    find(widget, description="look in").value = "statements"
    assert "United States" not in text_of(widget) and "Global Times" in text_of(widget)
    find(widget, description="actors").value = ()
    assert "Choose an actor" in text_of(widget)
    for nothing in ("", "*"):
        find(widget, description="word").value = nothing
        assert "Type a word, and see its places." in text_of(widget)


def test_a_concordance_has_every_place_and_whole_words(page):
    for word, pattern in (("sanctions", r"\bsanctions\b"), ("restrict*", r"\brestrict\w*")):
        found = controls.concordance(page.story, word)
        for version in page.story.versions.values():
            here = found[found["version"] == version.id]
            places = [match.start() for match in re.finditer(pattern, version.body, re.IGNORECASE)]
            assert here["start"].tolist() == places
            for row in here.itertuples():
                assert version.text[row.start : row.end] == row.word
                flat = " ".join(version.text.split())
                assert f"{row.left} {row.word}".strip() in flat or f"{row.left}{row.word}" in flat
                assert re.search(rf"(^|\W){re.escape(row.left)}", flat)


def test_measures_are_filtered(every_part, page, statements):
    table = cd.measures_table(page.story, statements)
    widget = every_part["measures"].widget
    find(widget, description="category").value = "arms"
    arms = table[table["category"] == "arms"]
    assert f"{len(arms)} of {len(table)} measures" in text_of(widget)
    find(widget, description="words").value = "embargo"
    with_word = arms[arms["text"].str.contains("embargo")]
    assert 0 < len(with_word) < len(arms)
    assert f"{len(with_word)} of {len(table)} measures" in text_of(widget)
    find(widget, description="category").value = ""
    assert controls.filter_measures(table, umbrella=False)["umbrella"].sum() == 0


def test_revisions_are_counted_from_the_share_that_is_chosen():
    changes = pd.DataFrame(
        {
            "story": ["a", "a", "b", "c"],
            "comparison": [1, 2, 1, 1],
            "changed": [0.5, 0.1, 0.2, 0.02],
            **{name: [1, 4, 0, 0] for name in ("reworded", "added", "deleted", "moved")},
        }
    )
    part = controls.revisions(SimpleNamespace(public=False), changes)
    assert repr(part).split("\n")[1].split() == ["0.00", "4", "3"]
    assert "3 comparisons of 4, in 2 stories of 3, change at least 10% of the words." in text_of(part.widget)
    find(part.widget, description="changed").value = 0.3
    assert "1 comparison of 4, in 1 story of 3, changes at least 30%" in text_of(part.widget)
    find(part.widget, description="changed").value = 0.0
    find(part.widget, description="largest by").value = "added"
    assert re.search(r"by sentences added story.*? a 2 ", text_of(part.widget))
    find(part.widget, description="changed").value = 0.9
    assert "no comparisons of 4, in no stories of 3" in text_of(part.widget)


# --- why a pair is linked ---------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["revision", "rewrite"])
@pytest.mark.parametrize("threshold", [None, 0.5])
def test_every_pair_is_explained_as_it_was_decided(page, preset, threshold):
    explainer = Explainer(page.before, page.after, preset, threshold)
    options = {} if threshold is None else {"threshold": threshold}
    links = {(one.before, one.after): one for one in cd.align_sentences(*sentences(page), preset, **options)}
    heights = len(page.before.sentences), len(page.after.sentences)
    for before in range(heights[0]):
        for after in range(heights[1]):
            found = explainer.explain(before, after)
            assert found.linked == ((before, after) in links)
            assert found.reason.startswith("Linked" if found.linked else "Not linked")
            if found.linked:
                assert found.similarity == pytest.approx(links[before, after].similarity)
            elif threshold and found.similarity < threshold:
                assert "below the threshold 0.50" in found.reason


def test_reasons_name_what_decided():
    texts = {
        "a": "The harbour fee will rise in June. Fishermen oppose the harbour fee. Snow fell on the hills.",
        "b": "The harbour fee will rise in July. Fishermen oppose the harbour fee. Nobody expected a strike.",
    }
    versions = story_from_texts(texts).versions
    explainer = Explainer(versions["a"], versions["b"])
    assert "likeliest pair for both sentences" in explainer.explain(0, 0).reason
    assert explainer.explain(2, 2).reason == "Not linked: the similarity 0.00 is below the threshold 0.10."
    assert (
        "sentence 2 of b" in explainer.explain(0, 1).reason
        or "sentence 1 of a" in explainer.explain(0, 1).reason
    )
    assert list(explainer.explain(0, 1).shared)[:2] == ["fee", "harbour"]
    assert explainer.weakest_link() == (0, 0)
    assert explainer.nearest_miss() in ((0, 1), (1, 0))


# --- drafts -----------------------------------------------------------------------------------------

ROW = {
    "version": "aol",
    "start": 9434,
    "end": 9564,
    "target": "resolution",
    "stance": "supportive",
    "strength": 2,
}


def tree(story):
    """Every file of a story's codings, and its bytes."""
    return {path: path.read_bytes() for path in (story.folder / "coding").rglob("*") if path.is_file()}


def test_each_step_is_on_disk_and_is_gone_on_with(story):
    before = tree(story)
    draft = coding_drafts.open_draft(story, "anna", "stances")
    place = draft.add(ROW)
    assert coding_drafts.open_draft(story, "anna", "stances").frame()["stance"].tolist() == ["supportive"]
    draft.change(place, stance="neutral", strength=0)
    again = coding_drafts.open_draft(story, "anna", "stances")
    assert again.frame()[["stance", "strength"]].values.tolist() == [["neutral", 0]]
    assert not again.committed and "anna" not in coding.codings(story, "stances")
    again.remove(0)
    assert coding_drafts.open_draft(story, "anna", "stances").rows == []
    assert {path: content for path, content in tree(story).items() if "anna" not in path.parts} == before


def test_a_code_outlives_the_process_that_set_it(story):
    code = (
        "import os, copydesk as cd\n"
        "from copydesk.pages.interactive import coding_drafts\n"
        f"draft = coding_drafts.open_draft(cd.read_story({str(story.folder)!r}), 'anna', 'stances')\n"
        f"draft.add({ROW!r})\nos._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT / "scripts")
    assert len(coding_drafts.open_draft(story, "anna", "stances").rows) == 1


def test_commit_writes_the_coding_and_says_who(story):
    others = tree(story)
    draft = coding_drafts.open_draft(story, "anna", "stances")
    draft.add(ROW)
    draft.saw_rules = True
    path = draft.commit()
    assert path == story.folder / "coding" / "anna" / "stances.csv" and not draft.path.exists()
    entry = coding.coders(story).set_index("coder").loc["anna"]
    assert (entry["kind"], bool(entry["saw_rules"]), entry["tables"]) == ("person", True, "stances")
    assert "anna" in coding.codings(story, "stances")
    for path, content in others.items():
        assert path.read_bytes() == content or path.name == "coders.csv"
    with pytest.raises(InputError, match="are committed; a second coding needs another name"):
        draft.add({**ROW, "target": "north-korea"})
    with pytest.raises(InputError, match="has coded no measures yet"):
        coding_drafts.open_draft(story, "anna", "measures").commit()


def test_two_who_code_under_one_name_do_not_overwrite_each_other(story):
    one, other = (coding_drafts.open_draft(story, "anna", "stances") for _ in range(2))
    one.add(ROW)
    kept = one.path.read_bytes()
    with pytest.raises(InputError, match="was changed by somebody else"):
        other.add({**ROW, "stance": "opposed"})
    assert one.path.read_bytes() == kept
    one.commit()
    with pytest.raises(InputError, match="was changed by somebody else"):
        other.add({**ROW, "stance": "opposed"})


@pytest.mark.parametrize(
    ("coder", "sentence"),
    [
        ("", "'' cannot name a coder; use letters, digits, - and _."),
        ("../anna", "'../anna' cannot name a coder; use letters, digits, - and _."),
        ("Resolved", "The name 'Resolved' is taken by Copydesk itself; code under another."),
        ("rules", "The name 'rules' is taken by Copydesk itself; code under another."),
        ("founder", "'founder' is a language model's coding; code under a name of your own."),
        ("Founder", "There is a coder 'founder' already; write the name like that, or take another."),
    ],
)
def test_names_that_are_not_ones_own_are_refused(story, coder, sentence):
    with pytest.raises(InputError) as error:
        coding_drafts.open_draft(story, coder, "stances")
    assert str(error.value) == sentence


def test_a_wrong_row_is_refused_and_the_draft_stays(story):
    draft = coding_drafts.open_draft(story, "anna", "stances")
    draft.add(ROW)
    for wrong in ({"stance": "hostile"}, {"end": 10**6}, {"version": "none"}, {}):
        with pytest.raises(InputError):
            draft.add({**ROW, **wrong})
    assert len(coding_drafts.open_draft(story, "anna", "stances").rows) == 1


def test_side_by_side_has_everybody_and_only_after_the_commit(story):
    found = pd.DataFrame(
        [{**ROW, "stance": "mixed", "strength": 1, "story": "x", "statement": "s", "coder": "rules"}]
    )
    draft = coding_drafts.open_draft(story, "anna", "stances")
    draft.add(ROW)
    with pytest.raises(InputError, match="has not committed the stances yet"):
        coding_drafts.side_by_side(story, "anna", "stances", found, ["stance"])
    draft.commit()
    bert = coding_drafts.open_draft(story, "bert", "stances")
    bert.add({**ROW, "stance": "opposed", "end": 9560})
    bert.commit()
    table = coding_drafts.side_by_side(story, "anna", "stances", found, ["stance", "strength"])
    assert list(table)[5:7] == ["anna", "resolved"] and list(table)[-2:] == ["class", "rules"]
    assert set(table.columns[7:-2]) == set(coding.codings(story, "stances")) - {"anna"}
    mine = table[(table["start"] == 9434) & (table["field"] == "stance toward resolution")]
    assert len(mine) == 1
    row = mine.iloc[0]
    assert (row["anna"], row["bert"], row["rules"]) == ("supportive", "opposed", "mixed")
    assert row["class"] == "opposed ×1, supportive ×1"
    assert set(table[table["start"] != 9434]["anna"]) == {"not coded"}


# --- the browser ------------------------------------------------------------------------------------


def press(widget, button):
    find(widget, description=button).click()


def test_coding_is_blind_until_the_commit(story):
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    resolved = coding.resolved(story, "stances")
    assert browser._found == {}, "the rules have not even run"
    find(page, options=explorer.CODED).value = "stances"
    find(page, placeholder="s2 and Enter").value = "s3"
    words = text_of(page)
    assert browser._found == {}
    for word in ("resolved", "founder", "second-coder", "rules found", *resolved["reason"].head(20)):
        assert not word or word not in words
    press(page, "Commit")
    assert "Tick “finished” first" in text_of(page)
    find(page, description="finished").value = True
    press(page, "Commit")
    words = text_of(page)
    assert "founder" in words and "second-coder" in words and "class" in words and "rules" in words
    assert not coding.coders(story).set_index("coder").loc["anna"]["saw_rules"]


def test_who_codes_does_not_see_the_findings_by_looking_and_who_looked_is_said_to_have(story):
    browser = explorer.Browser(story)
    kinds = find(browser.widget, options=explorer.KINDS)
    kinds.value = "measures"
    assert "What the rules found, unchecked" in text_of(browser.widget)
    assert "umbrella yes" in text_of(browser.widget), "in the words of the tables"
    browser.code("anna")
    browser.look()
    find(browser.widget, options=explorer.KINDS).value = "measures"
    assert "What the rules found" not in text_of(browser.widget) and "after the commit" in text_of(
        browser.widget
    )
    browser.code("anna")
    find(browser.widget, options=explorer.CODED).value = "measures"
    find(browser.widget, description="type").value = "arms embargo"
    find(browser.widget, description="finished").value = True
    press(browser.widget, "Commit")
    assert coding.coders(story).set_index("coder").loc["anna"]["saw_rules"]


def test_choices_are_saved_as_they_are_made(story):
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    find(page, options=explorer.CODED).value = "measures"
    path = story.folder / "coding" / "anna" / "measures.draft.csv"
    find(page, description="status").value = "proposed"
    assert "Choose the type first" in text_of(page) and not path.exists()
    find(page, description="type").value = "arms embargo"
    row = coding.read_file(path, "measures").iloc[0]
    assert (row["type"], row["category"], row["status"]) == ("arms embargo", "arms", "proposed")
    find(page, description="note").value = "a doubt"
    assert coding.read_file(path, "measures").iloc[0]["note"] == "a doubt"
    slider = find(page, description="words")
    slider.index = (0, 3)
    press(page, "Add words")
    slider.index = (7, 9)
    row = coding.read_file(path, "measures").iloc[0]
    text = story.versions["aol"].text
    assert [text[a:b] for a, b in row["spans"]] == [
        "The United States presented",
        "Security Council resolution",
    ]
    press(page, "Take back")
    assert coding.read_file(path, "measures").empty
    find(page, description="quantity").value = "3"
    assert "Choose the type first" in text_of(page)


def test_a_stance_without_a_side_has_no_strength_and_faults_are_told(story):
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    find(page, options=explorer.CODED).value = "stances"
    find(page, description="stance").value = "neutral"
    path = story.folder / "coding" / "anna" / "stances.draft.csv"
    assert coding.read_file(path, "stances").iloc[0]["strength"] == 0
    press(page, "New unit")
    find(page, placeholder="s2 and Enter").value = "o1"
    assert "Not done." in text_of(page) and "codes the same as row 2" in text_of(page)
    assert len(coding.read_file(path, "stances")) == 1
    find(page, placeholder="s2 and Enter").value = "q9"
    assert "'q9' is no code" in text_of(page)


def link_rows(story, coder="anna", name="links.draft.csv"):
    """[(before, after, relation, moved)] of a file of links: places of sentences, counted from 1."""
    frame = coding.read_file(story.folder / "coding" / coder / name, "links")
    starts = {one: version.sentences["start"].tolist() for one, version in story.versions.items()}
    place = {
        side: lambda row, side=side: (
            starts[row[f"{side}_version"]].index(row[f"{side}_start"]) + 1
            if pd.notna(row[f"{side}_start"])
            else None
        )
        for side in ("before", "after")
    }
    return [
        (place["before"](row), place["after"](row), row["relation"], row["moved"])
        for row in frame.to_dict("records")
    ]


def made_story(tmp_path, **texts):
    """A story of these texts in a folder of its own."""
    folder = tmp_path / "made"
    folder.mkdir()
    entry = ['title = "A made story"']
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        entry.append(f'[[versions]]\nid = "{name}"\nfile = "{name}.txt"\nlabel = "{name}"')
    (folder / "story.toml").write_text("\n".join(entry), encoding="utf-8")
    return cd.read_story(str(folder))


def type_links(page, *typed):
    keys = find(page, description="made from")
    for one in typed:
        keys.value = one


EARLIER = (
    "The council met on Monday. It approved the harbor plan after a long debate. Fishermen protested outside. "
    "Nobody was hurt in the quiet old town."
)
LATER = (
    "Fishermen protested outside. The council approved the harbor plan. The debate had been long. "
    "A vote on funding follows in June."
)


def test_the_rules_own_pairs_give_the_rules_own_relations(comparison):
    links = comparison.revision.links
    pairs = [(one.before, one.after) for one in links if None not in (one.before, one.after)]
    again = relate_sentences(comparison.before.document, comparison.after.document, pairs)
    assert [one[:4] for one in again] == [one[:4] for one in links]


def test_links_are_chosen_by_number_and_the_rest_follows(tmp_path):
    story = made_story(tmp_path, first=EARLIER, second=LATER)
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    assert find(page, options=("links", "statements", "measures")).value == "links"
    type_links(page, "3", "2")
    assert link_rows(story) == [(3, 1, "identical", True), (2, 2, "reworded", False)]
    find(page, description="finished").value = True
    press(page, "Commit")
    assert "Of second, 3 and 4 of 4 sentences have no answer yet" in text_of(page)
    assert browser._found == {}
    type_links(page, "2", "0")
    assert [row[:3] for row in link_rows(story)] == [
        (3, 1, "identical"),
        (2, 2, "split"),
        (2, 3, "split"),
        (None, 4, "added"),
    ]
    press(page, "Commit")
    assert [row[:3] for row in link_rows(story, name="links.csv")] == [
        (1, None, "deleted"),
        (3, 1, "identical"),
        (2, 2, "split"),
        (2, 3, "split"),
        (4, None, "deleted"),
        (None, 4, "added"),
    ]
    assert "relation" in text_of(page) and "rules" in text_of(page)
    assert "Fishermen protested outside. → Fishermen protested outside." in text_of(page)


def test_links_are_blind_changed_taken_back_and_gone_on_with(story):
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    type_links(page, "1", "2", "3 4")
    assert [row[:3] for row in link_rows(story)] == [
        (1, 1, "reworded"),
        (2, 2, "identical"),
        (3, 3, "merged"),
        (4, 3, "merged"),
    ]
    assert "AOL page 4 of" not in text_of(page) and "Saved. anna: 4 rows of links" in text_of(page)
    assert browser._found == {} and "founder" not in text_of(page)
    again = explorer.Browser(story, "anna")
    page = again.widget
    later, earlier = (one for one in widgets_of(page) if type(one).__name__ in ("Select", "SelectMultiple"))
    begun = [label.partition("  the")[0].partition("  prev")[0].strip() for label, _ in later.options[:4]]
    assert begun == ["1 ← 1:", "2 ← 2:", "3 ← 3, 4:", "4"]
    later.value = 2
    assert earlier.value == (2, 3)
    press(page, "Take back")
    assert len(link_rows(story)) == 2
    earlier.value = (-1,)
    assert link_rows(story)[-1][:3] == (None, 3, "added")
    earlier.value = (2,)
    assert link_rows(story)[-1][:3] == (3, 3, "identical")
    for wrong in ("28", "0 3", "a", "-1"):
        type_links(page, wrong)
        assert "names no sentences; type numbers from 1 to 27" in text_of(page)
    assert len(link_rows(story)) == 3


def test_links_of_three_versions_and_criss_cross(tmp_path):
    story = made_story(tmp_path, a=EARLIER, b=LATER, c="The debate had been long.")
    browser = explorer.Browser(story, "anna")
    page = browser.widget
    versions = find(page, description="versions")
    assert [label for label, _ in versions.options] == ["a → b", "b → c"]
    type_links(page, "1 2", "2 3")
    assert [row[2] for row in link_rows(story)] == ["merged", "split", "split", "merged"]
    versions.value = 1
    type_links(page, "3")
    assert link_rows(story)[-1][:3] == (3, 1, "identical") and len(link_rows(story)) == 5


def test_who_looked_is_said_to_have_even_after_the_kernel_died(story):
    browser = explorer.Browser(story)
    find(browser.widget, options=explorer.KINDS).value = "measures"
    browser.code("anna")
    for table in ("measures", "stances"):
        find(browser.widget, options=explorer.CODED).value = table
        if table == "measures":
            find(browser.widget, description="type").value = "arms embargo"
        else:
            find(browser.widget, placeholder="s2 and Enter").value = "s3"
    later = explorer.Browser(cd.read_story(str(story.folder)), "anna").widget
    for table in ("measures", "stances"):
        find(later, options=explorer.CODED).value = table
        find(later, description="finished").value = True
        press(later, "Commit")
    entries = coding.coders(story).query("coder == 'anna'").set_index("tables")["saw_rules"]
    assert entries.to_dict() == {"measures": True, "stances": False}
    assert sorted(path.name for path in (story.folder / "coding" / "anna").iterdir()) == [
        "measures.csv",
        "stances.csv",
    ]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("s2", ("supportive", 2)),
        (" O ", ("opposed", None)),
        ("n", ("neutral", 0)),
        ("x3", ("not expressed", 0)),
    ],
)
def test_keys(keys, code):
    assert explorer.read_keys(keys) == code


def test_explore_refuses_a_wrong_name_at_once(story):
    with pytest.raises(InputError, match="language model's coding"):
        cd.explore(story, coder="founder")
    with pytest.raises(InputError, match="There is no story"):
        cd.explore("no-such-story")


# --- how objects show themselves --------------------------------------------------------------------


def test_objects_show_themselves(page, comparison):
    assert repr(page.story) == "Story('north-korea-sanctions': aol, longer)"
    assert repr(comparison).startswith("Comparison('aol' → 'longer': 21 identical")
    shown = InteractiveShell.instance().display_formatter
    register(InteractiveShell.instance())
    assert "<del" in shown.format(comparison)[0]["text/html"]
    html = shown.format(page.story)[0]["text/html"]
    assert "<table" in html and page.story.title in html
    for name in ("explore", "controls"):
        assert name in dir(cd) and getattr(cd, name).__doc__


@pytest.mark.slow
def test_papermill_leaves_no_widget_behind(tmp_path, monkeypatch):
    import nbformat
    import papermill
    from traitlets.config import Config

    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    notebook.cells = [nbformat.v4.new_code_cell(f"import copydesk as cd\ncd.explore({STORY!r})")]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    config = Config({"KernelManager": {"transport_encryption": "auto"}})
    papermill.execute_notebook(
        str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), progress_bar=False, config=config
    )
    made = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert "widgets" not in made.metadata
    assert [set(output.data) for output in made.cells[0].outputs] == [{"text/html", "text/plain"}]


def test_the_style_stays_inside_its_part():
    for rule in re.findall(
        r"([^{}]+)\{", re.sub(r"/[*].*?[*]/", "", notebook_style.style(), flags=re.DOTALL)
    ):
        assert all(one.strip().startswith(".copydesk-part") for one in rule.split(",")), rule


def test_a_public_page_shows_no_withheld_words():
    story = cd.read_story(STORY)
    versions = list(story.versions.values())
    public = StoryPage(
        story, versions[0], versions[-1], {"preset": "revision", "threshold": 0.0}, public=True
    )
    cut = cd.compare_versions(public.before, public.after)
    withheld = next(
        v.text[row.start : row.end]
        for v in versions
        for row in v.sentences.itertuples()
        if "\ua78f" in row.text
    )
    part = controls.pair(public, cut)
    find(part.widget, description="before").value = sentence_of(versions[0], withheld)
    shown = text_of(part.widget)
    assert "withheld]" in shown and "\ua78f" not in shown and withheld not in shown


def sentence_of(version, words):
    spans = version.document.sentences
    return next(n for n, (start, end) in enumerate(spans) if version.text[start:end] == words)
