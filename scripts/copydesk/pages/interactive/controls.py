"""The last cells of the notebooks: move a threshold, pick a pair, choose voices, filter measures.

Each function takes the notebook's page and its tables, and returns a part that answers in JupyterLab. Where
no page can answer, as in a report, the same call shows the view that the controls would begin with.
"""

from typing import TYPE_CHECKING

from copydesk.engine.spans import read_id, read_spans
from copydesk.errors import InputError
from copydesk.pages.interactive.parts import Part, html_widget, said
from copydesk.show import tables
from copydesk.show.counts_and_lists import count
from copydesk.show.marked_text import Layer, marked
from copydesk.show.notebook_style import framed
from copydesk.stories import withholding
from copydesk.stories.tables import by_voice

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.pages.corpus_page import CorpusPage
    from copydesk.pages.story_page import StoryPage
    from copydesk.stories.comparison import Comparison
    from copydesk.stories.story import Story, Version

# The thresholds of the table that stands in a report, where nothing can be moved.
_STEPS = [n / 10 for n in range(10)]


def _controls(*widgets):
    import ipywidgets as w

    return w.HBox(list(widgets), layout=w.Layout(flex_flow="row wrap", align_items="center"))


def _part(page, html, plain, name, controls, show):
    """A Part whose `controls` (a function that makes widgets by name) redraw what `show` gives.

    Where the page is public, what is withheld is said to be (`copydesk.stories.withholding`).
    """
    say = withholding.say if page.public else str

    def _build():
        import ipywidgets as w

        made, out = controls(), html_widget()

        def _redraw(_=None):
            try:
                found = show(**{key: one.value for key, one in made.items()})
            except InputError as error:
                found = str(said().note(error))
            out.value = framed(say(found))

        for one in made.values():
            one.observe(_redraw, "value")
        _redraw()
        return w.VBox([_controls(*made.values()), out])

    return Part(say(html), say(plain), _build, name)


# --- the threshold ----------------------------------------------------------------------------------


def threshold(page: "StoryPage", comparison: "Comparison") -> Part:
    """Move the least similarity of linked sentences, and see the links change.

    page: of `open_page`; its parameters `preset` and `threshold` are where the controls begin.
    comparison: of `compare_versions`. Returns a part of the notebook.
    """
    from copydesk.engine.alignment import PRESETS

    preset = page.parameters.get("preset", "revision")
    begin = page.parameters.get("threshold") or PRESETS[preset].threshold
    table = links_by_threshold(comparison.before, comparison.after, preset)
    caption = f"Links at each threshold (preset {preset}; this notebook used {begin:.2f})"
    html = tables.to_html(table, caption)

    def _widgets():
        import ipywidgets as w

        return {
            "least": w.FloatSlider(
                value=begin, min=0, max=1, step=0.01, description="threshold", continuous_update=False,
                layout=w.Layout(width="30rem"),
            ),
            "preset": w.Dropdown(options=list(PRESETS), value=preset, description="preset"),
        }  # fmt: skip

    def _show(least, preset):
        return _links_at(page, comparison, preset, least)

    return _part(page, html, table.to_string(index=False), "threshold", _widgets, _show)


def links_by_threshold(before: "Version", after: "Version", preset: str = "revision") -> "pd.DataFrame":
    """DataFrame `threshold, linked, identical, reworded, split, merged, added, deleted`: links, counted.

    before, after: `Version`s. A row for each of the thresholds 0, 0.1, … 0.9.
    """
    import pandas as pd

    from copydesk.engine.revisions import RELATIONS
    from copydesk.stories.comparison import compare_versions

    rows = []
    for step in _STEPS:
        links = compare_versions(before, after, preset, step).links
        relations = links["relation"].value_counts()
        counts = {name: int(relations.get(name, 0)) for name in RELATIONS}
        rows.append({"threshold": step, "linked": int(links["similarity"].notna().sum()), **counts})
    return pd.DataFrame(rows)


def _links_at(page, comparison, preset, least):
    from copydesk.show import charts
    from copydesk.stories.comparison import compare_versions

    now = compare_versions(comparison.before, comparison.after, preset, least)
    usual, here = _pairs(comparison.links), _pairs(now.links)
    lost, new = [pair for pair in usual if pair not in here], [pair for pair in here if pair not in usual]
    links = count(len(here), "link")
    told = f"{links} at {least:.2f}; {len(lost)} fewer and {len(new)} more than in this notebook."
    rows = [("no longer linked", *pair, usual[pair]) for pair in lost]
    rows += [("newly linked", *pair, here[pair]) for pair in new]
    before, after = comparison.before, comparison.after
    sentences = (before.sentences, after.sentences)
    chart = charts.revision_ribbons(*sentences, now.links, page.labels, edits=now.edits)
    return str(said().answer(told)) + _changed_links(rows, before, after) + chart.svg()


