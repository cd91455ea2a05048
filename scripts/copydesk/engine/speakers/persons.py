"""Sources that are one person: by office, by name, or by both."""

from copydesk.engine.language.english import is_person
from copydesk.engine.speakers import office_holders
from copydesk.engine.speakers.bodies import by_unknown_name, of_letters
from copydesk.engine.speakers.employers import (
    HOME,
    LAST_BODY,
    PARTY,
    apposition,
    employer_in_apposition,
    find_employer,
    find_possessor,
    party_label,
    region_of,
)
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.memory import (
    MEDIA,
    NOBODY,
    UNRESOLVED,
    Entity,
    body,
    index,
    known_person,
    named_body,
    of_hit,
    slug,
    slug_of,
    taken_up,
)
from copydesk.engine.speakers.phrase import (
    acronym,
    apposed_name,
    bare_name,
    core_end,
    description,
    ends_with_office,
    find_office,
    full,
    hit_behind,
    is_company,
    is_former,
    name_after,
    name_behind_of,
    skip_article,
    words_of,
)
from copydesk.engine.speakers.text_with_names import (
    NAMELIKE,
    Phrase,
    by_rules,
    has_capital,
    hits_between,
    is_proper,
    is_unlisted_name,
    joins_name,
)

NONE = (None, UNRESOLVED)
_BEFORE_NAMES = NAMELIKE | {"m", "z"}  # classes of what stands before a name: "world number one", "Lakia's"
_OWN = "person in his or her own name"


# --- by office --------------------------------------------------------------------------------------


def by_office(r, phrase):
    """A person by office, with a name or without: "Danish minister Ida Friis", "the minister"."""
    found = find_office(r, phrase.first, phrase.core_end)
    if found is None:
        return by_apposed_office(r, phrase)
    start, end, role = found
    if (
        role in r.lexicon.teams
        and r.doc.text[r.tokens[start].start].islower()
        and not _is_of_forces(r, phrase)
    ):
        role = "skipper"  # of a side, for no state: "Lakian captain Ole Lind"
    own = _own_name(r, end, phrase)
    if own is not None:
        return own, own.rule
    # In "a spokesman for the minister, Ole Lind, said" the name is the minister's.
    inner = ends_with_office(r, phrase.core_end, phrase.last)
    inner |= r.norms[phrase.core_end : phrase.core_end + 1] == ["of"] and is_person(r.norms[phrase.last - 1])
    apposed = () if inner else apposed_name(r, phrase)
    name = apposed if apposed and phrase.core_end < phrase.last else name_after(r, end, phrase) or apposed
    if not name and (name := name_behind_of(r, end, phrase)):
        phrase = phrase._replace(last=phrase.last - len(name))
    employer, rule = find_employer(r, phrase, start, role, name)
    affiliation = words_of(r, phrase.first, phrase.last, name)
    former = is_former(r, phrase.first, start)
    if not employer and not former:
        employer, rule, (first, last) = employer_in_apposition(r, phrase)
        if employer:
            affiliation = "; ".join(part for part in (affiliation, words_of(r, first, last, name)) if part)
    if not employer and (role in r.lexicon.elected or role in r.lexicon.regional):
        employer = _party_named(r, *apposition(r, phrase))
        rule = PARTY if employer else rule
    if employer:
        _index_office(r, phrase, role, employer)
    described = description(r, phrase.first, start)
    if not employer and phrase.core_end < phrase.last:
        described.update(description(r, phrase.core_end, phrase.last))  # "the head of the mission"
    if role in r.lexicon.elected or role in r.lexicon.regional:
        described.update(region_of(r, phrase, start) or ())
    entity, rule = _official(r, phrase, role, name, employer, rule, former, described, affiliation)
    if name:
        index(r, entity, (), _offices_before(r, phrase.first, start))
    return entity, rule


def _is_of_forces(r, phrase):
    """Whether a captain is of an army or the like by the words of the phrase, or perhaps, where all is small."""
    return r.doc.caseless or not r.lexicon.government_nouns.isdisjoint(r.norms[phrase.first : phrase.last])


