"""One browser for the sentences, statements and measures of a story, in which a person can also code.

Whoever codes sees the text alone: no statement, no measure and no code of anybody else, until their own
coding of the table is committed. What they choose is on disk at once (`copydesk.pages.interactive.coding_drafts`).
"""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from copydesk.engine.spans import read_spans, write_spans
from copydesk.errors import InputError
from copydesk.pages.interactive import coding_drafts
from copydesk.pages.interactive.linking import LinkBench
from copydesk.pages.interactive.parts import WRAP, Part, html_widget, in_context, layout, numbered, said
from copydesk.show import tables
from copydesk.show.counts_and_lists import count
from copydesk.show.marked_text import Layer
from copydesk.show.notebook_style import framed
from copydesk.stories.coding.row_models import TABLES, format_cell, is_blank, read_coded_spans
from copydesk.stories.story import Story, read_story

if TYPE_CHECKING:
    import pandas as pd


KINDS = ("sentences", "statements", "measures")
CODED = ("links", "statements", "stances", "measures")

# What is compared when a coding is committed.
_COMPARED = {
    "links": ["relation", "moved"],
    "statements": ["actor", "quotation", "kind"],
    "stances": ["stance", "strength"],
    "measures": ["type", "status", "change", "binding_before", "binding_after", "umbrella"],
}


def explore(story: Story | str | Path, coder: str = "") -> Part:
    """Browse the sentences, statements and measures of a story; code them, and which sentence answers which.

    story: a Story, or its name, or the path of its folder. coder: the name to code under; empty to look first
    and give it on the page. Codes are saved to `coding/CODER/` in the story's folder as they are chosen; what
    the rules and other coders have is shown once they are committed. Where no page can answer, the sentences
    are shown. Raises InputError for a story or a name that cannot be.
    """
    story = story if isinstance(story, Story) else read_story(story)
    if coder:
        coding_drafts.open_draft(story, coder, CODED[0])
    sentences = story.sentences[["version", "sentence", "text"]]
    html = tables.to_html(sentences, f"The sentences of {story.title}")
    return Part(html, repr(story), lambda: Browser(story, coder).widget, "explore")


# --- what there is to choose from -------------------------------------------------------------------


class Choice(NamedTuple):
    """A field of a coding: its column, its head, and what can be chosen: [(label, value)]; none is free text."""

    column: str
    head: str
    options: tuple[Any, ...] = ()  # as Dropdown takes them
    buttons: bool = False


def choices(story: Story, table: str) -> list[Choice]:
    """list[Choice]: the fields that can be coded of a table, the first one making the unit."""
    if table == "stances":
        targets = tuple((one.label, one.id) for one in story.entry.targets)
        return [
            Choice("stance", "stance", _values(table, "stance"), buttons=True),
            Choice("strength", "strength", tuple((str(n), n) for n in range(4)), buttons=True),
            Choice("target", "toward", targets),
            Choice("note", "note"),
        ]
    if table == "statements":
        from copydesk.engine.language.actor_names import actor_labels

        labels = actor_labels(story.entry.extra_actors)
        actors = sorted((label, one) for one, label in labels.items())
        return [
            Choice("quotation", "quotation", _values(table, "quotation"), buttons=True),
            Choice("kind", "kind", _values(table, "kind"), buttons=True),
            Choice("actor", "speaks for", (("unresolved", "unresolved"), *actors)),
            Choice("source", "source, as written"),
            Choice("note", "note"),
        ]
    from copydesk.engine.measures.sanctions import codebook

    types = sorted((kind.label, name) for name, kind in codebook().types.items())
    named = ("status", "change", "binding_before", "binding_after")
    return [
        Choice("type", "type", tuple(types)),
        *(Choice(name, tables.humanise(name), _values(table, name)) for name in named),
        *(Choice(name, tables.humanise(name)) for name in ("target", "quantity", "unit")),
        Choice("umbrella", "umbrella", (("no", "no"), ("yes", "yes"))),
        Choice("note", "note"),
    ]


def _values(table, column):
    annotation = TABLES[table].model.model_fields[column].annotation
    return tuple((value, value) for value in get_args(annotation) if value)


