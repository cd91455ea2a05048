"""What of a text may be shown where the text belongs to others: the sentences that a finding cites.

The rest is withheld in two steps. `withhold` puts a stand-in for every word of it into what a version shows,
word for word and at the same offsets, so that tables and charts count and cut as they do otherwise. Where
something leaves for a page, a file or a figure, `say` turns each run of stand-ins into `[n words withheld]`.
The rules read the text itself, so a public report finds what any other finds.
"""

import re
from itertools import pairwise

from copydesk.engine.spans import read_spans
from copydesk.engine.text import is_word

# A letter and a mark that no news text has, so that a word withheld is a word and a comma is none.
WORD, MARK = "\ua78f", "\u2027"
_RUN = re.compile(f"[{WORD}{MARK}]+(?:\\s+[{WORD}{MARK}]+)*…?")
_WORDS = re.compile(f"{WORD}+")


def withhold(story, before=None, after=None, *, preset="revision", threshold=None):
    """Withhold, in all that the versions of `story` show, what no finding cites.

    A finding is a statement, a measure, or a change between two versions that follow each other or between
    `before` and `after` (Versions), other than of typography. Whatever on a page is not the article is withheld.
    """
    cited = _cited(story, before, after, preset, threshold)
    for version in story.versions.values():
        own, spans = cited[version.id], version.document.sentences
        kept = [span for span in spans if any(a < span.end and b > span.start for a, b in own)]
        version.shown = _stand_in(version, kept)
        for table in ("sentences", "boilerplate"):
            vars(version).pop(table, None)
    for table in ("sentences", "boilerplate"):
        vars(story).pop(table, None)


def _cited(story, before, after, preset, threshold):
    """The stretches that findings cite: dict of a version's id and a list of (start, end)."""
    from copydesk.stories import resolved
    from copydesk.stories.comparison import compare_versions
    from copydesk.stories.tables import measures_table, statements_table

    versions = list(story.versions.values())
    cited = {version.id: [] for version in versions}
    statements, said = statements_table(story), resolved.statements(story)
    # Found by the rules or by people who read: a report shows both.
    tables = [
        (statements, "content_spans"),
        (said, "content_spans"),
        (measures_table(story, statements), "spans"),
        (resolved.measures(story, said), "spans"),
    ]
    for table, column in tables:
        for version, spans in zip(table["version"], table[column], strict=True):
            cited[version] += read_spans(spans)
    pairs = dict.fromkeys([*pairwise(versions), (before, after)])
    for one, other in pairs:
        if one is None or other is None or one is other:
            continue
        comparison = compare_versions(one, other, preset=preset, threshold=threshold)
        for side, version in (("before", one), ("after", other)):
            cited[version.id] += _changed(comparison, version, side)
    return cited


def _changed(comparison, version, side):
    edits = comparison.edits[comparison.edits["level"] != "typography"]
    edits = edits.dropna(subset=[side, f"{side}_start"])
    # A word that the other version has more of is a change of this sentence too, though of no word of it.
    spans = [
        (int(a), max(int(b), int(a) + 1))
        for a, b in zip(edits[f"{side}_start"], edits[f"{side}_end"], strict=True)
    ]
    alone = comparison.links[comparison.links["relation"].isin(["added", "deleted"])][side].dropna()
    places = version.sentences.set_index("sentence")
    return spans + [(int(places.at[one, "start"]), int(places.at[one, "end"])) for one in alone]


def _stand_in(version, kept):
    """The text of `version` with stand-ins for every word and mark outside the `kept` stretches."""
    from copydesk.engine.text import Document

    letters = list(version.text)
    for token in Document(version.text).tokens:
        if not any(a <= token.start and token.end <= b for a, b in kept):
            sign = WORD if _counts(token.norm) else MARK
            letters[token.start : token.end] = sign * (token.end - token.start)
    return "".join(letters)


def _counts(norm):
    """Whether a token counts as a word, as in `copydesk.engine.text.count_words`."""
    return is_word(norm) and norm[0] != "'" and norm != "n't"


def shown_words(version):
    """How many of the words of a version's article are shown."""
    hidden = sum(len(_WORDS.findall(version.shown[a:b])) for a, b in version.document.sentences)
    return version.words - hidden


def say(string):
    """`string` with each run of stand-ins as `[n words withheld]`."""
    if WORD not in string and MARK not in string:
        return string
    return _RUN.sub(_said, string)


def _said(run):
    if run[0].endswith("…"):  # a label that was cut off says nothing of how many there are
        return "[words withheld]"
    number = len(_WORDS.findall(run[0]))
    return f"[{number} {'word' if number == 1 else 'words'} withheld]" if number else "[…]"


def withheld(table):
    """A copy of a DataFrame in which no cell holds a stand-in."""
    strings = [c for c in table.columns if table[c].map(type).eq(str).any()]
    return table.assign(**{c: [say(v) if isinstance(v, str) else v for v in table[c]] for c in strings})
