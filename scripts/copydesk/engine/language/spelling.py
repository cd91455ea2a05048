"""Whether two words are one word in two spellings: `colour` and `color`, `u.n.` and `un`, `nine` and `9`."""

import re
import unicodedata
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, field_validator

from copydesk.engine import toml_files
from copydesk.engine.text import is_word

# Marks that are read aloud as words.
_SPOKEN = frozenset("%&@#§‰°")
_LEAST_MISSPELT = 8  # letters; shorter words have too many neighbours: county and country
# A longer stretch of letters is no word that has spellings; patterns would take long to say so.
_LONGEST_WORD = 40


class Rule(BaseModel):
    """One regularity of spelling, with the pairs of words that it must bring together."""

    model_config = ConfigDict(extra="forbid")
    pattern: str
    replace: str
    examples: list[tuple[str, str]]

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression ({error})") from None
        return pattern


class Groups(BaseModel):
    """Lists of spellings, each list of one word or stem."""

    model_config = ConfigDict(extra="forbid")
    groups: list[list[str]]


class Codebook(BaseModel):
    """`data/codebooks/spelling.toml`."""

    model_config = ConfigDict(extra="forbid")
    rules: list[Rule]
    stems: Groups
    words: Groups
    magnitudes: dict[str, int]  # of each, how many noughts it stands for


@cache
def _tables():
    """(word -> key, first three letters -> [(stem, key)], [(pattern, replacement)])."""
    book = toml_files.load("spelling", Codebook)
    words = {word: group[0] for group in book.words.groups for word in group}
    stems = {}
    for group in book.stems.groups:
        for stem in group:
            stems.setdefault(stem[:3], []).append((stem, group[0]))
    for choices in stems.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return words, stems, [(re.compile(rule.pattern), rule.replace) for rule in book.rules]


@lru_cache(maxsize=1 << 16)
def key(norm):
    """What all spellings of a word have in common; a mark is its own key.

    norm: a token's normal form (`copydesk.engine.text.Token`). Two norms with one key are one word, differently
    spelt; the key itself is nothing to be shown.
    """
    if len(norm) > _LONGEST_WORD or not is_spoken(norm):
        return norm
    words, stems, rules = _tables()
    if norm in words:
        return words[norm]
    bare = _bare(norm)
    if bare in words:
        return words[bare]
    for stem, first in stems.get(bare[:3], ()):
        if bare.startswith(stem):
            bare = first + bare[len(stem) :]
            break
    for pattern, replacement in rules:
        bare = pattern.sub(replacement, bare)
    return bare


def _bare(norm):
    """The word without accents, hyphens and stops; figures without the commas between thousands."""
    if norm.isascii():
        letters = norm
    else:
        letters = "".join(c for c in unicodedata.normalize("NFKD", norm) if not unicodedata.combining(c))
    if norm[0].isdigit():
        return letters.replace(",", "") or norm
    return letters.replace("-", "").replace("‑", "").replace(".", "").replace("\u00ad", "") or norm


@cache
def _values():
    """(number word -> its value, word for a magnitude -> by what it multiplies)."""
    book = toml_files.load("spelling", Codebook)
    values = {
        word: float(one) for group in book.words.groups for one in group if one.isdigit() for word in group
    }
    return values, {word: 10.0**noughts for word, noughts in book.magnitudes.items()}


def amount_at(norms, place):
    """The number that begins at a place, or None: 1500000.0 for `1.5 million`, `1.5m` and `1,500,000`; 112.0 for `hundred and twelve`.

    norms: list of normal forms.
    """
    magnitudes = _values()[1]
    figures = re.match(r"\d+(?:,\d{2,3})*(?:\.\d+)?", norms[place])
    if figures:
        value = float(figures.group().replace(",", "")) * magnitudes.get(norms[place][figures.end() :], 1.0)
        return _multiplied(value, norms, place + 1)[0]
    value = _small(norms[place])
    if value is None:
        return None
    total, place = _multiplied(value, norms, place + 1)
    while total >= 100 and place < len(norms):  # a hundred [and twelve], two thousand [five hundred]
        place += norms[place] == "and"
        more = _small(norms[place]) if place < len(norms) else None
        if more is None or more >= total:
            return total
        more, place = _multiplied(more, norms, place + 1)
        total += more
    return total


def _small(norm):
    """The value of a number word, `twenty-two` among them; None where it is none."""
    parts = [_values()[0].get(part) for part in norm.split("-")]
    return None if None in parts or len(parts) > 2 else sum(parts)


def _multiplied(value, norms, place):
    """(a number times the magnitudes that stand behind it, the place behind them)."""
    magnitudes = _values()[1]
    while place < len(norms) and norms[place] in magnitudes:
        value *= magnitudes[norms[place]]
        place += 1
    return value, place


def is_magnitude(norm):
    """Whether a word multiplies the number before it: million, bn."""
    return norm in _values()[1]


def is_misspelt(one, other):
    """Whether one of two keys is the other with a letter left out, put in or swapped with the next, inside a long word.

    Not at its ends, where words are inflected, nor one letter for another: affect and effect are two words.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_MISSPELT or len(long) - len(short) > 1 or one == other or not long.isalpha():
        return False
    start = next(
        (n for n, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    if not 1 < start < len(short) - 1:
        return False
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    return (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )


def same_words(before, after):
    """Whether two stretches of normal forms say the same words, spelt alike or not: `per cent`, `percent`."""
    return _joined(before) == _joined(after)


def _joined(norms):
    return "".join([key(norm) for norm in norms if is_spoken(norm)])


@lru_cache(maxsize=1 << 16)
def is_spoken(norm):
    """Whether a token is a word, a number or a sign read as one (`$`, `%`), rather than punctuation."""
    return is_word(norm) or norm in _SPOKEN or any(unicodedata.category(c)[0] in "SLN" for c in norm)
