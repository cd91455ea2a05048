"""Sources that are no person: bodies by their names and their nouns, groups, and texts with who issued them."""

from copydesk.engine.language.english import is_person
from copydesk.engine.speakers import office_holders
from copydesk.engine.speakers.employers import HOME, find_employer, find_possessor, preferred
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.memory import (
    DOCUMENT,
    LIKE,
    MEDIA,
    NOBODY,
    UNRESOLVED,
    Entity,
    body,
    in_passing,
    index_body,
    name_rule,
    named,
    named_body,
    of_hit,
    shortens,
    slug,
    type_of,
)
from copydesk.engine.speakers.phrase import (
    capital_before,
    full,
    group_head,
    hit_behind,
    is_force,
    is_one_person,
    last_phrase,
    names_with_of,
    ordinary_name,
    unlisted_group,
    words_of,
)
from copydesk.engine.speakers.text_with_names import (
    NAMELIKE,
    Phrase,
    by_rules,
    has_capital,
    hits_between,
    home_of,
    is_proper,
    is_unlisted_name,
    joins_name,
)

NONE = (None, UNRESOLVED)
_OF_STATE = "body of a state or organisation"
_SAME = "same body introduced before"


# --- names ------------------------------------------------------------------------------------------


def by_whole_name(r, phrase):
    """A name of the codebook that is the whole of the phrase, or all but an adjective or a possessive."""
    hits = hits_between(r, phrase.first, phrase.core_end) or ordinary_name(r, phrase)
    last = phrase.core_end
    while last > phrase.first and r.norms[last - 1] in ("'s", "'", ","):
        last -= 1
    for hit in hits:
        # "Britain's left-leaning Guardian": a paper's name is the head, whatever stands before it.
        near = hit.first - phrase.first <= 2 or (hit.kind in MEDIA and hit.how == "name")
        if hit.last == last and near and not capital_before(r, hit, phrase):
            if hit.how == "demonym" and phrase.article is None and hit.kind == "state":
                continue
            if is_one_person(r, hit, phrase.article):
                return r.rules["somebody"](r, phrase, hit)
            return of_hit(r, hit), name_rule(hit)
    return NONE


def by_named_body(r, phrase):
    """A body by its noun and its name: "the charity Open Lake", "drugmaker Valmed"."""
    first, start = phrase.first, phrase.core_end
    while start > first and is_unlisted_name(r, start - 1):
        start -= 1
    if start == first and start < phrase.core_end and first in r.opening:
        start += 1  # the noun begins the sentence
    size, noun = last_phrase(r, r.lexicon.body_words, first, start)
    if not size or start == phrase.core_end or (is_proper(r, start - size) and start - size > first):
        return NONE
    kind = _kind(r, noun)
    if kind == "government":
        return NONE
    entity = named_body(r, tuple(r.norms[start : phrase.core_end]), kind, noun)
    return entity, entity.rule


def by_unknown_name(r, phrase):
    """ "The Dallas Chamber of Commerce": a name with "the" in a text with capitals that no list has."""
    if r.doc.caseless or phrase.article != "definite" or r.norms[phrase.first - 1] != "the":
        return NONE
    words = range(phrase.first, phrase.core_end)
    if not all(_in_a_name(r, i, words) for i in words):
        return NONE
    longer = _ends_longer(r, phrase.first) if len(words) == 1 else None
    if longer is not None:
        return longer, longer.rule
    identity, noun = slug(r, phrase.first, phrase.last), r.norms[phrase.core_end - 1]
    if is_person(noun) and len(words) == 1 and phrase.core_end < phrase.last and not noun.endswith("s"):
        return NONE  # "the Member for Lakeside"
    entity = body(r, identity, "organisation", identity, "name that no codebook has", noun)
    return entity, entity.rule


def _in_a_name(r, i, words):
    if is_proper(r, i) or (len(words) > 1 and r.upper[i] and i not in r.shouted):
        return True
    return i - 1 in words and i + 1 in words and (r.tags[i] == "z" or joins_name(r, i, words[-1] + 1))


