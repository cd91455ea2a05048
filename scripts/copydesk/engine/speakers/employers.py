"""Whom an office serves: a state, a body or a person, by what stands around the office."""

from bisect import bisect_right

from copydesk.engine.speakers import office_holders
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.memory import NOBODY, UNRESOLVED, known_person, last_body, slug_of
from copydesk.engine.speakers.phrase import (
    core_end,
    ends_with_office,
    find_office,
    full,
    head_end,
    hit_behind,
    is_former,
    last_phrase,
    skip_article,
    without_titles,
)
from copydesk.engine.speakers.text_with_names import (
    PREPOSITIONS,
    Phrase,
    by_rules,
    has_capital,
    hits_between,
    home_of,
    is_proper,
    is_unlisted_name,
    joins_name,
)

_TITLE_RULES = {
    "name": "country in title",
    "demonym": "demonym in title",
    "capital": "capital as metonym",
    "seat": "seat in title",
    "body": "body in title",
}
HOME = "state that the story is about"
LAST_BODY = "office of the body mentioned last"
_REGION = "part of a state in title"
PARTY = "party named with the office"
NONE = (None, UNRESOLVED)


def find_employer(r, phrase, start, role, name=()):
    """(actor id or None, rule): whom the office that begins at `start` serves. name: who holds it."""
    if role in r.lexicon.local_offices:
        return _place_of(r, phrase, start)
    party = party_label(r, phrase)
    if party:
        return party, PARTY
    region = region_of(r, phrase, start)
    before = region and region_of(r, phrase._replace(last=start), start)
    if region and (role in r.lexicon.regional or (before and role in r.lexicon.of_state)):
        return slug_of(region), _REGION
    state = None if is_abroad(r, role) else _of_whose_body(r, phrase)
    if state:
        return state, "state or organisation after title"
    body = hit_behind(r, phrase, {"of"})
    if body and body.kind.endswith("organisation") and not is_abroad(r, role):
        return body.actor, "state or organisation after title"  # "the Lakian head of Greenpeace"
    for rule in (_in_title, _by_preposition, _by_place):
        actor, how = rule(r, phrase, start, role)
        if actor:
            return actor, how
    if role in r.lexicon.elected:
        return _by_constituency(r, phrase, start, region)
    if role in r.lexicon.of_state:
        return r.lexicon.of_state[role], "office of that state alone"
    private = role in r.lexicon.private and role not in r.lexicon.employed
    if private or is_abroad(r, role):
        return NONE
    own = any(is_unlisted_name(r, i) and r.norms[i] not in (region or ()) for i in range(phrase.first, start))
    if before and (not own or role.endswith("minister")):  # "Ohio's tax commissioner", "Ohio Roads Minister"
        return slug_of(region), _REGION
    return _from_the_text(r, phrase, start, role, name)


def _of_whose_body(r, phrase):
    """The state in "an adviser to the National Council of the Republic of Lakia"; or None."""
    hits = [hit for hit in hits_between(r, phrase.core_end, phrase.last) if hit.kind == "state"]
    if not hits or hits[-1].how != "name" or r.norms[hits[-1].first - 1] != "of":
        return None
    body = set(r.norms[phrase.core_end : hits[-1].first]) & r.lexicon.government_nouns
    return hits[-1].actor if body else None


def _from_the_text(r, phrase, start, role, name):
    """(actor id or None, rule): whom an office serves by a body named with it, by who is known to hold it, or by the
    state that the story is about."""
    portfolio = role.endswith("minister")  # "the minister for the environment" serves no environment
    if start > phrase.first and r.norms[start - 1] in r.lexicon.own_groups:
        return r.norms[start - 1], "body named with the office"  # "a police spokesman"
    behind = None if portfolio else _employer_behind(r, phrase)
    of = behind if r.norms[phrase.core_end : phrase.core_end + 1] == ["of"] else None
    actor = of or _employer_before(r, phrase, start) or behind
    if actor:
        return actor, "body named with the office"
    # "Holm's administrators are sure. … Administrator Ole Lind"
    together = [one.actor for one in r.memory.groups if f"{role}s" in one.heads]
    if start == phrase.first and together and together[-1] not in (UNRESOLVED, NOBODY):
        return together[-1], "same role introduced before"
    if portfolio or not _is_somebodys(r, phrase, start):
        if role in r.lexicon.relational:
            body = last_body(r, phrase.first)
            return (body.actor, LAST_BODY) if body is not None else NONE
        names = (name, full(r, name)) if name else ()
        actor = next(filter(None, (office_holders.find(one, role, r.month) for one in names)), None)
        if actor:
            return actor, "holder of the office"
        if role in r.lexicon.national and _is_national(r, phrase, start, name):
            home = home_of(r, phrase.first)
            return (home, HOME) if home else NONE
    return NONE


