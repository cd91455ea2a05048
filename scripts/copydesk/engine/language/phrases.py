"""Clauses and noun phrases by a light guess at word classes: closed classes, verb forms, suffixes.

A part of `statements`. Capital letters are never asked, so that cased and lower-case text read alike.
Every search looks a bounded number of tokens around, so that the work is linear in the text.

The classes, one letter each:
  d determiner, possessive pronoun   r personal pronoun that can be a subject   n noun, adjective, unknown
  m number   t weekday or month      p preposition   c and, or, but             s subordinator
  w relative or interrogative        x auxiliary     b adverb, not              i the infinitive's "to"
  v finite verb   e form in -ed, participle   g form in -ing  z possessive 's            else the mark itself
"""

from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.engine import codebooks

_LIMIT = 100_000  # words remembered

_VERB_PREFIXES = ("re-", "co-", "over-", "pre-", "un-", "out-", "de-", "mis-")

# Prepositions whose phrase is seldom a part of a noun phrase.
_OUTSIDE = frozenset("after before since until till during despite except as than via like including".split())

# Nouns of time: they end an adverbial that may stand bare before or after a verb.
TIME_NOUNS = frozenset(
    """morning afternoon evening night week weekend month year day hour minute moment today tonight yesterday
    tomorrow weeks months years days hours minutes""".split()
)


class _English(NamedTuple):
    """What is known of words: classes by word (it grows by guesses), and the words whose ending misleads."""

    tags: dict
    not_ing: frozenset
    not_ed: frozenset
    not_ly: frozenset
    summing: frozenset
    persons: frozenset
    person: tuple
    thing: frozenset
    share: frozenset


@cache
def _english():
    """The word lists of `data/codebooks/english.toml`, read once a process."""
    from pydantic import BaseModel, ConfigDict

    class Verbs(BaseModel):
        model_config = ConfigDict(extra="forbid")
        finite: str

    class Nouns(BaseModel):
        model_config = ConfigDict(extra="forbid")
        summing: str
        persons: str

    class Endings(BaseModel):
        model_config = ConfigDict(extra="forbid")
        ing: str
        ed: str
        ly: str
        person: str
        thing: str
        share: str

    class English(BaseModel):
        model_config = ConfigDict(extra="forbid")
        classes: dict[str, str]
        verbs: Verbs
        nouns: Nouns
        endings: Endings

    book = codebooks.load("english", English)
    tags = dict.fromkeys(book.verbs.finite.split(), "v")
    tags.update({word: letter for letter, words in book.classes.items() for word in words.split()})
    tags.update({"'s": "z", "'": "z", "...": "...", '"': '"'})
    ends = book.endings
    endings = (frozenset(words.split()) for words in (ends.ing, ends.ed, ends.ly))
    persons = frozenset(book.nouns.persons.split())
    nouns = (
        frozenset(book.nouns.summing.split()),
        persons,
        tuple(ends.person.split()),
        frozenset(ends.thing.split()),
        frozenset(ends.share.split()),
    )
    return _English(tags, *endings, *nouns)


def tag(norm):
    """The class of a word by itself, one letter or the mark (see the module's list)."""
    known = _english().tags
    found = known.get(norm)
    if found is None:
        found = _guess(norm)
        if len(known) < _LIMIT:
            known[norm] = found
    return found


def _guess(norm):
    first = norm[0]
    if not (first.isalnum() or norm[-1].isalnum()):
        return norm
    if first.isdigit():
        return "m"
    if len(norm) > 3 and norm.endswith("ed"):
        return "n" if norm in _english().not_ed else "e"
    if len(norm) > 4 and norm.endswith("ly"):
        return "n" if norm in _english().not_ly else "b"
    if len(norm) > 4 and norm.endswith("ing"):
        return "n" if norm in _english().not_ing else "g"
    return "n"


_tags = WeakKeyDictionary()