def _ends_longer(r, i):
    """The body whose longer name ends with the word at `i`: "the Fund", the International Monetary Fund; or None."""
    if r.norms[i] in r.longer_by_end:
        return of_hit(r, r.longer_by_end[r.norms[i]])
    known = [one for one in r.memory.by_name.get(r.norms[i], ()) if not one.is_person]
    return next((one for one in known if r.memory.names_of.get(one.identity, ("",))[-1] == r.norms[i]), None)


def of_letters(r, letters, name):
    """The body of an acronym: that of the name in the text that the letters are taken from, or one of its own."""
    first, last = r.initials.get(letters, (0, 0))
    whole = tuple(r.norms[first:last]) or name
    noun = next((norm for norm in reversed(whole) if norm in r.lexicon.body_words), "organisation")
    return named_body(r, whole, "organisation", noun)


# --- nouns ------------------------------------------------------------------------------------------


def _kind(r, noun):
    return next(kind for nouns, kind in r.lexicon.bodies if noun in nouns)


def by_body(r, phrase):
    """A ministry, party, company or paper by its common noun."""
    found = (
        (*last_phrase(r, nouns, phrase.first, phrase.core_end), kind) for nouns, kind in r.lexicon.bodies
    )
    size, noun, kind = next((one for one in found if one[0]), (0, None, None))
    if not size:
        return NONE
    start = phrase.core_end - size
    named_so = start == phrase.first and not r.doc.caseless and is_proper(r, start) and phrase.article
    named_so = named_so and start not in r.opening
    if named_so and kind in MEDIA and phrase.core_end - start == size:
        hit = r.first_by_end.get((kind, noun))
        if hit is not None:  # "the Journal", where the text has named one
            return of_hit(r, hit), name_rule(hit)
    if named_so and (kind != "government" or phrase.core_end < phrase.last):
        return NONE  # "the Center for Tax Policy" is a name
    by_kind = _government if kind == "government" else _with_name
    for rule in (by_kind, _possessed, _apposed, _known, _website, _medium, _as_described_before):
        entity, how = rule(r, phrase, start, kind, noun)
        if entity is not None:
            return entity, how
    return _described(r, phrase, start, kind, noun)


def _government(r, phrase, start, kind, noun):
    """A body of a state, or of an organisation of states."""
    identity = slug(r, phrase.first, phrase.core_end)
    hit = preferred(hits_between(r, phrase.first, start)) or hit_behind(r, phrase, r.lexicon.words.employs)
    if hit is not None:
        named = any(has_capital(r, i) for i in range(hit.last, start))  # "the U.S. Lake Administration"
        return _of(r, identity, noun, hit, _OF_STATE, named)
    owner = find_possessor(r, phrase, start)
    if owner is not None:
        return _owned(r, identity, noun, owner)
    hit = hit_behind(r, phrase, {"in"}) if noun.endswith(("ministry", "government")) else None
    if hit is not None and hit.how == "capital":
        return _of(r, identity, noun, hit, "capital as place of office")
    if is_force(r, start, phrase.core_end):
        entity = body(r, identity, kind, identity, "name of a body", noun)
        return entity, entity.rule
    return _by_what_the_text_says(r, phrase, start, noun)


def _by_what_the_text_says(r, phrase, start, noun):
    """A government by who leads it, a body by its own name, or one that every state has: that of the state with
    which the text names it, or that the story is about."""
    identity = slug(r, phrase.first, phrase.core_end)
    if noun in r.lexicon.words.led and start > phrase.first and has_capital(r, start - 1):
        known = by_rules(
            r, phrase._replace(first=start - 1, core_end=start, last=start, article=None), "person"
        )[0]
        actor = known.actor if known is not None else None
        if not actor or actor == UNRESOLVED:
            actor = office_holders.find((r.norms[start - 1],), None, r.month, leads=True)
        if actor:
            entity = body(r, identity, "government", actor, "government by who leads it", noun)
            return entity, entity.rule
    national = noun in r.lexicon.national_bodies or noun.endswith("ministry")
    if not national and _has_own_name(r, phrase, start):
        entity = named_body(r, tuple(r.norms[phrase.first : phrase.core_end]), "government", noun)
        return entity, entity.rule
    state, how = r.owners.get(noun), "state with which the text names the body"
    if state is None and national and not _is_vague(r, phrase, start):
        state, how = home_of(r, phrase.first), HOME
    if state is None:
        return NONE
    entity = r.memory.by_body.get(identity)
    if entity is not None and entity.actor not in (UNRESOLVED, state):
        return entity, _SAME
    known = r.memory.by_head.get(noun) if phrase.article == "definite" and start == phrase.first else None
    if known and known[-1].actor not in (UNRESOLVED, NOBODY):
        return known[-1], _SAME
    entity = Entity(_identity(r, noun, identity, state), "government", state, how, heads=[noun])
    entity = r.memory.by_body.get(entity.identity, entity)
    index_body(r, entity, noun)
    return entity, how