def _offices_before(r, first, start):
    """The office that stands right before another: "President" in "President General Lind"."""
    words = (" ".join(r.norms[i:start]) for i in range(first, start))
    return [word for word in words if word in r.lexicon.callings][:1]


def _own_name(r, end, phrase):
    """The story's own actor whose name stands behind an office: "Mayor Jonas Abara", "its chair, Edith
    Solberg"; or None."""
    behind = phrase.last + 1 if r.norms[phrase.last : phrase.last + 1] == [","] else end
    hit = r.hit_at.get(end) or r.hit_at.get(behind)
    return of_hit(r, hit) if hit and hit.actor in r.lexicon.own else None


def _index_office(r, phrase, role, employer):
    """The ministry of a minister, or of a ministry's spokeswoman, can be taken up as "the ministry"."""
    words = r.norms[phrase.first : phrase.last]
    if role.split()[-1] == "minister" or "ministry" in words:
        branch = next((word for word in words if word in r.lexicon.words.branches), "")
        identity = "-".join(word for word in (employer, branch, "ministry") if word)
        body(r, identity, "government", employer, "body of a state or organisation", "ministry")


def by_apposed_office(r, phrase):
    """ "Anna Lind, Sweden's deputy envoy": a bare name whose office stands behind a comma."""
    name = bare_name(r, phrase)
    first, end = apposition(r, phrase) if name else (0, 0)
    if first >= end:
        return NONE
    begin, article = skip_article(r, first, end)
    core = core_end(r, begin, end)
    found = find_office(r, begin, core)
    if found is None or name_after(r, found[1], Phrase(begin, core, core, article)):
        return NONE
    start, _, role = found
    employer, rule = find_employer(r, Phrase(begin, core, end, article), start, role, full(r, name))
    former = is_former(r, begin, start)
    affiliation = words_of(r, first, end)
    return _official(r, phrase, role, name, employer, rule, former, set(), affiliation)


def _official(r, phrase, role, name, employer, rule, former, described, affiliation):
    """The person of an office: known by name, taken up by office, or new."""
    speaks_for = role in r.lexicon.employed and employer and employer not in r.lexicon.states
    private = (role in r.lexicon.private and not speaks_for) or former
    if name:
        return _named_official(r, role, name, employer, rule, private, former, described, affiliation)
    if phrase.article == "definite":
        known = taken_up(r, role, None if rule in (HOME, LAST_BODY) else employer, described)
        known = known or (_held_once(r, described) if former else None)
        only = None if known or employer in r.lexicon.states else _only_person(r, phrase, role, private)
        if only and employer and employer not in r.lexicon.own_groups:
            only.kind, only.actor, only.rule = "named official", employer, rule
        known = known or only
        if known:
            return known, "same role introduced before"
    identity = slug(r, phrase.first, phrase.core_end)
    if not r.memory.is_source and not (phrase.article or employer):
        return NONE  # a bare noun that begins a sentence names nobody
    r.memory.numbers[identity] = r.memory.numbers.get(identity, 0) + 1
    identity = f"{identity}-{r.memory.numbers[identity]}"
    kind = "anonymous person" if private else "anonymous official"
    actor = NOBODY if private else employer or UNRESOLVED
    if actor in (NOBODY, UNRESOLVED):
        rule = "person without a name" if private else UNRESOLVED
    gender = r.lexicon.gender.get(role)
    entity = Entity(identity, kind, actor, rule, gender=gender, affiliation=affiliation)
    entity.article = phrase.article
    return index(r, entity, (), [role], described), rule


def _held_once(r, described):
    """Who held an office once and is described so, whatever the office is called now: "the former Lakian leader"."""
    fit = (
        one
        for one in reversed(r.memory.persons[-LIMITS.mentions :])
        if one.rule == "office that is not held" and one.names and described and described <= one.words
    )
    return next(fit, None)


