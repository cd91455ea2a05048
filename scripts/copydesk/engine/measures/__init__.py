"""Sanctions measures: what somebody must, may no longer, or should do, to a target, by the codebook.

The unit, the types and the fields are those of data/codebooks/measures-coding.md. Each sentence gives candidates,
an action with what it acts on; `acceptance` decides which are measures by named features and a table of weights;
`merging` holds the mentions of one measure together.
"""

from collections.abc import Iterable
from typing import Any

from copydesk.engine.language.tags import tag_tokens
from copydesk.engine.measures.acceptance import actors_in, add_company, features_of, score
from copydesk.engine.measures.candidates import candidates_of
from copydesk.engine.measures.context import is_dated, tells_of_past
from copydesk.engine.measures.fields import fields_of, parties_of, slice_of
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.merging import merge
from copydesk.engine.measures.reported import statement_finder
from copydesk.engine.measures.sanctions import NOT_STATED, codebook, grammar, lexicon
from copydesk.engine.measures.sentence import read_sentence
from copydesk.engine.measures.story import LEAD, story_frame
from copydesk.engine.spans import write_spans
from copydesk.engine.text import Document, normal_words, read

_BULLETS = frozenset("-–—•*·")
COLUMNS = [
    "measure", "sentence", "start", "end", "spans", "text", "label", "category", "type", "sender", "sender_id",
    "target", "target_id", "obligated_party", "condition", "exemption", "status", "change", "binding_before",
    "binding_after", "quantity", "unit", "umbrella", "statement",
]  # fmt: skip