def _has_own_name(r, phrase, start):
    """Whether a body is written with capitals and a word that singles it out: "the Lake Safety Authority"."""
    if r.doc.caseless or start == phrase.first or phrase.first in r.opening:
        return False
    words = range(phrase.first, phrase.core_end)
    capitals = all(r.upper[i] or r.tags[i] not in ("n", "e", "g") for i in words)
    own = (
        r.norms[i] not in r.lexicon.vague and r.norms[i] not in r.lexicon.rank
        for i in range(phrase.first, start)
    )
    return capitals and not r.shouted.intersection(words) and any(own)


def _is_vague(r, phrase, start):
    """Whether what stands before a body's noun makes it another's: "the local government"."""
    return any(
        r.norms[i] in r.lexicon.vague or r.norms[i] in ("new", "own") for i in range(phrase.first, start)
    )


def _identity(r, noun, identity, state):
    """A state's government is the state itself; its other bodies have their own names."""
    return state if noun in r.lexicon.words.state_itself else identity


def _with_name(r, phrase, start, kind, noun):
    """A body whose name ends with its noun: "the rebel River Front"."""
    hits = hits_between(r, phrase.first, start)
    if hits and hits[-1].last == start:  # "Lakian Airlines"
        whole = range(phrase.first, _name_end(r, phrase))
        own = (
            not r.doc.caseless
            and start - 1 in r.in_hit
            and hits[-1].kind == "state"
            and all(r.upper[i] for i in range(phrase.first, phrase.core_end))
        )
        entity = (
            named_body(r, tuple(r.norms[i] for i in whole), kind, noun)
            if own and not r.shouted.intersection(whole)
            else None
        )
        return (entity, entity.rule) if entity is not None else NONE
    if start == phrase.first or not is_proper(r, start - 1):
        return NONE
    while start > phrase.first and (has_capital(r, start - 1) or _is_inside(r, start - 1, phrase)):
        start -= 1
    entity = named_body(r, tuple(r.norms[start : _name_end(r, phrase)]), kind, noun)
    return entity, entity.rule


def _name_end(r, phrase):
    """Where a body's name ends that goes on behind its noun: "the Lake Association for Fair Tides"."""
    end = phrase.core_end
    while end < phrase.last and (has_capital(r, end) or joins_name(r, end, phrase.last) or end in r.in_hit):
        end += 1
    return end


def _is_inside(r, i, phrase):
    """Whether a mark of possession stands between the capitals of a name: "the Seafarers' Safety Network"."""
    return r.tags[i] == "z" and i > phrase.first and is_proper(r, i - 1)


def _known(r, phrase, start, kind, noun):
    """ "The ministry", "the company": the one that was mentioned before."""
    hits = hits_between(r, phrase.first, start)
    more = sum(hit.last - hit.first for hit in hits) < start - phrase.first  # but not "the Chilean company"
    if phrase.article != "definite" or more or _is_described(r, phrase):
        return NONE
    if kind == "company":
        near = _company_in_sentence(r, phrase.first, noun)
        if near is not None:
            return near, _SAME
    known = r.memory.by_head.get(noun)
    known = known[-1] if known else _alike(r, noun, kind, phrase.first)
    return (known, _SAME) if known is not None else NONE


