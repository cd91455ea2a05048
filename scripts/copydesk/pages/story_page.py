"""What a notebook works at: the story it reads, its parameters checked, and a place for what it shows."""

import ast
from bisect import bisect_right
from difflib import get_close_matches
from functools import cached_property
from html import escape
from pathlib import Path

from copydesk.engine.spans import finding_id, read_id
from copydesk.errors import InputError
from copydesk.show import marked_text, tables
from copydesk.show.claims import Finding, claims_table, keep_claims
from copydesk.show.phrasing import inside
from copydesk.stories import withholding
from copydesk.stories.story import read_story
from copydesk.stories.tables import by_voice

_TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool, "list": list, "dict": dict}

# Which kind of finding the ids in a column are of.
_KINDS = {
    "sentence": "sentence",
    "before": "sentence",
    "after": "sentence",
    "statement": "statement",
    "same_as": "statement",
    "measure": "measure",
}
# Heads of the tables of agreement.
_AGREEMENT = {
    "coder_a": "one",
    "coder_b": "other",
    "n_a": "one has",
    "n_b": "other has",
    "n": "both",
    "alpha_low": "low",
    "alpha_high": "high",
}
# What a page shows of the rows to check; the file has every column.
_TO_CHECK = {
    "statements": ["statement", "content", "source", "actor", "cue", "quotation", "right", "note"],
    "stances": ["statement", "segment", "target", "stance", "strength", "right", "note"],
    "measures": ["measure", "text", "type", "status", "change", "quantity", "right", "note"],
}
_FOLD = 8  # links in a cell, before they are folded
# What a page holds of a long table or a crowded figure: 1.5 MB are enough for a page.
_MOST_ROWS = 200
_MOST_SVG = 400_000


