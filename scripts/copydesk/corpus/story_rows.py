"""One story of an archive: its versions put in order and compared, its statements, markers and measures.

Plain rows in, plain rows out; no pandas, and each version is tokenised once, whatever reads it.
"""

import math
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from copydesk.engine import readability
from copydesk.engine.measures import COLUMNS as MEASURE_COLUMNS
from copydesk.engine.measures import measure_rows
from copydesk.engine.revisions import FATES, KINDS, LEVELS, PARTS, RELATIONS, compare_documents, is_counted
from copydesk.engine.revisions.changes import describe_changes
from copydesk.engine.spans import read_spans, row_id
from copydesk.engine.stance import MARKER_COLUMNS, marker_rows
from copydesk.errors import InputError
from copydesk.stories.statement_rows import COLUMNS as STATEMENT_COLUMNS
from copydesk.stories.statement_rows import match_versions, statement_finder, statement_rows
from copydesk.stories.story import Version, VersionEntry
from copydesk.stories.unify_identical import unify_markers, unify_measures, unify_statements

TABLES = ("versions", "summary", "links", "edits", "statements", "markers", "measures", "failed")

_LINK_COLUMNS = (
    *("story", "comparison", "before", "after", "relation", "moved", "similarity", "change", "holds"),
)
_EDIT_COLUMNS = (
    *("story", "comparison", "before", "after", "before_start", "before_end", "after_start", "after_end"),
    *("kind", "level"),
)
_VERSION_COLUMNS = (
    *(
        "story",
        "version",
        "number",
        "published",
        "title",
        "url",
        "sha256",
        "characters",
        "words",
        "sentences",
    ),
    *("statements", "measures", "words_per_sentence", "syllables_per_word", "reading_ease", "grade"),
)
_FATES = {"before": FATES[:-1], "after": (*FATES[:-2], FATES[-1])}  # nothing is cut from the later version
_SUMMARY_COLUMNS = (
    *("story", "comparison", "before", "after", "published_before", "published_after", "hours"),
    *("title_changed", "same_text", "sentences_before", "sentences_after", *RELATIONS, "moved"),
    *("words_before", "words_after"),
    *(f"{fate}_before" for fate in _FATES["before"]),
    *(f"{fate}_after" for fate in _FATES["after"]),
    *(f"{part}_words_{side}" for side in ("before", "after") for part in PARTS),
    *(f"{part}_changed_{side}" for side in ("before", "after") for part in PARTS),
    *(f"{kind}_{level}" for kind in KINDS for level in LEVELS if kind != "move" or level == "wording"),
    *("reading_ease_change", "grade_change"),
)
COLUMNS = {
    "versions": _VERSION_COLUMNS,
    "summary": _SUMMARY_COLUMNS,
    "links": _LINK_COLUMNS,
    "edits": _EDIT_COLUMNS,
    "statements": tuple(STATEMENT_COLUMNS),
    "markers": tuple(MARKER_COLUMNS),
    "measures": ("story", "version", *MEASURE_COLUMNS),
    "failed": ("story", "reason"),
}
_CHANGED = frozenset(FATES.index(fate) for fate in ("reworded", "cut", "added"))


@dataclass(frozen=True)
class Options:
    """What a run can be told.

    preset, threshold: as for `compare_versions` (threshold 0: the preset's own). longest: the most characters
    that a version may have; a longer one is no news story. columns: names of the archive's columns for
    `story`, `version`, `published`, `text`, `title`. part: how many stories a part holds (0: by the size of
    the archive).
    """

    preset: str = "revision"
    threshold: float = 0.0
    longest: int = 400_000
    columns: dict = field(default_factory=dict)
    part: int = 0


class RawVersion(NamedTuple):
    """A version as an archive has it; what is missing is None. rank: its place, where the archive has an order. url: where
    it was published."""

    version: str | None
    published: str | float | None
    text: str
    title: str | None = None
    rank: int | None = None
    url: str | None = None


def read_story_rows(story, raw, options):
    """The rows of one story.

    story: its id. raw: list[RawVersion], in the order of the archive. Returns dict from table to a list of
    tuples in the order of `COLUMNS`. Raises InputError where the story cannot be read.
    """
    versions = [_Read(story, one, number) for number, one in enumerate(in_order(raw, options), 1)]
    rows = {name: [] for name in TABLES}
    for one in versions:
        one.read()
    _unify(versions)
    for number, (before, after) in enumerate(pairwise(versions), 1):
        _compare(story, number, before, after, options, rows)
    for one in versions:
        for name in ("statements", "markers", "measures"):
            rows[name] += [tuple(row[column] for column in COLUMNS[name]) for row in getattr(one, name)]
        rows["versions"].append(one.row)
    return rows