def _only_person(r, phrase, role, private):
    """The only person whom a text has named, and of whom it has said no more, as whom an office with "the" takes up
    that is no state's: "Ole Lind said … The union leader said"; or None."""
    named = {id(one): one for one in r.memory.persons if one.names}
    one = named.popitem()[1] if len(named) == 1 and r.memory.is_source else None
    if one is None or private or role in r.lexicon.national or role.startswith("spokes"):
        return None
    bare = one.kind == "named person" and not (one.heads or one.affiliation)
    return one if bare and r.norms[phrase.first - 1] == "the" else None


def _named_official(r, role, name, employer, rule, private, former, described, affiliation):
    gender = r.lexicon.gender.get(role) or r.lexicon.given.get(name[0] if len(name) > 1 else "")
    held = office_holders.holders(name, role, r.month) if len(name) == 1 and employer else ()
    whole = frozenset(word for holder in held if holder.actor == employer for word in holder.words)
    known = known_person(r, name, gender, whole)
    if known:
        guessed = known.actor in (UNRESOLVED, NOBODY) or (known.rule == HOME and employer and rule != HOME)
        if guessed and not private:
            known.kind, known.actor, known.rule = "named official", employer or UNRESOLVED, rule
        known.gender = known.gender or gender
        known.affiliation = known.affiliation or affiliation
        index(r, known, name, [role], described)
        return known, known.rule if len(name) > 1 else "surname of an earlier mention"
    if not whole or whole.issuperset(full(r, name)):
        name = full(r, name)
    before = _same_office(r, role, employer) if not private else None
    if before is not None:
        before.identity, before.kind = slug_of(name), "named official"
        before.affiliation = affiliation or before.affiliation
        before.gender = before.gender or gender
        return index(r, before, name, ()), before.rule
    gender = gender or r.lexicon.given.get(name[0] if len(name) > 1 else "")
    actor = NOBODY if private else employer or UNRESOLVED
    if private:
        rule = "office that is not held" if former else _OWN
    kind = "named person" if private else "named official"
    entity = Entity(slug_of(name), kind, actor, rule, gender=gender, affiliation=affiliation)
    return index(r, entity, name, [role], described), rule


def _same_office(r, role, employer):
    """Who was called only by an office that one person has, before the name came: "the Ohio premier"; or None.

    Of spokespersons a body may have many, and a text that names one means whom it has just heard.
    """
    known = r.memory.by_head.get(r.lexicon.short.get(role, role), ())
    named = any(one.names for one in known)
    one = known[-1] if known and not named and len(set(map(id, known))) == 1 else None
    settled = one is not None and one.kind == "anonymous official" and one.actor != UNRESOLVED
    if not settled:
        return None
    if role in r.lexicon.national:
        return one if employer in (None, one.actor) and one.article == "definite" else None
    return one if role in r.lexicon.relational and employer == one.actor else None


def somebody(r, phrase, hit):
    """One person of a people, who speaks for nobody ("a 19-year-old Syrian"), or of a party: "a Republican"."""
    if hit.kind == "state":
        return _official(r, phrase, "person", (), None, UNRESOLVED, True, set(), "")
    affiliation = words_of(r, phrase.first, phrase.last)
    role = r.norms[hit.last - 1]
    return _official(r, phrase, role, (), hit.actor, "demonym as noun", False, set(), affiliation)


# --- by name ----------------------------------------------------------------------------------------


def by_affiliation(r, phrase):
    """ "Greenpeace's Nina Holt": a person by the body or state that she speaks for."""
    hit = r.hit_at.get(phrase.first)
    if not hit or hit.kind in MEDIA or hit.last >= phrase.core_end or r.tags[hit.last] != "z":
        return _by_owner(r, phrase)
    name = bare_name(r, phrase._replace(first=hit.last + 1, article=None))
    if len(name) < 2:
        return NONE
    affiliation = words_of(r, hit.first, hit.last)
    return _official(r, phrase, "", name, hit.actor, "affiliation before the name", False, set(), affiliation)


