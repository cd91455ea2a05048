"""A lower-case, tokenised text as one would print it: for reading only, letter by letter, so that no offset moves."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from copydesk.engine.language.names import find_items
from copydesk.engine.text import is_word

_NO_BLANK_BEFORE = frozenset(",.;:!?)]}%…")
_NO_BLANK_AFTER = frozenset("([{$£€")
_INITIALS = re.compile(r"[a-z](?: ?\. ?[a-z])+(?: ?\.)?")
_SMALL_INITIALS = frozenset({"a.m.", "p.m.", "e.g.", "i.e.", "a.m", "p.m"})
_SMALL_WORDS = frozenset({"of", "the", "and", "for"})
_OPENING, _CLOSING = frozenset("“‘„«"), frozenset("”’»")


def reading_form(version, other, linked: Iterable[tuple[int, int]]) -> list[str] | None:
    """What stands for each character of what a version shows: itself, its capital, or nothing for a blank.

    Capitals and blanks are those of its counterpart in the other version (`linked`: pairs of sentence numbers of
    the two, from 0); a word without a counterpart has the capitals that the other version mostly gives it, a
    sentence begins with one, and marks stand where print has them. None for a text that has capitals of its own.
    """
    if not version.document.caseless or other is None:
        return None
    letters = list(version.shown)
    tokens, sentences = version.document.tokens, version.document.sentences
    taken, closed = _like_counterparts(version, other, linked)
    usual, named = _usual_capitals(other), _names(version.document, other)
    firsts = {_first_word(version.document, sentence) for sentence in sentences}
    for n, token in enumerate(tokens):
        written = version.shown[token.start : token.end]
        form = taken.get(n) or usual.get(written) or _own_form(written)
        if n in firsts or (n in named and n not in taken):
            form = form[:1].upper() + form[1:]
        letters[token.start : token.end] = form
        _drop_blanks(letters, token.start, token.end)
    quoted = False
    for n in range(1, len(tokens)):
        before, token = tokens[n - 1], tokens[n]
        if before.norm == '"':
            quoted = _is_open(version.shown[before.start], quoted)
        if n in closed or _is_tight(version.shown, before, token, quoted):
            _drop_blanks(letters, before.end, token.start)
    return letters


def _names(document, other):
    """The tokens of names, other than the small words in them: names of the codebook, of the other version, of offices."""
    known = [item.words for item in find_items(other.document) if item.kind == "name"]
    places = [
        place
        for item in find_items(document, known)
        if item.kind == "name"
        for place in range(item.first, item.last)
    ]
    return {place for place in places if document.tokens[place].norm not in _SMALL_WORDS}


def _own_form(word):
    """A word that the other version does not have: capitals for the pronoun and for initials with stops."""
    are_initials = _INITIALS.fullmatch(word) and word not in _SMALL_INITIALS
    return word.upper() if word == "i" or are_initials else word


def _like_counterparts(version, other, linked):
    """The forms of tokens that have a counterpart, and the tokens that follow the one before without a blank."""
    here, there = version.document, other.document
    taken, closed = {}, set()
    for one, two in linked:
        a, b = here.token_range(*here.sentences[one]), there.token_range(*there.sentences[two])
        norms = ([token.norm for token in doc.tokens[slice(*own)]] for doc, own in ((here, a), (there, b)))
        for block in SequenceMatcher(None, *norms, autojunk=False).get_matching_blocks():
            for k in range(block.size):
                i, j = a[0] + block.a + k, b[0] + block.b + k
                mine, theirs = here.tokens[i], there.tokens[j]
                form = other.text[theirs.start : theirs.end]
                if form.lower() == version.shown[mine.start : mine.end]:
                    taken[i] = form
                if k and there.tokens[j - 1].end == theirs.start:
                    closed.add(i)
    return taken, closed


def _usual_capitals(other):
    """dict: a word in small letters, and how the other version mostly writes it inside a sentence."""
    document = other.document
    firsts = {_first_word(document, sentence) for sentence in document.sentences}
    counts: dict[str, Counter] = {}
    for n, token in enumerate(document.tokens):
        if n not in firsts and is_word(token.norm):
            form = other.text[token.start : token.end]
            counts.setdefault(form.lower(), Counter())[form] += 1
    return {word: found.most_common(1)[0][0] for word, found in counts.items()}


def _first_word(document, sentence):
    first, last = document.token_range(*sentence)
    return next((n for n in range(first, last) if is_word(document.tokens[n].norm)), -1)


def _is_open(mark, quoted):
    return mark in _OPENING or (mark not in _CLOSING and not quoted)


def _is_tight(text, before, token, quoted):
    """Whether print has no blank between two tokens."""
    mark, last = text[token.start], text[before.start]
    if mark in _NO_BLANK_BEFORE or token.norm[0] == "'" or token.norm == "n't":
        return True
    if token.norm == '"' or mark in _CLOSING:
        return mark in _CLOSING or (mark not in _OPENING and quoted)
    if before.norm == '"' or last in _OPENING:
        return last in _OPENING or (last not in _CLOSING and quoted)
    return last in _NO_BLANK_AFTER


def _drop_blanks(letters, start, end):
    for place in range(start, end):
        if letters[place].isspace():
            letters[place] = ""
