"""A text as the rules on speakers read it: its words, the names in it, and what the whole of it says of them.

`Reading` is made once a text and does not change, save for its `memory` of who has been mentioned so far.
Every rule is a plain function that takes it first.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from copydesk.engine.language.actor_names import Hit, Lexicon
from copydesk.engine.language.tags import initials_of, tags_of
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.memory import MEDIA, UNRESOLVED, Memory
from copydesk.engine.text import Document, Token

# Classes of words that can stand in a name: nouns, adjectives and what looks like a participle; and verbs, which
# names at the beginning of a sentence are taken for.
NAMELIKE = frozenset("neg")
NAMELIKE_OR_VERB = frozenset("nevg")
PREPOSITIONS = frozenset("pi")


class Phrase(NamedTuple):
    """A noun phrase taken apart: token indices of its core and of its prepositional part."""

    first: int
    core_end: int
    last: int
    article: str | None  # "definite", "indefinite" or None


@dataclass(frozen=True, eq=False)
class Reading:
    """One text. `hits` are the names of the codebook; the sets of words say how the text writes them."""

    doc: Document
    lexicon: Lexicon
    tokens: list[Token]
    norms: list[str]
    tags: list[str]
    upper: list[bool]  # whether a word begins with a capital
    opening: frozenset[int]  # the first tokens of sentences
    shouted: frozenset[int]  # tokens of headlines in capitals
    headings: frozenset[int]  # tokens of headlines with a capital to each long word
    hits: list[Hit]
    hit_at: dict[int, Hit]
    in_hit: frozenset[int]
    longer_by_end: dict[str, Hit]  # last word: the first name of several words of a body that ends with it
    first_by_end: dict[tuple[str, str], Hit]  # kind and last word: the first such name
    names_inside: frozenset[str]  # words with a capital inside a sentence
    names_alone: frozenset[str]  # those that stand there with no name beside them
    names_titled: frozenset[str]  # words with one capital only
    small: frozenset[str]  # words without a capital
    full_names: dict[str, tuple]  # a surname, and the full name that the text mostly gives with it
    shortened: dict[tuple, tuple]  # the first words of a body's name, and the name, its kind and its noun
    initials: dict[str, tuple[int, int]]  # letters, and the range of the name that they are taken from
    companies: frozenset[str]  # names of one word that the text treats as a company's
    owners: dict[str, str]  # the noun of a state's body, and the one state that the text names it with
    home: str | None  # the state that the story is about
    most: str | None  # the state that it names most
    month: str | None  # when it was written, such as "2016-02"
    memory: Memory
    rules: dict[str, Callable]


def read_text(doc, lexicon, sources, rules, month=None):
    """The `Reading` of a text. sources: token indices of sources of one word. rules: the rules by name."""
    tokens, tags = doc.tokens, tags_of(doc)
    norms = doc.norms
    opening = frozenset(first for first, _ in doc.sentence_ranges)
    upper, shouted = [initial.isupper() for initial in initials_of(doc)], _shouted(doc)
    inside, alone, titled = _capitals(doc, upper, opening, shouted)
    fields = {
        "doc": doc, "lexicon": lexicon, "tokens": tokens, "norms": norms, "tags": tags, "upper": upper, "opening": opening,
        "shouted": shouted, "headings": _headings(doc),
        "names_inside": inside, "names_alone": alone, "names_titled": titled, "small": frozenset(norm for norm, capital in zip(norms, upper, strict=True) if not capital),
        "month": month, "memory": Memory(), "rules": rules,
        "hits": [], "hit_at": {}, "in_hit": frozenset(), "longer_by_end": {}, "first_by_end": {}, "full_names": {}, "shortened": {}, "initials": {}, "companies": frozenset(), "owners": {}, "home": None, "most": None,
    }  # fmt: skip
    bare = Reading(**fields)
    hits = _names(bare, lexicon.find(doc, 0, len(tokens)))
    fields |= {
        "hits": hits,
        "hit_at": {hit.first: hit for hit in hits},
        "in_hit": frozenset(i for hit in hits for i in range(hit.first, hit.last)),
        "longer_by_end": {
            norms[hit.last - 1]: hit
            for hit in reversed(hits)
            if hit.last - hit.first > 1 and (hit.kind != "state" or hit.how == "body")
        },
        "first_by_end": {(hit.kind, norms[hit.last - 1]): hit for hit in reversed(hits)},
        "owners": _owners(norms, hits, lexicon),
        "home": _home(hits),
        "most": _most(hits),
    }
    named = Reading(**fields)
    whole = {"full_names": _full_names(named, sources), "shortened": _shortened(named)}
    return Reading(**fields | whole | {"initials": _initials(named), "companies": _companies(named, whole)})


def by_rules(r, phrase, *names):
    """(entity or None, rule): what the first of the named rules that applies makes of a phrase."""
    for name in names:
        entity, how = r.rules[name](r, phrase)
        if entity is not None:
            return entity, how
    return None, UNRESOLVED


# --- what the whole text says -----------------------------------------------------------------------


def _shouted(doc):
    """Tokens of sentences in capitals, in a text that has others."""
    ranges, loud = doc.sentence_ranges, []
    for (first, last), span in zip(ranges, doc.sentences, strict=True):
        words = doc.text[span.start : span.end]
        if last - first > 2 and words.isupper():
            loud.append((first, last))
    if 2 * len(loud) > len(ranges):
        return frozenset()
    return frozenset(i for first, last in loud for i in range(first, last))


def _headings(doc):
    """Tokens of sentences without a stop in which every word of five letters or more has a capital."""
    found = set()
    for first, last in doc.sentence_ranges if not doc.caseless else ():
        initials = [doc.text[t.start] for t in doc.tokens[first:last] if t.end - t.start > 4]
        if any(initial.isalpha() and not initial.isupper() for initial in initials):
            continue
        ends = last > first and doc.norms[last - 1] in (".", '"')
        if len(initials) > (4 if ends else 3):
            found.update(range(first, last))
    return frozenset(found)


def _capitals(doc, upper, opening, shouted):
    """Words with a capital inside a sentence; those that stand there alone; and those with one capital only."""
    inside, alone, titled = set(), set(), set()
    tokens, text = doc.tokens, doc.text
    for i, capital in enumerate(upper):
        if not capital or i in shouted:
            continue
        token = tokens[i]
        if i not in opening and tokens[i - 1].norm != '"':
            inside.add(token.norm)
        if token.end - token.start > 1 and text[token.start + 1].islower():
            titled.add(token.norm)
        if not (i and upper[i - 1]) and not (i + 1 < len(upper) and upper[i + 1]):
            alone.add(token.norm)
    return frozenset(inside), frozenset(alone), frozenset(titled)


def _names(r, hits):
    """The names found, without those inside a longer one, and each short name of a medium as the long one."""
    persons = {
        r.norms[h.first] for h in hits if h.last - h.first == 1 and r.norms[h.first - 1] in r.lexicon.given
    }
    hits = [h for h in hits if not (h.last - h.first == 1 and r.norms[h.first] in persons)]
    kept = [_as_named_behind(r, h, hits) for h in hits if not (_inside_longer(r, h) or _begins_longer(r, h))]
    longer = {}  # last word of a medium's name: the first such name
    for hit in kept:
        if hit.how == "name" and hit.kind in MEDIA and r.norms[hit.first] != "the":
            longer.setdefault(r.norms[hit.last - 1], hit)
    made, begun = [], {}
    for hit in kept:
        last = r.norms[hit.last - 1]
        if hit.kind in MEDIA and r.norms[hit.first] == "the" and hit.last - hit.first == 2:
            if last in longer:  # "The Times" is the New York Times, where the text has named that
                hit = hit._replace(actor=longer[last].actor, kind=longer[last].kind)
            else:
                if last not in begun:
                    begun[last] = _ends_of_longer(r, last)
                if begun[last] - {hit.first + 1}:
                    continue
        made.append(hit)
    return made


def _as_named_behind(r, hit, hits):
    """A state's body, or the same of another state that is named behind it: "the State Council of Chile"."""
    if hit.how != "body" or hit.kind != "state" or r.norms[hit.last : hit.last + 1] != ["of"]:
        return hit
    place = bisect_right(hits, hit.last, key=lambda h: h.first)
    near = takewhile(lambda h: h.first < hit.last + LIMITS.name, hits[place : place + LIMITS.name])
    behind = (h for h in near if h.kind == "state")
    other = next((h for h in behind if h.how == "name"), None)
    return hit._replace(actor=other.actor) if other else hit


