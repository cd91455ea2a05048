"""From a source as it is written to the actor it speaks for, by rules; the names are in `actors.toml`.

A source is a noun phrase: "Swedish deputy envoy Anna Lind", "the Danish official", "it". It is
taken apart into its office, its names and what stands around them; an office speaks for the state or body
that fills it, a name or a pronoun for the person or body it takes up. Every answer carries the rule that
gave it, and what no rule settles is `unresolved`.
"""

from bisect import bisect_right
from collections import Counter
from itertools import count
from typing import NamedTuple

from copydesk.engine.language.actor_names import actor_labels, lexicon
from copydesk.engine.spans import finding_id, write_spans
from copydesk.engine.speakers.memory import DOCUMENT, NOBODY, UNRESOLVED
from copydesk.engine.speakers.sources import Voice, find_voices
from copydesk.engine.statements import find_statements
from copydesk.engine.text import count_words, is_word, read

__all__ = ["Mention", "Voice", "actor_labels", "find_actors", "read_spans", "resolve", "statements_table"]

COLUMNS = [
    *("story", "version", "statement", "same_as", "sentence"),
    *(
        "source",
        "source_start",
        "source_end",
        "source_id",
        "source_type",
        "affiliation",
        "actor",
        "resolved_by",
    ),
    *("cue", "cue_start", "cue_end", "content", "content_spans", "quoted_spans", "words", "quoted_words"),
    *("quotation", "kind", "cue_class", "cue_lemma"),
]
# What stands in the column `actor` where nobody is known to speak: no rule says who does, or a document does.
NO_ACTOR = (NOBODY, UNRESOLVED, DOCUMENT)
# How much of their words two statements of two versions must share to be one (Dice, 0 to 1): more than
# half, so that no statement can be the counterpart of two.
_SAME = 0.6


class Mention(NamedTuple):
    """A name of the codebook in a text: its span, the actor's id and kind, and how it is named.

    how: "name", "demonym", "capital", "seat" or "body".
    """

    start: int
    end: int
    actor: str
    kind: str
    how: str


def find_actors(text, extra=()):
    """The actors named in a text, the longest name first where names overlap.

    text: str or Document. extra: a story's `extra_actors`. Returns list[Mention] in textual order.
    """
    doc = read(text)
    hits = lexicon(extra).find(doc, 0, len(doc.tokens))
    return [
        Mention(doc.tokens[hit.first].start, doc.tokens[hit.last - 1].end, hit.actor, hit.kind, hit.how)
        for hit in hits
    ]


def resolve(statements, text, extra=(), month=None):
    """Who speaks in each statement of a text.

    statements: list[Statement] of that text. extra: a story's `extra_actors`. Returns list[Voice], one a
    statement and in their order. Linear in the text: each phrase is read once, and a pronoun or a surname
    is looked up in an index of those who were mentioned before it.
    """
    return find_voices(read(text), lexicon(extra), statements, month)


def statements_table(story):
    """Every statement of every version, a row each, with the columns of `COLUMNS`.

    story: Story. `content_spans` and `quoted_spans` are written `12-40;55-80` (code points, end exclusive;
    `read_spans` reads them); `words` and `quoted_words` are counts; `same_as` is the statement's counterpart
    in another version, "" where it has none. `cue_class` is the cue's group in `reporting.toml`.
    """
    import pandas as pd

    rows = {one: statement_rows(version, story.entry.extra_actors) for one, version in story.versions.items()}
    _match_versions(list(rows.values()))
    frame = pd.DataFrame([row for version in rows.values() for row in version], columns=COLUMNS)
    whole = [
        name for name in COLUMNS if name.endswith(("_start", "_end")) or name in ("words", "quoted_words")
    ]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def statement_rows(version, extra=()):
    """The statements of one `Version` as list[dict], without pandas: `COLUMNS`, and `_norms`, the words of the
    content, by which `match_versions` compares. extra: the story's `extra_actors`."""
    doc, text = version.document, version.text
    statements = find_statements(doc)
    starts = [span.start for span in doc.sentences]
    rows = []
    for number, (one, voice) in enumerate(zip(statements, resolve(statements, doc, extra), strict=True), 1):
        sentence = bisect_right(starts, one.content[0].start)
        row = {
            "story": version.story,
            "version": version.id,
            "statement": finding_id("statement", version.id, number),
            "same_as": "",
            "sentence": finding_id("sentence", version.id, sentence),
            **voice._asdict(),
            "content": " ".join(_words_of(text, span) for span in one.content),
            "content_spans": write_spans(one.content),
            "quoted_spans": write_spans(one.quoted),
            "words": count_words(doc, one.content),
            "quoted_words": count_words(doc, one.quoted),
            "quotation": one.quotation,
            "kind": _kind(doc, one, voice),
            "cue_class": one.cue_class or "",
            "cue_lemma": one.lemma or "",
        }
        for name, span in (("source", one.source), ("cue", one.cue)):
            row[name] = _words_of(text, span) if span else ""
            row[f"{name}_start"], row[f"{name}_end"] = span or (None, None)
        row["_norms"] = [norm for span in one.content for norm in doc.words(span) if is_word(norm)]
        rows.append(row)
    return rows