def is_abroad(r, role):
    """Whether an office is held where its holder is posted: "ambassador"."""
    return role in r.lexicon.abroad or role.rstrip("s") in r.lexicon.abroad


def preferred(hits):
    """The name that employs, of those before an office: a state before any other."""
    states = [hit for hit in hits if hit.kind == "state"]
    return (states or hits or [None])[0]


# --- rules ------------------------------------------------------------------------------------------


def _in_title(r, phrase, start, role):
    """ "French minister", "Lake Union's chair", "its chair"."""
    abroad = is_abroad(r, role)
    hits = [h for h in hits_between(r, phrase.first, start) if not (abroad and h.kind != "state")]
    hit = preferred([h for h in hits if h.how != "capital" or _next_to(r, h, start)])
    if hit and _is_of_a_part(r, hit, start, role):
        return NONE
    if hit:
        company = _company_from(r, hit, start)
        if company:
            return company, "body named with the office"
        return hit.actor, _TITLE_RULES[hit.how] if hit.kind == "state" else "organisation in title"
    owner = find_possessor(r, phrase, start)
    return (owner.actor, "possessor of the office") if owner is not None else NONE


def _is_of_a_part(r, hit, start, role):
    """Whether an office is of some of a people and not of their state: "Lakian settler leader", "Lakian union official"."""
    between = [r.norms[i] for i in range(hit.last, start) if r.tags[i] in ("n", "e", "g") and not r.upper[i]]
    if hit.kind != "state" or hit.how not in ("name", "demonym") or not between:
        return False
    known, words = r.lexicon, set(between)
    if words & (known.organisation_nouns | known.company_nouns | {"opposition"}):
        return True
    public = known.rank | known.words.branches | known.government_nouns | known.callings
    return role in r.lexicon.words.of_a_part and not words <= public


def _next_to(r, hit, start):
    """Whether only ranks stand between a capital and an office: "a senior Lima official", no "Lima airport official"."""
    known = r.lexicon.rank | r.lexicon.words.branches | r.lexicon.government_nouns
    return all(r.norms[i] in known or r.tags[i] == "z" for i in range(hit.last, start))


def _company_from(r, hit, start):
    """The id of a company or an organisation whose name begins with a state's: "Lakian Airways"; or None."""
    if r.doc.caseless or hit.kind != "state" or hit.how not in ("name", "demonym"):
        return None
    end = hit.last
    while end < start and (has_capital(r, end) or r.norms[end] in r.lexicon.rank) and r.tags[end] == "n":
        end += 1
    last = r.norms[end - 1]
    if end == hit.last or not r.upper[end - 1] or "minister" in r.norms[end : start + 1]:
        return None  # "Lakian Energy Minister"
    own = last in r.lexicon.company_names or last in r.lexicon.company_nouns
    return slug_of(r.norms[hit.first : end]) if own or last in r.lexicon.organisation_nouns else None


def _by_preposition(r, phrase, start, role):
    """ "the minister of Chile", "an official in Lima"."""
    abroad = is_abroad(r, role)
    hit = hit_behind(r, phrase, {"from"} if abroad else r.lexicon.words.employs)
    named = _named_after_people(r, hit, phrase.last) if hit and hit.how == "demonym" else None
    if named:
        return named, "body named with the office"
    if hit and not _goes_on(r, hit, phrase.last):
        return hit.actor, "state or organisation after title"
    if not abroad and role.startswith("official"):
        hit = hit_behind(r, phrase, {"in"})
        if hit and hit.how == "capital":
            return hit.actor, "capital as place of office"
    return NONE


def _named_after_people(r, hit, last):
    """The id of a body of no state that is named after a people: "secretary of the Lakian Workers Union"; or None."""
    i = hit.last
    while i < last and (has_capital(r, i) or joins_name(r, i, last)):
        i += 1
    own = r.lexicon.organisation_nouns | r.lexicon.company_nouns | r.lexicon.company_names
    return slug_of(r.norms[hit.first : i]) if i > hit.last and r.norms[i - 1] in own else None


def _goes_on(r, hit, last):
    """Whether a state's name only begins a longer one: "the head of Chile Wine Growers", "… Chile and Peru Veterans"."""
    i = hit.last
    if r.norms[i : i + 1] == ["and"] and i + 1 in r.hit_at:
        i = r.hit_at[i + 1].last
    return (
        hit.kind == "state" and hit.how == "name" and i < last and is_unlisted_name(r, i) and r.tags[i] == "n"
    )


