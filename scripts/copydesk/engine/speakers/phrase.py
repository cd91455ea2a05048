"""The parts of a noun phrase that is a source: its article, its office, its name, what stands behind it."""

from copydesk.engine.language.english import is_person
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.text_with_names import (
    NAMELIKE,
    PREPOSITIONS,
    Phrase,
    hits_between,
    is_proper,
    is_unlisted_name,
)


def take_apart(r, first, last):
    """The `Phrase` of a noun phrase, or None where nothing but what leads in is left."""
    first, article = skip_article(r, first, last)
    end = head_end(r, first, last)
    return Phrase(first, core_end(r, first, end), end, article) if first < end else None


def skip_article(r, first, last):
    """(index behind what leads in, which article: "definite", "indefinite" or None)."""
    article, words = None, r.lexicon.words
    while first < last:
        norm = r.norms[first]
        if first in r.hit_at and norm in ("the", "a"):
            break
        if norm in words.indefinite or (norm in ("second", "third") and article == "indefinite"):
            article = "indefinite"
        elif norm in words.definite:
            article = "definite"
        elif _begins_phrase(r, first):
            break
        first += 1
    return first, article


def _begins_phrase(r, i):
    """Whether a token belongs to the noun phrase itself, not to what leads in."""
    known = i in r.hit_at or r.norms[i] in r.lexicon.groups or r.norms[i] in r.lexicon.any_group
    known |= office_size(r, i, len(r.norms)) > 1  # "first minister"
    return known or (r.tags[i] not in ("d", "b", "m", "c") and r.norms[i] not in r.lexicon.words.leads_in)


def head_end(r, first, last):
    """Where the first part of the phrase ends: before an apposition or a relative clause."""
    for i in range(first + 1, last):
        if r.norms[i] in r.lexicon.words.breaks and i not in r.in_hit:
            return i
    return last


def core_end(r, first, last):
    """Where the core ends: before the first preposition that belongs to no name and no office."""
    i = first
    while i < last:
        hit = r.hit_at.get(i)
        size = office_size(r, i, last)
        if hit:
            i = hit.last
        elif size > 1:
            i += size
        elif i > first and (r.tags[i] in PREPOSITIONS or r.tags[i : i + 2] == ["e", "p"]):
            return i  # "a study published in May"
        else:
            i += 1
    return last


# --- offices ----------------------------------------------------------------------------------------


def office_size(r, i, last):
    """How many tokens from `i` on are the name of an office; 0 for none."""
    return r.lexicon.longest(r.lexicon.offices, r.norms, i, last)


def ends_with_office(r, first, last):
    """Whether the last words of a range are an office: "the Interior Minister"."""
    return any(office_size(r, i, last) == last - i for i in range(first, last))


def find_office(r, first, last):
    """(start, end, office) of the last office named in the core, or None."""
    found, i = None, first
    while i < last:
        hit = r.hit_at.get(i)
        size = office_size(r, i, last)
        owner = _end_of_owner(r, i + size, last) if size else 0
        if hit and hit.last - i >= size:
            i = hit.last
        elif owner:
            i = owner
        elif size and not _modifies(r, i + size, last) and not _owns(r, i + size, last):
            if found and _is_name_part(r, found[1], i):
                break
            role = " ".join(r.norms[i : i + size])
            found = (i, i + size, r.lexicon.hyphened.get(role, role))
            i += size
        else:
            i += 1
    return found


def _end_of_owner(r, i, last):
    """Behind the possessive of whoever's office ends at `i` and whose something is ("President Lind's pick"); or 0."""
    k = i
    while k < last and k not in r.hit_at and is_proper(r, k):
        k += 1
    return k + 1 if i < k < last - 1 and r.tags[k] == "z" else 0


def _owns(r, i, last):
    """Whether an office is only whose something is ("the president's office")."""
    return i + 1 < last and r.tags[i] == "z"


def _modifies(r, i, last):
    """Whether an office word only describes the noun behind it ("student loans")."""
    if i >= last or i in r.hit_at or r.tags[i] not in ("n", "e") or r.doc.caseless:
        return False
    if r.tags[i : i + 2] == ["e", "p"]:
        return False  # "a person briefed on the talks"
    return not is_proper(r, i) and not office_size(r, i, last) and r.norms[i] not in r.lexicon.rank