def _inside_longer(r, hit):
    """Whether a name only ends a longer one: "United Lakia", "Bank of Lakia", "the Pine Lodge Democrats"."""
    if hit.how == "demonym" and hit.kind == "organisation" and not r.doc.caseless and hit.first > 1:
        before = range(hit.first - 2, hit.first)
        return all(_begins_name(r, i) and (r.norms[i],) not in r.lexicon.regions for i in before)
    if r.doc.caseless or hit.kind != "state" or hit.how not in ("name", "capital") or not hit.first:
        return False
    i = hit.first - 1
    if r.norms[i] == "of" and i > 0:
        i -= 1
        government = r.lexicon.government_nouns | r.lexicon.words.realms
        return not {r.norms[i], " ".join(r.norms[i - 1 : i + 1])} & government and _begins_name(r, i)
    return _begins_name(r, i)


def _begins_longer(r, hit):
    """Whether a capital's name only begins a longer one: "the Lima Accord", but not "Lima Mayor"."""
    if r.doc.caseless or hit.how != "capital" or hit.last >= len(r.tokens):
        return False
    norm = r.norms[hit.last]
    known = norm in r.lexicon.callings or norm in r.lexicon.common or norm in r.lexicon.government_nouns
    return not known and r.tags[hit.last] == "n" and is_proper(r, hit.last) and hit.last not in r.opening