def _by_place(r, phrase, start, role):
    """ "In Lima, a foreign ministry spokeswoman said": the capital in which a ministry speaks.

    A minister travels; who speaks for the ministry does so at home, and only the place at the head of the
    sentence is the speaker's: "… a deal was made in Lima, the minister said" says where the deal was made.
    """
    words = r.norms[phrase.first : phrase.last]
    if r.lexicon.words.at_home.isdisjoint(words):
        return NONE
    i = phrase.first - 1
    while i > 0 and r.tags[i] in ("d", ","):
        i -= 1
    hit = r.hit_at.get(i)
    if hit and hit.how == "capital" and i and r.norms[i - 1] == "in" and i - 1 in r.opening:
        return hit.actor, "capital where it was said"
    if any(word.startswith("spokes") for word in words):
        for k in range(phrase.last, min(phrase.last + LIMITS.apposition, len(r.norms) - 1)):
            if r.tags[k] in (".", ";", ",", "?", "!", '"'):
                break
            hit = r.hit_at.get(k + 1)
            if r.norms[k] == "in" and hit and hit.how == "capital":
                return hit.actor, "capital where it was said"
    return NONE


def _by_constituency(r, phrase, start, region):
    """A legislator's party, by its letter or its adjective, or else the state that elects there."""
    party = _party(r, phrase, start)
    if party:
        return party, PARTY
    if region:
        return r.lexicon.regions[region], _REGION
    token = r.tokens[start - 1]
    letters = r.doc.text[token.start : token.end]
    if start > phrase.first and 2 < len(letters) < 7 and letters.isupper() and not r.doc.caseless:
        return slug_of(letters.lower().split()), PARTY  # "LCB MP Ole Lind"
    return NONE


def _party(r, phrase, start):
    """The party of "Democratic senator Lind"; or None."""
    for i in range(phrase.first, start):
        if r.norms[i] in r.lexicon.adjectives and r.upper[i]:
            return r.lexicon.adjectives[r.norms[i]]
    return None


def party_label(r, phrase):
    """The party of "Senator Lind, R-Ohio", by its letter; or None."""
    i = phrase.last
    if r.norms[i : i + 1] not in ([","], ["("]) or i + 1 >= len(r.norms):
        return None
    label = r.doc.text[r.tokens[i + 1].start : r.tokens[i + 1].end]
    letter, dash, place = label.partition("-")
    return (
        r.lexicon.labels.get(letter.casefold()) if dash and letter.isupper() and place[:1].isupper() else None
    )


def region_of(r, phrase, start):
    """The words of a part of a state, named before an office or behind it; or None."""
    for i in range(phrase.first, phrase.last):
        if r.norms[i] in r.lexicon.region_starts and (i < start or i >= phrase.core_end):
            for size in (3, 2, 1):
                words = tuple(r.norms[i : i + size])
                if words in r.lexicon.regions:
                    return words
    return None


def _place_of(r, phrase, start):
    """(id or None, rule): the town or the court of an office that is no state's: "the mayor of Paris"."""
    rule = "town or court of the office"
    region = region_of(r, phrase._replace(last=start), start)
    if region:
        return slug_of(region), rule
    first = start
    while first > phrase.first and _is_place(r, first - 1):
        first -= 1
    if not r.lexicon.vague.issuperset(r.norms[first:start]):
        return slug_of(r.norms[first:start]), rule
    i = phrase.core_end
    if i < phrase.last and r.norms[i] in ("of", "in"):
        first = last = skip_article(r, i + 1, phrase.last)[0]
        while last < phrase.last and (_is_place(r, last) or joins_name(r, last, phrase.last)):
            last += 1
        if first < last:
            return slug_of(r.norms[first:last]), rule
    return NONE


def _is_place(r, i):
    """Whether a word is a part of the name of a town or a court, and no nationality."""
    if r.doc.caseless or r.norms[i] in r.lexicon.callings | r.lexicon.rank | r.lexicon.titles:
        return False
    hit = r.hits[bisect_right(r.hits, i, key=lambda hit: hit.first) - 1] if i in r.in_hit else None
    other = hit is not None and (hit.how == "demonym" or r.norms[i] in ("u.s.", "us"))
    return not other and r.upper[i] and i not in r.shouted


# --- bodies around an office ------------------------------------------------------------------------