class StoryPage:
    """A story on the desk. Notebooks get it from `open_page`.

    `story`, `before` and `after` (Versions) are what it reads; `finding`, `table` and `figure` show
    something, and keep it as a file where the parameter `output` names a folder. With `public`, whatever it
    shows or keeps has only the sentences that a finding cites (`copydesk.stories.withholding`).
    """

    def __init__(self, story, before, after, parameters, output="", public=False):
        self.story = story
        self.before = before
        self.after = after
        self.parameters = parameters
        self.output = Path(output) if output else None
        self.public = public
        self._anchored = set()
        if public:
            settings = {name: parameters[name] for name in ("preset", "threshold") if parameters.get(name)}
            withholding.withhold(story, before, after, **settings)

    def __repr__(self):
        return (
            f"{self.story.title}: {self.before.label} ({self.before.words} words), "
            f"then {self.after.label} ({self.after.words} words)"
        )

    def _repr_html_(self):
        return f'<p class="read">Reads <cite>{tables.text(self.story.title)}</cite>: {self._versions_html()}.</p>'

    def _versions_html(self):
        return ", then ".join(
            f"<b>{tables.text(v.label)}</b> ({v.words} words, {len(v.document.sentences)} sentences)"
            for v in dict.fromkeys([self.before, self.after])
        )

    @property
    def labels(self):
        """dict: the versions' ids and their labels."""
        return {version.id: version.label for version in self.story.versions.values()}

    @cached_property
    def actor_labels(self):
        """dict: the ids of the actors that the codebook or the story knows, and their labels."""
        from copydesk.engine.language.actor_names import actor_labels, codebook

        own = {name: name for name in [*codebook().groups.own, "document"]}
        return (
            own
            | {"": "nobody else", "unresolved": "unresolved sources"}
            | actor_labels(self.story.entry.extra_actors)
        )

    @cached_property
    def _values(self):
        """What readers see in place of the ids in a table's columns."""
        return {"version": self.labels, "actor": self.actor_labels}

    @cached_property
    def actor_names(self):
        """dict: every name that the codebook or the story has for an actor, in small letters, and its label."""
        from copydesk.engine.language.actor_names import lexicon

        labels = self.actor_labels
        every = lexicon(self.story.entry.extra_actors).by_first.values()
        return {" ".join(name.words): labels[name.actor] for names in every for name in names}

    def charted_actors(self, statements):
        """dict of id and label: the actors to chart, in order.

        The parameter `actors` names them, else `story.toml` does, else the five with most statements do.
        """
        named = self.parameters.get("actors") or self.story.entry.actors
        if not named:
            from copydesk.engine.speakers import NO_ACTOR

            heard = by_voice(statements)["actor"]
            speaking = heard[~heard.isin(NO_ACTOR)]
            named = sorted(speaking.value_counts().head(5).index)
        return {actor: self._actor_label(actor, statements) for actor in named}

    def heard_actors(self, statements):
        """dict of id and label: the charted actors first, then the others by how many words they have."""
        charted, statements = self.charted_actors(statements), by_voice(statements)
        words = statements.groupby("actor")["words"].sum().sort_values(ascending=False, kind="stable")
        return charted | {a: self._actor_label(a, statements) for a in words.index if a not in charted}

    def _actor_label(self, actor, statements):
        """An actor's label; for one that neither the codebook nor the story knows, its first words in the story."""
        if actor in self.actor_labels:
            return self.actor_labels[actor]
        named = statements["source"][by_voice(statements)["actor"] == actor]
        return inside(named.iloc[0]) if len(named) else actor

    def url(self, column, finding_id):
        """The link from an id such as `aol:S0001` in a table's column to its words in the report's texts.

        None where there is no report to point into, or the column holds no ids.
        """
        kind = _KINDS.get(column)
        found = read_id(finding_id)
        if not (self.output and kind and found and found[0] in self.story.versions):
            return None
        return f"texts.html#{marked_text.anchor(kind, finding_id)}"

    def _link(self, column, value, row):
        """The link of a table's cell: from an id to its words, and from an edit's sentence to the very words."""
        if column in ("before", "after") and f"{column}_start" in row and self.output:
            place = marked_text.change_anchor(row, column)
            return f"texts.html#{place}" if place else self.url(column, value)
        if column == "marker" and "start" in row and self.output:
            return f"texts.html#marker-{row['version']}-{row['start']}"
        if column == "version" and not set(_KINDS) & set(row):
            return self.text_link(value)  # a row that counts the version's words and no finding
        return self.url(column, value)

    def _row_ids(self, columns):
        """A function from a table's row to its id, where the words have a row to lead back to; once a page."""

        def _row_id(row):
            if "before_start" in row:
                found = marked_text.change_row(row)
            elif "similarity" in row and "relation" in row:
                found = marked_text.link_row(row)
            elif columns[0] in ("statement", "measure"):
                found = f"row-{marked_text.anchor(columns[0], row[columns[0]])}"
            else:
                return None
            if found in self._anchored:
                return None
            self._anchored.add(found)
            return found

        return _row_id

    def _words_of(self, table, columns, of):
        """(head, function from a row to the links to its words), where the row has no id that leads there."""
        if not self.output:
            return None
        if of is not None:
            return ("words", self._counted(table, of))
        if set(_KINDS) & set(columns):
            return None
        if {"before", "after"} <= set(table.columns):
            return (
                "words",
                lambda row: self._links("sentence", f"{_cell(row['before'])} {_cell(row['after'])}".split()),
            )
        if {"version", "start"} <= set(table.columns) and "kind" not in columns:
            return (
                "words",
                lambda row: self._links("sentence", self._sentence_at(row["version"], row["start"])),
            )
        return None

    def _counted(self, table, of):
        """A function from a row of counts to links to what it counts: the rows of `of` that agree with it.

        A number in both tables is a count or a sum, and nothing to agree on.
        """
        from pandas.api.types import is_numeric_dtype

        kind, ids = self._ids(of)
        shared = [c for c in table.columns if c in of.columns and _KINDS.get(c) != kind]
        shared = [c for c in shared if table[c].dtype == bool or not is_numeric_dtype(table[c])]
        keys = [tuple(row) for row in of[shared].astype(str).itertuples(index=False)]
        found = {}
        for key, one in zip(keys, ids, strict=True):
            found.setdefault(key, {})[one] = None
        return lambda row: self._links(kind, list(found.get(tuple(str(row[c]) for c in shared), ())))

    def _ids(self, of):
        """What the rows of a table are ids of (sentence, statement or measure), and the ids, one a row."""
        column = next(column for column in of.columns if column in _KINDS)
        ids = of[column].where(of[column].notna(), of["after"]) if column == "before" else of[column]
        return _KINDS[column], list(ids)

    def _links(self, kind, ids, fold=True):
        """Links to the words of these ids, version by version, folded where they are many."""
        parts = []
        for version, label in self.labels.items():
            mine = [one for one in ids if one.rpartition(":")[0] == version]
            links = " ".join(
                f'<a href="{escape(self.url(kind, one), quote=True)}">'
                f'<span class="sr">{tables.text(label)}, {kind} </span>{read_id(one)[2]}</a>'
                for one in mine
            )
            parts += [f'<span class="of">{tables.text(label)}</span> {links}'] if mine else []
        joined = "<br>".join(parts)
        if len(ids) <= _FOLD or not fold:
            return joined
        return f"<details><summary>{len(ids)} in the text</summary>{joined}</details>"

    def _sentence_at(self, version, start):
        starts = [span.start for span in self.story.versions[version].document.sentences]
        number = bisect_right(starts, int(start))
        return [finding_id("sentence", version, number)] if number else []

    def text_link(self, version, _fate=None):
        """The link to the whole of a version's text, for marks that count its words; None outside a report."""
        return f"texts.html#text-{version}" if self.output and version in self.story.versions else None

    def link_to(self, kind):
        """A function from an id to its link, for the marks of a chart; kind: sentence, statement or measure."""
        return lambda finding_id: self.url(kind, finding_id)

    def finding(self, sentence, of=None):
        """Show a sentence that the tables back, if there is one; the report leads with it.

        sentence: a `Finding`, whose claims are kept in `tables/claims.csv`, or a str. of: the rows of a table that it
        tells of; in a report their words are a link away.
        """
        if not sentence:
            return None
        self._keep_claims(sentence)
        words = ""
        if of is not None and len(of) and self.output:
            kind, ids = self._ids(of)
            links = self._links(kind, list(dict.fromkeys(ids)), fold=False)
            words = f'<details class="evidence"><summary>In the text</summary><p class="cited">{links}</p></details>'
        return self._show(f'<p class="finding">{tables.text(sentence)}</p>{words}', sentence, role="finding")

    def _keep_claims(self, finding):
        if self.output and getattr(finding, "name", ""):
            table = claims_table(finding)
            keep_claims(withholding.withheld(table) if self.public else table, finding.name, self.output)

    def table(
        self, table, name, caption, *, columns=None, labels=None, words=(), limit=None, of=None, json=False
    ):  # fmt: skip
        """Show a DataFrame under its caption, and keep it whole as `tables/NAME.csv`.

        columns: those to show; all are kept. limit: the most rows to show, 200 where it is not given. json:
        keep it as `tables/NAME.json` too. of: the table whose rows it counts: in a report each count then leads
        to the words of what it counts, found by the columns that both tables have.
        """
        if self.public:
            table = withholding.withheld(self._cited_only(table))
        if self.output:
            folder = self.output / "tables"
            folder.mkdir(parents=True, exist_ok=True)
            tables.write_csv(table, folder / f"{name}.csv")
            if json:
                tables.write_json(table, folder / f"{name}.json")
        shown = list(table.columns.drop("story", errors="ignore") if columns is None else columns)
        html = tables.to_html(
            table, caption, columns=shown, labels=self._values.get("version", {}) | (labels or {}),
            url=self._link, words=words, limit=limit or _MOST_ROWS,
            row_id=self._row_ids(shown), notes=self._words_of(table, shown, of),
            download=f"tables/{name}.csv" if self.output else None, values=self._values,
        )  # fmt: skip
        return self._show(html, table[shown].to_string(max_rows=20), role="table", name=name, rows=len(table))

    def _cited_only(self, table):
        """A table of stretches of a text, with no word of theirs that is withheld."""
        if not {"version", "start", "end", "words"} <= set(table.columns):
            return table
        texts = {version.id: version.shown for version in self.story.versions.values()}
        words = [
            row.words if tables.is_missing(row.start) else _hidden(texts[row.version], row)
            for row in table.itertuples(index=False)
        ]
        return table.assign(words=words)

    def figure(self, chart, name, caption="", claims=()):
        """Show a chart with its alternative text and its table beside it; keep it as `figures/NAME`.

        claims: those that its title makes, as a `Finding` has them.
        """
        self._keep_claims(Finding(chart.title, claims, f"figure-{name}"))
        if self.public:
            _withhold_in_chart(chart)
        if self.output:
            chart.save(self.output / "figures", name)
        title = escape(tables.visible(chart.title), quote=True)
        said = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        key = f'<p class="key">{escape(tables.visible(chart.subtitle))}</p>' if chart.subtitle else ""
        headline = f'<div class="headline"><p class="title">{title}</p>{key}</div>' if chart.head else ""
        headline += (
            '<div class="swipe" aria-hidden="true">Swipe the figure sideways to see the whole of it.</div>'
        )
        caption = f"What the figure shows: {chart.title}"
        numbers = tables.to_html(chart.table, caption, url=self._link, limit=_MOST_ROWS, values=self._values)
        html = (
            f'<figure id="figure-{escape(name)}">{headline}<div class="picture" role="group" tabindex="0" '
            f'aria-label="{title}">{self._picture(chart, name)}</div>{said}</figure>'
            f'<details class="numbers"><summary>The numbers of this figure</summary>{numbers}</details>'
        )
        return self._show(html, chart.alt, role="figure", name=name, rows=len(chart.table))

    def _picture(self, chart, name):
        """A chart's SVG, or the way to it where so many marks stand on it that nobody could point at one."""
        svg = chart.drawing()
        if len(svg) <= _MOST_SVG or not self.output:
            return svg
        return (
            f'<p class="crowded">This figure has too many marks for a page: <a href="figures/{escape(name)}.svg">'
            f"see it by itself</a>. {tables.text(chart.alt)}</p>"
        )

    def view(self, html, plain):
        """Show words of the texts that a function of `copydesk.show.marked_text` has set."""
        return self._show(html, plain, role="view")

    def note(self, sentence):
        """Show a sentence beside a finding, if there is one."""
        if not sentence:
            return None
        return self._show(f'<p class="note">{tables.text(sentence)}</p>', sentence, role="note")

    def _show(self, html, plain, **metadata):
        if self.public:
            html, plain = withholding.say(html), withholding.say(plain)
        return _Shown(html, plain, metadata)

    def check(self, name, found, statements=None):
        """Show how a table of the rules stands against the codings made by reading.

        name: links, statements, stances or measures. found: the rules' table. First where the codes come
        from, then how far the coders agreed, then the rules against the resolved coding, then every
        disagreement. A story that nobody has coded gets twenty rows to check by hand. statements: their
        table, to compare who reports a measure.
        """
        import pandas as pd

        from copydesk.stories import coding

        here = self.story.entry.rules_developed_here
        sentence = coding.provenance_sentence(self.story, name, rules_developed_here=here)
        parts = [self.note(sentence)]
        coder = coding.RESOLVED if coding.resolved(self.story, name) is not None else None
        coder = coder or next(iter(coding.codings(self.story, name)), None)
        if coder is None:
            sheet = coding.check_sheet(found)
            caption = "Rows to check against the words, by hand"
            shown = _TO_CHECK.get(name)
            return _Several([*parts, self.table(sheet, f"{name}-to-check", caption, columns=shown)])
        rules, differing = coding.against_rules(self.story, name, found, coder=coder, statements=statements)
        rates = pd.concat([coding.agreement(self.story, name), rules], ignore_index=True)
        apart = pd.concat([coding.disagreements(self.story, name), differing], ignore_index=True)
        caption = (
            f"How far the coders, and then the rules, agree on the {name} of each version; low and high: alpha with "
            "any one unit left out"
        )
        parts.append(self.table(rates.drop(columns="table"), f"{name}-agreement", caption, labels=_AGREEMENT))
        caption = f"Every disagreement on the {name}, with its words"
        shown = ["version", "words", "field", "coder_a", "value_a", "coder_b", "value_b"]
        if apart.empty:
            parts.append(self.note(f"On the {name} there is no disagreement."))
        else:
            parts.append(
                self.table(
                    apart, f"{name}-disagreements", caption, columns=shown, words=["value_a", "value_b"]
                )
            )
        return _Several(parts)