def _begins_name(r, i):
    """Whether a word before a name makes it a longer one: no office, no title and no first word."""
    norm, known = r.norms[i], r.lexicon
    other = norm in known.callings or norm in known.titles or norm in known.common
    return not other and i not in r.opening and r.tags[i] == "n" and is_proper(r, i)


def _ends_of_longer(r, word):
    """Where the text names something longer that ends with a word: "the Lake Times"."""
    return {
        i
        for i, norm in enumerate(r.norms)
        if norm == word and i and is_proper(r, i) and is_proper(r, i - 1) and r.tags[i - 1] == "n"
    }


def _owners(norms, hits, lexicon):
    """dict of a body's noun to the state that the text names it with, where it names but one: "the Lakian navy"."""
    found = {}
    for hit in hits:
        if hit.kind != "state" or hit.how not in ("name", "demonym"):
            continue
        i = hit.last + (norms[hit.last : hit.last + 1] == ["'s"])
        for size in (1, 2, 3):
            noun = " ".join(norms[i : i + size])
            if noun in lexicon.national_bodies:
                found.setdefault(noun, set()).add(hit.actor)
    return {noun: states.pop() for noun, states in found.items() if len(states) == 1}


def _home(hits):
    """The state that a story is about: named often, and far more often than any other; or None."""
    counts = Counter(hit.actor for hit in hits if hit.kind == "state").most_common(2)
    if not counts or counts[0][1] < (LIMITS.home if len(counts) > 1 else 2):
        return None
    clear = len(counts) == 1 or counts[0][1] >= LIMITS.home_lead * counts[1][1]
    return counts[0][0] if clear else None


def _most(hits):
    """The state that a text names most, or None where two are named as often."""
    counts = Counter(hit.actor for hit in hits if hit.kind == "state").most_common(2)
    single = len(counts) == 1 or (counts and counts[0][1] > counts[1][1])
    return counts[0][0] if single else None


def home_of(r, at):
    """Whose office or body without a state's name is, named at the token `at`: the state's that the story is about,
    or the one that it names most, if that stands before it in the same sentence."""
    if r.home or not r.most:
        return r.home
    i = at - 1
    while i >= 0:
        hit = r.hit_at.get(i)
        if hit and hit.actor == r.most and hit.how in ("name", "demonym"):
            return r.most
        if i in r.opening:
            break
        i -= 1
    return None


