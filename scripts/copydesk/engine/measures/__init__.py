"""Sanctions measures: what somebody must, may no longer, or should do, to a target, by the codebook.

The unit, the types and the fields are those of data/codebooks/measures-coding.md. The rules find a measure
where an action word of the codebook meets an object of one of its types, and keep it where the sentence
reports it as proposed, adopted, in force, threatened or lifted.
"""

from bisect import bisect_right

from copydesk.engine.measures.fields import fields, story_frame
from copydesk.engine.measures.reading import findings, is_earlier_state
from copydesk.engine.measures.rules import Report
from copydesk.engine.measures.sanctions import NOT_STATED, codebook, lexicon
from copydesk.engine.spans import finding_id
from copydesk.engine.text import read

COLUMNS = [
    "measure", "sentence", "start", "end", "spans", "text", "label", "category", "type", "sender", "target",
    "obligated_party", "condition", "exemption", "status", "change", "binding_before", "binding_after",
    "quantity", "unit", "umbrella", "statement",
]  # fmt: skip

_LONGEST = 300  # tokens of a sentence
_MEMORY = 200  # rows within which a measure told again is known again
_OTHER_TYPES = {"start": "int64", "end": "int64", "quantity": "Float64", "umbrella": "bool"}


def find_measures(text, statements=None):
    """The sanctions measures that a text reports.

    text: str or Document. statements: the text's statements (a DataFrame with `statement` and
    `content_spans`), to say who reports a measure; without it `statement` is empty.
    Returns a DataFrame with a row a measure in the order of the text and the columns of `COLUMNS`: `start`,
    `end` and `spans` are offsets in code points ("12-40;41-80" where a measure stands in two stretches),
    `quantity` is a number or missing, `umbrella` a bool; what the text does not say reads "not stated".
    Raises InputError where the codebook is faulty.
    """
    doc = read(text)
    pairs = (
        () if statements is None else zip(statements["statement"], statements["content_spans"], strict=True)
    )
    return _frame(measure_rows(doc, pairs))


def measure_rows(text, statements=()):
    """The same without pandas: list[dict] with `COLUMNS`, `quantity` a number or None.

    statements: pairs (id, content spans as `12-40;55-80`).
    """
    doc = read(text)
    rows = _merge(_rows(doc), doc)
    if rows:
        _finish(rows, doc, _statement_finder(statements))
    return rows


