"""What a notebook on one story works at: the story it reads, its parameters checked, and a place for what it shows."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from copydesk.engine.language.grammar import points_back
from copydesk.engine.spans import read_id, read_spans, row_id
from copydesk.errors import InputError
from copydesk.pages.notebook_output import Page, Several, Showing, Shown
from copydesk.pages.parameters import check_cells
from copydesk.show import marked_text, tables
from copydesk.show.markup import render
from copydesk.stories import withholding
from copydesk.stories.story import Story, Version, read_story, story_folder
from copydesk.stories.tables import by_voice

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.comparison import Comparison

# Which kind of finding the ids in a column are of.
_KINDS = {
    "sentence": "sentence",
    "before": "sentence",
    "after": "sentence",
    "statement": "statement",
    "same_as": "statement",
    "measure": "measure",
}
# The page of a report that has the words, and those that tell of a finding.
_WORDS = "words.html"
_TOLD = {"statement": ("voices.html", "card"), "measure": ("sanctions.html", "row")}
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
_MOST_QUOTED = 3  # words of its own that a finding carries
_STORIES: dict[
    tuple[Any, ...], Story
] = {}  # the one that was read last; one whose words are withheld is another


class StoryPage(Showing):
    """A story to work at. Notebooks get it from `open_page`.

    `story`, `before` and `after` (Versions) are what it reads; `finding`, `table`, `figure`, `view` and `note`
    show something, and save it where the parameter `output` names a folder. With `public`, whatever it shows or
    saves has only the sentences that a finding cites (`copydesk.stories.withholding`).
    """

    def __init__(
        self, story: Story, before: Version, after: Version, parameters: dict[str, Any], output: str = "",
        public: bool = False,
    ):  # fmt: skip
        self.story = story
        self.before = before
        self.after = after
        self.parameters = parameters
        self.public = public
        self.heard: dict[str, str] = {}  # whom `heard_actors` named, for the tables
        self._places = StoryPlaces(self, in_report=bool(output))
        self._page = Page(self._places, output, public=public)
        if public:
            settings = {name: parameters[name] for name in ("preset", "threshold") if parameters.get(name)}
            withholding.withhold(story, before, after, **settings)

    def __repr__(self):
        return (
            f"{self.story.title}: {self.before.label} ({self.before.words} words), "
            f"then {self.after.label} ({self.after.words} words)"
        )

    def _repr_html_(self):
        versions = list(dict.fromkeys([self.before, self.after]))
        return str(render("reads.html.j2", title=self.story.title, versions=versions))

    @property
    def labels(self) -> dict[str, str]:
        """The versions' ids and their labels."""
        return {version.id: version.label for version in self.story.versions.values()}

    @cached_property
    def actor_labels(self) -> dict[str, str]:
        """The ids of the actors that the codebook or the story knows, and their labels."""
        from copydesk.engine.language.actor_names import actor_labels, codebook

        own = {name: name for name in [*codebook().groups.own, "document"]}
        others = {"": "nobody else", "unresolved": "unresolved sources"}
        return own | others | actor_labels(self.story.entry.extra_actors)

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Every name that the codebook or the story has for an actor, in small letters, and its label."""
        from copydesk.engine.language.actor_names import lexicon

        labels = self.actor_labels
        every = lexicon(self.story.entry.extra_actors).by_first.values()
        return {" ".join(name.words): labels[name.actor] for names in every for name in names}

    def charted_actors(self, statements: "pd.DataFrame") -> dict[str, str]:
        """The actors to chart, in order: their ids and labels.

        The parameter `actors` names them, else `story.toml` does, else the five with most statements do.
        """
        named = self.parameters.get("actors") or self.story.entry.actors
        if not named:
            from copydesk.engine.speakers import NO_ACTOR

            heard = by_voice(statements)["actor"]
            speaking = heard[~heard.isin(NO_ACTOR)]
            named = sorted(speaking.value_counts().head(5).index)
        return {actor: self._actor_label(actor, statements) for actor in named}

    def heard_actors(self, statements: "pd.DataFrame") -> dict[str, str]:
        """The charted actors first, then the others by how many words they have: their ids and labels."""
        charted, statements = self.charted_actors(statements), by_voice(statements)
        words = statements.groupby("actor")["words"].sum().sort_values(ascending=False, kind="stable")
        self.heard = charted | {a: self._actor_label(a, statements) for a in words.index if a not in charted}
        return self.heard

    def _actor_label(self, actor, statements):
        """An actor's label; for one that neither the codebook nor the story knows, its name as the story has it."""
        if actor in self.actor_labels:
            return self.actor_labels[actor]
        from copydesk.show.sentences import voice_name

        return voice_name(self.story.versions, statements[by_voice(statements)["actor"] == actor]) or actor

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """What stands for each character of a lower-case version where it is read, by the version's id."""
        from copydesk.show.versions import forms_of

        return forms_of(self._compared)

    @cached_property
    def _compared(self):
        from copydesk.stories.comparison import compare_versions

        return compare_versions(self.before, self.after)

    def coded(self, name: str) -> bool:
        """Whether people have coded this table (links, statements, stances, measures) of the story by reading."""
        from copydesk.stories import coding

        return coding.resolved(self.story, name) is not None

    def url(self, column: str, row_id: str) -> str | None:
        """The link from an id such as `aol:S0001` in a table's column to its words in the report's pages.

        None where there is no report to point into, or the column holds no ids.
        """
        return self._places.url(column, row_id)

    def told(self, kind: str, row_id: str) -> str | None:
        """The link from the words of a statement or a measure to the page that tells of it."""
        return self._places.told(kind, row_id)

    def text_link(self, version: str, _fate: Any = None) -> str | None:
        """The link to the versions, for marks that count a version's words; None outside a report."""
        return _WORDS if self.output and version in self.story.versions else None

    def link_to(self, kind: str) -> Callable[[str], str | None]:
        """A function from an id to its link, for the marks of a chart; kind: sentence, statement or measure."""
        return lambda row_id: self.url(kind, row_id)

    def changes_view(self, comparison: "Comparison", changes: "pd.DataFrame") -> Shown:
        """Show the weightiest changes (of `most_important_changes`), a card each."""
        from copydesk.show.versions import change_cards

        html = change_cards(comparison, changes, url=self.url)
        return self.view(html, "The weightiest changes", "changes", rows=len(changes))

    def measures_view(
        self, measures: "pd.DataFrame", outcome: "pd.DataFrame", statements: "pd.DataFrame"
    ) -> Shown:
        """Show the counted measures in one table, grouped by what would change, beside what was adopted."""
        from copydesk.show.measure_rows import measures_view
        from copydesk.stories.rule_scores import score_sentence

        sources = dict(zip(statements["statement"], statements["source"], strict=True))
        score = "" if self.coded("measures") else score_sentence("measures")
        html = measures_view(measures, outcome, self.labels, url=self.url, reported_by=sources, score=score)
        counted = int((~measures["umbrella"].astype(bool)).sum())
        return self.view(html, "What the story reports", "measures", rows=counted)

    def statements_view(
        self, statements: "pd.DataFrame", markers: "pd.DataFrame", stances: "pd.DataFrame | None" = None
    ) -> Shown:
        """Show every statement as a card, those of one version alone first; stances only where people coded them."""
        html = marked_text.statements_in_full(
            statements, markers, self.story.versions, actors=self.heard_actors(statements), url=self.url,
            stances=stances if self.coded("stances") else None,
            targets={target.id: target.label for target in self.story.entry.targets}, forms=self.forms,
            links=self._compared.links,
        )  # fmt: skip
        return self.view(html, "Every statement", "statements", rows=len(statements))

    def versions_view(
        self,
        comparison: "Comparison",
        statements: "pd.DataFrame | None" = None,
        measures: "pd.DataFrame | None" = None,
        markers: "pd.DataFrame | None" = None,
    ) -> Shown:
        """Show both versions sentence by sentence, with the findings as layers over the words."""
        from copydesk.show.versions import versions_view

        pair = (comparison.before, comparison.after)
        others = [version for version in self.story.versions.values() if version not in pair]
        html = versions_view(
            comparison, statements=statements, measures=measures, markers=markers, others=others, url=self.url,
            back=self.told,
        )  # fmt: skip
        return self.view(html, "Both versions, sentence by sentence", "versions")

    def lede(self, comparison: "Comparison", changes: "pd.DataFrame") -> Shown:
        """Show what the report leads with: the lede of `story.toml`, or else the weightiest change and the lead, quoted.

        changes: of `most_important_changes`.
        """
        from copydesk.show.lede import standfirst, weightiest

        own = self.story.entry.lede
        headline = own.headline if own else weightiest(comparison, changes)
        self._page.save_claims(headline)
        deck = own.deck if own else standfirst(comparison, headline)
        html = render("lede.html.j2", headline=headline, deck=deck)
        return self._page.view(html, f"{headline}. {deck}".strip(), "lede", headline=headline, deck=deck)

    def then_and_now(self, outcome: "pd.DataFrame") -> Shown:
        """Show what the versions said of something, and what became of it: the topic that `story.toml` names.

        outcome: of `outcome_table`.
        """
        from copydesk.show.measure_rows import then_and_now

        made = then_and_now(self.story, outcome)
        html = render("then_and_now.html.j2", card=self._cited_links(made)) if made else ""
        plain = f"{made['topic']}: {made['adopted']}" if made else "What became of it is not known here."
        return self.view(html, plain, "then-and-now", rows=1 if made else 0)

    def _cited_links(self, card):
        """A card whose cited words lead to the sentence that has them."""
        then = []
        for one in card["then"]:
            version = self.story.versions[one.version]
            at = version.body.find(one.words)
            at = at if at >= 0 else version.text.index(one.words)
            sentences = self._page.places.sentence_at(version.id, at)
            words = "".join((self.forms.get(version.id) or version.shown)[at : at + len(one.words)])
            then.append({"label": version.label, "words": words, "links": [
                {"name": marked_text.short_id(id_), "href": self.url("sentence", id_)} for id_ in sentences
            ]})  # fmt: skip
        return {**card, "then": then}

    def check(self, name: str, found: "pd.DataFrame", statements: "pd.DataFrame | None" = None) -> Several:
        """Show how a table of the rules stands against the codings made by reading.

        name: links, statements, stances or measures. found: the rules' table. First where the codes come
        from, then how far the coders agreed, then the rules against the resolved coding, then every
        disagreement. A story that nobody has coded gets twenty rows to check by hand. statements: their
        table, to compare who reports a measure.
        """
        import pandas as pd

        from copydesk.show.agreement_sentence import agreement_told
        from copydesk.stories import coding

        here = self.story.entry.rules_developed_here
        sentence = coding.provenance_sentence(self.story, name, rules_developed_here=here)
        parts: list[Any] = [self.note(sentence, f"{name}-coded")]
        coder = coding.RESOLVED if self.coded(name) else next(iter(coding.codings(self.story, name)), None)
        if coder is None:
            sheet = coding.check_sheet(found)
            caption = "Rows to check against the words, by hand"
            shown = _TO_CHECK.get(name)
            return Several([*parts, self.table(sheet, f"{name}-to-check", caption, columns=shown)])
        rules, differing = coding.against_rules(self.story, name, found, coder=coder, statements=statements)
        rates = pd.concat([coding.agreement(self.story, name), rules], ignore_index=True)
        apart = pd.concat([coding.disagreements(self.story, name), differing], ignore_index=True)
        caption = (
            f"How far the coders, and then the rules, agree on the {name} of each version; low and high: alpha with "
            "any one unit left out"
        )
        parts.append(self.table(rates.drop(columns="table"), f"{name}-agreement", caption, labels=_AGREEMENT))
        parts.append(self.note(agreement_told(rates, name), f"{name}-agreed"))
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
        return Several(parts)


