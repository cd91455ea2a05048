"""Names and numbers in a text, whether or not it has capitals."""

import re
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.engine.language import grammar
from copydesk.engine.language.actor_names import codebook, lexicon
from copydesk.engine.language.english import english
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.language.spelling import key
from copydesk.engine.language.tags import initials_of, tag
from copydesk.engine.text import is_word, read

_LONGEST_NAME = 8
_PARTY_OR_LETTER = re.compile(r"\w-")  # D-Ohio, T-shirt


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

    Where there are capitals, a name is a run of capitalised words; a single word at the start of a sentence only if it
    has its capital elsewhere too and is never written small; in a slogan or title, quoted with all its words in
    capitals, none is. Where there are none, a name is one of the codebook of actors, one that is `known`, or two or
    three unknown words behind an office ("minister …").
    What neither rule knows is missed: a list of new names is a list of what was found.
    """
    doc = read(text)
    names = _without_capitals(doc, known, extra) if doc.caseless else _capitalised(doc)
    return sorted(names + list(_numbers(doc)))


def _numbers(doc):
    """The numbers; of `62-year-old` the figures, and none in a rough age: `30-something`."""
    number_words, rough = english().words.number_words, grammar.words().approximations
    for n, norm in enumerate(doc.norms):
        if not (norm[0].isdigit() or norm in number_words):
            continue
        figures, _, behind = norm.partition("-")
        is_compound = figures[:1].isdigit() and behind[:1].isalpha()
        if not (is_compound and behind in rough):
            yield Item(n, n + 1, "number", (key(figures if is_compound else norm),))


def stands_in_other_form(doc, item, other):
    """Whether a text (a Document) has another form of a name of `doc`: without what leads it in (a title, an office,
    the state whose body it is), without its first word, or in the singular or plural.

    A shorter form counts where it stands as a name by itself: not the museum of Lund where it is that of Malmö.
    """
    words = tuple(map(key, item.words))
    number = words[-1].removesuffix("s") if words[-1].endswith("s") else words[-1] + "s"
    shorter = [words[1:]] if len(words) > 2 else []
    titled = [n for n, word in enumerate(item.words[:-1], 1) if word in leading()]
    shorter += [words[titled[-1] :]] if titled else []
    hits = lexicon(()).find(doc, item.first, item.last)
    owned = item.words[hits[0].last - item.first :] if hits and hits[0].first == item.first else ()
    if len(owned) > 1 or (owned and owned[0] in lexicon(()).body_words):
        shorter.append(words[-len(owned) :])
    return any(True for _ in places_of(other, (*words[:-1], number))) or any(
        other.caseless or (_is_capital(other, n) and not _goes_on_before(other, n))
        for form in shorter
        for n in places_of(other, form)
    )


_keys = WeakKeyDictionary()  # Document -> the keys of its tokens, and where each stands


def places_of(doc, form):
    """Where the words of a form (a tuple of keys) stand in a text: the indices of the first of them."""
    if doc not in _keys:
        _keys[doc] = list(map(key, doc.norms)), {}
        for n, one in enumerate(_keys[doc][0]):
            _keys[doc][1].setdefault(one, []).append(n)
    keys, places = _keys[doc]
    rarest = min(range(len(form)), key=lambda k: len(places.get(form[k], ())))
    for n in places.get(form[rarest], ()):
        first = n - rarest
        if first >= 0 and tuple(keys[first : first + len(form)]) == form:
            yield first


def _goes_on_before(doc, n):
    """Whether a name began before this token of it: with a capital, and no title."""
    before = doc.tokens[n - 1]
    is_joined = n > 0 and not doc.text[before.end : doc.tokens[n].start].strip()
    return is_joined and _is_capital(doc, n - 1) and before.norm not in leading()


@cache
def leading():
    """The words of titles and offices, which a name stands behind."""
    roles = codebook().roles
    held = (
        *roles.office,
        *roles.abroad,
        *roles.private,
        *roles.male,
        *roles.female,
        *roles.titles,
        *roles.rank,
    )
    return frozenset(word for phrase in held for word in phrase.split()) | grammar.words().titles


def _name(doc, first, last):
    return Item(first, last, "name", tuple(doc.norms[first:last]))


def _capitalised(doc):
    tokens, text = doc.tokens, doc.text
    opening = {first for first, _ in doc.sentence_ranges}
    initials = initials_of(doc)
    small = {norm for norm, initial in zip(doc.norms, initials, strict=True) if initial.islower()}
    capitals = [n for n, initial in enumerate(initials) if initial.isupper() and _is_capital(doc, n)]
    inside = {doc.norms[n] for n in capitals if not _opens(doc, n, opening)}
    slogans = _slogans(doc)
    names, last = [], 0
    for n in capitals:
        if n < last or n in slogans:
            continue
        if _opens(doc, n, opening) and not _is_name_at_opening(doc, n, small, inside):
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
    return names


def _slogans(doc):
    """The tokens of what is quoted with all its words in capitals but those of grammar, more than a name has of these."""
    found, light = set(), grammar.words().grammar
    for one in find_quotations(doc):
        inside = range(one.open + 1, one.close)
        capitals = [doc.text[doc.tokens[n].start].isupper() for n in inside]
        norms = [doc.tokens[n].norm for n in inside]
        told = [
            is_upper
            for is_upper, norm in zip(capitals, norms, strict=True)
            if is_word(norm) and norm not in light
        ]
        if len(told) > 1 and all(told) and not light.isdisjoint(set(norms) - english().words.inside_names):
            found.update(inside)
    return found


def _is_capital(doc, n):
    token = doc.tokens[n]
    return (
        doc.text[token.start].isupper()
        and token.norm not in english().words.calendar
        and is_word(token.norm)
        and not _PARTY_OR_LETTER.match(token.norm)
    )


def _opens(doc, n, opening):
    """Whether the token is the first word of a sentence or of a quotation."""
    return n in opening or (n > 0 and doc.tokens[n - 1].norm in ('"', "'", ":", "-"))


def _is_name_at_opening(doc, n, small, inside):
    """Whether the first word of a sentence is a name: it goes on with capitals, has one elsewhere inside, or is known."""
    norm = doc.tokens[n].norm
    if norm in small or norm in english().words.starters or norm in grammar.words().linkers:
        return False
    if n + 1 < len(doc.tokens) and _is_capital(doc, n + 1):
        return True
    return norm in inside or bool(lexicon(()).find(doc, n, n + 1))


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