def _changed_links(rows, before, after):
    import pandas as pd

    if not rows:
        return ""
    words = {row.sentence: row.text for version in (before, after) for row in version.sentences.itertuples()}
    shown = [(what, _short(words[one]), _short(words[other]), value) for what, one, other, value in rows]
    frame = pd.DataFrame(shown, columns=["what", before.label, after.label, "similarity"])
    return tables.to_html(frame, "Links that differ", words=[before.label, after.label])


def _pairs(links):
    linked = links.dropna(subset=["similarity"])
    return {(r.before, r.after): r.similarity for r in linked.itertuples()}


def _short(words, most=90):
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


# --- a pair of sentences ----------------------------------------------------------------------------


def pair(page: "StoryPage", comparison: "Comparison") -> Part:
    """Pick a sentence of each version, and see why the two were linked or were not.

    page: of `open_page`. comparison: of `compare_versions`. In a report: the weakest link, and the most
    similar pair that was not linked. Returns a part of the notebook.
    """
    from copydesk.pages.interactive.explain import Explainer

    before, after = comparison.before, comparison.after
    least = page.parameters.get("threshold") or None
    explainer = Explainer(before, after, page.parameters.get("preset", "revision"), least)
    cases = [("The weakest link", explainer.weakest_link()), ("The nearest miss", explainer.nearest_miss())]
    shown = [(head, explainer.explain(*found)) for head, found in cases if found]
    html = "".join(str(said().head(head)) + _explained(comparison, one) for head, one in shown)
    plain = "\n".join(f"{head}: {one.reason}" for head, one in shown)
    begin = next((found for _, found in reversed(cases) if found), (0, 0))

    def _widgets():
        import ipywidgets as w

        wide = w.Layout(width="95%")
        return {
            side: w.Dropdown(
                options=[(f"{n} {_short(withholding.say(words), 110)}", n - 1) for n, words in enumerate(version.sentences["text"], 1)],
                value=place, description=side, layout=wide,
            )
            for side, version, place in (("before", before, begin[0]), ("after", after, begin[1]))
        }  # fmt: skip

    def _show(**chosen):
        return _explained(comparison, explainer.explain(chosen["before"], chosen["after"]))

    html = html or str(said().note("There is no pair to explain."))
    return _part(page, html, plain, "pair", _widgets, _show)


def _explained(comparison, found):
    import pandas as pd

    from copydesk.pages.interactive.explain import shared_places

    blocks = []
    for version, index in ((comparison.before, found.before), (comparison.after, found.after)):
        sentence = version.document.sentences[index]
        places = shared_places(version.document, sentence, found.shared)
        layers = [
            Layer(a, b, "mark", title=f"weighs {weight:.1f}", said="shared:" if n == 0 else "")
            for n, (a, b, weight) in enumerate(places)
        ]
        words = marked(version.shown, *sentence, layers)
        blocks.append(said().sentence(f"{version.label}, sentence {index + 1}", words))
    rows = [("neighbours", *one) for one in found.neighbours] + [("rivals", *one) for one in found.rivals]
    columns = ["pair", comparison.before.label, comparison.after.label, "similarity", "linked"]
    frame = pd.DataFrame([(k, b + 1, a + 1, s, yes) for k, b, a, s, yes in rows], columns=columns)
    table = tables.to_html(frame, "The pairs just before and behind it, and other pairs of either sentence")
    return "".join(map(str, [said().answer(found.reason), *blocks, table]))


# --- voices and words -------------------------------------------------------------------------------


def voices(page: "StoryPage", statements: "pd.DataFrame", markers: "pd.DataFrame") -> Part:
    """Choose actors and classes of markers, and see the charts; read any word in its places.

    page: of `open_page`. statements, markers: of `statements_table`, `markers_table`. In a report: the
    places of the marker that the charted actors use most. Returns a part of the notebook.
    """
    from copydesk.engine.stance import CLASSES

    heard, charted = page.heard_actors(statements), page.charted_actors(statements)
    word = _commonest(statements, markers, charted)
    html = _concordance_html(page, statements, list(charted), word, "statements")
    lines = concordance(page.story, word, _spans_of(statements, list(charted)))

    def _widgets():
        import ipywidgets as w

        many = {"rows": 6, "layout": w.Layout(width="18rem")}
        return {
            "actors": w.SelectMultiple(
                options=[(label, one) for one, label in heard.items()], value=tuple(charted), description="actors",
                **many,
            ),
            "classes": w.SelectMultiple(options=CLASSES, value=CLASSES, description="markers", **many),
            "word": w.Text(value=word, description="word", placeholder="sanction*", continuous_update=False),
            "where": w.Dropdown(
                options=[("their statements", "statements"), ("the whole articles", "articles")],
                description="look in",
            ),
        }  # fmt: skip

    def _show(actors, classes, word, where):
        found = _concordance_html(page, statements, list(actors), word, where)
        return found + _voice_charts(page, statements, markers, actors, classes)

    plain = lines[["version", "left", "word", "right"]].to_string(index=False)
    return _part(page, html, plain, "voices", _widgets, _show)


