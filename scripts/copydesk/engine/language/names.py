"""Names and numbers in a text, whether or not it has capitals."""

from typing import NamedTuple

from copydesk.engine.language.actor_names import codebook, lexicon
from copydesk.engine.language.english import english
from copydesk.engine.language.spelling import key
from copydesk.engine.language.tags import tag
from copydesk.engine.text import is_word, read

_LONGEST_NAME = 8


class Item(NamedTuple):
    """A name or a number: its tokens (indices `first` to `last`, exclusive), `kind`, and `words`, by which
    it is compared."""

    first: int
    last: int
    kind: str
    words: tuple


def find_items(text, known=(), extra=()):
    """The names and numbers of a text.

    text: str or Document. known: names (tuples of normal forms) found elsewhere in the story, which a text
    without capitals is searched for. extra: the story's `extra_actors`. Returns list[Item] in order.

    Where there are capitals, a name is a run of capitalised words; at the start of a sentence only if the
    word is never written small and begins no sentence by habit. Where there are none, a name is one of the
    codebook of actors, one that is `known`, or two or three unknown words behind an office ("minister …").
    What neither rule knows is missed: a list of new names is a list of what was found.
    """
    doc = read(text)
    names = _without_capitals(doc, known, extra) if doc.caseless else _capitalised(doc)
    numbers = [
        Item(n, n + 1, "number", (key(token.norm),))
        for n, token in enumerate(doc.tokens)
        if token.norm[0].isdigit() or token.norm in english().words.number_words
    ]
    return sorted(names + numbers)


def _name(doc, first, last):
    return Item(first, last, "name", tuple(token.norm for token in doc.tokens[first:last]))


def _capitalised(doc):
    tokens, text = doc.tokens, doc.text
    opening = {doc.token_range(*span)[0] for span in doc.sentences}
    small = {token.norm for token in tokens if text[token.start].islower()}
    names, n = [], 0
    while n < len(tokens):
        if not _is_capital(doc, n) or (_opens(doc, n, opening) and not _is_name_at_opening(doc, n, small)):
            n += 1
            continue
        last = n + 1
        while last < len(tokens) and last not in opening and last - n < _LONGEST_NAME:
            if _is_capital(doc, last) and not text[tokens[last - 1].end : tokens[last].start].strip():
                last += 1
            elif (
                tokens[last].norm in english().words.inside_names and last + 1 < len(tokens) and last + 1 not in opening
                and _is_capital(doc, last + 1)
            ):  # fmt: skip
                last += 2
            else:
                break
        names.append(_name(doc, n, last))
        n = last
    return names


def _is_capital(doc, n):
    token = doc.tokens[n]
    return (
        doc.text[token.start].isupper() and token.norm not in english().words.calendar and is_word(token.norm)
    )


def _opens(doc, n, opening):
    """Whether the token is the first word of a sentence or of a quotation."""
    return n in opening or (n > 0 and doc.tokens[n - 1].norm in ('"', "'", ":", "-"))


def _is_name_at_opening(doc, n, small):
    norm = doc.tokens[n].norm
    if norm in small or norm in english().words.starters:
        return False
    if n + 1 < len(doc.tokens) and _is_capital(doc, n + 1):
        return True
    return tag(norm) == "n" and not norm.endswith(("s", "ly"))


def _without_capitals(doc, known, extra):
    tokens = doc.tokens
    covered, names = set(), []

    def take(first, last):
        if covered.isdisjoint(range(first, last)):
            covered.update(range(first, last))
            names.append(_name(doc, first, last))

    for first, last in _known_places(tokens, known):
        take(first, last)
    for hit in lexicon(extra).find(doc, 0, len(tokens)):
        take(hit.first, hit.last)
    roles = codebook().roles
    titles = (*roles.office, *roles.abroad, *roles.male, *roles.female, *roles.titles)
    offices = {title.split()[-1] for title in titles}
    for n, token in enumerate(tokens):
        if token.norm in offices:
            last = n + 1
            while last < len(tokens) and last - n <= 3 and last not in covered and _is_unknown(tokens[last]):
                last += 1
            if last - n > 2:
                take(n + 1, last)
    return names


def _is_unknown(token):
    return token.norm.isalpha() and tag(token.norm) == "n"


def _known_places(tokens, known):
    """(first, last) of the longest known names, from left to right."""
    by_first = {}
    for words in known:
        if words:
            by_first.setdefault(words[0], set()).add(tuple(words))
    place = 0
    while place < len(tokens):
        found = 0
        for words in by_first.get(tokens[place].norm, ()):
            stretch = tuple(token.norm for token in tokens[place : place + len(words)])
            if stretch == words:
                found = max(found, len(words))
        if found:
            yield place, place + found
        place += found or 1