def tags_of(doc):
    """The classes of a document's tokens, guessed once however many modules ask; not to be changed."""
    found = _tags.get(doc)
    if found is None:
        found = _tags[doc] = tag_tokens(doc.tokens, names_of(doc))
    return found


_names = WeakKeyDictionary()


def names_of(doc):
    """The tokens that can only be names, by their capitals, as a frozenset of indices.

    A word in the midst of a sentence with a capital, or with two and more at any place, in a sentence that is
    written small for the most part: a headline in capitals says nothing of its words.
    """
    found = _names.get(doc)
    if found is None:
        found = _names[doc] = frozenset(() if doc.caseless else _capitalised(doc))
    return found


def _capitalised(doc):
    text, tokens, known = doc.text, doc.tokens, _english().tags
    for span in doc.sentences:
        lo, hi = doc.token_range(*span)
        high, small, opens = [], 0, True
        for i in range(lo, hi):
            start, end, norm = tokens[i]
            first = text[start]
            if first.isupper():
                if norm == "i":
                    opens = False
                    continue
                capitals = end - start > 1 and text[start:end].isupper()
                if (capitals and norm[-1] != ".") or not (opens or known.get(norm) in _KEEPS_CLASS):
                    high.append(i)
                opens = False
            elif first.islower():
                small += 1
                opens = False
            elif not first.isdigit():
                opens = norm in _OPENERS
        if small > len(high):
            yield from high


# Marks behind which a capital is no more than the beginning of a sentence; classes that keep theirs in a name.
_OPENERS = frozenset(('"', ":", "-", "...", "(", ".", "?", "!", "["))
_KEEPS_CLASS = frozenset("dpct")


def tag_tokens(tokens, names=()):
    """list[str]: the class of each token, with what its neighbours decide. names: indices of names for certain."""
    known = _english().tags
    tags = [known.get(token.norm) or tag(token.norm) for token in tokens]
    for i in names:
        if tags[i] in "rxvegbsw" or (tags[i] in "dpc" and tokens[i].end - tokens[i].start > 1):
            tags[i] = "n"
    for i, letter in enumerate(tags):
        if letter == "n":
            if tokens[i].norm[-1] == "s" and _is_third_person(tokens, tags, i):
                tags[i] = "v"
        elif letter == "r":
            if tokens[i].norm == "there" and not (i + 1 < len(tags) and tags[i + 1] in "xvebz"):
                tags[i] = "b"  # "an engineer there, who …"
        elif letter == "z":
            if tokens[i].norm == "'s" and i and tags[i - 1] in "rwb":
                tags[i] = "x"  # he's, who's, here's
        elif letter == "x":
            if (
                tokens[i].norm == "may"
                and i
                and (tags[i - 1] == "p" or tokens[i - 1].norm in ("last", "next"))
            ):
                tags[i] = "t"  # the month
        elif letter == "p" and tokens[i].norm == "to" and i + 1 < len(tags) and _is_base(tokens, tags, i + 1):
            tags[i] = "i"
    return tags


def _is_third_person(tokens, tags, i):
    """Whether a word in -s between a noun and a determiner is a verb: "the senator favors a plan"."""
    if not 0 < i < len(tags) - 1 or tags[i - 1] not in "nr" or tags[i + 1] != "d":
        return False
    return tokens[i + 1].norm not in ("that", "this", "all", "both", "each")


def _is_base(tokens, tags, i):
    """Whether the word after "to" can be a verb's base form."""
    while i + 1 < len(tags) and tags[i] in 'b"':
        i += 1
    norm = tokens[i].norm
    if "-" in norm and not norm.startswith(_VERB_PREFIXES):
        return False  # "to non-proliferation"
    return norm in ("be", "have", "do") or (tags[i] in "nv" and not norm.endswith("s"))