def _unify(versions):
    """Give identical sentences of a story's versions identical statements, markers and measures."""
    texts = [one.version for one in versions]
    unify_statements([one.statements for one in versions], texts)
    for one in versions:
        one.read_in_statements()
    unify_markers([one.markers for one in versions], [one.statements for one in versions], texts)
    unify_measures([one.measures for one in versions], texts)
    for one in versions:
        holder = statement_finder(
            [(row["statement"], read_spans(row["content_spans"])) for row in one.statements]
        )
        for row in one.measures:
            row["statement"] = holder(read_spans(row["spans"])) or ""


# --- versions in order ------------------------------------------------------------------------------


def in_order(raw, options):
    """The versions, the earliest first, each with an id and once: list[RawVersion].

    By time of publication where all have one that can be read; else by rank, or number of version, where all
    have one; else as the archive has them. A version that comes twice counts once. Raises InputError.
    """
    if not raw:
        raise InputError("the story has no version")
    numbered = [
        one if one.version is not None else one._replace(version=str(n)) for n, one in enumerate(raw, 1)
    ]
    texts, kept = {}, []
    for one in numbered:
        if one.version not in texts:
            texts[one.version] = one.text
            kept.append(one)
        elif texts[one.version] != one.text:
            raise InputError(f"version {one.version} comes twice with different texts")
    for one in kept:
        if len(one.text) > options.longest:
            raise InputError(
                f"version {one.version} has {len(one.text)} characters, and at most {options.longest} are read"
            )
    times = [moment(one.published) for one in kept]
    numbers = [_number(one.version) if one.rank is None else one.rank for one in kept]
    if None not in times:
        order = sorted(
            range(len(kept)), key=lambda k: (times[k], numbers[k] if None not in numbers else k, k)
        )
    elif None not in numbers:
        order = sorted(range(len(kept)), key=lambda k: (numbers[k], k))
    else:
        order = range(len(kept))
    return [kept[k] for k in order]