def _by_owner(r, phrase):
    """ "The Bureau of Tides' Nina Holt": a person by a body that no codebook has."""
    if r.doc.caseless:
        return NONE
    mark = next((i for i in range(phrase.first + 1, phrase.last - 2) if r.tags[i] == "z"), 0)
    owner = range(phrase.first, mark)
    if mark and phrase.article == "definite":
        name = bare_name(r, Phrase(mark + 1, phrase.last, phrase.last, None))
        body = by_rules(r, Phrase(phrase.first, mark, mark, "definite"), "body")[0] if len(name) > 1 else None
        if body is not None and not body.is_person:
            affiliation = words_of(r, phrase.first, mark)
            return _official(
                r, phrase, "", name, body.actor, "affiliation before the name", False, set(), affiliation
            )
    if not mark or not all(has_capital(r, i) or joins_name(r, i, mark) or i in r.in_hit for i in owner):
        return NONE
    name = bare_name(r, Phrase(mark + 1, phrase.last, phrase.last, None))
    if len(name) < 2 or known_person(r, tuple(r.norms[phrase.first : mark])):
        return NONE
    noun = next((r.norms[i] for i in owner if r.norms[i] in r.lexicon.body_words), "organisation")
    kind = next((kind for nouns, kind in r.lexicon.bodies if noun in nouns), "organisation")
    body = named_body(r, tuple(r.norms[phrase.first : mark]), kind, noun)
    affiliation = words_of(r, phrase.first, mark)
    return _official(
        r, phrase, "", name, body.actor, "affiliation before the name", False, set(), affiliation
    )


def by_person(r, phrase):
    """A person by name: one who was mentioned before, or one in his or her own name."""
    letters = acronym(r, phrase)
    if letters and (not phrase.article or letters in r.initials):
        entity = of_letters(r, letters, tuple(r.norms[phrase.first : phrase.core_end]))
        return entity, entity.rule
    name = bare_name(r, phrase)
    if not name:
        return by_unknown_name(r, phrase)
    title = r.norms[phrase.first]
    gender = r.lexicon.gender.get(title) or r.lexicon.given.get(name[0] if len(name) > 1 else "")
    known = known_person(r, name, gender)
    if known:
        known.gender = known.gender or gender
        surname = len(name) == 1 and known.is_person
        return known, "surname of an earlier mention" if surname else known.rule
    whole = full(r, name)
    single = len(name) == 1 and title not in r.lexicon.titles and name == whole
    noun = _body_noun_behind(r, phrase) if single and name not in r.shortened else None
    if noun:
        entity = named_body(
            r, name, next((k for nouns, k in r.lexicon.bodies if noun in nouns), "organisation"), noun
        )
        return entity, entity.rule
    if single and name[0] in r.companies and not phrase.article:
        entity = named_body(r, name, "company", "company")
        return entity, entity.rule
    if single and name not in r.shortened and not _has_age(r, phrase.last):
        return NONE
    if title not in r.lexicon.titles and is_company(r, whole):
        entity = named_body(r, whole, "company", "company")
        return entity, entity.rule
    longer = r.shortened.get(name) if title not in r.lexicon.titles else None
    if longer is not None:
        entity = named_body(r, *longer)
        return entity, entity.rule
    body = hit_behind(r, phrase, ("of", "from")) if len(name) > 1 else None
    if body is not None and body.kind not in ("state", *MEDIA):  # "Nina Holt of the Red Cross"
        affiliation = words_of(r, body.first, body.last)
        rule = "affiliation behind the name"
        return _official(r, phrase, "", name, body.actor, rule, False, set(), affiliation)
    sent_by = _sent_by(r, phrase.core_end, phrase.last) if len(name) > 1 else None
    if sent_by:
        affiliation = words_of(r, phrase.core_end + 1, phrase.last)
        return _official(
            r, phrase, "", name, sent_by, "affiliation behind the name", False, set(), affiliation
        )
    return _in_own_name(r, phrase, whole, gender)