def _as_described_before(r, phrase, start, kind, noun):
    """ "The commission", where the text has said which: "until the electoral commission publishes its figures"."""
    alone = start == phrase.first and phrase.core_end == phrase.last
    if phrase.article != "definite" or not alone or noun in r.lexicon.national_bodies:
        return NONE
    for i in range(phrase.first - 2, max(0, phrase.first - LIMITS.described), -1):
        if r.norms[i] != noun or i in r.in_hit or i in r.shouted:
            continue
        first = i
        while first and r.tags[first - 1] in NAMELIKE and r.norms[first - 1] not in r.lexicon.vague:
            first -= 1
        if first < i:
            hit = next(iter(hits_between(r, first, i)), None)
            actor = hit.actor if hit and kind == "government" else slug(r, first, i + 1)
            entity = body(r, slug(r, first, i + 1), kind, actor, "body by its description", noun)
            return entity, entity.rule
    return NONE


def _is_described(r, phrase):
    behind = r.norms[phrase.core_end : phrase.core_end + 1] in (["of"], ["for"])
    return behind and phrase.core_end < phrase.last


def _company_in_sentence(r, at, noun):
    """A company named in the same sentence: "Shares in Lake Brands fell, and the company said"; or None."""
    i = at - 1
    while i > 0 and i not in r.opening and r.tags[i] not in (".", "?", "!"):
        i -= 1
    end = at
    while end > i:
        first = end
        while first > i and is_unlisted_name(r, first - 1):
            first -= 1
        name = tuple(r.norms[first:end])
        if len(name) > 1 and (name[-1] in r.lexicon.company_names or name[-1] in r.lexicon.company_nouns):
            return named_body(r, name, "company", noun)
        end = min(end - 1, first)
    return None


