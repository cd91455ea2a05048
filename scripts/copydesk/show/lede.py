"""What a report leads with: the story's own lede, or else the weightiest change, in its words."""

from copydesk.engine.spans import Span, read_id
from copydesk.show.claims import Finding, stands_alone
from copydesk.show.marked_text import sentence_places
from copydesk.show.versions import forms_of

_MOST_WORDS = 24


def weightiest(comparison, changes) -> Finding:
    """A headline: the weightiest change of `most_important_changes` that can be said, quoted.

    What is said to be added or dropped is looked up in the other version's whole file (`copydesk.show.claims`).
    """
    before, after = comparison.before, comparison.after
    forms = forms_of(comparison)
    for row in changes.to_dict("records"):
        old, new = (_words(one, row[side], forms) for one, side in ((before, "before"), (after, "after")))
        if row["relation"] not in ("added", "deleted"):
            return Finding(f"The {after.label} has “{new}” where the {before.label} had “{old}”")
        version, other, claim, told = (
            (after, before, "added", f"The {after.label} adds: “{new}”")
            if row["relation"] == "added"
            else (before, after, "deleted", f"The {after.label} drops: “{old}”")
        )
        places = sentence_places(version)
        ids = row["after" if claim == "added" else "before"].split()
        claims = [stands_alone(version, other, Span(*places[one]), claim) for one in ids]
        if all(one and one.claim == claim for one in claims):
            return Finding(told, claims, "lede")
    return Finding(f"The {after.label} says what the {before.label} says")


def _words(version, ids, forms):
    """The first words of some sentences, as one reads them."""
    if not isinstance(ids, str):
        return ""
    places, letters = sentence_places(version), forms.get(version.id) or version.shown
    spans = [places[one] for one in sorted(ids.split(), key=lambda one: read_id(one)[2])]
    words = " ".join("".join(letters[start:end]) for start, end in spans).split()
    shown = " ".join(words[:_MOST_WORDS]).strip('“”"„')
    return shown if len(words) <= _MOST_WORDS else f"{shown} …"
