"""One row a measure: its mentions are held together, its fields filled from the fullest."""

from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import NOT_STATED, codebook

_FILLED = ("sender", "target", "obligated_party", "condition", "exemption", "change", "binding_before")
_SURE = 1  # the score from which words as vague as "the sanctions" are taken for what was told
_HOLDS = frozenset(("adopted", "in force", NOT_STATED))


def merge(rows):
    """Rows of `fields_of` in the order of the text, what tells of one measure again added to its first mention."""
    kept = []
    for row in rows:
        same = next((other for other in reversed(kept[-LIMITS.memory :]) if is_same(other, row)), None)
        if same is None:
            if row["dangling"] and not row["umbrella"]:
                continue  # it points back to nothing
            kept.append(row)
        else:
            _add(same, row)
    kept = _with_names(kept)
    for row in kept:
        if "more" in row:
            row["spans"] = sorted({*row["spans"], *row.pop("more")})
    return kept


def _with_names(rows):
    """The rows, "the sanctions" that are lifted taken for what they were where a story tells of one kind of them."""
    kinds = {row["type"] for row in rows if not row["umbrella"]}
    if len(kinds) != 1 or not kinds & set(codebook().roles.sums):
        return rows
    kept = []
    for row in rows:
        if row["umbrella"] and row["eased"] and row["score"] > _SURE:
            row |= {
                "type": min(kinds),
                "umbrella": False,
                "binding_before": "mandatory",
                "binding_after": "none",
            }
            same = next((other for other in kept if is_same(other, row)), None)
            if same:
                _add(same, row)
                continue
        kept.append(row)
    return kept


def _add(row, other):
    """Add a further mention: its spans (as `more`), and what the row does not say yet."""
    row.setdefault("more", []).extend((*other["spans"], *other.get("more", ())))
    for field in _FILLED:
        if (
            row[field] == NOT_STATED
            or field in ("sender", "target")
            and not row["own_" + field]
            and other["own_" + field]
        ):
            row[field] = other[field]
            if field in ("sender", "target"):
                row["own_" + field] = other["own_" + field]
    row["senders"] = row["senders"] or other["senders"]
    row["named"] |= other["named"]
    if row["mention"] and not other["mention"] or row["status"] == NOT_STATED:
        row["status"], row["binding_after"] = other["status"], other["binding_after"]
    row["mention"] = row["mention"] and other["mention"]
    row["score"] = max(row["score"], other["score"])
    if row["quantity"] is None and other["quantity"] is not None:
        row["quantity"], row["unit"] = other["quantity"], other["unit"]


def is_same(one, other):
    """Whether two rows tell of one measure: type and direction, and no two quantities, senders or objects."""
    if one["type"] != other["type"] or one["umbrella"] or other["umbrella"] or one["eased"] != other["eased"]:
        return False
    if one["sentence"] == other["sentence"] and (
        one["type"] in codebook().roles.falls_on or one["status"] == other["status"]
    ):
        return False
    if other["anaphoric"]:
        return True
    if other["dated"] and one["status"] == "adopted" and not one["mention"]:
        return False  # the news, and what was done before
    if None not in (one["quantity"], other["quantity"]):
        return one["quantity"] == other["quantity"]
    if one["quantity"] is not None and "list" in codebook().types[one["type"]].actions:
        return not (one["actors"] and other["actors"] and not one["actors"] & other["actors"])
    changed = one["status"] != other["status"] and not {one["status"], other["status"]} <= _HOLDS
    if changed and not (one["mention"] or other["mention"]):
        return False
    if _is_told_by_object(one) and one["named"] and other["named"] and not one["named"] & other["named"]:
        return False
    return not (one["actors"] and other["actors"] and not one["actors"] & other["actors"])


def _is_told_by_object(row):
    """Whether two measures of a type differ by what is acted on: goods, and people and bodies struck."""
    return (
        codebook().types[row["type"]].category
        in ("asset freeze", "travel", "commodity", "financial sector", "diplomatic")
        and row["type"] not in codebook().roles.one_of_a_kind
    )