_STANCE_KEYS = {"s": "supportive", "o": "opposed", "m": "mixed", "n": "neutral", "x": "not expressed"}


def read_keys(keys: str) -> tuple[str, int | None]:
    """(stance, strength) from what a coder types: a letter (s, o, m, n, x) and a digit (0 to 3) behind it.

    strength is 0 where the stance has none, and None where it is not typed. Raises InputError.
    """
    keys = keys.strip().lower()
    stance = _STANCE_KEYS.get(keys[:1])
    digits = keys[1:].strip()
    if stance is None or digits not in ("", "0", "1", "2", "3"):
        raise InputError(
            f"'{keys}' is no code; type s, o, m, n or x (supportive, opposed, mixed, neutral, not expressed), "
            "and 0 to 3 behind it."
        )
    if stance in ("neutral", "not expressed"):
        return stance, 0
    return stance, int(digits) if digits else None


# --- the browser ------------------------------------------------------------------------------------


class Browser:
    """The page: a reader with what the rules found, and, once somebody gives a name, a desk to code at."""

    def __init__(self, story, coder=""):
        import ipywidgets as w

        self.story = story
        self.coder = ""
        self.saw = set()  # the tables of the rules that were shown here
        self._found = {}
        self._name = w.Text(
            value=coder, description="your name", placeholder="letters and digits", continuous_update=False
        )
        self._begin = w.Button(description="Code, blind", tooltip="Hide the findings, and code the text")
        self._look = w.Button(description="Just look", tooltip="Read with what the rules found")
        seen = "I have seen what the rules found in this story"
        self._seen = w.Checkbox(False, description=seen, indent=False, layout=layout(width="auto"))
        self._said, self._body = html_widget(), w.VBox()
        self._begin.on_click(self.answering(lambda _: self.code(self._name.value)))
        self._look.on_click(self.answering(lambda _: self.look()))
        top = w.HBox([self._name, self._seen, self._begin, self._look], layout=layout(**WRAP))
        self.widget = w.VBox([html_widget(said().head(story.title)), top, self._said, self._body])
        self.code(coder) if coder else self.look()

    def say(self, sentence: str, ok: bool = True) -> None:
        """Show one sentence above the page."""
        self._said.value = framed(said().note(sentence, "" if ok else "Not done.")) if sentence else ""

    def answering(self, deed: Callable[[Any], Any]) -> Callable[[Any], None]:
        """`deed`, a function of one argument, with an InputError told on the page instead of raised."""

        def _answer(event=None):
            try:
                deed(event)
            except InputError as error:
                self.say(str(error), ok=False)

        return _answer

    def look(self) -> None:
        """Read: sentences, statements and measures, with what the rules found."""
        self.say("")
        self._body.children = [_Reader(self).widget]

    def code(self, coder: str) -> None:
        """Code under a name, seeing the text alone."""
        try:
            self.coder = coder.strip()
            made = _CodingDesk(self, self.coder)
        except InputError as error:
            self.coder = ""
            self.say(str(error), ok=False)
            return
        self._body.children = [made.widget]

    def has_seen(self, table: str) -> bool:
        """Whether this coder has seen the rules' rows of a table, here or by their own word."""
        return table in self.saw or self._seen.value

    def is_coding(self, table: str) -> bool:
        """Whether somebody codes this table here and has not committed it: it is then not shown."""
        return bool(self.coder) and table not in coding_drafts.committed_tables(self.story, self.coder)

    def found(self, table: str) -> "pd.DataFrame":
        """The rules' table of that name, made when it is first shown."""
        if table not in self._found:
            self._found[table] = self._find(table)
        return self._found[table]

    def _find(self, table):
        from copydesk.stories.tables import measures_table, statements_table, suggest_stances

        if table == "links":
            return _rules_links(self.story)
        if table == "statements":
            return statements_table(self.story)
        if table == "measures":
            return measures_table(self.story, self.found("statements"))
        return suggest_stances(self.story, self.found("statements"))


def _can_be_coded(story, table):
    if table == "links":
        return len(story.versions) > 1
    return table != "stances" or bool(story.entry.targets)