def _is_name_part(r, start, i):
    """Whether an office word follows a name, and so may be one ("Joe Manchin, Justice")."""
    named = i > start and start not in r.in_hit and is_proper(r, start) and r.tags[i - 1] != "z"
    return named and not r.doc.caseless


# --- names ------------------------------------------------------------------------------------------


def name_after(r, end, phrase):
    """tuple of norms: the personal name that stands behind an office, or behind where it is held."""
    name = name_in(r, end, phrase.core_end)
    if name or phrase.core_end >= phrase.last:
        return name
    hits = [hit for hit in hits_between(r, phrase.core_end, phrase.last) if hit.how != "demonym"]
    name = name_in(r, hits[-1].last, phrase.last) if hits else ()
    return name if r.lexicon.body_words.isdisjoint(name) else ()  # "a spokesman for Lakia's Ministry"


def name_behind_of(r, end, phrase):
    """tuple of norms: the name behind an office and what it is held in: "Leader of Opposition Nils Holm"; or ()."""
    first = end + 1
    if r.doc.caseless or r.norms[end : end + 1] != ["of"] or phrase.core_end != end:
        return ()
    while first < phrase.last and r.norms[first] in r.lexicon.held_in:
        first += 1
    name = range(first, phrase.last)
    named = 2 <= len(name) <= 3 and all(is_proper(r, i) and i not in r.in_hit for i in name)
    named = (
        named
        and r.norms[first - 1] not in ("of", "the")
        and r.norms[phrase.last - 1] not in r.lexicon.body_words
    )
    return tuple(r.norms[first : phrase.last]) if named else ()


def name_in(r, first, last):
    """tuple of norms: the first name among the tokens, without titles, or ()."""
    while first < last and (r.norms[first] in r.lexicon.rank or r.tags[first] not in ("n", "e", "v")):
        first += 1
    end = first
    while end < last and end not in r.hit_at and is_proper(r, end):
        end += 1
    return without_titles(r, first, end)


def without_titles(r, first, last):
    """tuple of norms: a name without what leads to it ("Mr.", "Seismologist") or follows it: "QC"."""
    while last - first > 1 and r.norms[last - 1] in r.lexicon.honours:
        last -= 1
    while first < last and r.norms[first] in r.lexicon.titles:
        first += 1
    if last - first > 1 and r.norms[first] in r.small and is_person(r.norms[first]):
        first += 1  # "Skipper Lind", where the text has "the skipper"
    if last - first > 2 and r.norms[first].endswith(r.lexicon.callings_end):
        first += 1
    return tuple(r.norms[first:last]) if last - first <= LIMITS.name else ()


def bare_name(r, phrase):
    """tuple of norms: the phrase as a personal name, or () where it does not look like one."""
    first, last = phrase.first, phrase.core_end
    while last > first and r.norms[last - 1] in ("'s", "'"):
        last -= 1
    titled = first < last and r.norms[first] in r.lexicon.titles
    # "Nina Holt of the Red Cross": a full name, and where the person is from.
    titled |= last - first > 1 and last < phrase.last and r.norms[last] in ("of", "from", "at")
    whole = not phrase.article and phrase.core_end == phrase.last
    if not (whole or titled) or not 0 < last - first <= LIMITS.name:
        return ()
    if not all(is_proper(r, i) for i in range(first, last) if i > first or not titled):
        return ()
    # "Paris Lind" is a person; "U.S. Banks" and "Paris" are none.
    for hit in hits_between(r, first, last):
        if hit.last - hit.first == last - first or (hit.how in ("name", "demonym") and hit.kind == "state"):
            return ()
    return without_titles(r, first, last)


def full(r, name):
    """The name in full, as the text has it elsewhere; without a word that only stands before it."""
    whole = r.full_names.get(name[-1], ())
    if whole and (len(name) == 1 or name[-len(whole) :] == whole):
        return whole
    # "de Vries" of "Gerrit de Vries"
    small = all(norm in r.lexicon.particles for norm in name[:-1])
    return whole if whole and small and whole[-len(name) :] == name else name