def measures_table(story, statements=None):
    """The measures of all versions of a story: `find_measures` on each body, with `story` and `version`.

    statements: the story's statements table, if `statement` is wanted. Ids are `VERSION:M0001`.
    """
    import pandas as pd

    tables = []
    for name, version in story.versions.items():
        own = statements[statements["version"] == name] if statements is not None else None
        table = find_measures(version.document, own)
        table["measure"] = [finding_id("measure", name, int(number)) for number in table["measure"]]
        table["sentence"] = [finding_id("sentence", name, int(number)) for number in table["sentence"]]
        table["text"] = [_words(version.text, spans) for spans in table["spans"]]
        table.insert(0, "version", name)
        table.insert(0, "story", story.name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def glossary(types):
    """What types of measures are and are not: DataFrame `type, category, definition, not`, a row a type.

    types: names of the codebook, in the order wanted; one that it does not have is left out.
    """
    import pandas as pd

    book = codebook()
    rows = [
        (name, kind.category, kind.definition, kind.is_not)
        for name in types
        if (kind := book.types.get(name)) is not None
    ]
    return pd.DataFrame(rows, columns=["type", "category", "definition", "not"])


def _rows(doc):
    """list[dict]: the measures of each sentence, the fields read, before the sentences are held together."""
    tokens, find = doc.tokens, lexicon().find
    places = [doc.token_range(*span) for span in doc.sentences]
    # What runs on for longer is no sentence; cut up, it costs no more than its length.
    pieces = [
        (number, start, min(start + _LONGEST, last))
        for number, (first, last) in enumerate(places, 1)
        for start in range(first, last, _LONGEST)
    ]
    sentences = [(first, last) for _, first, last in pieces]
    hits = [find([token.norm for token in tokens[first:last]]) for first, last in sentences]
    promising = [any(map(_begins_measure, own)) for own in hits]
    if not any(promising):
        return []
    frame = story_frame(hits, sentences, tokens)
    named_regime = any(hit.value == "regime" for own in hits for hit in own)
    about_sanctions = len(sentences) < 3 or named_regime
    rows, previous, carried = [], None, ""
    for (number, first, last), own, promises in zip(pieces, hits, promising, strict=True):
        words = tokens[first:last]
        if previous and own and is_earlier_state(own, words):
            _add_earlier_state(previous, own, words)
            previous = None
            continue
        if not (promises and any(map(_is_material, own))):
            previous, carried = None, ""
            continue
        clause = Report(words, own, first, frame.status)
        found = []
        for finding in findings(clause):
            found.append(fields(clause, finding, frame, number, doc, carried))
            if found[-1]["obligated_party"] == found[-1]["target"] != NOT_STATED:
                carried = found[-1]["target"]
        if not about_sanctions:
            found = [row for row in found if row["places"]]
        if not named_regime:
            found = [row for row in found if not _is_own_trade(row)]
        rows += found
        if not found:
            carried = ""
        counted = [row for row in found if not row["umbrella"]]
        previous = counted[-1] if counted else None
    return rows


def _is_own_trade(row):
    """Whether a state limits what it buys or sells and the text names nobody at whom that is aimed."""
    category = codebook().types[row["type"]].category
    return category == "commodity" and row["target"] == NOT_STATED and row["acts_alone"]


def _begins_measure(hit):
    """Whether there is an action in the words, without which no sentence is read further."""
    return hit.kind == "act" or hit.kind == "name" or hit.value == "forbidding"


def _is_material(hit):
    """Whether a measure could be made of the words: its object, or an action that needs none."""
    return hit.kind == "object" or hit.kind == "name" or hit.value == "list" and not hit.weak


def _add_earlier_state(row, hits, tokens):
    """Add to a measure the sentence that says how the same thing was before."""
    values = {hit.value for hit in hits}
    words = [token.norm for token in tokens]
    if "conditions" in values:
        before = "conditional"
    elif "recommending" in values or "calling" in values or "voluntary" in words:
        before = "recommended"
    elif "requiring" in values:
        before = "mandatory"
    else:
        return
    end = tokens[-1].end if words[-1] not in ".!?" else tokens[-2].end
    row["spans"].append((tokens[0].start, end))
    row["binding_before"] = before
    if row["binding_after"] == "mandatory" and before != "mandatory":
        row["change"] = "tightened"


def _merge(rows, doc):
    """One row a measure: what comes again later in the text adds to the first mention."""
    kept = []
    for row in rows:
        same = next((other for other in kept[-_MEMORY:] if _is_same(other, row)), None)
        if same is None:
            kept.append(row)
            continue
        for field in (
            "sender",
            "target",
            "obligated_party",
            "condition",
            "exemption",
            "change",
            "binding_before",
        ):
            if same[field] == NOT_STATED:
                same[field] = row[field]
        if same["quantity"] is None and row["quantity"] is not None:
            same["quantity"], same["unit"] = row["quantity"], row["unit"]
    return kept


def _is_same(one, other):
    """Whether two rows tell of one measure: type, status, object, and no two quantities or senders."""
    if one["type"] != other["type"] or one["umbrella"] != other["umbrella"]:
        return False
    if one["sentence"] == other["sentence"]:
        return False
    if one["umbrella"]:
        return False
    if one["status"] != other["status"] and "not stated" not in (one["status"], other["status"]):
        return False
    if None not in (one["quantity"], other["quantity"]) and one["quantity"] != other["quantity"]:
        return False
    if one["named"] and other["named"] and not one["named"] & other["named"]:
        return False
    return not (one["senders"] and other["senders"] and not one["senders"] & other["senders"])


def _finish(rows, doc, reported):
    """Write out what the columns hold: ids, places, names. reported: a function from a span to a statement's id."""
    types, text = codebook().types, doc.text
    for number, row in enumerate(rows, 1):
        spans = row["spans"]
        kind = types[row["type"]]
        row.update(
            measure=f"{number:04}",
            sentence=f"{row['sentence']:04}",
            start=spans[0][0],
            end=spans[-1][1],
            label=kind.label,
            category=kind.category,
            text=" … ".join(text[start:end] for start, end in spans),
            statement=reported(spans[0]),
            spans=";".join(f"{start}-{end}" for start, end in spans),
        )


def _frame(rows):
    import pandas as pd

    n = len(rows)
    words = [name for name in COLUMNS if name not in _OTHER_TYPES]
    # One array, cut into columns: pandas takes as long for each array of strings as for all in one.
    strings = pd.array([row[name] for name in words for row in rows], dtype="str")
    columns = {name: strings[i * n : i * n + n] for i, name in enumerate(words)}
    for name, kind in _OTHER_TYPES.items():
        columns[name] = pd.array([row[name] for row in rows], dtype=kind)
    return pd.DataFrame(columns, columns=COLUMNS)


def _statement_finder(statements):
    """A function from a span to the id of the statement that holds most of it, "" where none does."""
    places = []
    for number, spans in statements:
        for piece in str(spans).split(";"):
            start, _, end = piece.partition("-")
            if end:
                places.append((int(start), int(end), number))
    places.sort()
    starts = [place[0] for place in places]

    def holder(span):
        reach = bisect_right(starts, span[1])
        shared = [
            (min(span[1], end) - max(span[0], start), -start, number) for start, end, number in places[:reach]
        ]
        best = max(shared, default=(0, 0, ""))
        return best[2] if best[0] * 2 > span[1] - span[0] else ""

    return holder


def _words(text, spans):
    pieces = [piece.split("-") for piece in spans.split(";")]
    return " … ".join(text[int(start) : int(end)] for start, end in pieces)