def _full_names(r, sources):
    """dict of a surname to the full name that the text mostly gives with it.

    Without capitals it is only the `sources` that can be taken for surnames, and only where the same word
    stands before them at least twice.
    """
    if r.doc.caseless:
        return _first_names(r, {r.norms[i] for i in sources if is_in_name(r, i)})
    counts, run = {}, []
    for i, capital in enumerate(r.upper):
        small = run and r.norms[i] in r.lexicon.particles and is_proper(r, i)
        if (capital or small) and is_in_name(r, i):
            if run or not _leads_to_name(r, i):
                run.append(r.norms[i])
            continue
        if not run:
            continue
        given = next((k for k, word in enumerate(run[:-1]) if k and word in r.lexicon.given), 0)
        run = run[given:]  # "Lake Weather Bureau Ian Holm"
        if 2 <= len(run) <= 4:
            names = counts.setdefault(run[-1], {})
            names[tuple(run)] = names.get(tuple(run), 0) + 1
        run = []
    return {surname: max(names, key=names.get) for surname, names in counts.items()}


def _leads_to_name(r, i):
    """Whether a word before a name is none of it: "King Abdullah", "Speaker of the House Lind", a headline's."""
    region = (r.norms[i],) in r.lexicon.regions and r.norms[i] not in r.lexicon.given  # "Ohio Lind rally"
    known = r.norms[i] in r.lexicon.callings or r.norms[i] in r.lexicon.government_nouns
    return known or region or i in r.headings


def _first_names(r, surnames):
    counts = {}
    for i, norm in enumerate(r.norms):
        if norm in surnames and i and is_in_name(r, i - 1):
            names = counts.setdefault(norm, {})
            names[r.norms[i - 1]] = names.get(r.norms[i - 1], 0) + 1
    most = {surname: max(names, key=names.get) for surname, names in counts.items()}
    return {surname: (one, surname) for surname, one in most.items() if counts[surname][one] > 1}


def _shortened(r):
    """dict of the first words of a body's name to (the name, its kind, its noun): "Oak Lane", Oak Lane Securities."""
    found, kinds = {}, r.lexicon.name_ends
    for i, norm in enumerate(r.norms if not r.doc.caseless else ()):
        if norm not in kinds or not i or not has_capital(r, i):
            continue
        first = i
        while first and is_unlisted_name(r, first - 1) and first - 1 not in r.opening:
            first -= 1
        if 0 < i - first < LIMITS.name:
            whole = tuple(r.norms[first : i + 1])
            found.setdefault(whole[:-1], (whole, kinds[norm], norm))
    return found


def _companies(r, whole):
    """Names of one word that only a company has: "Holm shares", "Holm, which", "Holm have"."""
    found, persons = set(), set()
    nouns, plural, known = r.lexicon.words.of_companies, r.lexicon.words.plural_verbs, r.lexicon
    for i in range(1, len(r.norms) - 1 if not r.doc.caseless else 0):
        norm = r.norms[i]
        if not is_unlisted_name(r, i) or r.upper[i - 1] and i - 1 not in r.opening or has_capital(r, i - 1):
            continue
        if r.norms[i - 1] in known.titles or r.norms[i - 1] in known.offices or has_capital(r, i + 1):
            persons.add(norm)
        behind = r.norms[i + 1]
        shares = r.norms[i - 2 : i] in (["shares", "in"], ["shares", "of"], ["stock", "of"], ["board", "of"])
        head = r.norms[i - 1] in ("of", "at") and " ".join(r.norms[i - 3 : i - 1]) in r.lexicon.relational
        noun = i + 1 + (r.tags[i + 1] == "z")
        owned = any(word in nouns for word in r.norms[noun : noun + 2])
        which = behind == "," and r.norms[i + 2 : i + 3] == ["which"]
        many = behind in plural and r.norms[i - 1] not in ("and", "&", ",", "or")
        if shares or head or owned or which or (many and not norm.endswith("s")):
            found.add(norm)
    return frozenset(found - persons - set(whole["full_names"]) - set(known.given))


