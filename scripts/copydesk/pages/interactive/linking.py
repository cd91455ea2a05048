"""Coding links: for each sentence of a later version, the earlier sentences that it was made from.

A person decides only that. What follows from it by the codebook (identical or reworded, split, merged, moved,
added, deleted) is worked out from their choices, as it is from the rules'.
"""

import re
from itertools import pairwise

from copydesk.errors import InputError
from copydesk.pages.interactive.parts import html_widget, in_context, layout, numbered
from copydesk.show.counts_and_lists import listing
from copydesk.show.notebook_style import framed
from copydesk.stories.coding.row_models import is_blank


class LinkBench:
    """Two lists of sentences, and a field for numbers; every choice is saved in the coder's draft.

    page: what it stands on, with `hear(widget, deed)`, which lets a change of a widget's value do something,
    `still()`, under which no change does, and `say_saved()`. draft: the coder's `Draft` of links.
    """

    def __init__(self, page, story, draft):
        import ipywidgets as w

        self._page, self._draft = page, draft
        self._pairs = list(pairwise(story.versions.values()))
        names = [(f"{before.label} → {after.label}", n) for n, (before, after) in enumerate(self._pairs)]
        self._which = w.Dropdown(options=names, description="versions")
        wide = layout(width="98%")
        self._later = w.Select(rows=9, layout=wide)
        self._earlier = w.SelectMultiple(rows=9, layout=wide)
        self._keys = w.Text(
            description="made from", placeholder="8 and Enter; 8 9; 0 for none", continuous_update=False
        )
        self._read, self._chosen = html_widget(), html_widget()
        self.children = [self._which, self._later, self._read, self._keys, self._earlier, self._chosen]
        page.hear(self._which, self.show_pair)
        page.hear(self._later, lambda _: self._draw())
        page.hear(self._earlier, lambda change: self._choose(change["new"]))
        page.hear(self._keys, self._typed)

    def show_pair(self, _=None):
        """Show the later version that is chosen beside the one before it."""
        self._before, self._after = self._pairs[self._which.value]
        texts = self._before.sentences["text"]
        none = ("  0  none of these: the sentence is new", -1)
        with self._page.still():
            self._earlier.options = [none, *((numbered(n, words), n - 1) for n, words in enumerate(texts, 1))]
        self._list(0)

    def go_on(self):
        """The next sentence, or the last one again."""
        self._list(min(self._later.value + 1, len(self._later.options) - 1))

    def take_back(self):
        """Undo what was chosen for this sentence."""
        decided = _decided(self._draft.rows, self._before, self._after)
        if self._later.value not in decided:
            raise InputError("Nothing is chosen for this sentence yet.")
        del decided[self._later.value]
        self._put(self._before, self._after, decided)

    def finish(self):
        """Enter the earlier sentences that nobody chose as deleted; InputError where a choice is missing."""
        for before, after in self._pairs:
            decided = _decided(self._draft.rows, before, after)
            missing = [f"{n + 1}" for n in range(len(after.sentences)) if n not in decided]
            if decided and missing:
                raise InputError(
                    f"Of {after.label}, {listing(missing)} of {len(after.sentences)} sentences have no answer "
                    "yet; type 0 for one that is new."
                )
            if decided:
                self._draft.put(_rows(self._draft.rows, before, after, decided, whole=True))

    # What is on the page

    def _list(self, place):
        """The later sentences, each with what was chosen for it."""
        decided = _decided(self._draft.rows, self._before, self._after)
        with self._page.still():
            self._later.options = [
                (numbered(n + 1, words, told=_told(decided.get(n))), n)
                for n, words in enumerate(self._after.sentences["text"])
            ]
            self._later.value = place
        self._draw()

    def _draw(self):
        chosen = _decided(self._draft.rows, self._before, self._after).get(self._later.value)
        with self._page.still():
            self._earlier.value = () if chosen is None else chosen or (-1,)
        self._read.value = framed(in_context(self._after, self._later.value))
        whole = "".join(in_context(self._before, one, alone=True) for one in chosen or ())
        self._chosen.value = framed(whole) if whole else ""

    # What is chosen

    def _typed(self, change):
        if not change["new"].strip():
            return
        chosen = read_numbers(change["new"], len(self._before.sentences))
        self._keys.value = ""
        self._choose(chosen)
        self.go_on()

    def _choose(self, chosen):
        decided = _decided(self._draft.rows, self._before, self._after)
        decided[self._later.value] = tuple(one for one in chosen if one >= 0)
        self._put(self._before, self._after, decided)

    def _put(self, before, after, decided):
        self._draft.put(_rows(self._draft.rows, before, after, decided))
        self._list(self._later.value)
        self._page.say_saved()


def read_numbers(typed, most):
    """The places (from 0, in order) of the sentences whose numbers somebody typed; () for 0. Raises InputError."""
    numbers = sorted({int(one) for one in re.findall(r"[0-9]+", typed)})
    if re.search(r"[^0-9\s,;]", typed) or not numbers or numbers[-1] > most or (0 in numbers and numbers[1:]):
        raise InputError(
            f"'{typed.strip()}' names no sentences; type numbers from 1 to {most}, or 0 for a sentence that is new."
        )
    return tuple(number - 1 for number in numbers if number)


def _told(chosen):
    if chosen is None:
        return ""
    return f" ← {', '.join(str(one + 1) for one in chosen)}:" if chosen else " ← new:"


def _spans(version):
    return version.document.sentences


def _places(row, before, after):
    """(place in before, place in after) of a row's sentences, None for a side without; None for another's row."""
    if (row["before_version"], row["after_version"]) != (before.id, after.id):
        return None
    found = []
    for version, side in ((before, "before"), (after, "after")):
        start, end = row.get(f"{side}_start"), row.get(f"{side}_end")
        if is_blank(start):
            found.append(None)
        elif (int(start), int(end)) in _spans(version):
            found.append(_spans(version).index((int(start), int(end))))
        else:
            return None
    return tuple(found)


def _decided(rows, before, after):
    """dict of the place of a later sentence and the places of those that it was made from, () for a new one."""
    decided = {}
    for row in rows:
        one, other = _places(row, before, after) or (None, None)
        if other is not None:
            decided[other] = (*decided.get(other, ()), *([] if one is None else [one]))
    return decided


def _rows(rows, before, after, decided, whole=False):
    """The rows with those of this pair of versions made anew; `whole`: the deleted sentences among them."""
    from copydesk.engine.revisions import relate_sentences

    pairs = [(one, other) for other, chosen in decided.items() for one in chosen]
    links = relate_sentences(before.document, after.document, pairs)
    several = {one for one, _ in pairs if sum(one == first for first, _ in pairs) > 1}
    made = [
        {
            "before_version": before.id, "after_version": after.id,
            **_cells("before", before, link.before), **_cells("after", after, link.after),
            # Where sentences are linked criss-cross, the file has no other word for it.
            "relation": "split" if link.relation == "reworded" and link.before in several else link.relation,
            "moved": link.moved,
        }
        for link in links
        if (link.after in decided if link.after is not None else whole)
    ]  # fmt: skip
    return [row for row in rows if _places(row, before, after) is None] + made


def _cells(side, version, place):
    start, end = ("", "") if place is None else _spans(version)[place]
    return {f"{side}_start": start, f"{side}_end": end}