def find_possessor(r, phrase, end):
    """Who owns what stands at `end`, known and no text: "its chair", "the party's leader"; or None."""
    owner = None
    marks = [i for i in range(phrase.first + 1, end) if r.tags[i] == "z"]
    if marks:
        owned = Phrase(phrase.first, marks[-1], marks[-1], phrase.article)
        owner = by_rules(r, owned, "whole name", "office", "body", "person")[0]
    elif phrase.article == "definite":
        i = phrase.first - 1
        while i > 0 and r.tags[i] in ("b", "m"):
            i -= 1
        if r.norms[i] in r.lexicon.words.possessives:
            owner = r.rules["pronoun"](r, i)
    speaks = owner is not None and owner.actor not in (UNRESOLVED, NOBODY)
    return owner if speaks and owner.kind not in ("document", "group") else None


def _employer_before(r, phrase, start):
    """The actor of a body named right before an office, with or without a name of its own: "company
    spokesman", "Elven Ferries director"; or None."""
    end, between = start, 0
    while end > phrase.first:
        size, _ = last_phrase(r, r.lexicon.body_words, phrase.first, end)
        if size:
            first = end - size
            named = not r.doc.caseless and r.upper[first]  # "National Party President"
            while first > phrase.first and (
                has_capital(r, first - 1) or (named and _may_begin(r, first - 1))
            ):
                first -= 1  # "Brandt administration"
            body = by_rules(r, Phrase(first, end, end, "definite"), "body")[0]
            if body is not None and body.actor not in (UNRESOLVED, NOBODY):
                return body.actor
            return slug_of(r.norms[first:end]) if named and end - first > size else None
        if r.norms[end - 1] not in r.lexicon.rank | r.lexicon.callings:
            # "Lake Energy mine manager": the field of an office
            if between == 2 or r.doc.caseless or r.tags[end - 1] != "n" or r.upper[end - 1]:
                break
            between += 1
        end -= 1
    if end == phrase.first:
        return None
    if r.tags[end - 1] == "z":  # "Apple's chairman"
        end, between = end - 1, 0
    while (
        end - 1 > phrase.first and r.upper[end - 1] and r.norms[end - 1].endswith(r.lexicon.words.adjectives)
    ):
        end -= 1  # "LCB Victorian secretary"
    first = end
    while first > phrase.first and has_capital(r, first - 1):
        first -= 1
    # "Communications Director" has a capital as a heading has it; a name has it in the running text too.
    written = r.doc.text[r.tokens[start].start : r.tokens[start].end]
    written_small = written[0].islower() or (len(written) > 1 and written.isupper())  # CEO
    alone = end - first == 1
    letters = r.doc.text[r.tokens[first].start : r.tokens[first].end].isupper()
    known = letters or (r.norms[first] in r.names_inside and not between)
    if first < end and written_small and (not alone or known):
        return _actor_named(r, first, end)
    return None


def _may_begin(r, i):
    """Whether a word begins a body's name though it is also a rank or begins the sentence: "National Party"."""
    return r.upper[i] and r.tags[i] in ("n", "e") and i not in r.in_hit and i not in r.shouted


def _employer_behind(r, phrase):
    """The actor named behind an office and a preposition: "a commander of the rebel River Front"; or None.

    Behind an office's field the body may follow: "director of trade with the Lake Union".
    """
    i, last = phrase.core_end, phrase.last
    employs = r.lexicon.words.employs
    if i < last and r.norms[i - 1] in ("official", "officials"):
        employs = employs | {"in"}  # "an official in the cane department"
    if i >= last or r.norms[i] not in employs or r.doc.caseless:
        return None
    while i < last and r.norms[i] in employs:
        first, article = skip_article(r, i + 1, last)
        i = next((k for k in range(first + 1, last) if _ends_part(r, k, last)), last)
        if first < i:
            whole = Phrase(first, i, last, article)
            hit = (
                hit_behind(r, whole, ("of",))
                if last_phrase(r, r.lexicon.government_nouns, first, i)[0]
                else None
            )
            actor = hit.actor if hit else _body_in(r, Phrase(first, i, i, article))
            if actor:
                return actor
    return None


def _ends_part(r, k, last):
    """Whether a part behind a preposition ends: before the next preposition, "and" or "who", outside a name."""
    joined = r.tags[k] == "c" and has_capital(r, k - 1)
    ends = r.tags[k] in PREPOSITIONS or joined or r.norms[k] in r.lexicon.words.breaks
    return ends and not (joins_name(r, k, last) or k in r.in_hit or _joins_states(r, k) or _takes_state(r, k))