def _cell(value):
    return "" if tables.is_missing(value) else value


def _hidden(shown, row):
    """The words of a row, unless some of them are withheld in its text."""
    words = shown[int(row.start) : int(row.end)]
    return withholding.say(words) if withholding.say(words) != words else row.words


def _withhold_in_chart(chart):
    """Say in a chart's letters, names, alternative text and table what is withheld."""
    chart.reword(withholding.say)
    chart.table = withholding.withheld(chart.table)


def open_page(cells, *, story, before="", after="", output="", public=False, **parameters):
    """The desk of a notebook, its parameters checked.

    cells: IPython's `In`, which tells what papermill injected: a name that the notebook does not have is
    refused here, since papermill itself would only warn. story: a name or a folder's path. before, after:
    ids of versions; empty means the first and the last. output: a folder for tables and figures, or empty.
    public: whether to show only the sentences that a finding cites. parameters: the notebook's others.
    Raises InputError in one sentence.
    """
    given = {
        "story": story,
        "before": before,
        "after": after,
        "output": output,
        "public": public,
        **parameters,
    }
    _check_names(cells, given)
    _check_types(cells, given)
    read = read_story(story)
    ids = list(read.versions)
    earlier, later = read.version(before or ids[0]), read.version(after or ids[-1])
    desk = StoryPage(read, earlier, later, parameters, output, public)
    if "actors" in parameters:
        _check_actors(desk, parameters["actors"] or read.entry.actors)
    return desk