def sums_up(tokens, tags, i, hi):
    """Whether a phrase begins at `i` that sums up the clause before it: "in a surprise move that …"."""
    k = i + (tokens[i].norm == "in")
    if k >= hi or tokens[k].norm not in ("a", "an", "the", "another"):
        return False
    k += 1
    while k < hi and k < i + 5 and tags[k] in "neg" and tokens[k].norm not in _english().summing:
        k += 1
    return (
        k + 1 < hi
        and tokens[k].norm in _english().summing
        and (tokens[k + 1].norm == "that" or tags[k + 1] in "wi")
    )


def is_person(norm):
    """Whether a noun is one for persons, by the list or by its ending: "clerk", "builder", "chemists"."""
    english = _english()
    if norm in english.persons or norm.removesuffix("s") in english.persons:
        return True
    return norm.endswith(english.person) and norm.removesuffix("s") not in english.thing


def is_share(norm):
    """Whether a noun only counts those behind its "of", or stands for people alone: "a majority", "12 percent"."""
    return norm in _english().share


def skip_back(tags, i, lo, over):
    """The index at or before `i` whose class is not in `over`, or lo - 1."""
    while i >= lo and tags[i] in over:
        i -= 1
    return i


def find_back(tags, i, lo, letter):
    """The index at or before `i`, not before `lo`, whose class is `letter`, or `lo`."""
    while i > lo and tags[i] != letter:
        i -= 1
    return i


def noun_phrase_start(tokens, tags, last, lo, reach=30):
    """Where the noun phrase that ends with the token `last` begins: an index, `last + 1` if there is none.

    Prepositional phrases are taken in ("the head of the party"), coordination too unless the part before
    it is the object of a verb.
    """
    lo = max(lo, last - reach)
    i = last
    while i >= lo:
        letter = tags[i]
        if letter == "r":
            if i == last and i - 1 > lo and tokens[i - 1].norm == "of" and tags[i - 2] in "mnd":
                i -= 2  # "one of them"
                continue
            if i == last or tags[i + 1] in "pzwc,(e":
                i -= 1
            break
        if letter in "ndmtz":
            if letter == "d" and tokens[i].norm == "that" and lo < i < last and tags[i - 1] in "nmt":
                break  # "a plan that | Lisbon": a relative, for a noun takes no "that" behind it
            i -= 1
            if letter == "d" and i >= lo and tags[i] in "nmt" and i + 1 != last:
                break
        elif letter == "e":
            if i == last or tags[i + 1] in "dr" or (i > lo and tags[i - 1] in "br"):
                break
            i -= 1
        elif letter == "g":
            if i == last and i > lo and tags[i - 1] not in "ndz":
                break
            if i < last and tags[i + 1] in "dr":
                break
            i -= 1
        elif letter == "p":
            if i > lo and tags[i - 1] in "nmteg" and i < last and tokens[i].norm not in _OUTSIDE:
                i -= 1
            else:
                break
        elif letter == "b":
            if i < last and tags[i + 1] in "nemg" and i > lo and tags[i - 1] in "dp":
                i -= 1
            else:
                break
        elif letter == "c":
            if i < last and i > lo and tags[i - 1] in "nmtr" and _coordinates(tokens, tags, i, lo):
                i -= 1
            else:
                break
        elif (
            letter in "-./"
            and i > lo
            and i < last
            and tags[i - 1] in "nm"
            and tags[i + 1] in "nm"
            and tokens[i].start == tokens[i - 1].end
        ):
            i -= 1
        else:
            break
    start = i + 1
    return _without_adverbial(tokens, tags, start, last)


def _coordinates(tokens, tags, conjunction, lo):
    """Whether the conjunction joins two noun phrases rather than two clauses."""
    if tokens[conjunction].norm not in ("and", "or", "&"):
        return False
    before = noun_phrase_start(tokens, tags, conjunction - 1, max(lo, conjunction - 8), 8) - 1
    return before < lo or tags[before] not in "vexgpi"