def _takes_state(r, k):
    """Whether a name goes on with a state's: "Lake Growers of Chile", but not "the Central Bank of Chile"."""
    behind = r.norms[k] == "of" and k + 1 in r.hit_at and has_capital(r, k - 1)
    return behind and not last_phrase(r, r.lexicon.government_nouns, max(0, k - 3), k)[0]


def _joins_states(r, k):
    return r.norms[k] == "and" and k + 1 in r.hit_at and k - 1 in r.in_hit


def _body_in(r, part):
    """The actor that a part behind a preposition names, or None."""
    first, last = part.first, part.last
    bodies = [hit for hit in hits_between(r, first, last) if hit.how not in ("name", "demonym", "capital")]
    if bodies:
        return bodies[0].actor
    office = find_office(r, first, last)
    if office and office[1] + 1 < last:  # "a spokesman for Roads Minister Ole Lind" speaks for him
        person = by_rules(r, part, "office")[0]
        if person is not None and person.names:
            return person.actor if person.actor not in (UNRESOLVED, NOBODY) else person.identity
    if not ends_with_office(r, first, last) and all(_in_long_name(r, k, last) for k in range(first, last)):
        return _actor_named(r, first, last)  # "the Institute for Lake Studies"
    entity = by_rules(r, part, "named body", "office", "body")[0]
    if entity is not None:
        return entity.actor if entity.actor not in (UNRESOLVED, NOBODY) else None
    start = last
    while start > first and (has_capital(r, start - 1) or joins_name(r, start - 1, last)):
        start -= 1
    return _actor_named(r, start, last) if start < last else None


def _in_long_name(r, k, last):
    """Whether a token belongs to a name that may hold a state's: "Chile and Peru Veterans of America"."""
    small = joins_name(r, k, last) or _joins_states(r, k) or _takes_state(r, k)
    return has_capital(r, k) or small or k in r.in_hit


def _actor_named(r, first, last):
    """Whom a name that no codebook has stands for: a person known by it, or a body of that name; or None."""
    if r.norms[last - 1].endswith(r.lexicon.words.adjectives):
        return None
    letters = r.norms[first].replace(".", "")
    if last - first == 1 and letters in r.initials:
        first, last = r.initials[letters]
    name = without_titles(r, first, last) or tuple(r.norms[first:last])
    known = known_person(r, full(r, name) if len(name) == 1 else name)
    if known is None or known.actor == UNRESOLVED:
        return slug_of(name) if known is None else None
    return known.actor or known.identity  # "a Lind aide" speaks for Lind


def _is_somebodys(r, phrase, start):
    """Whether the words say whose an office is: "Apple's chairman", "oversight chairman", "a spokesman for the
    choir"."""
    behind = phrase.core_end < phrase.last and r.norms[phrase.core_end] in r.lexicon.words.employs
    return behind or any(
        r.norms[i] not in r.lexicon.rank
        and r.norms[i] not in r.lexicon.offices
        and r.norms[i] not in r.lexicon.words.branches
        for i in range(phrase.first, start)
        if r.tags[i] != "c"
    )


def _is_national(r, phrase, start, name):
    """Whether an office without its state's name is one of a state's: a minister, but a president only by title and
    name, for "the president" is one who was named before, or of whom the text says no more."""
    if "minister" in r.norms[start : phrase.core_end]:
        return True
    return bool(name) and (start > phrase.first or is_proper(r, start) or r.doc.caseless)


def employer_in_apposition(r, phrase):
    """(actor or None, rule, the apposition's range) of "Captain Lind, an officer of the Lakian navy"."""
    first, end = apposition(r, phrase)
    if first >= end:
        return None, UNRESOLVED, (first, first)
    begin, article = skip_article(r, first, end)
    core = core_end(r, begin, end)
    office = find_office(r, begin, core)
    if office is None or is_former(r, begin, office[0]):
        return None, UNRESOLVED, (first, first)
    actor, rule = find_employer(
        r, Phrase(begin, core, head_end(r, begin, end), article), office[0], office[2]
    )
    return actor, rule, (first, end)


def apposition(r, phrase):
    """The range of what stands behind the comma or in the bracket behind a phrase, an age left out."""
    behind = phrase.last
    if behind >= len(r.norms) or r.norms[behind] not in (",", "("):
        return behind, behind
    if r.tags[behind + 1 : behind + 3] == ["m", ","]:
        behind += 2
    stop = min(len(r.norms), behind + LIMITS.apposition)
    ends = (",", ")", ".", '"', "who")
    return behind + 1, next((i for i in range(behind + 1, stop) if r.norms[i] in ends), stop)
