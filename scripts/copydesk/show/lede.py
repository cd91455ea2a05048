"""What a report leads with: the story's own lede, or else the weightiest change, in its words."""

import itertools
import re

from copydesk.engine.language.spelling import key
from copydesk.engine.spans import Span, read_id
from copydesk.show.claims import MAY_BE_RETOLD, Finding, is_retold, stands_alone
from copydesk.show.counts_and_lists import count
from copydesk.show.marked_text import sentence_places
from copydesk.show.versions import forms_of
from copydesk.stories import withholding

# Sentences are quoted whole up to the second, and no further behind the first.
_MOST_WORDS, _MOST_OF_SENTENCE = 24, 40
_LEAST_WORDS = 6  # a sentence of fewer says too little by itself
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
        return Finding(f"The article of the {after.label} is that of the {before.label}, word for word")
    n = len(changed.dropna(subset=["before", "after"]))
    return Finding(f"The {after.label} changes {count(n, 'sentence')} of the {before.label}")


def standfirst(comparison, headline: str) -> str:
    """How the later version opens, quoted; "" where the headline quotes it, or where it is withheld."""
    after = comparison.after
    quoted = _quoted(_sentences(after, " ".join(after.sentences["sentence"].head(2)), forms_of(comparison)))
    if is_quoted(quoted, headline) or withholding.say(quoted) != quoted:
        return ""
    whole = re.sub(r"([.!?]['\"’”]*) …$", r"\1", quoted)
    return f"The {after.label} opens: “{whole}”"


def is_quoted(words: str, told: str) -> bool:
    """Whether a text has the first words of some others, whatever their marks."""
    some, every = (re.findall(r"\w+", one.lower()) for one in (words, told))
    return f" {' '.join(some[:_LEAD_IN])} " in f" {' '.join(every)} "


def _alone(row, before, after, forms):
    """That the later version adds or drops sentences of a run; None where that can be said of none."""
    is_new = row["relation"] == "added"
    version, other = (after, before) if is_new else (before, after)
    claim, verb = ("added", "adds") if is_new else ("deleted", "drops")
    places, held = sentence_places(version), {}
    for one in row["after" if claim == "added" else "before"].split():
        span = Span(*places[one])
        made = stands_alone(version, other, span, claim)
        if made and made.claim == claim and not is_retold(version, other, span, MAY_BE_RETOLD):
            held[one] = made
        elif held:
            break  # what is quoted stands side by side
    if not held:
        return None
    quoted = _quoted(_sentences(version, " ".join(held), forms))
    return Finding(f"The {after.label} {verb}: “{quoted}”", held.values(), "lede")


def _beside(row, comparison, forms):
    """What the later version has in the place of what the earlier one had; None where the link may be doubted."""
    before, after, links = comparison.before, comparison.after, comparison.links
    mine = links[links["before"].isin(row["before"].split()) & links["after"].isin(row["after"].split())]
    if mine["similarity"].min() < _LEAST_ALIKE:
        return None
    old, new = _sentences(before, row["before"], forms), _sentences(after, row["after"], forms)
    pairs = list(zip(*(itertools.chain(*one) for one in (old, new)), strict=False))
    same = next(
        (n for n, pair in enumerate(pairs) if key(pair[0].lower()) != key(pair[1].lower())), len(pairs)
    )
    start = same - _LEAD_IN if same > 2 * _LEAD_IN else 0
    return Finding(
        f"The {after.label} has “{_quoted(new, start)}” where the {before.label} had “{_quoted(old, start)}”"
    )


def _sentences(version, ids, forms):
    """The words of each of some sentences, as one reads them."""
    places, letters = sentence_places(version), forms.get(version.id) or version.shown
    spans = [places[one] for one in sorted(ids.split(), key=lambda one: read_id(one)[2])]
    return ["".join(letters[start:end]).split() for start, end in spans]


def _quoted(sentences, start=0):
    """Some sentences to stand in quotation marks, from a word on: as many whole ones as make a headline.

    One that is too long is cut behind a comma, late enough to have said what it is about. Marks inside are single ones.
    """
    words = list(itertools.chain(*sentences))
    ends = [end - start for end in itertools.accumulate(map(len, sentences)) if end > start]
    whole = [end for end in ends if end <= _MOST_OF_SENTENCE]
    end = next((end for end in whole if end >= _MOST_WORDS), whole[-1] if whole else None)
    if end is None or (end < _LEAST_WORDS and end < ends[-1]):
        most = min(_MOST_OF_SENTENCE, len(words) - start)
        commas = [n for n in range(_MOST_WORDS, most) if re.search(r"[,;:]['\"’”)]*$", words[start + n - 1])]
        end = commas[-1] if commas else most
    shown = " ".join(words[start : start + end])
    marks = ["‘", "’"] * shown.count('"')
    shown = "".join(marks.pop(0) if one == '"' else one for one in shown)
    shown = shown.replace("“", "‘").replace("”", "’")
    if shown.count("‘") > len(
        re.findall(r"’(?!\w)", shown)
    ):  # what is quoted goes on behind the last word shown
        shown += "’"
    return f"{'… ' * bool(start)}{shown}{' …' * (start + end < len(words))}"
