"""One parse of a text: made once, never changed, and handed to plain functions."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.engine.language import actor_names, reporting_codebook
from copydesk.engine.language.english import Words, english
from copydesk.engine.language.limits import LIMITS, Limits
from copydesk.engine.language.quotations import Quotation, find_quotations
from copydesk.engine.language.tags import initials_of, names_of, tags_of
from copydesk.engine.text import Document, Token, read


class Parse(NamedTuple):
    """A text as the rules read it. What is asked of a token is asked by its index; a range is (first, last + 1).

    norms, tags: the normal form and the class of each token. names: the tokens that can only be names, by their
    capitals; small: the words that the text also writes small. opening, closing: the quotations by their marks.
    sentences, paragraphs: ranges; heads: where paragraphs begin. words, lexicon: the codebooks of English and of
    reporting words. stops: where a cue or a quotation can begin. limits: how
    far a search goes.
    """

    text: str
    caseless: bool
    tokens: list[Token]
    norms: tuple[str, ...]
    tags: tuple[str, ...]
    names: frozenset[int]
    small: frozenset[str]
    quotations: list[Quotation]
    opening: dict[int, Quotation]
    closing: dict[int, Quotation]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    heads: frozenset[int]
    words: Words
    lexicon: reporting_codebook.Lexicon
    stops: list[int]
    limits: Limits = LIMITS


# A parse holds nothing of its document, so that both are let go together.
_parses: WeakKeyDictionary[Document, Parse] = WeakKeyDictionary()


def _names_by_list(doc):
    """In a text of one case: the tokens of names of several words that the codebook has ("united states")."""
    hits = actor_names.lexicon().find(doc, 0, len(doc.tokens))
    return frozenset(i for hit in hits if hit.last - hit.first > 1 for i in range(hit.first, hit.last))


def parse(text: str | Document) -> Parse:
    """The parse of a text, made once however many modules ask."""
    doc = read(text)
    if doc not in _parses:
        quotations, lexicon = find_quotations(doc), reporting_codebook.lexicon()
        names = names_of(doc) if not doc.caseless else _names_by_list(doc)
        opening = {one.open: one for one in quotations}
        norms = tuple(doc.norms)
        small = {norm for norm, first in zip(norms, initials_of(doc), strict=True) if first.islower()}
        paragraphs = [doc.token_range(*span) for span in doc.paragraphs]
        _parses[doc] = Parse(
            doc.text,
            doc.caseless,
            doc.tokens,
            norms,
            tuple(tags_of(doc)),
            names,
            frozenset(small),
            quotations,
            opening,
            {one.close: one for one in quotations if one.closed},
            doc.sentence_ranges,
            paragraphs,
            frozenset(first for first, _ in paragraphs),
            english().words,
            lexicon,
            [
                i
                for i, norm in enumerate(norms)
                if norm in lexicon.triggers and i not in names or i in opening
            ],
        )
    return _parses[doc]