def _commonest(statements, markers, charted):
    heard = by_voice(statements)
    mine = markers[markers["statement"].isin(heard[heard["actor"].isin(charted)]["statement"])]
    counts = mine[~mine["marker"].str.contains(" ")]["marker"].value_counts()
    return min(counts.index, key=lambda one: (-counts[one], one)) if len(counts) else "said"


def _voice_charts(page, statements, markers, actors, classes):
    from copydesk.show import charts

    chosen = {one: label for one, label in page.heard_actors(statements).items() if one in actors}
    if not chosen:
        return str(said().note("Choose an actor (with Ctrl or Cmd, several)."))
    versions = list(page.story.versions)
    words = charts.voice_words(statements, chosen, versions, page.labels)
    dots = charts.marker_dots(markers[markers["marker_class"].isin(classes)], statements, chosen, versions)
    return words.svg() + dots.svg()


def _spans_of(statements, actors):
    """dict of version and list of (start, end): what these actors are reported to have said."""

    found = {}
    heard = by_voice(statements)
    for row in heard[heard["actor"].isin(actors)].itertuples():
        found.setdefault(row.version, []).extend(read_spans(row.content_spans))
    return found


def concordance(
    story: "Story", word: str, spans: dict[str, list[tuple[int, int]]] | None = None, width: int = 60
) -> "pd.DataFrame":
    """Every place of a word, with what stands around it, through NLTK's ConcordanceIndex.

    story: Story. word: a word, or its beginning with a star behind it. spans: dict of version and list of
    (start, end) to look in; None for all. width: characters on either side. Returns a DataFrame
    `version, sentence, start, end, left, word, right`, in textual order.
    """
    import pandas as pd
    from nltk.text import ConcordanceIndex

    columns = ["version", "sentence", "start", "end", "left", "word", "right"]
    rows = []
    for version in story.versions.values():
        doc = version.document
        norms = [token.norm for token in doc.tokens]
        index = ConcordanceIndex(norms)
        for place in sorted({n for norm in _forms(norms, word) for n in index.offsets(norm)}):
            token = doc.tokens[place]
            if spans is None or any(a <= token.start < b for a, b in spans.get(version.id, ())):
                rows.append((version.id, _sentence_at(version, token.start), token.start, token.end,
                             *_around(version.shown, token, width)))  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _forms(norms, word):
    from copydesk.engine.text import normal_words

    stem = word.strip().removesuffix("*")
    if word.strip().endswith("*"):
        return {norm for norm in norms if norm.startswith(stem.lower())} if stem else set()
    return set(normal_words(stem)[:1])


def _sentence_at(version, start):
    table = version.sentences
    inside = table[(table["start"] <= start) & (start < table["end"])]["sentence"]
    return inside.iloc[0] if len(inside) else ""


def _around(text, token, width):
    """(left, word, right): whole words on the same line, as far as `width` reaches."""
    first, last = max(0, token.start - width), min(len(text), token.end + width)
    left = text[first : token.start].splitlines()[-1:] or [""]
    right = text[token.end : last].splitlines()[:1] or [""]
    left, right = left[0], right[0]
    if first and len(left) == width and not text[first - 1].isspace():
        left = left.partition(" ")[2]
    if last < len(text) and len(right) == width and not text[last].isspace():
        right = right.rpartition(" ")[0]
    return " ".join(left.split()), text[token.start : token.end], " ".join(right.split())


def _concordance_html(page, statements, actors, word, where):
    if not word.strip(" *"):
        return str(said().note("Type a word, and see its places."))
    spans = _spans_of(statements, actors) if where == "statements" else None
    found = concordance(page.story, word, spans)
    place = "in the statements of the chosen actors" if where == "statements" else "in the articles"
    caption = f"{count(len(found), 'place')} of “{word}” {place}; a star stands for any ending"
    rows = [(*_place(page, row), row.left, row.word, row.right) for row in found.itertuples()]
    return str(said().concordance(caption, rows))


def _place(page, row):
    """(the name of a place, the link to it or None)."""
    name = f"{page.labels[row.version]} {read_id(row.sentence)[2]}" if row.sentence else row.version
    return name, page.url("sentence", row.sentence)


