"""The measures of a story, a row each: what, by whom, on whom, from how binding to how binding, and what was adopted."""

from collections.abc import Callable, Mapping

from copydesk.engine.spans import read_id
from copydesk.show.marked_text import anchor, short_id
from copydesk.show.markup import render
from copydesk.show.tables import is_missing, number

# What is the same measure in two versions.
_KEY = ["label", "type", "status", "binding_before", "binding_after", "quantity"]
# The groups in order: what a reader sees, and whether a row belongs there.
_GROUPS: list[tuple[str, Callable[[dict], bool]]] = [
    ("In force already", lambda row: row["status"] == "in force" or row["change"] == "continuing"),
    ("Lifted or eased", lambda row: row["status"] == "lifted" or row["change"] == "eased"),
    ("Tightened", lambda row: row["change"] == "tightened"),
    ("Widened", lambda row: row["change"] == "expanded"),
    ("New", lambda row: row["change"] == "new" and row["binding_before"] == "none"),
    ("Before: not stated", lambda row: True),
]
_ORDER = ["Tightened", "Widened", "New", "Before: not stated", "Lifted or eased", "In force already"]


def measures_view(
    measures, outcome, labels: Mapping[str, str], *, url: Callable | None = None, reported_by: Mapping | None = None,
    score: str = "",
) -> str:  # fmt: skip
    """The counted measures as one table in groups; a measure that two versions have is one row. Returns HTML.

    measures: of `resolved.measures`; umbrella sentences are left out. outcome: of `outcome_table`. labels: dict of
    a version's id and its label. url: function from a kind and an id to its words. reported_by: dict of a
    statement's id and its source. score: how often the rules are right, where nobody coded the story.
    """
    rows: dict[tuple, dict] = {}
    for row in measures[~measures["umbrella"].astype(bool)].to_dict("records"):
        key = tuple(str(row[name]) for name in _KEY)
        rows.setdefault(key, {**row, "ids": []})["ids"].append(row["measure"])
    adopted = {row["type"]: row for row in outcome.to_dict("records") if row["type"]}
    groups: dict[str, list] = {name: [] for name in _ORDER}
    for row in rows.values():
        name = next(name for name, belongs in _GROUPS if belongs(row))
        groups[name].append(_made(row, adopted.get(row["type"]), labels, url, reported_by or {}))
    made = [(name, found) for name, found in groups.items() if found]
    _say_once([row for _, found in made for row in found])
    return str(render("measures.html.j2", groups=made, has_outcome=bool(len(outcome)), score=score))


def _say_once(rows):
    """Where two measures became the same, the second row refers to the first."""
    first: dict[tuple, str] = {}
    for row in rows:
        told = row["adopted"], row["difference"]
        row["as"] = first.get(told, "") if told[0] else ""
        first.setdefault(told, row["what"])


def _made(row, adopted, labels, url, reported_by):
    versions = [read_id(one)[0] for one in row["ids"]]
    before, after = (_stated(row[name]) for name in ("binding_before", "binding_after"))
    quantity = (
        ""
        if is_missing(row["quantity"])
        else f"{number(float(row['quantity']))} {_stated(row['unit'])}".strip()
    )
    return {
        "ids": [anchor("row", one) for one in row["ids"]],
        "what": row["label"],
        "text": row["text"],
        "sender": _stated(row["sender"]),
        "target": _stated(row["target"]),
        "obligated": _stated(row["obligated_party"]),
        "before": before,
        "after": after,
        "status": row["status"],
        "quantity": quantity,
        "reported_by": reported_by.get(row["statement"], ""),
        "only": labels[versions[0]] if len(set(versions)) == 1 and len(labels) > 1 else "",
        "links": [
            {
                "name": short_id(one),
                "label": labels[read_id(one)[0]],
                "href": url("measure", one) if url else None,
            }
            for one in row["ids"]
        ],
        "adopted": adopted["adopted"] if adopted else "",
        "difference": adopted["difference"] if adopted else "",
        "differs": _differs(row, adopted),
    }


def _differs(row, adopted):
    """Whether what was adopted is known to be other than what the story says."""
    if not adopted:
        return False
    quantities = row["quantity"], adopted["quantity"]
    numbers = not any(map(is_missing, quantities)) and float(quantities[0]) != float(quantities[1])
    return bool(adopted["difference"]) or numbers


def _stated(value):
    """A field's value, or nothing where the story does not state it."""
    return "" if is_missing(value) or value == "not stated" else str(value)


def then_and_now(story, outcome) -> dict | None:
    """What the versions said of something and what became of it, where `story.toml` names it; else None.

    Returns `topic`, `then` (a list of words, version, and the places of the words) and the outcome's `adopted`,
    `difference` and `sources`.
    """
    lede = story.entry.lede
    if lede is None or not lede.topic:
        return None
    rows = outcome[outcome["topic"] == lede.topic].to_dict("records")
    if not rows:
        return None
    return {
        "topic": lede.topic,
        "then": lede.then,
        **{k: rows[0][k] for k in ("adopted", "difference", "sources")},
    }
