"""Charts: the same bytes twice, nothing cut or overprinted, named links, and the numbers in their words."""

import hashlib
import os
import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from copydesk.show import charts
from copydesk.show.charts import lettering, palette
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {"v1": "morning edition", "v2": "evening edition"}
ACTORS = {"harbour-board": "Harbour Board", "fishermen": "fishermen", "gazette": "The Gazette"}
WORDS = (
    "the harbour board met again on monday and voted for a long plan that nobody had read before winter "
    "came to the town with its bread and bridges"
).split()


def url(row_id):
    return f"texts.html#{row_id}"


# --- an invented story --------------------------------------------------------------------------------


def _sentences(version, texts):
    rows, place = [], 0
    for number, text in enumerate(texts, 1):
        rows.append(("story", version, f"{version}:S{number:04d}", place, place + len(text), text))
        place += len(text) + 1
    return pd.DataFrame(rows, columns=["story", "version", "sentence", "start", "end", "text"])


def revision(size):
    """(before, after, links) of a text with every relation in it."""
    draw = random.Random(size)

    def sentence():
        return " ".join(draw.choice(WORDS) for _ in range(draw.randint(3, 45))).capitalize() + "."

    texts = [sentence() for _ in range(size)]
    after, links, held, number = [], [], [], 0

    def new(text):
        after.append(text)
        return f"v2:S{len(after):04d}"

    while number < size:
        before, text, chance = f"v1:S{number + 1:04d}", texts[number], draw.random()
        if chance < 0.08:
            links.append((before, None, "deleted", False))
        elif chance < 0.2:
            links.append((before, new(text + " Indeed."), "reworded", False))
        elif chance < 0.26:
            words = text.split()
            for part in (words[: len(words) // 2], words[len(words) // 2 :]):
                links.append((before, new(" ".join(part)), "split", False))
        elif chance < 0.32 and number + 1 < size:
            whole = new(f"{text} {texts[number + 1]}")
            links += [(before, whole, "merged", False), (f"v1:S{number + 2:04d}", whole, "merged", False)]
            number += 1
        elif chance < 0.36:
            held.append((before, text))
        else:
            links.append((before, new(text), "identical", False))
        if draw.random() < 0.1:
            links.append((None, new(sentence()), "added", False))
        number += 1
    links += [(before, new(text), "identical", True) for before, text in held]
    table = pd.DataFrame(links, columns=["before", "after", "relation", "moved"]).assign(similarity=1.0)
    return _sentences("v1", texts), _sentences("v2", after), table


QUOTES = [
    ("v1", "harbour-board", "Ana Costa", "we must build the wall at once", "direct", "v2:Q0001"),
    ("v1", "fishermen", "fishermen", "the wall could ruin them", "indirect", "v2:Q0002"),
    ("v1", "harbour-board", "Ana Costa", "the ferry starts in May", "indirect", None),
    ("v2", "harbour-board", "Ana Costa", "we must build the wall at once", "direct", "v1:Q0001"),
    ("v2", "fishermen", "fishermen", "the wall could ruin them", "indirect", "v1:Q0002"),
    ("v2", "gazette", "The Gazette", "the plan is a very costly dream", "direct", None),
]


def voices():
    """(sentences, statements, stances, markers) of an invented story in two versions."""
    texts = {"v1": [], "v2": []}
    rows, places = [], {"v1": 0, "v2": 0}
    for version, actor, source, content, kind, twin in QUOTES:
        start = places[version] + len("It was said that ")
        texts[version].append(f"It was said that {content}, and the town listened to it for a while.")
        places[version] += len(texts[version][-1]) + 1
        span = ((start, start + len(content)),)
        words = len(content.split())
        quoted = kind == "direct"
        rows.append(
            {
                "version": version, "statement": f"{version}:Q{len(texts[version]):04d}", "same_as": twin,
                "source": source, "source_id": source.lower().replace(" ", "-"), "source_type": "", "actor": actor,
                "content": content, "content_spans": span, "quoted_spans": span if quoted else (),
                "words": words, "quoted_words": words if quoted else 0, "quotation": kind,
            }
        )  # fmt: skip
    statements = pd.DataFrame(rows)
    sentences = pd.concat([_sentences(version, lines) for version, lines in texts.items()], ignore_index=True)
    codes = ["supportive", "opposed", "not expressed", "supportive", "opposed", "mixed"]
    stances = pd.DataFrame(
        [
            (
                row.version,
                row.statement,
                1,
                row.content_spans[0][0],
                row.content_spans[0][1],
                "wall",
                code,
                n % 4,
            )
            for n, (row, code) in enumerate(zip(statements.itertuples(), codes, strict=True))
        ],
        columns=["version", "statement", "segment", "start", "end", "target", "stance", "strength"],
    )
    found = [
        (0, "must", "obligation", "quoted"), (1, "could", "hedge", "paraphrased"),
        (3, "must", "obligation", "quoted"), (5, "very", "booster", "quoted"), (5, "costly", "evaluation", "quoted"),
    ]  # fmt: skip
    markers = pd.DataFrame(
        [
            (statements.version[n], statements.statement[n], word, kind, n, n + 1, False, voice)
            for n, word, kind, voice in found
        ],
        columns=["version", "statement", "marker", "marker_class", "start", "end", "negated", "voice"],
    )
    return sentences, statements, stances, markers


def positions():
    rows = [("v1", "lead", 30, 2), ("v1", "middle", 30, 0), ("v1", "end", 31, 5), ("v2", "lead", 40, 4),
            ("v2", "middle", 40, 30), ("v2", "end", 41, 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=["version", "part", "words", "changed"])


def edits():
    rows = [
        ("v1:S0001", "v2:S0001", 0, 6, 0, 9, "replace", "wording"),
        ("v1:S0002", "v2:S0002", 9, 9, 9, 9, "move", "wording"),
    ]
    columns = "before after before_start before_end after_start after_end kind level".split()
    return pd.DataFrame(rows, columns=columns)


def lives():
    rows = [
        (1, "v1", 1, 12, "first", False, None), (2, "v1", 2, 20, "first", False, None),
        (1, "v2", 1, 13, "reworded", False, "v1:S0001"), (3, "v2", 2, 9, "added", False, None),
        (2, "v2", 3, 20, "identical", True, "v1:S0002"), (1, "v3", 1, 13, "identical", False, "v2:S0001"),
        (3, "v3", 2, 9, "identical", False, "v2:S0002"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns="life version number words relation moved previous".split())
    return table.assign(sentence=[f"{row.version}:S{row.number:04d}" for row in table.itertuples()])


def likeness(before, after):
    """Share of words in common, for each pair of sentences."""
    bags = [[set(text.lower().split()) for text in part.text] for part in (before, after)]
    return [[len(one & other) / len(one | other) for other in bags[1]] for one in bags[0]]


def every_chart(link=url):
    """Each public chart once, and the ribbons in two sizes."""
    sentences, statements, stances, markers = voices()
    before, after, links = revision(30)
    many = revision(80)
    return {
        "ribbons of thirty": charts.revision_ribbons(before, after, links, LABELS, link, edits()),
        "ribbons of eighty": charts.revision_ribbons(*many, LABELS, link),
        "positions": charts.change_positions(positions(), before, after, links, edits(), LABELS, link),
        "lives": charts.sentence_lives(lives(), {**LABELS, "v3": "late edition"}, link),
        "matrix": charts.similarity_matrix(likeness(before, after), before, after, links),
        "words": charts.voice_words(statements, ACTORS, None, LABELS, link),
        "strip": charts.voice_strip(statements, sentences, ACTORS, None, LABELS, link),
        "lanes": charts.stance_lanes(stances, statements, "wall", ACTORS, None, LABELS, "the wall", link),
        "markers": charts.marker_dots(markers, statements, ACTORS, url=link),
    }


@pytest.fixture(scope="module")
def drawn():
    return every_chart()


NAMES = [
    "ribbons of thirty", "ribbons of eighty", "positions", "lives", "words",
    "strip", "lanes", "markers", "matrix",
]  # fmt: skip


# --- the same bytes -----------------------------------------------------------------------------------


def digest(figures):
    return [
        (name, hashlib.sha256(one.svg().encode() + one.png()).hexdigest()) for name, one in figures.items()
    ]


@pytest.mark.slow
def test_same_bytes_whatever_the_hash_seed(drawn):
    here = Path(__file__).resolve().parent
    paths = os.pathsep.join([str(here), str(here.parent / "scripts")])
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": paths}
    command = [sys.executable, "-c", "import test_charts as t; print(t.digest(t.every_chart()))"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(digest(drawn))


def test_same_bytes_when_drawn_in_another_order_and_twice(drawn):
    chart = drawn["lanes"]
    svg, png = chart.svg(), chart.png()
    assert (chart.svg(), chart.png()) == (svg, png)


def test_settings_of_a_notebook_change_nothing(drawn):
    import matplotlib

    plain = drawn["words"].svg(), drawn["words"].png()
    with matplotlib.rc_context(
        {"font.size": 31, "svg.fonttype": "path", "savefig.dpi": 33, "axes.facecolor": "red"}
    ):
        chart = every_chart()["words"]
        assert (chart.svg(), chart.png()) == plain


def test_saves_both_forms_and_a_picture_with_their_titles_in_colours_that_any_viewer_knows(drawn, tmp_path):
    chart = drawn["ribbons of thirty"]
    chart.save(tmp_path / "new", "voices")
    assert (tmp_path / "new" / "voices.png").read_bytes() == chart.png()
    for name, width in (("voices.svg", 720), ("voices-narrow.svg", 350)):
        written = (tmp_path / "new" / name).read_text(encoding="utf-8")
        assert written.startswith("<?xml") and "var(" not in written and f'viewBox="0 0 {width} ' in written
        assert chart.title in " ".join(ElementTree.fromstring(written).itertext())
        words = " ".join(text.text or "" for text in ElementTree.fromstring(written).iter(f"{SVG}text"))
        assert chart.title.split()[-1] in words


# --- legible ------------------------------------------------------------------------------------------


def _texts(chart, narrow=False):
    figure = chart.narrow_figure if narrow else chart.figure
    figure.set_dpi(288)  # four pixels a point, so that letters have their own widths and not whole pixels
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # which puts the letters of axes into their places
    renderer = canvas.get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    boxes = [Bbox(text.get_window_extent(renderer).get_points() / 4) for text in texts]
    figure.set_dpi(72)
    return list(zip(texts, boxes, strict=True))


FORMS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


@FORMS
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_and_no_two_overlap(drawn, name, narrow):
    assert_that_all_fits(drawn[name], narrow)


def assert_that_all_fits(chart, narrow=False):
    texts = _texts(chart, narrow)
    page = (chart.narrow_figure if narrow else chart.figure).bbox
    for text, box in texts:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= page.x1 and box.y1 <= page.y1
        assert inside, f"{text.get_text()!r} leaves the figure"
    for number, (text, box) in enumerate(texts):
        for other, second in texts[number + 1 :]:
            wide = min(box.x1, second.x1) - max(box.x0, second.x0)
            high = min(box.y1, second.y1) - max(box.y0, second.y0)
            # Boxes hold the room for accents and tails, so that lines may touch by a point or two.
            assert wide < 3 or high < 4, f"{text.get_text()!r} overlaps {other.get_text()!r}"


def _over(front, back, alpha):
    return to_hex([a * alpha + b * (1 - alpha) for a, b in zip(to_rgb(front), to_rgb(back), strict=True)])


@FORMS
@pytest.mark.parametrize("name", NAMES)
def test_text_stands_out_from_what_is_under_it(drawn, name, narrow):
    ground = [(None, palette.PAPER, 1.0)]
    figure = drawn[name].narrow_figure if narrow else drawn[name].figure
    for artist in figure.axes[0].get_children():
        if isinstance(artist, PathPatch) and artist.get_facecolor()[3] > 0:
            ground.append((artist.get_path(), to_hex(artist.get_facecolor()), artist.get_alpha() or 1.0))
        elif isinstance(artist, Text) and artist.get_text():
            under = palette.PAPER
            x, y = artist.get_position()
            width = lettering.text_width(
                artist.get_text(), artist.get_fontsize(), artist.get_weight() == "bold"
            )
            x += {"left": width / 2, "center": 0, "right": -width / 2}[artist.get_ha()]
            for path, colour, alpha in ground[1:]:
                if path.contains_point((x, y - artist.get_fontsize() * 0.36)):
                    under = _over(colour, under, alpha)
            ratio = palette.contrast(to_hex(artist.get_color()), under)
            assert ratio >= 4.5, f"{artist.get_text()!r}: {ratio:.2f} to 1 on {under}"


@FORMS
@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_smaller_than_twelve_points(drawn, name, narrow):
    # A page shows a point as a pixel or more.
    assert min(text.get_fontsize() for text, _ in _texts(drawn[name], narrow)) >= 12


def test_every_colour_of_a_page_s_chart_can_be_made_dark_and_then_reads(drawn):
    svg = drawn["ribbons of thirty"].svg()
    used = set(re.findall(r"var\((--[a-z-]+), #", svg))
    dark = dict(part.split(": ") for part in palette.theme().strip(";").split("; "))
    assert used and used <= set(dark)
    bare = [
        value
        for value in re.findall(r'(?:fill|stroke)="([^"]+)"', svg)
        if not value.startswith(("var(", "none", "url("))
    ]
    assert not bare, "a colour that stays light on a dark page"
    for name, colour in dark.items():
        if name.endswith("-text"):
            for ground in ("--chart-paper", name.replace("-text", "-wash")):
                assert palette.contrast(colour, dark[ground]) >= 4.5
    assert palette.contrast(dark["--chart-grey"], dark["--chart-pale"]) >= 4.5


# --- accessible ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_named_and_linked_as_a_page_needs_it(drawn, name):
    chart = drawn[name]
    svg = chart.svg()
    assert "xlink" not in svg and "target" not in svg and "<style" not in svg and "<metadata" not in svg
    assert not svg.startswith("<?xml") and "DOCTYPE" not in svg
    root = ElementTree.fromstring(svg)
    links = list(root.iter(f"{SVG}a"))
    assert root.get("role") == ("group" if links else "img")
    assert root.get("aria-label") == chart.title and root.find(f"{SVG}title").text == chart.title
    description = root.find(f"{SVG}desc")
    assert description.text == chart.alt and description.get("id") == root.get("aria-describedby")
    assert root.get("width") == "100%" and root.get("height") is None
    for link in links:
        assert link.get("href").startswith("texts.html#") and link.get("aria-label").strip()
        assert link.find(f"{SVG}title").text == link.get("aria-label")
        assert not list(link.iter(f"{SVG}a"))[1:], "a link in a link"


def test_every_mark_that_stands_for_words_has_its_link(drawn):
    def count(name):
        return len(ElementTree.fromstring(drawn[name].svg()).findall(f".//{SVG}a"))

    assert count("ribbons of thirty") > 60  # each sentence of both versions, and what changed
    assert count("lanes") == 3  # one for both versions, and none for what is not expressed
    assert count("markers") == 4  # the statement that stands in both versions counts once
    assert count("strip") == 6
    assert count("words") == 5  # what has the same numbers in both versions is drawn once


@pytest.mark.parametrize("name", NAMES)
def test_a_page_sets_the_title_and_a_file_has_it(drawn, name, tmp_path):
    chart = drawn[name]
    chart.save(tmp_path, "one")
    whole = ElementTree.fromstring((tmp_path / "one.svg").read_text(encoding="utf-8"))
    part = ElementTree.fromstring(chart.svg())
    words, fewer = (["".join(text.itertext()) for text in one.iter(f"{SVG}text")] for one in (whole, part))
    assert fewer == words[-len(fewer) :]
    assert " ".join(words[: -len(fewer)]).startswith(chart.title)
    (_, _, width, height), (_, top, *size) = (map(float, one.get("viewBox").split()) for one in (whole, part))
    assert size == pytest.approx([width, height - top], abs=0.02) and 0 < top < height


def test_without_links_a_figure_is_an_image():
    chart = every_chart(link=None)["lanes"]
    assert ElementTree.fromstring(chart.svg()).get("role") == "img"
    assert "<a " not in chart.svg()


def test_a_link_may_be_missing():
    svg = every_chart(link=lambda row_id: None)["markers"].svg()
    assert "<a " not in svg and 'role="img"' in svg


def test_ids_do_not_meet_on_one_page(drawn):
    ids = [
        element.get("id")
        for chart in drawn.values()
        for element in ElementTree.fromstring(chart.svg()).iter()
    ]
    ids = [one for one in ids if one]
    assert len(ids) == len(set(ids)) >= len(NAMES)


def test_any_figure_of_matplotlib_becomes_accessible():
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.add_subplot()
    axes.bar(["a", "b"], [1, 2], hatch="//")
    axes.text(0, 1, "one", url="texts.html#one")
    chart = charts.Chart("bars", "Two bars", "A bar of 1 and a bar of 2.", pd.DataFrame(), figure=figure)
    svg = chart.svg()
    assert chart.svg(narrow=True) == svg
    root = ElementTree.fromstring(svg)
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == "texts.html#one" and link.get("aria-label") and link.get("target") is None
    ids = {element.get("id") for element in root.iter()} - {None}
    assert all(one.startswith("bars-") for one in ids)
    for reference in {part.split(")")[0] for part in svg.split("url(#")[1:]}:
        assert reference in ids


# --- the numbers --------------------------------------------------------------------------------------


def test_title_and_alternative_text_of_the_ribbons_come_from_the_links(drawn):
    _, after, links = revision(30)
    added, cut = (links.relation == "added").sum(), (links.relation == "deleted").sum()
    same = links[(links.relation == "identical")].before.nunique()
    chart = drawn["ribbons of thirty"]
    assert chart.title.startswith(f"{same} of 30 sentences of the morning edition are unchanged")
    assert (
        f"{cut} of the morning edition and {added} of the evening edition are linked to none" in chart.title
    )
    assert f"{len(after)} sentences" in chart.alt and chart.title in chart.alt
    assert len(chart.table) == len(links)


def test_each_sentence_stands_once_in_its_column_and_unchanged_ones_are_folded():
    from copydesk.show.charts import ribbons

    for size in (3, 30, 80, 150):
        before, after, links = revision(size)
        table = ribbons.ribbon_table(before, after, links)
        rows = ribbons.folded(ribbons.rows_of(table, list(before.sentence), list(after.sentence)))
        for column, sentences in (("befores", before.sentence), ("afters", after.sentence)):
            assert [one for row in rows for one in getattr(row, column)] == list(sentences)
        plain = [row.kind == "unchanged" and not row.moved for row in rows]
        assert not any(a and b for a, b in pairwise(plain)), "two folds that are neighbours"
        assert sum(not row.folded for row in rows) <= ribbons.MOST_WORDED
        assert all(row.folded for row in rows if row.kind == "unchanged" and not row.moved)


def test_style_only_stands_apart_from_what_changed_and_says_its_words():
    before = _sentences("v1", ["The wall, which is old, stands.", "A dialog began on Monday."])
    after = _sentences("v2", ["The wall, which is old, fell.", "On Monday a dialogue began."])
    links = pd.DataFrame(
        {"before": before.sentence, "after": after.sentence, "relation": "reworded", "moved": False}
    )
    rows = [
        ("v1:S0001", "v2:S0001", 24, 30, 24, 28, "replace", "wording", "stands", "fell"),
        ("v1:S0002", "v2:S0002", 34, 40, 42, 50, "replace", "spelling", "dialog", "dialogue"),
        ("v1:S0002", "v2:S0002", 47, 56, 30, 39, "move", "wording", "on Monday", "On Monday"),
    ]
    columns = (
        "before after before_start before_end after_start after_end kind level before_text after_text".split()
    )
    chart = charts.revision_ribbons(before, after, links, LABELS, edits=pd.DataFrame(rows, columns=columns))
    assert chart.title == "1 of 2 sentences of the morning edition is changed and 1 changed in style only"
    said = [text.get_text() for text, _ in _texts(chart)]
    for words in ("changed", "style only", "stands", "fell", "dialog", "dialogue", "on Monday"):
        assert words in said
    lines = [
        line for line in ElementTree.fromstring(chart.svg()).iter(f"{SVG}text") if line.findall(f"{SVG}tspan")
    ]
    (line,) = (line for line in lines if "stands" in "".join(line.itertext()))
    assert "".join(line.itertext()) == "changed The wall, which is old, stands fell", (
        "one text that flows in any letters"
    )
    assert [part.text for part in line if part.get("text-decoration") == "line-through"] == ["stands"]
    # What the alignment says of a change counts before what the edits let one guess.
    coded = links.assign(change=["style", "none"])
    chart = charts.revision_ribbons(before, after, coded, LABELS, edits=pd.DataFrame(rows, columns=columns))
    assert chart.title == "2 of 2 sentences of the morning edition are changed in style only"


def _positions_title(*changed):
    table = positions()
    table.loc[table.version == "v2", "changed"] = changed
    before, after, links = revision(3)
    return charts.change_positions(table, before, after, links, edits(), LABELS).title


def test_change_positions_name_a_third_that_has_more_than_half(drawn):
    title = "86% of the 35 words that the evening edition adds or replaces stand in its middle third"
    assert drawn["positions"].title == title
    assert "last third 5 of 31 words changed" in drawn["positions"].alt
    assert (
        _positions_title(0, 0, 1)
        == "The one word that the evening edition adds or replaces stands in its last third"
    )
    assert _positions_title(0, 0, 0) == "No word of the evening edition was added or put in place of another"


def test_change_positions_say_where_the_words_are_spread():
    spread = "words that the evening edition adds or replaces are spread: "
    thirds = ("{}% in the lead third, {}% in the middle third and {}% in the last third").format
    assert _positions_title(15, 19, 16) == f"The 50 {spread}{thirds(30, 38, 32)}"
    assert _positions_title(20, 20, 0) == f"The 40 {spread}{thirds(50, 50, 0)}"


def test_lives_count_those_that_last(drawn):
    assert drawn["lives"].title == "1 of 3 sentences lives through all 3 versions"
    assert "1 new, 0 cut since the morning edition" in drawn["lives"].alt
    assert "0 new, 1 cut since the evening edition" in drawn["lives"].alt


def test_the_matrix_counts_links_and_rivals(drawn):
    chart = drawn["matrix"]
    _, _, links = revision(30)
    linked = links[["before", "after"]].notna().all(axis=1).sum()
    assert chart.title.startswith(f"{linked} pairs of sentences linked; ")
    assert chart.table.linked.sum() == linked and chart.svg().count("<title>") == linked + 1


def test_voices_of_one_version_come_first_and_alone_in_colour(drawn):
    chart = drawn["words"]
    assert chart.title == "Most words: Harbour Board, 12 in the morning edition and 7 in the evening edition"
    words = "morning edition 0 words quoted and 0 paraphrased, evening edition 7 words quoted"
    assert words in chart.alt
    bars, drawn_text = _bars(chart), [text.get_text() for text, _ in _texts(chart)]
    coloured = [
        bar for bar in bars if palette.BLUE in (to_hex(bar.get_facecolor()), to_hex(bar.get_edgecolor()))
    ]
    assert [bar.get_width() for bar in coloured] == [7] and coloured[0] is min(
        bars, key=lambda bar: bar.get_y()
    )
    assert drawn_text.index("The Gazette") < drawn_text.index("Harbour Board")
    assert drawn_text.count("both versions") == 1, "the fishermen have the same numbers in both"


def _bars(chart):
    (axes,) = chart.figure.axes[1:]
    return [patch for patch in axes.patches if patch.get_width() > 0]


def test_the_bars_of_voices_stand_on_axes_that_count_words(drawn):
    total = drawn["words"].table.drop_duplicates(["actor", "version", "voice"]).words.sum()
    alike = 5  # the fishermen's words, drawn once for both versions
    assert sum(bar.get_width() for bar in _bars(drawn["words"])) == total - alike
    chart = every_chart()["words"]
    before = chart.svg()
    chart.figure.axes[1].set_xlim(0, 100)
    assert chart.svg() != before, "what a student changes on the axes is in the picture"


def test_an_unresolved_source_stands_apart_and_makes_no_title():
    _, statements, _, _ = voices()
    statements = statements.replace({"actor": {"gazette": "unresolved"}})
    nameless = statements[statements["actor"].eq("unresolved")].assign(source="", source_id="unresolved")
    actors = {"unresolved": "unresolved sources", "the-gazette": "The Gazette", **ACTORS}
    chart = charts.voice_words(pd.concat([statements, nameless]), actors, None, LABELS)
    assert chart.title == "Most words: Harbour Board, 12 in the morning edition and 7 in the evening edition"
    texts = [text.get_text() for text, _ in _texts(chart)]
    left_open = texts.index("For whom these speak is not known")
    assert texts.index("Fishermen") < left_open < texts.index("Unresolved sources")
    assert left_open < texts.index("The Gazette"), "whoever is named, by the words of it"
    assert palette.BLUE not in {to_hex(bar.get_facecolor()) for bar in _bars(chart)}


def test_a_title_whose_claims_were_looked_up_stands_in_place_of_a_count(drawn):
    _, statements, _, _ = voices()
    assert charts.voice_words(statements, ACTORS, title="Only they speak").title == "Only they speak"


def test_a_part_of_a_bar_is_what_a_statement_quotes_or_paraphrases():
    _, statements, _, _ = voices()
    one = statements[statements.version == "v2"].head(1).assign(quoted_words=4)
    chart = charts.voice_words(one, ACTORS, None, LABELS, url)
    names = [
        link.get("aria-label").split(":")[0] for link in ElementTree.fromstring(chart.svg()).iter(f"{SVG}a")
    ]
    assert names == ["4 words quoted", "3 words paraphrased"]


def _lanes(*rows):
    """The lanes of invented stances, each given as (version, actor, stance)."""
    statements = pd.DataFrame(
        [
            {"version": v, "statement": f"{v}:Q{n:04d}", "same_as": None, "source": a, "source_id": a, "actor": a,
             "source_type": "", "content": "words", "content_spans": ((n, n + 5),), "quoted_spans": (), "words": 1, "quoted_words": 0}
            for n, (v, a, _) in enumerate(rows)
        ]
    )  # fmt: skip
    stances = statements[["version", "statement"]].assign(
        segment=1, start=range(len(rows)), end=range(5, len(rows) + 5), target="plan",
        stance=[row[2] for row in rows], strength=1,
    )  # fmt: skip
    actors = {"mayor": "the mayor", "union": "the union"}
    return charts.stance_lanes(
        stances, statements, "plan", actors, ["v1", "v2"], LABELS, target_label="the plan"
    )


STANDS = [
    # What the earlier version alone has is no less in the figure; what both have counts once.
    (
        [("v1", "mayor", "opposed"), ("v1", "mayor", "neutral"), ("v2", "mayor", "neutral")],
        "Toward the plan: the mayor 1 opposed, 2 neutral",
    ),
    (
        [("v1", "mayor", "opposed"), ("v2", "union", "supportive"), ("v1", "union", "not expressed")],
        "Toward the plan: the mayor 1 opposed; the union 1 supportive",
    ),
    ([("v1", "mayor", "not expressed")], "Nobody takes a stand toward the plan"),
]  # fmt: skip


@pytest.mark.parametrize("rows, title", STANDS)
def test_lanes_count_the_tiles_that_are_drawn(rows, title):
    assert _lanes(*rows).title == title


def test_a_statement_of_both_versions_that_is_coded_alike_has_one_tile(drawn):
    chart = drawn["lanes"]
    assert (
        chart.title == "Toward the wall: Harbour Board 1 supportive; fishermen 1 opposed; The Gazette 1 mixed"
    )
    assert "In the morning edition, Harbour Board: 1 supportive, 1 not expressed" in chart.alt
    texts = [text.get_text() for text, _ in _texts(chart)]
    assert texts.count("supportive") == 1 and "1 further statement without a stance toward it" in texts
    assert "evening edition" in texts, "where the Gazette speaks"


def test_what_nobody_coded_is_not_charted_as_a_stance():
    _, statements, stances, _ = voices()
    guessed = charts.stance_lanes(
        stances.assign(coder="rules"), statements, "wall", ACTORS, target_label="the wall"
    )
    assert guessed.title == "Nobody has coded where statements stand toward the wall."
    assert guessed.table.empty and "supportive" not in guessed.svg()


def test_markers_are_counted_once_and_by_voice(drawn):
    table = drawn["markers"].table.set_index(["actor", "marker_class", "voice"])
    assert table["count"]["harbour-board", "obligation", "quoted"] == 1
    assert table.words["harbour-board", "obligation", "quoted"] == 7
    assert table["count"]["fishermen", "hedge", "paraphrased"] == 1
    assert "1 obligation quoted (must)" in drawn["markers"].alt
    assert drawn["markers"].title == (
        "Words of stance found: Harbour Board 1 in 12 words, fishermen 1 in 5 words and The Gazette 2 in 7 words"
    )


@pytest.mark.parametrize("words", [99, 100])
def test_a_rate_is_of_a_hundred_words_or_more(words):
    _, statements, _, markers = voices()
    statements.loc[statements.actor == "gazette", ["words", "quoted_words"]] = words
    table = charts.marker_dots(markers, statements, {"gazette": "The Gazette"}).table
    assert table.per_hundred.notna().any() == (words == 100)


def test_classes_without_a_marker_are_named_and_take_one_line():
    _, statements, _, markers = voices()
    chart = charts.marker_dots(markers[markers.start != 1], statements, ACTORS)
    texts = [text.get_text() for text, _ in _texts(chart)]
    assert "none found: hedge, booster, attitude, obligation and evaluation" in texts
    assert texts.count("booster") == 1 and "1 quoted" in texts


def test_an_actor_whom_nobody_quotes_is_named_apart():
    _, statements, _, _ = voices()
    chart = charts.voice_words(statements, {**ACTORS, "mayor": "the mayor"}, version_labels=LABELS)
    assert "the mayor: morning edition 0 words quoted and 0 paraphrased" in chart.alt
    assert any(text.get_text() == "No words found: the mayor." for text, _ in _texts(chart))


# --- odd input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("versions", [1, 3, 4])
def test_other_numbers_of_versions_leave_room_for_all(versions):
    sentences, statements, stances, markers = voices()
    ids = [f"v{n}" for n in range(1, versions + 1)]
    labels = {one: f"The rather late edition number {one}" for one in ids}

    def only(table):
        return table[table.version.isin(ids)]

    more = {
        "words": charts.voice_words(only(statements), ACTORS, ids, labels),
        "strip": charts.voice_strip(
            only(statements), only(sentences), ACTORS, only(sentences).version.unique(), labels
        ),
        "lanes": charts.stance_lanes(only(stances), only(statements), "wall", ACTORS, ids, labels),
        "markers": charts.marker_dots(only(markers), only(statements), ACTORS, ids),
    }
    for chart in more.values():
        assert_that_all_fits(chart)
        assert_that_all_fits(chart, narrow=True)


def test_long_names_and_many_markers_stay_in_their_place():
    sentences, statements, stances, markers = voices()
    actors = {
        actor: f"{label} of the northern and southern harbours and all their islands"
        for actor, label in ACTORS.items()
    }
    labels = {
        version: f"{label} as it was printed for the subscribers in the hills"
        for version, label in LABELS.items()
    }
    markers = pd.concat([markers] * 12, ignore_index=True)
    markers["marker"] = [f"{word} without the shadow of a doubt" for word in markers.marker]
    more = {
        "words": charts.voice_words(statements, actors, None, labels),
        "strip": charts.voice_strip(statements, sentences, actors, None, labels),
        "lanes": charts.stance_lanes(stances, statements, "wall", actors, None, labels),
        "markers": charts.marker_dots(markers, statements, actors),
        "lives": charts.sentence_lives(lives(), labels),
    }
    for chart in more.values():
        assert_that_all_fits(chart)
        assert_that_all_fits(chart, narrow=True)


def test_segments_are_paired_by_their_words_and_stay_in_reading_order():
    from copydesk.show.charts.stance import _pair_up

    rows = pd.DataFrame(
        [
            ("v1", "v1:Q0001", "v2:Q0002", "the wall is needed", 10), ("v1", "v1:Q0001", "v2:Q0002", "but it costs a lot", 40),
            ("v1", "v1:Q0002", None, "nobody asked us", 70),
            ("v2", "v2:Q0001", None, "we heard nothing of it", 5), ("v2", "v2:Q0002", "v1:Q0001", "But it costs a lot", 60),
            ("v2", "v2:Q0003", None, "the last word", 90),
        ],
        columns=["version", "statement", "same_as", "text", "start"],
    ).assign(stance="mixed")  # fmt: skip
    found = [{version: row.text for version, row in pair.items()} for pair in _pair_up(rows, ["v1", "v2"])]
    assert found == [
        {"v1": "the wall is needed"},
        {"v2": "we heard nothing of it"},
        {"v1": "but it costs a lot", "v2": "But it costs a lot"},
        {"v1": "nobody asked us"},
        {"v2": "the last word"},
    ]


def test_threads_do_not_disturb_each_other(drawn):
    from concurrent.futures import ThreadPoolExecutor

    names = ["words", "lanes", "markers", "positions"] * 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: (drawn[name].svg(), drawn[name].png()), names))
    assert found[:4] == found[4:8] == found[8:]
    assert found[0] == (drawn["words"].svg(), drawn["words"].png())


def test_a_source_is_named_by_what_is_known_of_it():
    from copydesk.show.charts.voices import source_names

    table = pd.DataFrame(
        {
            "source_id": ["ana-costa", "u.n.-official-1", "clerk-1", "clerk-2", "gazette", "town-folk"],
            "source_type": [
                "named official",
                "anonymous official",
                "anonymous person",
                "anonymous person",
                "newspaper",
                "group",
            ],
        }
    )
    names = source_names(table, ACTORS)
    assert list(names.values()) == [
        "Ana Costa",
        "U.N. official",
        "Clerk 1",
        "Clerk 2",
        "The Gazette",
        "Town folk",
    ]


def test_empty_tables_say_that_there_is_nothing_to_show():
    sentences, statements, stances, markers = (table.iloc[:0] for table in voices())
    before, after, links = (table.iloc[:0] for table in revision(3))
    empty = [
        charts.revision_ribbons(before, after, links),
        charts.change_positions(positions().iloc[:0], before, after, links, edits().iloc[:0]),
        charts.sentence_lives(lives().iloc[:0]),
        charts.voice_words(statements),
        charts.voice_strip(statements, sentences),
        charts.stance_lanes(stances, statements, "wall"),
        charts.marker_dots(markers, statements),
    ]
    for chart in empty:
        assert "Nothing to show" in chart.alt and "Nothing to show" in chart.svg() and chart.png()


@pytest.mark.parametrize("size", [1, 2])
def test_a_single_sentence_alone_added_and_cut(size):
    one = _sentences("v1", ["The harbour froze."] * size)
    nothing = one.iloc[:0]
    for before, after, side, relation in (
        (one, nothing, "before", "deleted"),
        (nothing, one, "after", "added"),
    ):
        links = pd.DataFrame(
            {"before": None, "after": None, "relation": relation, "moved": False}, index=range(size)
        )
        links[side] = list(one.sentence)
        chart = charts.revision_ribbons(before, after, links, LABELS)
        assert chart.svg() and chart.png()


HOSTILE = [
    "<script>alert(1)</script>", "$\\frac{1}{0}$", "&amp;&lt;", "a\x00b\x1b[31m", "\u202eedicius\u202c", 
    "e" + "\u0301" * 500, "x" * 5000, "\u200b\ufeff", "]]>", "{{7*7}}", "平壤发射火箭", "",
]  # fmt: skip


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_and_words_stay_words(label):
    _, statements, stances, _ = voices()
    statements["content"] = pd.Series([label] * len(statements), dtype=object)
    chart = charts.stance_lanes(
        stances, statements, "wall", {"gazette": label}, version_labels={"v1": label}, url=url
    )
    root = ElementTree.fromstring(chart.svg())
    assert not list(root.iter(f"{SVG}script")) and chart.png()
    assert not {"\u202e", "\u202c", "\u200b", "\ufeff", "\x1b"} & set(chart.svg() + chart.svg(narrow=True))
    before, after, links = revision(4)
    before["text"] = pd.Series([label] * len(before), dtype=object)
    chart = charts.revision_ribbons(before, after, links, {"v1": label}, url)
    assert ElementTree.fromstring(chart.svg()) is not None
    page = chart.figure.bbox
    assert all(box.x0 >= 0 and box.x1 <= page.x1 for _, box in _texts(chart))


def test_labels_hold_no_letter_that_no_page_can_hold():
    assert lettering.clean("a\ud800b\x00c\u202e d\n\n e") == "a\ufffdbc d e"
    assert lettering.clean("e" + "\u0301" * 500) == "e\u0301\u0301"
    assert len(lettering.clean("x" * 10**6)) == 2000


def test_a_link_cannot_break_out_of_its_attribute():
    svg = every_chart(link=lambda row_id: f'x"><script>{row_id}</script>')["markers"].svg()
    assert "<script>" not in svg


@given(st.text(max_size=120), st.floats(30, 400))
def test_words_fit_the_room_they_are_given(text, width):
    assert lettering.text_width(lettering.elide(text, width)) <= width + 0.01
    lines = lettering.wrap(text, width)
    assert all(lettering.text_width(line) <= width + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == lettering.clean(text).replace(" ", "")


def test_colours_are_darkened_until_they_read():
    for colour in (
        palette.ORANGE,
        palette.SKY,
        palette.GREEN,
        palette.YELLOW,
        palette.VERMILION,
        palette.PURPLE,
    ):
        assert palette.contrast(palette.readable(colour), palette.PAPER) >= 4.5
    assert palette.readable(palette.INK) == palette.INK
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_importing_the_charts_draws_on_no_global_state():
    code = "import sys, copydesk.show.charts.stance; assert 'matplotlib.pyplot' not in sys.modules"
    paths = str(Path(__file__).resolve().parents[1] / "scripts")
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": paths}, check=True)


def test_titles_of_what_nobody_checked_claim_nothing():
    sentences, statements, _, markers = voices()
    statements = statements.assign(resolved_by="name")
    made = [
        charts.voice_words(statements, ACTORS, None, LABELS),
        charts.voice_strip(statements, sentences, ACTORS, None, LABELS),
        charts.marker_dots(markers, statements, ACTORS),
    ]
    assert all(chart.title.endswith(", by rule") and not any(map(str.isdigit, chart.title)) for chart in made)