def _rules_links(story):
    """The rules' links of each version with the one before it, saying which two they are."""
    import pandas as pd

    from copydesk.stories.comparison import compare_all

    every = compare_all(story)
    named = [one.links.assign(before_version=one.before.id, after_version=one.after.id) for one in every]
    return pd.concat(named, ignore_index=True)


def _version_options(story):
    return [(version.label, one) for one, version in story.versions.items()]


# --- reading ----------------------------------------------------------------------------------------


class _Reader:
    """A list of sentences, statements or measures on the left; the one that is chosen, whole, below it."""

    def __init__(self, browser):
        import ipywidgets as w

        self._browser, self._story = browser, browser.story
        self._kind = w.ToggleButtons(options=KINDS, tooltips=[f"the {kind}" for kind in KINDS])
        self._version = w.Dropdown(options=_version_options(self._story), description="version")
        self._words = w.Text(description="with", placeholder="part of a word", continuous_update=False)
        self._list = w.Select(rows=12, layout=layout(width="98%"))
        self._shown = html_widget()
        for one in (self._kind, self._version, self._words):
            one.observe(browser.answering(self._fill), "value")
        self._list.observe(browser.answering(self._show), "value")
        controls = w.HBox([self._kind, self._version, self._words], layout=layout(**WRAP))
        self.widget = w.VBox([controls, self._list, self._shown])
        self._fill()

    def _rows(self):
        kind = self._kind.value
        if kind == "sentences":
            table, column = self._story.sentences, "text"
        else:
            self._browser.saw.add(kind)
            table, column = self._browser.found(kind), "content" if kind == "statements" else "text"
        mine = table[table["version"] == self._version.value]
        return mine[mine[column].str.contains(self._words.value.strip(), case=False, regex=False)], column

    def _fill(self, _=None):
        if self._browser.is_coding(self._kind.value):
            self._list.options = []
            told = f"{self._browser.coder} is coding the {self._kind.value}; what the rules found is shown after the commit."
            self._shown.value = framed(said().note(told))
            return
        rows, column = self._rows()
        self._table = rows.reset_index(drop=True)
        numbers = self._table[self._kind.value[:-1]].str[-4:].astype(int)
        told = map(numbered, numbers, self._table[column])
        labels = [(label, place) for place, label in enumerate(told)]
        self._list.options = labels
        self._list.value = 0 if labels else None
        self._show()

    def _show(self, _=None):
        place = self._list.value
        if self._browser.is_coding(self._kind.value):
            return
        if place is None or place >= len(self._table):
            self._shown.value = framed(said().note("Nothing here holds these words."))
            return
        row = self._table.iloc[place]
        version = self._story.versions[row["version"]]
        spans = [(int(row["start"]), int(row["end"]))] if self._kind.value == "sentences" else None
        spans = spans or read_spans(row["content_spans" if self._kind.value == "statements" else "spans"])
        starts = [start for start, _ in version.document.sentences]
        number = max((n for n, start in enumerate(starts) if start <= spans[0][0]), default=0)
        layers = [] if self._kind.value == "sentences" else [Layer(a, b, "mark") for a, b in spans]
        self._shown.value = framed(in_context(version, number, layers) + self._fields(row))

    def _fields(self, row):
        import pandas as pd

        if self._kind.value == "sentences":
            return ""
        hidden = "story version content text start end spans content_spans quoted_spans".split()
        kept = [
            (tables.humanise(name), format_cell(cell))
            for name, cell in row.items()
            if name not in hidden and not name.endswith(("_start", "_end")) and not is_blank(cell)
        ]
        frame = pd.DataFrame(kept, columns=["field", "value"])
        return tables.to_html(frame, "What the rules found, unchecked")


# --- coding -----------------------------------------------------------------------------------------