def _body_noun_behind(r, phrase):
    """The noun of a body that is apposed to its name, or "organisation" where only "which" is: "Verdi, the services
    union, said", "Holm, which cut its rating, argues"; or None."""
    if r.norms[phrase.last + 1 : phrase.last + 2] == ["which"] and r.norms[phrase.last] == ",":
        return "organisation"
    first, last = apposition(r, phrase)
    begin, article = skip_article(r, first, last) if first < last else (first, None)
    noun = r.norms[core_end(r, begin, last) - 1] if article and begin < last else None
    return noun if noun in r.lexicon.body_words and noun not in r.lexicon.government_nouns else None


def _has_age(r, comma):
    """Whether an age stands behind a name: "Sunita, 34, said"."""
    return r.norms[comma : comma + 1] == [","] and r.tags[comma + 1 : comma + 2] == ["m"]


def _in_own_name(r, phrase, name, gender):
    if r.doc.caseless and not (r.memory.is_source or gender or r.norms[phrase.first] in r.lexicon.titles):
        return NONE  # "recent examples were": nothing tells a name
    identity = slug_of(name)
    r.memory.names_of[identity] = name
    holds = office_holders.find(name, None, r.month) if r.month and len(name) > 1 else None
    first, last = apposition(r, phrase)
    affiliation = words_of(r, first, last) if first < last and phrase.core_end == phrase.last else ""
    party = party_label(r, phrase) or _party_named(r, first, last) or _sent_by(r, first, last)
    if not (holds or party or affiliation) and len(name) > 1:
        before = _of_the_lead(r, phrase, gender)
        if before is not None:
            before.identity, before.kind = identity, "named person"
            return index(r, before, name, ()), _OWN
    kind, actor, rule = "named person", NOBODY, _OWN
    if holds or party:
        kind, actor = "named official", holds or party
        rule = "holder of an office when it was written" if holds else PARTY
    gender = gender or r.lexicon.given.get(name[0] if len(name) > 1 else "")
    entity = Entity(identity, kind, actor, rule, gender=gender, affiliation=affiliation)
    return index(r, entity, name, ()), rule


def _of_the_lead(r, phrase, gender):
    """Who was heard without a name in the lead, where the first name behind it comes without a word on who that is:
    "A fireman told the court that he saw it. Ole Lind said …"; or None."""
    heard = r.memory.persons[-1:] if r.memory.is_source and len(r.doc.sentences) > 1 else []
    lead = r.doc.token_range(*r.doc.sentences[1])[0] if heard else 0
    whole = phrase.core_end == phrase.last and r.norms[phrase.first] not in r.lexicon.titles
    for one in heard:
        alone = all(other is one for other in r.memory.persons)
        fits = one.kind == "anonymous person" and one.gender in (None, gender, gender or one.gender)
        if whole and alone and fits and r.memory.mentioned.get(one.identity, lead) < lead:
            return one
    return None


def _sent_by(r, first, last):
    """The body in "Ole Lind, from the Lake Fire Service, said", save a scholar's; or None."""
    if first >= last or r.norms[first] not in ("from", "of", "with", "for") or r.doc.caseless:
        return None
    start, _ = skip_article(r, first + 1, last)
    if start >= last or not all(
        has_capital(r, i) or i in r.in_hit or joins_name(r, i, last) for i in range(start, last)
    ):
        return None
    words = set(r.norms[start:last])
    known = next((hit for hit in hits_between(r, start, last) if hit.last - hit.first == last - start), None)
    if known is not None:
        return known.actor if known.kind.endswith("organisation") or known.how == "body" else None
    own = words & (r.lexicon.body_words | r.lexicon.company_names) and not words & r.lexicon.words.learned
    return slug_of(r.norms[start:last]) if own else None