def apposed_name(r, phrase):
    """tuple of norms: the name behind the comma in "The Swedish ambassador, Nils Holm", or ()."""
    behind = phrase.last
    if r.norms[behind : behind + 1] == ["("] and r.norms[behind + 2 : behind + 3] == [")"]:
        behind += 3  # "the head of the Lake Workers Union (LWU), Ole Lind"
    if behind + 1 >= len(r.norms) or r.norms[behind] != ",":
        return ()
    first = behind + 1
    while first < min(len(r.norms), behind + LIMITS.name):
        size = office_size(r, first, len(r.norms)) or r.norms[first] in r.lexicon.titles
        hit = r.hit_at.get(first)
        size = size or (hit.last - first if hit and hit.how == "demonym" else 0)  # "former Lakian minister"
        if not size and (r.doc.caseless or r.tags[first] not in NAMELIKE or is_proper(r, first)):
            break
        first += size or 1  # "retired postman Ole Lind": a calling that no list has
    stop = min(first + LIMITS.name + 1, len(r.norms))
    last = next((i for i in range(first, stop) if not is_proper(r, i)), first)
    # "a spokesman, Nils Holm, said"; but “…,” said an envoy, Nils Holm said
    closes = last < len(r.norms) and r.norms[last] in (",", ".")
    if phrase.article != "indefinite" and last < len(r.norms):
        closes |= r.norms[last] in ('"', "of", "from", "at") or r.tags[last] in ("v", "x", "b")
    titled = first < last and r.norms[first - 1] in r.lexicon.titles  # "the minister, Dr Abdi, said"
    named = last - first + titled > 1 and not hits_between(r, first, last) and closes
    return tuple(r.norms[first:last]) if named else ()


def names_with_of(r, phrase):
    """Whether a phrase is a name in two parts: "the Friends of Lake Town"."""
    i = phrase.core_end
    if r.doc.caseless or phrase.article != "definite" or i + 1 >= phrase.last or r.norms[i] != "of":
        return False
    parts = (*range(phrase.first, i), i + 1)
    return all(is_proper(r, k) for k in parts) and not hits_between(r, phrase.first, phrase.last)


def ordinary_name(r, phrase):
    """list[Hit]: a name that is also a common word ("the times"), where it is all of a source in small letters."""
    if not r.doc.caseless:
        return []
    first = phrase.first - (phrase.first > 0 and r.norms[phrase.first - 1] == "the")
    return [
        hit
        for start in dict.fromkeys((first, phrase.first))
        for hit in r.lexicon.find(r.doc, start, phrase.core_end, whole=True)
    ]


def capital_before(r, hit, phrase):
    """Whether a hit is part of somebody's name ("Denzel Washington")."""
    return hit.how == "capital" and any(
        r.tags[i] == "n" and r.norms[i] not in r.lexicon.rank and is_proper(r, i)
        for i in range(phrase.first, hit.first)
    )


def is_one_person(r, hit, article):
    """Whether a demonym is one of the people and not their government: "a 19-year-old Syrian"."""
    plural = r.norms[hit.last - 1].endswith(("s", "z", "sh", "ch", "ese"))
    return hit.how == "demonym" and (article == "indefinite" or (article is not None and not plural))


def is_force(r, start, last):
    """Whether a body of a town or a county ends here with its name: "Lake County Police"."""
    if r.doc.caseless or last - start != 1 or r.norms[start] not in r.lexicon.local:
        return False
    first = start
    while first > 0 and is_unlisted_name(r, first - 1):
        first -= 1
    own = [i for i in range(first, start) if r.norms[i] not in r.lexicon.vague]
    return bool(own) and is_proper(r, start)


def acronym(r, phrase):
    """The letters of a phrase that is one word in capitals ("LCB", "L.C.B."), or "".

    No person is called so, in a text that has small letters.
    """
    token = r.tokens[phrase.first]
    written = r.doc.text[token.start : token.end]
    letters = written.replace(".", "")
    alone = phrase.core_end - phrase.first == 1 and 2 < len(letters) < 7 and letters.isalpha()
    speaks = r.norms[phrase.last : phrase.last + 1] != [":"]  # a turn of a transcript
    found = alone and speaks and letters.isupper() and not r.doc.caseless and token.norm not in r.names_titled
    return letters.lower() if found and phrase.first not in r.shouted else ""