def _initials(r):
    """dict of letters to the range of the first name in the text that they can stand for: "lcb", Lake County Bank."""
    found, run = {}, []
    if r.doc.caseless:
        return found
    for i, capital in enumerate([*r.upper, False]):
        if not (capital or run):
            continue
        if capital and _has_initial(r, i):
            run.append(i)
            continue
        if not run:
            continue
        small = i + 1 < len(r.tokens) and r.norms[i] in ("of", "for", "on", "and", "&", "the")
        if small and (_has_initial(r, i + 1) or r.norms[i + 1] == "the"):
            continue
        if len(run) > 1:
            found.setdefault("".join(r.norms[k][0] for k in run), (run[0], run[-1] + 1))
        run = []
    return found


def _has_initial(r, i):
    return r.upper[i] and r.tags[i] != "d" and i not in r.shouted


def behind_dateline(r, lo, hi):
    """Where a sentence begins behind "LIMA, April 9 -"; `lo` where no place leads in."""
    for i in range(lo + 1, min(hi - 1, lo + LIMITS.apposition)):
        if r.norms[i] == "-" and r.tokens[i].start > r.tokens[i - 1].end:
            return i + 1 if r.upper[lo] else lo
        if r.tags[i] not in ("n", "t", "m", ",", "(", ")", "."):
            break
    return lo


# --- words ------------------------------------------------------------------------------------------

_LONG = 8  # "Pence" and "Hillary" are names, whatever their endings


def is_proper(r, i):
    """Whether a token can be part of a name: by its capital, in small letters by its class."""
    token = r.tokens[i]
    if not r.doc.caseless and r.doc.text[token.start : token.end] == token.norm not in r.lexicon.particles:
        return False  # most words
    if not token.norm[0].isalpha() or token.norm in r.lexicon.rank or i in r.shouted:
        return False
    if token.norm.endswith(r.lexicon.words.compounds):
        return False
    if r.doc.caseless:
        common = token.norm in r.lexicon.common or _is_common(r, token.norm)
        return r.tags[i] in NAMELIKE and not common
    if r.upper[i] or _has_capital_inside(r.doc.text, token):
        return True
    # "Gerrit van Dam", "de Vries": a small word, and the name behind it.
    behind = token.norm in r.lexicon.particles and i + 1 < len(r.tokens)
    return behind and r.doc.text[r.tokens[i + 1].start].isalpha() and is_proper(r, i + 1)


def _has_capital_inside(text, token):
    """Whether a word begins small and goes on with a capital, as names do: "al-Amin", "d'Arcy", "duPont"."""
    return re.match("[a-z]{1,3}['’-]?[A-Z]", text[token.start : token.end]) is not None


def _is_common(r, norm):
    """Whether a word in small letters looks like a common noun or an adjective, or is an hour's mark."""
    return (len(norm) > _LONG and norm.endswith(r.lexicon.words.common)) or norm in ("a.m.", "p.m.")


def is_in_name(r, i):
    """Whether a token with a capital can belong to a personal name."""
    norm = r.norms[i]
    listed = i in r.in_hit or norm in r.lexicon.common or norm in r.lexicon.titles | r.lexicon.honours
    return not listed and r.tags[i] in NAMELIKE and is_proper(r, i)


def is_unlisted_name(r, i):
    """Whether a token is a part of a name that no codebook has, in a text with capitals."""
    return not r.doc.caseless and i not in r.in_hit and r.tags[i] in NAMELIKE_OR_VERB and is_proper(r, i)


def has_capital(r, i):
    """Whether a token is a part of an unlisted name, though inside a sentence it is also a rank: "National"."""
    if is_unlisted_name(r, i):
        return True
    if r.doc.caseless or i in r.in_hit or i in r.opening or i in r.shouted:
        return False
    if r.norms[i].endswith(r.lexicon.words.compounds):
        return False
    return r.tags[i] in NAMELIKE_OR_VERB and r.upper[i]


def joins_name(r, i, last):
    """Whether a small word stands between the capitals of one name: "Institute for Lake Studies"."""
    inner = r.norms[i] in ("of", "for", "on", "and", "&") and i + 1 < last
    return inner and has_capital(r, i - 1) and has_capital(r, i + 1)


def hits_between(r, first, last):
    """list[Hit]: the names of the codebook that begin and end among the tokens."""
    return [r.hit_at[i] for i in range(first, last) if i in r.hit_at and r.hit_at[i].last <= last]