class _CodingDesk:
    """The text alone: choose a sentence, choose words in it, choose codes; each choice is saved."""

    def __init__(self, browser, coder):
        import ipywidgets as w

        self._browser, self._story, self._coder = browser, browser.story, coder
        coded = [table for table in CODED if _can_be_coded(self._story, table)]
        self._drafts = {table: coding_drafts.open_draft(self._story, coder, table) for table in coded}
        for table, draft in self._drafts.items():
            draft.saw_rules |= browser.has_seen(table)
        self._quiet, self._kept = False, []  # kept: stretches of the open row beside the words chosen now
        self._table = w.ToggleButtons(options=coded, value=coded[0])
        self._version = w.Dropdown(options=_version_options(self._story), description="version")
        self._links = LinkBench(self, self._story, self._drafts["links"]) if "links" in coded else None
        self._sentence = w.Select(rows=9, layout=layout(width="98%"))
        self._context = html_widget()
        self._span = w.SelectionRangeSlider(
            options=[("", 0)], description="words", continuous_update=False, layout=layout(width="98%")
        )
        self._fields, self._form = {}, w.VBox()
        self._keys = w.Text(description="keys", placeholder="s2 and Enter", continuous_update=False)
        self._rows = w.Select(rows=6, description="coded", layout=layout(width="98%"))
        self._more = w.Button(description="Add words", tooltip="The next words that you choose join this row")
        self._new = w.Button(description="New unit", tooltip="Leave this row as it is and begin another")
        self._back = w.Button(description="Take back", tooltip="Remove this row")
        self._next = w.Button(description="Next sentence")
        self._sure = w.Checkbox(False, description="finished", indent=False, layout=layout(width="auto"))
        self._commit = w.Button(description="Commit", tooltip="Finish this table and see everybody's")
        self._after = html_widget()
        self._units = [self._sentence, self._context, self._span, self._form, self._rows]
        self._buttons = w.HBox(layout=layout(**WRAP))
        self._desk = w.VBox()
        top = w.HBox([self._table, self._version], layout=layout(**WRAP))
        self.widget = w.VBox([top, self._desk, self._after])
        self._wire()
        self._open_table()

    def _wire(self):
        self.hear(self._table, self._open_table)
        self.hear(self._version, self._open_version)
        self.hear(self._sentence, self._open_sentence)
        self.hear(self._span, self._span_moved)
        self.hear(self._keys, self._typed)
        self.hear(self._rows, self._open_row)
        for button, deed in (
            (self._new, self._open_sentence),
            (self._more, self._keep_words),
            (self._back, self._take_back),
            (self._next, self._go_on),
            (self._commit, self._finish),
        ):
            button.on_click(self._browser.answering(lambda _, deed=deed: deed()))

    def hear(self, widget, deed):
        """Let a change of a widget's value do something, unless it is the page that changes it."""
        answer = self._browser.answering(deed)
        widget.observe(lambda change: None if self._quiet else answer(change), "value")

    @property
    def _draft(self):
        return self._drafts[self._table.value]

    @contextmanager
    def still(self):
        """A context in which the page sets its own widgets, and nothing counts as chosen."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def say_saved(self):
        """Say where this coder's rows are."""
        self._browser.say(f"Saved. {self._where()}")

    @property
    def _linking(self):
        return self._table.value == "links"

    # What is on the page

    def _open_table(self, _=None):
        self._desk.layout.display = "none" if self._draft.committed else None
        self._after.value = ""
        if self._draft.committed:
            self._compare()
            return
        of_units = [] if self._linking else [self._new, self._more]
        self._buttons.children = [*of_units, self._back, self._next, self._sure, self._commit]
        self._version.layout.display = "none" if self._linking else None
        if not self._linking:
            self._make_form()
        self._desk.children = [*(self._links.children if self._linking else self._units), self._buttons]
        self._open_version()
        self._browser.say(f"{self._where()} You see the text alone until you commit.")

    def _make_form(self):
        import ipywidgets as w

        self._fields = {one.column: _field(one) for one in choices(self._story, self._table.value)}
        for column, widget in self._fields.items():
            self.hear(widget, lambda change, column=column: self._chosen(column, change["new"]))
        buttons = [one for one in self._fields.values() if isinstance(one, w.ToggleButtons)]
        others = [one for one in self._fields.values() if one not in buttons]
        keys = [self._keys] if self._table.value == "stances" else []
        self._form.children = [*buttons, w.HBox([*others, *keys], layout=layout(**WRAP))]

    def _open_version(self, _=None):
        if self._linking:
            self._links.show_pair()
            return
        version = self._story.versions[self._version.value]
        texts = version.sentences["text"]
        with self.still():
            self._sentence.options = [(numbered(n + 1, words), n) for n, words in enumerate(texts)]
            self._sentence.value = 0
        self._open_sentence()

    def _open_sentence(self, _=None):
        self._kept = []
        doc = self._story.versions[self._version.value].document
        first, last = doc.token_range(*doc.sentences[self._sentence.value])
        words = [doc.text[t.start : t.end] for t in doc.tokens[first:last]]
        with self.still():
            self._span.options = [(f"{word}", n) for n, word in enumerate(words, first)]
            last_word = max((n for n, word in enumerate(words) if any(map(str.isalnum, word))), default=0)
            self._span.index = (0, last_word)  # without the mark that ends the sentence
            self._list_rows()
            self._rows.value = None
            self._clear()
        self._draw()

    def _list_rows(self):
        """The rows that this coder has in this sentence, by their places in the draft."""
        start, end = self._story.versions[self._version.value].document.sentences[self._sentence.value]
        mine = [
            (n, row) for n, row in enumerate(self._draft.rows)
            if row["version"] == self._version.value and start <= int(row["start"]) < end
        ]  # fmt: skip
        self._rows.options = [(self._told(row), n) for n, row in mine]

    def _told(self, row):
        text = self._story.versions[row["version"]].text[int(row["start"]) : int(row["end"])]
        codes = "; ".join(f"{row[c]}" for c in self._fields if str(row.get(c, "")) != "")
        return numbered(0, text, 60)[3:].strip() + f" — {codes}"

    def _draw(self):
        version = self._story.versions[self._version.value]
        start, end = self._chosen_span()
        layers = [Layer(start, end, "mark", said="chosen:")]
        self._context.value = framed(in_context(version, self._sentence.value, layers))

    def _chosen_span(self):
        tokens = self._story.versions[self._version.value].document.tokens
        first, last = self._span.value
        return tokens[first].start, tokens[last].end

    def _clear(self):
        """Empty the fields for a new unit; the target stays, for one goes on with the same."""
        for column, widget in self._fields.items():
            if column != "target" or self._table.value != "stances":
                widget.value = _EMPTY.get(type(widget).__name__)

    # What is chosen

    def _open_row(self, _=None):
        if self._rows.value is None:
            return
        row = self._draft.rows[self._rows.value]
        self._kept = []
        doc = self._story.versions[row["version"]].document
        first, last = doc.token_range(int(row["start"]), int(row["end"]))
        with self.still():
            known = [value for _, value in self._span.options]
            self._span.value = (max(first, known[0]), min(max(first, last - 1), known[-1]))
            for column, widget in self._fields.items():
                _set(widget, row.get(column, ""))
        self._draw()

    def _span_moved(self, _=None):
        self._draw()
        if self._rows.value is not None:
            self._save(**self._span_cells())

    def _chosen(self, column, value):
        """A code was chosen: the row that is open gets it, or a new row begins with it."""
        if value is None:
            return
        cells = {column: value}
        if column == "stance" and value in ("neutral", "not expressed"):
            cells["strength"] = 0
        if column == "type":
            from copydesk.engine.measures.sanctions import codebook

            kind = codebook().types[value]
            cells |= {"label": kind.label, "category": kind.category}
        self._save(**cells)

    def _typed(self, change):
        if not change["new"].strip():
            return
        stance, strength = read_keys(change["new"])
        with self.still():
            self._keys.value = ""
        self._save(stance=stance, strength="" if strength is None else strength)

    def _keep_words(self):
        """The stretches of the open row stay; what is chosen next joins them."""
        if self._rows.value is None or self._table.value == "stances":
            self._browser.say("Choose a statement or a measure of yours first; a stance has one stretch.")
            return
        self._kept = _spans_of(self._draft.rows[self._rows.value])
        self._browser.say("Now choose the words to add, with the slider.")

    def _span_cells(self):
        version = self._story.versions[self._version.value]
        spans = _merged([*self._kept, self._chosen_span()])
        text = " … ".join(" ".join(version.text[start:end].split()) for start, end in spans)
        cells = {"version": self._version.value, "start": spans[0][0], "end": spans[-1][1]}
        if self._table.value == "statements":
            return {**cells, "content_spans": write_spans(spans), "content": text}
        if self._table.value == "measures":
            return {**cells, "spans": write_spans(spans), "text": text}
        return {**cells, "text": text}

    def _save(self, **cells):
        """Save the codes in the row that is open, or in a new one; say what was saved, or why not."""
        place = self._rows.value
        if place is None:
            if next(iter(self._fields)) not in cells:
                self._browser.say(f"Choose the {next(iter(self._fields))} first: it makes the unit.")
                return
            present = {name: one.value for name, one in self._fields.items() if one.value is not None}
            place = self._draft.add({**self._span_cells(), **present, **cells})
        else:
            self._draft.change(place, **cells)
        kept = self._kept
        with self.still():
            self._list_rows()
            self._rows.value = place
        if not kept:
            self._open_row()
        self.say_saved()

    def _where(self):
        draft = self._draft
        place = f"coding/{draft.path.parent.name}/{draft.path.name}"
        return f"{self._coder}: {count(len(draft.rows), 'row')} of {draft.table} in {place}."

    def _take_back(self):
        if self._linking:
            self._links.take_back()
            self._browser.say(f"Taken back. {self._where()}")
            return
        if self._rows.value is None:
            self._browser.say("Choose a row of yours first.")
            return
        self._draft.remove(self._rows.value)
        self._open_sentence()
        self._browser.say(f"Taken back. {self._where()}")

    def _go_on(self):
        if self._linking:
            self._links.go_on()
        elif self._sentence.value + 1 < len(self._sentence.options):
            self._sentence.value += 1

    # The end

    def _finish(self):
        if not self._sure.value:
            self._browser.say("Tick “finished” first: what is committed is not changed here any more.")
            return
        if self._linking:
            self._links.finish()
        self._draft.saw_rules |= self._browser.has_seen(self._table.value)
        path = self._draft.commit()
        self._sure.value = False
        self._open_table()
        self._browser.say(f"Committed: {path.name} is in coding/{self._coder}.")

    def _compare(self):
        """Everybody's codes, for whoever has committed theirs; from here on this person has seen the rules'."""
        table = self._table.value
        statements = self._browser.found("statements") if table == "measures" else None
        frame = coding_drafts.side_by_side(
            self._story, self._coder, table, self._browser.found(table), _COMPARED[table], statements
        )
        again = frame.duplicated(["version", "start", "end", "words"])
        shown = frame.drop(columns=["start", "end"]).assign(words=frame["words"].mask(again, ""))
        caption = f"Your {table}, the other coders', the class's and the rules'"
        self._after.value = framed(tables.to_html(shown, caption, words=["words"]))
        self._browser.say(f"{self._coder}'s {table} are committed.")


_EMPTY = {"Text": ""}


def _spans_of(row):
    """The stretches of a row of a draft, as a list of (start, end)."""
    cell = row.get("content_spans") or row.get("spans")
    return list(read_coded_spans(cell)) if cell else [(int(row["start"]), int(row["end"]))]


def _merged(spans):
    """Stretches in order, those that touch or overlap made one."""
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _field(choice):
    import ipywidgets as w

    look = {"description": choice.head, "style": {"description_width": "8rem"}}
    if not choice.options:
        return w.Text(continuous_update=False, **look)
    if choice.buttons:
        widget = w.ToggleButtons(options=choice.options, value=None, **look)
        widget.style.button_width = "auto"
        return widget
    first = choice.options[0][1] if choice.column == "target" else None
    return w.Dropdown(options=choice.options, value=first, layout=layout(width="auto"), **look)


def _set(widget, cell):
    """Show a cell of a row in its field; what the field cannot hold is left out."""
    options = [value for _, value in getattr(widget, "options", ())]
    if not options:
        widget.value = str(cell)
        return
    same = [value for value in options if str(value) == format_cell(cell)]
    widget.value = same[0] if same else None
