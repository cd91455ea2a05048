"""What a report leads with: the story's own lede, or else the weightiest change, in its words."""

import re

from copydesk.engine.language.spelling import key
from copydesk.engine.spans import Span, read_id
from copydesk.show.claims import Finding, is_retold, stands_alone
from copydesk.show.counts_and_lists import count
from copydesk.show.marked_text import sentence_places
from copydesk.show.versions import forms_of

_MOST_WORDS, _MOST_OF_SENTENCE = 24, 40  # a first sentence that is no longer is quoted whole
_LEAD_IN = 8  # words that both versions have, before the first that differs
_LEAST_ALIKE = 0.4  # similarity of a link that leaves no doubt


def weightiest(comparison, changes) -> Finding:
    """A headline: the weightiest change of `most_important_changes` that can be said, quoted.

    What is said to be added or dropped is looked up in the other version's whole file (`copydesk.show.claims`) and is
    told nowhere there in other words; what is set beside its counterpart is alike enough to leave no doubt.
    """
    before, after, links = comparison.before, comparison.after, comparison.links
    if not len(links.dropna(subset=["before", "after"])):
        return Finding(f"The {after.label} and the {before.label} have no sentence in common")
    forms = forms_of(comparison)
    for row in changes.to_dict("records"):
        if row["relation"] in ("added", "deleted"):
            found = _alone(row, before, after, forms)
        else:
            found = _beside(row, comparison, forms)
        if found:
            return found
    changed = links.loc[links["relation"].ne("identical")]
    if changed.empty:
        return Finding(f"The {after.label} says what the {before.label} says")
    n = len(changed.dropna(subset=["before", "after"]))
    return Finding(f"The {after.label} changes {count(n, 'sentence')} of the {before.label}")


def _alone(row, before, after, forms):
    """That the later version adds or drops sentences of a run; None where that can be said of none."""
    version, other, claim, verb = (
        (after, before, "added", "adds")
        if row["relation"] == "added"
        else (before, after, "deleted", "drops")
    )
    places, held = sentence_places(version), {}
    for one in row["after" if claim == "added" else "before"].split():
        span = Span(*places[one])
        made = stands_alone(version, other, span, claim)
        if made and made.claim == claim and not is_retold(version, other, span):
            held[one] = made
        elif held:
            break  # what is quoted stands side by side
    if not held:
        return None
    words = _words(version, " ".join(held), forms)
    return Finding(f"The {after.label} {verb}: “{_quoted(words)}”", held.values(), "lede")


def _beside(row, comparison, forms):
    """What the later version has in the place of what the earlier one had; None where the link may be doubted."""
    before, after, links = comparison.before, comparison.after, comparison.links
    mine = links[links["before"].isin(row["before"].split()) & links["after"].isin(row["after"].split())]
    if mine["similarity"].min() < _LEAST_ALIKE:
        return None
    old, new = _words(before, row["before"], forms), _words(after, row["after"], forms)
    same = next(
        (
            n
            for n, pair in enumerate(zip(old, new, strict=False))
            if key(pair[0].lower()) != key(pair[1].lower())
        ),
        min(len(old), len(new)),
    )
    start = same - _LEAD_IN if same > 2 * _LEAD_IN else 0
    return Finding(
        f"The {after.label} has “{_quoted(new, start)}” where the {before.label} had “{_quoted(old, start)}”"
    )


def _words(version, ids, forms):
    """The words of some sentences, as one reads them."""
    places, letters = sentence_places(version), forms.get(version.id) or version.shown
    spans = [places[one] for one in sorted(ids.split(), key=lambda one: read_id(one)[2])]
    return " ".join("".join(letters[start:end]) for start, end in spans).split()


def _quoted(words, start=0):
    """Some words to stand in quotation marks: no more than `_MOST_WORDS`, marks inside them single ones."""
    rest = words[start : start + _MOST_OF_SENTENCE]
    whole = next(
        (n for n, word in enumerate(rest, 1) if re.search(r"[.?!]['\"’”)]*$", word) and n >= _MOST_WORDS),
        None,
    )
    if whole is None and len(words) - start <= _MOST_OF_SENTENCE:
        whole = len(rest)
    end = start + (whole or _MOST_WORDS)
    shown = " ".join(words[start:end])
    marks = ["‘", "’"] * shown.count('"')
    shown = "".join(marks.pop(0) if one == '"' else one for one in shown)
    shown = shown.replace("“", "‘").replace("”", "’")
    return f"{'… ' * bool(start)}{shown}{' …' * (end < len(words))}"