# --- measures ---------------------------------------------------------------------------------------

_FILTERS = ("version", "category", "status", "change", "binding_after")
_MEASURE_COLUMNS = "measure text label status binding_before binding_after obligated_party".split()


def measures(page: "StoryPage", measures: "pd.DataFrame") -> Part:
    """Filter the measures by version, category, status, change and force, and by a word in them.

    page: of `open_page`. measures: of `measures_table`. In a report: what the filters could be set to, and
    how many measures each would leave. Returns a part of the notebook.
    """
    import pandas as pd

    rows = [
        (tables.humanise(name), value, int(n))
        for name in _FILTERS
        for value, n in measures[name].value_counts(sort=False).items()
    ]
    values = pd.DataFrame(rows, columns=["field", "value", "measures"])
    caption = f"What {count(len(measures), 'measure')} can be filtered by, and how many each value leaves"
    html = tables.to_html(values, caption)

    def _widgets():
        import ipywidgets as w

        filters = {
            name: w.Dropdown(
                options=[("all", ""), *((_named(page, name, v), v) for v in measures[name].drop_duplicates())],
                description=tables.humanise(name), style={"description_width": "7rem"},
            )
            for name in _FILTERS
        }  # fmt: skip
        word = w.Text(description="words", placeholder="part of a word", continuous_update=False)
        umbrella = w.Checkbox(True, description="with umbrella sentences")
        return {**filters, "word": word, "umbrella": umbrella}

    def _show(word, umbrella, **chosen):
        found = filter_measures(measures, word, umbrella, **chosen)
        caption = f"{len(found)} of {count(len(measures), 'measure')}"
        return tables.to_html(found[_MEASURE_COLUMNS], caption)

    return _part(page, html, values.to_string(index=False), "measures", _widgets, _show)


def _named(page, name, value):
    return page.labels.get(value, value) if name == "version" else value


def filter_measures(
    measures: "pd.DataFrame", word: str = "", umbrella: bool = True, **chosen: str
) -> "pd.DataFrame":
    """The measures (DataFrame) whose words hold `word` and whose columns have the values in `chosen`.

    chosen: column = value; an empty value lets everything through. umbrella: whether umbrella sentences stay.
    """
    keep = measures["text"].str.contains(word.strip(), case=False, regex=False)
    for column, value in chosen.items():
        if value != "":
            keep &= measures[column].eq(value)
    return measures[keep if umbrella else keep & ~measures["umbrella"]]


# --- many stories -----------------------------------------------------------------------------------

_SHARES = (0, 0.05, 0.1, 0.2, 0.3, 0.5)
_KINDS = ("reworded", "added", "deleted", "moved")
_ORDERS = {"changed": "words changed"} | {kind: f"sentences {kind}" for kind in _KINDS}


def revisions(page: "CorpusPage", changes: "pd.DataFrame") -> Part:
    """Move the share of words that must have changed, and see how many revisions are left, and the largest.

    page: of `open_corpus_page`. changes: its summary with a column `changed` (the share of words, 0 to 1). In
    a report: how many comparisons, in how many stories, each of a few shares leaves. Returns a part of the
    notebook.
    """
    import pandas as pd

    rows = [(share, *_left(changes, share)) for share in _SHARES]
    table = pd.DataFrame(rows, columns=["least share changed", "comparisons", "stories"])
    html = tables.to_html(table, "How many revisions change so much, and in how many stories")

    def _widgets():
        import ipywidgets as w

        look = {"description": "changed", "continuous_update": False}
        slider = w.FloatSlider(0.1, min=0, max=1, step=0.01, **look)
        order = w.Dropdown(options=[(head, name) for name, head in _ORDERS.items()], description="largest by")
        return {"least": slider, "by": order}

    def _show(least, by):
        comparisons, stories = _left(changes, least)
        told = (
            f"{count(comparisons, 'comparison')} of {len(changes):,}, in {count(stories, 'story', 'stories')} of "
            f"{changes['story'].nunique():,}, {'changes' if comparisons == 1 else 'change'} at least "
            f"{least:.0%} of the words."
        )
        found = changes[changes["changed"] >= least]
        found = found.sort_values([by, "story", "comparison"], ascending=[False, True, True]).head(12)
        found = found[["story", "comparison", *_ORDERS]]
        shown = tables.to_html(found, f"The largest of them, by {_ORDERS[by]}")
        return str(said().answer(told)) + (shown if comparisons else "")

    return _part(page, html, table.to_string(index=False), "revisions", _widgets, _show)


def _left(changes, share):
    found = changes[changes["changed"] >= share]
    return len(found), found["story"].nunique()