def is_company(r, name):
    """Whether a name ends as companies' do, and the text never makes a surname of its last word."""
    ends = len(name) > 1 and name[-1] in r.lexicon.company_names
    return ends and not r.doc.caseless and name[-1] not in r.names_alone


# --- what stands before and behind ------------------------------------------------------------------


def description(r, first, last):
    """set of norms: what stands before an office, without articles, ranks and marks."""
    kept = (i for i in range(first, last) if r.tags[i] in ("n", "e", "m", "g"))
    return {r.norms[i] for i in kept if r.norms[i] not in r.lexicon.rank}


def is_former(r, first, last):
    """Whether an office was held once: "former minister"."""
    return not r.lexicon.words.former.isdisjoint(r.norms[first:last])


def last_phrase(r, words, first, last):
    """(size, phrase) of the longest phrase of `words` that ends the core; (0, None) for none."""
    for size in range(min(4, last - first), 0, -1):
        word = " ".join(r.norms[last - size : last])
        if word in words:
            return size, word
    return 0, None


def hit_behind(r, phrase, prepositions):
    """The first name behind one of the prepositions, no further than the next preposition; or None."""
    i = phrase.core_end
    if i >= phrase.last or r.norms[i] not in prepositions:
        return None
    i += 1
    while i < phrase.last and r.tags[i] not in PREPOSITIONS:
        if i in r.hit_at:
            return r.hit_at[i]
        i += 1
    return None


def words_of(r, first, last, without=()):
    """The text's words for the tokens, on one line, without the name `without` (a tuple of norms)."""
    size = len(without)
    for i in range(first, last - size + 1) if size else ():
        if tuple(r.norms[i : i + size]) == tuple(without):
            while i > first and r.norms[i - 1] in r.lexicon.titles:
                i, size = i - 1, size + 1
            parts = (words_of(r, first, i), words_of(r, i + size, last))
            return "; ".join(part for part in parts if part)
    while first < last and not r.norms[first][0].isalnum():
        first += 1
    while last > first and not r.norms[last - 1][-1].isalnum() and not r.norms[last - 1][0].isalnum():
        last -= 1
    text = r.doc.text[r.tokens[first].start : r.tokens[last - 1].end] if first < last else ""
    return " ".join(text.split())


# --- groups -----------------------------------------------------------------------------------------


def group_head(r, first, last):
    """(the noun of a group of persons at the end of the core, the index behind it), or None."""
    for i in range(last - 1, max(first, last - 5) - 1, -1):
        for size in (3, 2, 1):
            start = i - size + 1
            word = " ".join(r.norms[start : i + 1])
            listed = word in r.lexicon.groups or (size == 1 and is_plural_person(r, word))
            if start >= first and listed and not (start in r.in_hit and start not in r.hit_at):
                return word, i + 1
        if r.tags[i] not in ("e", "g", "n", "b"):
            break
    return None


def is_plural_person(r, word):
    """Whether a word is the plural of a calling: of an office in the codebook, or in -ists."""
    return word.endswith("s") and (
        word[:-1] in r.lexicon.callings or (len(word) > 6 and word.endswith(("ists", "icians")))
    )


def unlisted_group(r, phrase):
    """The last word of a plural that no list has and that is persons or many: "dealers", "many shops"; or None."""
    i = phrase.core_end - 1
    norm = r.norms[i]
    if r.norms[phrase.first] in r.lexicon.titles or (
        r.norms[phrase.first] in r.lexicon.given and i > phrase.first
    ):
        return None
    if phrase.article or r.tags[i] != "n" or not norm.isalpha() or i in r.in_hit or i in r.shouted:
        return None
    named = r.upper[i] and (i not in r.opening or norm in r.names_inside)
    if named or norm in r.lexicon.texts:
        return None
    plural = norm.endswith("s") and not norm.endswith(("ss", "us", "is"))
    persons = len(norm) > 5 and norm.endswith(r.lexicon.group_endings)
    return norm if plural or persons else None