def _party_named(r, first, last):
    """The party of an apposition that ends with its member: "Garn, a Utah Republican"; or None."""
    behind = [hit for hit in hits_between(r, first, last) if hit.last == last]
    return next((hit.actor for hit in behind if hit.how == "demonym" and hit.kind == "organisation"), None)


def by_apposed_person(r, phrase):
    """ "His rival, Teresa Pinto, said": a person behind a comma, whatever the noun before it."""
    owned = phrase.article or "z" in r.tags[phrase.first : phrase.core_end]
    name = apposed_name(r, phrase) if owned and not r.doc.caseless else ()
    if not name:
        return _by_name_at_end(r, phrase)
    known = known_person(r, name)
    if known:
        return known, known.rule
    owner = _body_of(r, phrase)
    if owner is not None:
        affiliation = words_of(r, phrase.first, phrase.core_end)
        return _official(
            r, phrase, "", name, owner.actor, "possessor of the office", False, set(), affiliation
        )
    entity = Entity(slug_of(name), "named person", NOBODY, _OWN, gender=r.lexicon.given.get(name[0]))
    return index(r, entity, name, ()), _OWN


def _body_of(r, phrase):
    """The body in "its regional organiser, Ole Lind", whatever the calling, save those that speak for nobody; or None."""
    calling = r.norms[phrase.core_end - 1]
    owned = r.norms[phrase.first - 1] == "its" and phrase.first > 0
    if (
        not owned
        or not is_person(calling)
        or calling in r.lexicon.private
        or calling in r.lexicon.words.against
    ):
        return None
    owner = find_possessor(r, phrase, phrase.core_end)
    return owner if owner is not None and not owner.is_person else None


def _by_name_at_end(r, phrase):
    """ "Senior forecaster with the Lake Weather Bureau Ian Holm": a name, without a comma, behind whom a calling serves."""
    last, head = phrase.last, r.norms[phrase.core_end - 1]
    first = last - 2
    serves = r.norms[phrase.core_end : phrase.core_end + 1] in (["with"], ["at"], ["for"], ["from"])
    named = first > phrase.core_end and r.norms[first] in r.lexicon.given and is_unlisted_name(r, last - 1)
    if not (serves and named and is_person(head)) or r.doc.caseless:
        return _by_unknown_calling(r, phrase)
    actor = _sent_by(r, phrase.core_end, first) if r.norms[phrase.core_end] != "at" else None
    affiliation = words_of(r, phrase.first, first)
    name = tuple(r.norms[first:last])
    return _official(r, phrase, "", name, actor, "affiliation before the name", not actor, set(), affiliation)


def _by_unknown_calling(r, phrase):
    """ "Crane driver Ole Lind": a full name behind small words that no list has."""
    start, last = phrase.core_end, phrase.last
    while start > phrase.first and is_unlisted_name(r, start - 1):
        start -= 1
    if start == phrase.first:
        start += 1
    small = range(phrase.first, start)
    is_named = 2 <= phrase.core_end - start <= 4 and len(small) <= 5 and phrase.core_end == last
    if not is_named or not all(r.tags[i] in _BEFORE_NAMES for i in small):
        return NONE
    calling = r.norms[start - 1]
    if phrase.article:
        if phrase.article == "indefinite" or not is_person(calling):
            return NONE
    elif start - phrase.first == 1 and calling in r.names_inside:
        return NONE
    if start - phrase.first > 1 and is_proper(r, start - 1):
        return NONE
    return by_person(r, Phrase(start, last, last, None))


def by_calling(r, phrase):
    """ "A plumber", "his agent": one person by a calling that no list has, who speaks for nobody."""
    head = r.norms[phrase.core_end - 1]
    if not phrase.article or head.endswith("s") or not is_person(head) or phrase.core_end - 1 in r.in_hit:
        return NONE
    if not r.memory.is_source or r.upper[phrase.core_end - 1]:
        return NONE
    return _official(
        r, phrase, head, (), None, UNRESOLVED, True, description(r, phrase.first, phrase.core_end - 1), ""
    )