def measure_rows(text: str | Document, statements: Iterable[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """The sanctions measures that a text reports: list[dict] with `COLUMNS`, in the order of the text.

    text: str or Document. statements: pairs (id, content spans as `12-40;55-80`), to say who reports a measure.
    `start`, `end` and `spans` are offsets in code points ("12-40;41-80": every mention), `quantity` is a number
    or None, `umbrella` a bool; `measure` and `sentence` are numbers in four figures; what the text does not say
    reads "not stated". Raises InputError where the codebook is faulty.
    """
    doc = read(text)
    rows = merge([row for row in _rows(doc) if row["score"] > 0])
    if rows:
        _finish(rows, doc, statement_finder(statements))
    return rows


def candidate_rows(text: str | Document) -> list[dict[str, Any]]:
    """Every candidate of a text as a row with its `features` and `score`, for fitting and for looking at mistakes."""
    return _rows(read(text))


def _rows(doc):
    """list[dict]: the candidates of each sentence with fields, features and score, before they are held together."""
    tokens, find = doc.tokens, lexicon().find
    # What runs on for longer is no sentence; cut up, it costs no more than its length.
    pieces = [
        (number, start, min(start + LIMITS.sentence, last))
        for number, (first, last) in enumerate(doc.sentence_ranges, 1)
        for start in range(first, last, LIMITS.sentence)
    ]
    sentences = [(first, last) for _, first, last in pieces]
    hits = [find(doc.norms[first:last]) for first, last in sentences]
    read = [
        any(map(_begins_measure, own)) or _denies(own, tokens[first:last])
        for own, (first, last) in zip(hits, sentences, strict=True)
    ]
    if not any(read):
        return []
    parsed = [
        _sentence(tokens, own, place) if is_read else None
        for own, place, is_read in zip(hits, sentences, read, strict=True)
    ]
    lead = [s or _sentence(tokens, hits[n], sentences[n]) for n, s in enumerate(parsed[:LEAD])]
    story = story_frame(hits, sentences, tokens, lead)
    rows, previous, carried, is_past, led = [], None, "", False, ""
    for (number, first, last), own, s in zip(pieces, hits, parsed, strict=True):
        words = tokens[first:last]
        led = led if words[0].norm in _BULLETS else _leads_list(words, story)
        if previous and own and _is_earlier_state(own, words):
            _add_earlier_state(previous, own, words)
            previous = None
            continue
        if s is None:
            previous, carried = None, ""
            continue
        found = _sentence_rows(s, story, number, doc, carried, led if words[0].norm in _BULLETS else "")
        is_past = _go_on_in_past(s, found, is_past)
        rows += found
        accepted = [row for row in found if row["score"] > 0]
        carried = next(
            (
                row["target"]
                for row in reversed(accepted)
                if row["obligated_party"] == row["target"] != NOT_STATED
            ),
            carried if accepted else "",
        )
        counted = [row for row in accepted if not row["umbrella"]]
        previous = counted[-1] if counted else None
    add_company(rows, story)
    return rows


def _sentence(tokens, hits, place):
    first, last = place
    words = tokens[first:last]
    return read_sentence(words, tag_tokens(words), hits, first)


def _leads_list(words, story):
    """The status of what a list holds that the sentence leads in ("… announced these measures:"), "" if it leads none."""
    if words[-1].norm != ":":
        return ""
    norms = {word.norm for word in words}
    is_open = (
        not {"will", "would", "should", "could", "proposed"}.isdisjoint(norms) and "immediately" not in norms
    )
    return "proposed" if is_open or story.status == "proposed" else "adopted"


def _sentence_rows(s, story, number, doc, carried, led):
    rows = []
    for one in candidates_of(s, story):
        sender, target, obligated = parties_of(s, one)
        row = fields_of(s, story, one, number, doc, sender, target, obligated)
        row["features"] = features_of(s, story, one, sender, target)
        if led and "mention" in row["features"]:  # a member of a list that is nothing but a noun
            row["features"] = row["features"] - {"mention", "nobody named", "placeless"} | {"licensed"}
        if led and (one.action.is_noun or one.action.form == "base"):
            row["status"] = led
        row["score"] = score(row["features"])
        row["anaphoric"] = "anaphoric" in row["features"]
        row["dangling"] = row["anaphoric"] and one.context.governor < one.region.end
        row["group"] = one.action.group
        row["mention"] = not led and bool(one.context.signs & {"mention", "participle", "judged"})
        row["actors"] = actors_in(s, sender)
        row["struck"] = actors_in(s, target) - row["actors"]
        if row["target"] == NOT_STATED:
            row["target"] = carried or slice_of(doc, None, story.target) or NOT_STATED
        rows.append(row)
    if any(row["score"] > 0 and not row["umbrella"] for row in rows):
        return [row for row in rows if not row["umbrella"]]
    umbrellas = [row for row in rows if row["umbrella"]]
    return [row for row in rows if not row["umbrella"]] + umbrellas[:1]


def _begins_measure(hit):
    """Whether there is an action in the words, without which no sentence is read further."""
    return hit.kind in ("act", "name") or hit.value == "forbidding"


def _go_on_in_past(s, rows, is_past):
    """Set to "in force" what a sentence tells of a deed that the one before dated; whether this one dates deeds itself.

    "The bloc imposed curbs last May. The move raised duties on …": what points back is told of the same time.
    """
    dated = any(is_dated(s, k) for k, form in s.verbs.items() if form == "past")
    goes_on = is_past and not dated and tells_of_past(s)
    for row in rows:
        if goes_on and row["status"] == "adopted":
            row["status"] = "in force"
        row["dated"] = (dated or goes_on) and row["status"] == "in force"
    return dated or goes_on


def _denies(hits, tokens):
    """Whether a dealing may be denied by a word: "must buy no ore", "told not to sell", "will invite no players"."""
    words = {token.norm for token in tokens}
    if not any(hit.value == "dealings" for hit in hits):
        modal = not grammar().modals.keys().isdisjoint(words)
        return modal and "no" in words
    return not words.isdisjoint(("no", "neither", "nothing")) or words >= {"not", "to"}


def _is_earlier_state(hits, tokens):
    """Whether a sentence only tells how a measure was before: "previously …", with a pointer back."""
    if not any(hit.value == "earlier" and hit.start < 4 for hit in hits):
        return False
    return not {"this", "only", "it", "so", "such"}.isdisjoint(token.norm for token in tokens)


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
    end = tokens[-1].end if words[-1] not in grammar().ends else tokens[-2].end
    row["spans"].append((tokens[0].start, end))
    row["binding_before"] = before
    if row["binding_after"] == "mandatory" and before != "mandatory":
        row["change"] = "tightened"


def _finish(rows, doc, reported):
    """Write out what the columns hold: ids, places, names. reported: a function from a span to a statement's id."""
    types, text = codebook().types, doc.text
    ids = {words: _actor_id(words) for row in rows for words in (row["sender"], row["target"])}
    rows.sort(key=lambda row: row["spans"][0])
    for number, row in enumerate(rows, 1):
        spans = row["spans"]
        kind = types[row["type"]]
        row.update(
            measure=f"{number:04}",
            sentence=f"{row['sentence']:04}",
            start=spans[0][0],
            end=max(end for _, end in spans),
            label=kind.label,
            category=kind.category,
            sender_id=ids[row["sender"]],
            target_id=ids[row["target"]],
            text=" … ".join(text[start:end] for start, end in spans),
            statement=reported(spans[0]),
            spans=write_spans(spans),
        )


def _actor_id(words):
    """The id of the state or organisation that the words name, by the actors' codebook; "" where they name none."""
    hits = () if words == NOT_STATED else lexicon().find(normal_words(words))
    return next((hit.value for hit in hits if hit.kind == "place"), "")