class StoryPlaces:
    """Where the words of a story's findings stand in its report (`copydesk.pages.notebook_output.Places`)."""

    def __init__(self, page: StoryPage, in_report: bool):
        self._of, self._in_report = page, in_report

    @property
    def values(self) -> Mapping[str, Mapping[Any, Any]]:
        return {"version": self._of.labels, "actor": self._of.heard | self._of.actor_labels}

    def url(self, column: str, row_id: str) -> str | None:
        kind = _KINDS.get(column)
        found = read_id(row_id)
        if not (self._in_report and kind and found and found[0] in self._of.story.versions):
            return None
        return f"{_WORDS}#{marked_text.anchor(kind, row_id)}"

    def told(self, kind: str, row_id: str) -> str | None:
        file, place = _TOLD[kind]
        return f"{file}#{marked_text.anchor(place, row_id)}" if self._in_report else None

    def link(self, column: str, value: Any, row: Mapping[str, Any]) -> str | None:
        """The link of a table's cell: from an id to its words, and from an edit's sentence to the very words."""
        if not self._in_report:
            return None
        if column in ("before", "after") and f"{column}_start" in row:
            place = marked_text.change_anchor(row, column)
            return f"{_WORDS}#{place}" if place else self.url(column, value)
        if column == "marker" and "start" in row:
            return f"{_WORDS}#marker-{row['version']}-{row['start']}"
        if column == "version" and not set(_KINDS) & set(row):
            return self._of.text_link(value)  # a row that counts the version's words and no finding
        return self.url(column, value)

    def withheld(self, table: "pd.DataFrame") -> "pd.DataFrame":
        """A table with no word of the texts that is withheld."""
        if {"version", "start", "end", "words"} <= set(table.columns):
            texts = {version.id: version.shown for version in self._of.story.versions.values()}
            rows: Iterable[Any] = table.itertuples(index=False)
            words = [
                row.words if tables.is_missing(row.start) else _hidden(texts[row.version], row)
                for row in rows
            ]
            table = table.assign(words=words)
        return withholding.withheld(table)

    def cited(
        self, table: "pd.DataFrame", columns: list[str], of: "pd.DataFrame | None"
    ) -> Callable[[Mapping[str, Any]], list[Any]] | None:
        """A function from a row to links to the words that it counts, where no id in the row leads there."""
        if not self._in_report:
            return None
        if of is not None:
            return self._counted(table, of)
        if set(_KINDS) & set(columns):
            return None
        if {"before", "after"} <= set(table.columns):
            return lambda row: self._links(
                "sentence", [one for side in ("before", "after") for one in _words(row[side])]
            )
        if {"version", "start"} <= set(table.columns) and "kind" not in columns:
            return lambda row: self._links("sentence", self.sentence_at(row["version"], row["start"]))
        return None

    def words_of(self, of: "pd.DataFrame") -> dict[str, Any]:
        kind, ids = _ids(of)
        ids = list(dict.fromkeys(ids))
        groups = self._links(kind, ids) if self._in_report else []
        return {"kind": kind, "ids": ids, "groups": groups, "words": self._quoted(of, kind)}

    def _quoted(self, of, kind):
        """Some of the words that a finding tells of: those that back the lede, then its longest ones."""
        column = {"statement": "content", "measure": "text"}.get(kind)
        if kind == "sentence" and "relation" in of.columns:
            sentences = self._of.story.sentences
            of, column = (
                sentences[sentences["sentence"].isin(of.loc[of["relation"] == "added", "after"])],
                "text",
            )
        if column not in of.columns:
            return []
        lede = self._of.story.entry.lede
        led = [(one.version, one.words) for one in lede.claims] if lede and kind == "statement" else []
        backs = [
            any(version == one and words in text for one, words in led)
            for version, text in zip(of["version"], of[column], strict=True)
        ]
        rows = of.assign(_backs=backs, _points=of[column].map(points_back), _length=of[column].str.len())
        rows = rows.sort_values(
            ["_backs", "_points", "_length"], ascending=[False, True, False], kind="stable"
        )
        rows = rows.drop_duplicates("source_id") if kind == "statement" else rows
        return [self._quotation(row, kind, of) for row in rows.head(_MOST_QUOTED).to_dict("records")]

    def _quotation(self, row, kind, of):
        """The words of a statement or a measure as one reads them, and who says them in which version.

        of: the statements among which one of the same speaker may name him.
        """
        version = self._of.story.versions[row["version"]]
        letters = self._of.forms.get(version.id) or version.shown
        column = {"statement": "content_spans", "measure": "spans"}.get(kind)
        spans = read_spans(row[column]) if column else [(int(row["start"]), int(row["end"]))]
        return {
            "text": " … ".join("".join(letters[start:end]) for start, end in spans),
            "version": version.label,
            "source": self._speaker(row, of),
            "quotation": _text(row.get("quotation")),
            "href": self.url(kind, row[kind]),
            "name": marked_text.short_id(row[kind]),
        }

    def _speaker(self, row, of):
        """Who is quoted: the actor, or whoever speaks for nobody else by name, as one of the statements has it."""
        import pandas as pd

        from copydesk.engine.speakers import NO_ACTOR
        from copydesk.show.sentences import voice_name

        if "source" not in row:
            return ""  # of a measure
        if row["actor"] not in NO_ACTOR and row["actor"] in self._of.actor_labels:
            return self._of.actor_labels[row["actor"]]
        same = of[of["source_id"] == row["source_id"]] if row.get("source_id") else pd.DataFrame([row])
        return voice_name(self._of.story.versions, same)

    def _counted(self, table, of):
        """A function from a row of counts to links to what it counts: the rows of `of` that agree with it.

        A number in both tables is a count or a sum, and nothing to agree on.
        """
        from pandas.api.types import is_numeric_dtype

        kind, ids = _ids(of)
        shared = [c for c in table.columns if c in of.columns and _KINDS.get(c) != kind]
        shared = [c for c in shared if table[c].dtype == bool or not is_numeric_dtype(table[c])]
        keys = [tuple(row) for row in of[shared].astype(str).itertuples(index=False)]
        found = {}
        for key, one in zip(keys, ids, strict=True):
            found.setdefault(key, {})[one] = None
        return lambda row: self._links(kind, list(found.get(tuple(str(row[c]) for c in shared), ())))

    def _links(self, kind, ids):
        """Links to the words of these ids, version by version."""
        groups = []
        for version, label in self._of.labels.items():
            mine = [one for one in ids if read_id(one) and read_id(one)[0] == version]
            links = [
                {"href": self.url(kind, one), "text": marked_text.short_id(one), "kind": kind} for one in mine
            ]
            groups += [{"version": label, "links": links}] if links else []
        return groups

    def sentence_at(self, version: str, start: int) -> list[str]:
        starts = [span.start for span in self._of.story.versions[version].document.sentences]
        number = bisect_right(starts, int(start))
        return [row_id("sentence", version, number)] if number else []