def _without_adverbial(tokens, tags, start, last):
    """Drop a bare adverbial of time from the front: "[on] Thursday the senator" begins at "the"."""
    for i in range(start, last):
        if tags[i] == "t" or tokens[i].norm in TIME_NOUNS:
            after = i + 1
            if tags[after] == "m":
                after += 1
            if after <= last and tags[after] in "dr":
                return after
        elif tags[i] not in "ndmt":
            break
    return start


def clause_start(tags, i, lo):
    """Where the clause begins that holds the token `i`: after the last mark, subordinator or relative."""
    while i > lo and tags[i - 1] not in ('"', ";", ":", "s", "w", "-", "("):
        i -= 1
    return i


def first_noun_phrase(tokens, tags, lo, hi):
    """(start, end) of the first noun phrase between `lo` and `hi` that can be a subject, or None.

    What leads in is passed over: conjunctions, adverbs, and prepositional or participial phrases up to
    their comma.
    """
    i = lo
    while i < hi:
        letter = tags[i]
        if letter in "cb," or letter in ('"', "-", "...", "("):
            i += 1
        elif letter in "psgei" or (letter == "w" and i == lo):
            comma = i
            while comma < hi and tags[comma] != ",":
                comma += 1
            if comma >= hi:
                return None if letter != "p" else _after_preposition(tokens, tags, i + 1, hi)
            i = comma + 1
            if i + 1 < hi and tags[i] == "m" and tags[i + 1] == ",":
                i += 2  # the year of a date
        elif letter in "dnmtr":
            end = noun_phrase_end(tokens, tags, i, hi)
            return (i, end) if end > i else None
        else:
            return None
    return None


def _after_preposition(tokens, tags, i, hi):
    while i < hi and tags[i] in "dnmtbz":
        i += 1


def noun_phrase_end(tokens, tags, i, hi, reach=25):
    """The index after the noun phrase that begins at `i`, its prepositional phrases included."""
    hi = min(hi, i + reach)
    if i < hi and tags[i] == "r":
        if (
            i + 2 < hi
            and tokens[i + 1].norm == "and"
            and tags[i + 2] in "dnr"
            and tokens[i].norm in ("he", "she", "they")
        ):
            return noun_phrase_end(tokens, tags, i + 2, hi, 10)
        return i + 1
    start = i
    while i < hi:
        letter = tags[i]
        if letter in "ndmtz":
            if letter == "d" and i > start and tags[i - 1] in "nmt":
                break
        elif letter in "eg":
            if (
                letter == "g"
                and i > start
                and tags[i - 1] == "d"
                and (i + 1 >= hi or tags[i + 1] not in "dr")
            ):
                i += 1  # "the ruling"
                continue
            if i > start and (i + 1 >= hi or tags[i + 1] not in "n" or tags[i - 1] in "nmt"):
                break
        elif letter == "p":
            if i == start or i + 1 >= hi or tags[i + 1] not in "ndmtrg" or tokens[i].norm in _OUTSIDE:
                break
        elif letter == "b":
            if i + 1 >= hi or tags[i + 1] not in "neg" or tags[i - 1] not in "dp":
                break
        elif letter == "c":
            if i + 1 >= hi or tags[i + 1] not in "ndm" or tokens[i].norm not in ("and", "or", "&"):
                break
        else:
            break
        i += 1
    while i > start and tags[i - 1] in "pcdb":
        i -= 1
    return i


def has_verb(tags, lo, hi):
    """Whether a finite verb or auxiliary stands between `lo` and `hi`."""
    return any(letter in "vx" for letter in tags[lo:hi]) or any(
        tags[i] == "e" and i > lo and tags[i - 1] in "nrmtb" for i in range(lo, hi)
    )


def head_noun(tokens, tags, last, lo):
    """The index of the head of the noun phrase that ends with the token `last`, or None.

    It is the noun before the phrase's first preposition: "polls" in "polls in the northern states".
    """
    start = noun_phrase_start(tokens, tags, last, lo)
    if start > last:
        return None
    for i in range(start + 1, last + 1):
        if tags[i] in "pw":
            return i - 1
    return last