def moment(published):
    """Seconds since 1970 of a time of publication (ISO 8601, or seconds), or None; without a zone it is UTC.

    A number of seconds that falls before 1973 is a year, or a count of something, and no time.
    """
    if published is None or isinstance(published, bool):
        return None
    with suppress(ValueError):
        found = datetime.fromisoformat(str(published).strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    with suppress(ValueError):
        seconds = float(published)
        return seconds if 1e8 <= seconds < math.inf else None
    return None


def _number(version):
    try:
        return float(version)
    except ValueError:
        return None


# --- one version ------------------------------------------------------------------------------------


class _Read:
    """A version with what is found in it."""

    def __init__(self, story, raw, number):
        self.raw = raw
        entry = VersionEntry.model_construct(id=raw.version, file="", label=raw.version)
        self.version = Version(entry, raw.text, story=story)
        self.document = self.version.document
        if not self.document.tokens:
            raise InputError(f"version {raw.version} is empty")
        self.number = number

    def read(self):
        """Find the statements, and what stands in no statement."""
        doc = self.document
        self.statements = statement_rows(self.version)
        self.counted = list(map(is_counted, doc.norms))
        self.words = sum(self.counted)
        self.scores = reading_scores(doc)

    def read_in_statements(self):
        """Find the markers and measures: what is said of them depends on the statements."""
        version, doc = self.version, self.document
        which = version.story, version.id
        self.markers = [
            dict(zip(MARKER_COLUMNS, marker, strict=True))
            for row in self.statements
            for marker in marker_rows(
                doc,
                (*which, row["statement"]),
                read_spans(row["content_spans"]),
                read_spans(row["quoted_spans"]),
            )
        ]
        self.measures = [{"story": version.story, "version": version.id, **row} for row in measure_rows(doc)]
        for row in self.measures:
            row["measure"], row["sentence"] = (
                row_id("measure", version.id, int(row["measure"])),
                row_id("sentence", version.id, int(row["sentence"])),
            )

    @property
    def row(self):
        """The version's row of the table `versions`."""
        version, doc, published = self.version, self.document, self.raw.published
        which = version.story, version.id
        return (
            *(*which, self.number, None if published is None else str(published)),
            *(self.raw.title, self.raw.url),
            *(version.sha256, len(version.text), self.words, len(doc.sentences)),
            *(len(self.statements), len(self.measures), *self.scores),
        )


def reading_scores(doc):
    """(words a sentence, syllables a word, Flesch reading ease, Flesch-Kincaid grade) of a Document.

    As `readability.readability_table` gives them, rounded alike, but with each word's syllables counted once
    a process. None for a text without words.
    """
    lines = [line.rstrip(".").split() for line in readability.comparable(doc).split("\n")]
    words = [word for line in lines for word in line]
    if not words:
        return None, None, None, None
    # textstat leaves sentences of one or two words out of its count of sentences.
    length = len(words) / max(1, sum(len(line) > 2 for line in lines))
    syllables = sum(map(_syllables, words)) / len(words)
    ease = 206.835 - 1.015 * length - 84.6 * syllables
    grade = 0.39 * length + 11.8 * syllables - 15.59
    return tuple(round(value, 4) for value in (length, syllables, ease, grade))


@lru_cache(maxsize=1 << 16)
def _syllables(word):
    return readability.syllables(word)


# --- two versions -----------------------------------------------------------------------------------


def _compare(story, number, before, after, options, rows):
    """Add what became of one version in the next, and match their statements."""
    revision = compare_documents(before.document, after.document, options.preset, options.threshold or None)
    match_versions(before.statements, after.statements)
    ids = before.version.id, after.version.id

    def at(side, index):
        return None if index is None else row_id("sentence", ids[side], index + 1)

    changes = describe_changes(
        revision, before.document, after.document, (_spoken(before.statements), _spoken(after.statements))
    )
    for link, (change, holds) in zip(revision.links, changes, strict=True):
        rows["links"].append(
            (story, number, at(0, link.before), at(1, link.after), *link[2:], change, ";".join(holds))
        )
    for edit in revision.edits:
        rows["edits"].append((story, number, at(0, edit.before), at(1, edit.after), *edit[2:]))
    rows["summary"].append(_summary(story, number, before, after, revision))


def _spoken(statements):
    """The Spans of what speakers said."""
    said = (row for row in statements if row["source"] and row["kind"] == "statement")
    return [span for row in said for span in read_spans(row["content_spans"])]


def _summary(story, number, before, after, revision):
    sides = (before, revision.before_fates), (after, revision.after_fates)
    times = moment(before.raw.published), moment(after.raw.published)
    hours = None if None in times else round((times[1] - times[0]) / 3600, 4)
    fates = [
        Counter(fate for fate, counted in zip(f, side.counted, strict=True) if counted) for side, f in sides
    ]
    thirds = [_thirds(side, f) for side, f in sides]
    edits = Counter((edit.kind, edit.level) for edit in revision.edits)
    scores = [_change(before.scores[k], after.scores[k]) for k in (2, 3)]
    return (
        *(story, number, before.version.id, after.version.id, before.row[3], after.row[3], hours),
        *(before.raw.title != after.raw.title, before.version.text == after.version.text),
        *(len(before.document.sentences), len(after.document.sentences)),
        *_relations(revision.links),
        *(before.words, after.words),
        *(fates[0][FATES.index(fate)] for fate in _FATES["before"]),
        *(fates[1][FATES.index(fate)] for fate in _FATES["after"]),
        *(size for side in thirds for size, _ in side),
        *(changed for side in thirds for _, changed in side),
        *(edits[kind, level] for kind in KINDS for level in LEVELS if kind != "move" or level == "wording"),
        *scores,
    )


def _relations(links):
    """How many sentences stand in each relation (of the later version; deleted ones of the earlier), and how
    many of the later version moved."""
    found, moved = {name: set() for name in RELATIONS}, set()
    for link in links:
        place = link.before if link.relation == "deleted" else link.after
        found[link.relation].add(place)
        if link.moved:
            moved.add(place)
    return *(len(found[name]) for name in RELATIONS), len(moved)


def _thirds(side, fates):
    """[(words, changed words)] of each third of a version's words."""
    changed = [fate in _CHANGED for fate, counted in zip(fates, side.counted, strict=True) if counted]
    cuts = [len(changed) * number // 3 for number in range(4)]
    return [(end - start, sum(changed[start:end])) for start, end in pairwise(cuts)]


def _change(before, after):
    return None if None in (before, after) else round(after - before, 4)