def _ids(of):
    """What the rows of a table are ids of (sentence, statement or measure), and the ids, one a row."""
    column = next(column for column in of.columns if column in _KINDS)
    ids = of[column].where(of[column].notna(), of["after"]) if column == "before" else of[column]
    return _KINDS[column], list(ids)


def _words(cell):
    return [] if tables.is_missing(cell) else str(cell).split()


def _text(cell):
    return "" if tables.is_missing(cell) else str(cell)


def _hidden(shown, row):
    """The words of a row, unless some of them are withheld in its text."""
    words = shown[int(row.start) : int(row.end)]
    return withholding.say(words) if withholding.say(words) != words else row.words


def open_page(
    cells: dict[str, Any], *, story: str, before: str = "", after: str = "", output: str = "", public: bool = False, **parameters: Any
) -> StoryPage:  # fmt: skip
    """What a notebook on one story works at, its parameters checked.

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
    given = check_cells(cells, given)
    public, parameters = given["public"], {name: given[name] for name in parameters}
    read = _read_once(story, public)
    ids = list(read.versions)
    earlier, later = read.version(before or ids[0]), read.version(after or ids[-1])
    page = StoryPage(read, earlier, later, parameters, output, public)
    if "actors" in parameters:
        _check_actors(page, parameters["actors"] or read.entry.actors)
    return page


def _read_once(name, public):
    """A story, read and parsed once for all notebooks that a kernel serves, as long as its files stay as they are."""
    folder = story_folder(name)
    stamps = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*"))]
    key = (folder.resolve(), public, tuple(stamps))
    if key not in _STORIES:
        _STORIES.clear()
        _STORIES[key] = read_story(name)
    return _STORIES[key]


def _check_actors(page, actors):
    """Refuse an actor that nobody knows; one that is known and says nothing is a finding."""
    for actor in actors:
        if actor not in page.actor_labels:
            near = get_close_matches(str(actor), page.actor_labels, n=1)
            fix = f"did you mean '{near[0]}'?" if near else "add it to story.toml under extra_actors."
            raise InputError(f"Neither the story nor actors.toml knows the actor '{actor}'; {fix}")