def _kind(doc, statement, voice):
    """The statement's kind, where its source or its build decides; else that of the reporting word."""
    if voice.source_type == "document":
        return "document"
    if statement.source and statement.cue:
        source, cue = doc.token_range(*statement.source)[0], doc.words(statement.cue)
        # "with Oslo favouring talks and Lima pressing for a date": no occasion on which anything was said.
        absolute = (
            source and doc.tokens[source - 1].norm in ("with", "and") and cue[:1] and cue[0].endswith("ing")
        )
        if absolute and statement.quotation == "indirect":
            return "position"
    return statement.kind


def _words_of(text, span):
    """The words of a span on one line: a line break in the file is no break in what was said."""
    return " ".join(text[span.start : span.end].split())


# --- one statement in two versions ------------------------------------------------------------------


def _match_versions(versions):
    """Fill in `same_as`, and give one source one id in all versions."""
    for later in range(1, len(versions)):
        for earlier in range(later):
            free = [row for row in versions[later] if not row["same_as"]]
            match_versions(versions[earlier], versions[later], free)


def match_versions(before, after, free=None):
    """Fill in `same_as` between the `statement_rows` of two versions, and give one source one id in both.

    free: those rows of `after` that may still find a counterpart; without it all.
    """
    pairs = _counterparts(before, after if free is None else free)
    for one, other in pairs:
        other["same_as"] = one["statement"]
        one["same_as"] = one["same_as"] or other["statement"]
    _share_ids(pairs, before, after)


class _Bag:
    """The words of a statement, to be compared with others."""

    def __init__(self, row):
        self.actor, self.norms = row["actor"], row["_norms"]
        self.size = len(self.norms)
        self.counts = Counter(self.norms)
        self.kinds = self.counts.keys()
        self.repeats = self.size - len(self.counts)


def _counterparts(before, after):
    """Pairs of rows with the same content, the most alike first, each row in one pair at most."""
    found = []
    bags = [[_Bag(row) for row in rows] for rows in (before, after)]
    for j, other in enumerate(bags[1]):
        for i, one in enumerate(bags[0]):
            total, least = one.size + other.size, _SAME * (one.size + other.size) / 2
            # Nobody's words become somebody else's because they are alike.
            agree = one.actor == other.actor or UNRESOLVED in (one.actor, other.actor)
            if not agree or not total or min(one.size, other.size) < least:
                continue
            # Of each kind of word one occurrence is shared, and beyond that no more than there are.
            if len(one.kinds & other.kinds) + min(one.repeats, other.repeats) < least:
                continue
            shared = one.size if one.norms == other.norms else (one.counts & other.counts).total()
            if shared >= least:
                found.append((-2 * shared / total, abs(i - j), i, j))
    taken_before, taken_after, pairs = set(), set(), []
    for _, _, i, j in sorted(found):
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            pairs.append((before[i], after[j]))
    return pairs


def _share_ids(pairs, before, after):
    """A source that says the same thing in two versions is one source, whatever each version calls it."""
    shared = {}
    for one, other in pairs:
        if one["source_type"] == other["source_type"] != UNRESOLVED:
            shared.setdefault(other["source_id"], one["source_id"])
    taken = {row["source_id"] for row in (*before, *after)}
    for row in after:
        own = row["source_id"]
        # A person without a name who is only counted as the first there is not the first here.
        if own not in shared and own in shared.values() and row["source_type"].startswith("anonymous"):
            stem = own.rstrip("0123456789")
            shared[own] = next(f"{stem}{n}" for n in count(1) if f"{stem}{n}" not in taken)
            taken.add(shared[own])
        row["source_id"] = shared.get(own, own)