def _alike(r, noun, kind, at):
    """Whom "the company" or "the agency" can take up: a body of that kind, or a name that can be one's; or None."""
    if noun in r.lexicon.specific:
        return None
    kinds = LIKE.get(kind, ())
    things = [thing for thing in r.memory.things[-LIMITS.mentions :] if thing.kind in kinds]
    found = things[-1] if things else None
    if found is None and noun in r.lexicon.general:
        found = in_passing(r, at, kinds)
    if found is not None or kind not in ("company", "organisation"):
        return found
    for entity in reversed(r.memory.persons[-LIMITS.mentions // 2 :]):
        if entity.kind == "named person" and not (entity.gender or entity.heads) and shortens(r, entity):
            entity.kind, entity.rule, entity.actor = kind, named(kind), entity.identity
            index_body(r, entity, noun)
            return entity
    return None


def _possessed(r, phrase, start, kind, noun):
    """ "Mia Holt's campaign": a body by whose it is."""
    marks = [i for i in range(phrase.first + 1, start) if r.tags[i] == "z"]
    if (
        kind == "government"
        or not marks
        or not all(is_unlisted_name(r, i) for i in range(phrase.first, marks[0]))
    ):
        return NONE
    owner = tuple(r.norms[phrase.first : marks[0]])
    owner = full(r, owner) if len(owner) > 1 else owner
    entity = named_body(r, (*owner, *r.norms[marks[0] + 1 : phrase.core_end]), kind, noun)
    return entity, entity.rule


def _website(r, phrase, start, kind, noun):
    owner = find_possessor(r, phrase, start) if noun in r.lexicon.words.sites else None
    return (owner, owner.rule) if owner is not None else NONE


def _apposed(r, phrase, start, kind, noun):
    """ "The local newspaper, the Lake Post,": the body that is named behind the comma.

    What "the group" takes up has that name from the beginning: "a charity said … the group, Open Lake, said".
    """
    before = _known(r, phrase, start, kind, noun)[0]
    entity = _named_behind(r, phrase.last, kind, noun) if kind != "government" else None
    if entity is None:
        return NONE
    if before is not None and before.actor == UNRESOLVED and before.kind == kind:
        before.identity, before.kind, before.actor = entity.identity, entity.kind, entity.actor
        before.rule = entity.rule
    index_body(r, entity, noun)
    return entity, entity.rule


def _named_behind(r, comma, kind, noun):
    """The body that is named behind a comma, no state; or None."""
    first = comma + 1
    if r.norms[comma:first] != [","]:
        return None
    first += r.norms[first : first + 1] == ["the"]
    if r.doc.caseless and first not in r.hit_at:
        return None
    last, stop = first, min(len(r.norms), first + LIMITS.name + 1)
    while last < stop and (last in r.hit_at or is_unlisted_name(r, last) or joins_name(r, last, stop)):
        last = r.hit_at[last].last if last in r.hit_at else last + 1
    hit = r.hit_at.get(first)
    if last == first or r.norms[last : last + 1] not in ([","], ["."]):
        return None
    if hit and hit.last == last:
        return of_hit(r, hit) if hit.kind != "state" else None
    return named_body(r, tuple(r.norms[first:last]), kind, noun)


def _medium(r, phrase, start, kind, noun):
    if kind not in MEDIA:
        return NONE
    identity = slug(r, phrase.first, phrase.core_end)
    entity = body(r, identity, kind, identity, "medium without a name", noun)
    return entity, entity.rule


def _described(r, phrase, start, kind, noun):
    """A body by its description ("the union of seafarers"), or one of which no name is known."""
    identity = slug(r, phrase.first, phrase.core_end)
    actor = rule = UNRESOLVED
    vague = all(word in r.lexicon.vague for word in r.norms[phrase.first : start])
    vague &= start == phrase.first or not noun.endswith(
        r.lexicon.words.courts
    )  # "the high court" is one by itself
    vague |= r.norms[phrase.first - 1] != "the" or bool(hits_between(r, phrase.first, start))
    described = _is_described(r, phrase)
    state = noun in r.lexicon.national_bodies or r.lexicon.words.branches.intersection(
        r.norms[phrase.first : start]
    )
    if (
        (kind != "government" or not (state or described))
        and phrase.article == "definite"
        and (described or not vague)
    ):
        identity = actor = slug(r, phrase.first, phrase.last if described else phrase.core_end)
        rule = "body by its description"
    entity = body(r, identity, kind, actor, rule, noun)
    return entity, entity.rule


def _owned(r, identity, noun, owner):
    entity = r.memory.by_body.get(identity)
    if entity is None or entity.actor == UNRESOLVED:
        kind = "government" if owner.kind.endswith(("official", "government")) else owner.kind
        entity = Entity(identity, kind, owner.actor, "possessor of the office", heads=[noun])
    index_body(r, entity, noun)
    return entity, entity.rule


def _of(r, identity, noun, hit, rule, named=False):
    own = identity if named else _identity(r, noun, identity, hit.actor)
    return body(r, own, type_of(hit), hit.actor, rule, noun), rule


# --- groups -----------------------------------------------------------------------------------------


def by_group(r, phrase):
    """Several persons who are no one body: for a state where they are its officials, else for nobody."""
    head = group_head(r, phrase.first, phrase.core_end)
    if head is None:
        return _by_number(r, phrase)
    noun, end = head
    last = r.norms[phrase.core_end - 1]
    federation = end < phrase.core_end and (last in r.lexicon.body_words or is_person(last))
    if federation or names_with_of(r, phrase) or is_force(r, phrase.core_end - 1, phrase.core_end):
        return NONE
    if phrase.article == "definite" and end - phrase.first == 1:
        known = next(
            (one for one in reversed(r.memory.groups[-LIMITS.mentions :]) if noun in one.heads), None
        )
        if known:
            return known, "same group introduced before"
    state, rule = None, "group of no country"
    official = noun in r.lexicon.official_groups or noun.rstrip("s") in r.lexicon.officials
    words = set(r.norms[phrase.first : end - 1])
    official |= noun == "sources" and bool(words & (r.lexicon.government_nouns | r.lexicon.words.services))
    if official:
        state, rule = find_employer(r, phrase, end - 1, noun)
        if (
            not state and "other" in r.norms[max(0, phrase.first - 2) : end]
        ):  # "other officials" of those before
            state = next(
                (g.actor for g in reversed(r.memory.groups[-LIMITS.mentions :]) if noun in g.heads), None
            )
            state, rule = None if state == UNRESOLVED else state, "same role introduced before"
    identity = slug(r, phrase.first, end)
    affiliation = words_of(r, phrase.first, end - len(noun.split())) if state else ""
    if not state:
        rule = "group of no country"
        own = noun.replace(" ", "-") if noun in r.lexicon.own_groups else UNRESOLVED
        sent = hit_behind(r, phrase, ("from",)) or next(iter(hits_between(r, phrase.first, end)), None)
        body = sent if sent is not None and sent.kind.endswith("organisation") and not official else None
        state = own if official else body.actor if body else NOBODY
        rule = "affiliation of a group" if body else rule
    entity = r.memory.by_body.get(identity)
    if entity is None:
        entity = Entity(identity, "group", state, rule, many=True, heads=[noun], affiliation=affiliation)
        r.memory.by_body[identity] = entity
    return entity, rule


def _by_number(r, phrase):
    """Persons or many of them by a plural that no list has, or by a number alone: "dealers", "others"."""
    norm, whole = r.norms[phrase.first], phrase.core_end == phrase.first + 1
    noun = norm if norm in r.lexicon.any_group and whole else unlisted_group(r, phrase)
    if noun is None or not r.memory.is_source:
        return NONE
    identity = slug(r, phrase.first, phrase.core_end)
    entity = r.memory.by_body.get(identity)
    if (
        entity is None or noun in r.lexicon.any_group
    ):  # "others" are others each time, though they have one name
        entity = Entity(identity, "group", NOBODY, "group of no country", many=True, heads=[noun])
        r.memory.by_body[identity] = entity
    return entity, entity.rule


# --- texts ------------------------------------------------------------------------------------------


def by_text(r, phrase):
    """A text: who issued it, where the story says so, or else the text itself."""
    size, word = last_phrase(r, r.lexicon.texts, phrase.first, phrase.core_end)
    alone = size == phrase.core_end - phrase.first
    if not size or (not alone and not r.doc.caseless and is_proper(r, phrase.core_end - size)):
        return NONE
    if phrase.article == "definite" and alone and r.memory.by_head.get(word):
        return r.memory.by_head[word][-1], _SAME
    if word in r.lexicon.voices:
        definite = phrase.article == "definite" and alone and phrase.core_end == phrase.last
        definite &= word in r.lexicon.released
        issuer = _issued(r, word, phrase.first) if definite else _issuer(r, phrase, size)
        if issuer is not None:
            if not definite and phrase.article and not issuer.is_person:
                r.memory.by_head.setdefault(word, []).append(issuer)  # "the study said" is said by them
            return issuer, "issuer of the text"
    identity = slug(r, phrase.first, phrase.core_end)
    entity = r.memory.by_body.setdefault(identity, Entity(identity, "document", DOCUMENT, "text"))
    return entity, "text"


def _issuer(r, phrase, size):
    """Who issued a statement or an editorial: named before it, or behind a preposition; or None."""
    before = hits_between(r, phrase.first, phrase.core_end - size)
    if before:
        return of_hit(r, before[0])
    start = phrase.core_end - size
    owner = find_possessor(r, phrase, start)
    if owner is None and start > phrase.first:  # "the ministry statement"
        owner = by_rules(r, Phrase(phrase.first, start, start, "definite"), "body")[0]
    if owner is not None and owner.actor not in (UNRESOLVED, NOBODY):
        return owner
    i = phrase.core_end
    if i + 1 < phrase.last and r.tags[i] == "e" and r.norms[i + 1] == "by":  # "a study commissioned by"
        i += 1
    if i >= phrase.last or r.norms[i] not in r.lexicon.words.issues:
        return None
    entity = r.rules["source"](r, i + 1, phrase.last)[0]
    if entity is None or entity.kind == "document" or entity.actor in (NOBODY, UNRESOLVED):
        # "a study by one of the backers, the Lake Institute"
        behind = _named_behind(r, phrase.last, "organisation", "organisation")
        entity = behind or (entity if entity is not None and entity.is_person else None)
    return entity


def _issued(r, word, at):
    """Who spoke last and did so in such a text: "the statement said", after "said in a statement"; or None."""
    known = [*r.memory.persons[-3:], *r.memory.things[-3:]]
    speaker = max(known, key=lambda one: r.memory.mentioned.get(one.identity, 0), default=None)
    if speaker is None or speaker.kind == "document":
        return None
    said = r.memory.mentioned.get(speaker.identity, 0)
    near = r.norms[max(0, said - 10) : min(said + LIMITS.apposition, at)]
    return speaker if said > at - LIMITS.near and word in near else None