def _check_actors(desk, actors):
    """Refuse an actor that nobody knows; one that is known and says nothing is a finding."""
    for actor in actors:
        if actor not in desk.actor_labels:
            near = get_close_matches(str(actor), desk.actor_labels, n=1)
            mend = f"did you mean '{near[0]}'?" if near else "add it to story.toml under extra_actors."
            raise InputError(f"Neither the story nor actors.toml knows the actor '{actor}'; {mend}")


def _check_names(cells, given):
    """Refuse what papermill injected and the notebook does not know."""
    for name in _injected(cells):
        if name not in given:
            near = get_close_matches(name, given, n=1)
            mend = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(given)}."
            raise InputError(f"The notebook has no parameter '{name}'; {mend}")


def _injected(cells):
    """The names assigned in papermill's cell, where it is the one that ran just before this one."""
    before = cells[-2] if len(cells) > 1 else ""
    if not before.startswith("# Parameters\n"):
        return []
    return [
        target.id
        for node in ast.parse(before).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _check_types(cells, given):
    """Refuse a value that is not of the type that the parameters cell annotates."""
    annotations = _annotations(cells, given)
    for name, kind in annotations.items():
        value = given[name]
        is_bool = isinstance(value, bool)
        if not isinstance(value, _TYPES[kind]) or (is_bool and kind != "bool"):
            raise InputError(f"The parameter '{name}' is {value!r}; give {_ARTICLES[kind]}.")


_ARTICLES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "list": "a list",
    "dict": "a mapping",
}


def _annotations(cells, given):
    for cell in reversed(list(cells)[:-1]):
        try:
            body = ast.parse(cell).body
        except SyntaxError:
            continue
        found = {
            node.target.id: node.annotation.id
            for node in body
            if isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and isinstance(node.annotation, ast.Name)
            and node.annotation.id in _TYPES
        }
        if set(found) & set(given):
            return {name: kind for name, kind in found.items() if name in given}
    return {}


class _Shown:
    """One thing shown: its HTML, its plain text, and its role for the report."""

    def __init__(self, html, plain, metadata):
        self._html, self._plain, self._metadata = html, plain, metadata

    def __repr__(self):
        return self._plain

    def _repr_mimebundle_(self, include=None, exclude=None):
        from copydesk.pages.interactive.parts import can_answer
        from copydesk.show.notebook_style import framed

        html = framed(self._html) if can_answer() else self._html  # a report's page has the style itself
        return {"text/html": html, "text/plain": self._plain}, {"text/html": {"copydesk": self._metadata}}


class _Several:
    """Several things shown in one cell, one after the other."""

    def __init__(self, parts):
        self._parts = parts

    def _ipython_display_(self):
        from IPython.display import display

        for part in self._parts:
            display(part)
