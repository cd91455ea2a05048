"""Who the sources of a text are, read in the order of its words."""

from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.speakers import bodies, persons
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.speakers.memory import NOBODY, UNRESOLVED, Entity, remember, slug, slug_of, type_of
from copydesk.engine.speakers.phrase import (
    find_office,
    group_head,
    head_end,
    office_size,
    skip_article,
    take_apart,
)
from copydesk.engine.speakers.text_with_names import (
    PREPOSITIONS,
    behind_dateline,
    by_rules,
    hits_between,
    is_proper,
    is_unlisted_name,
    joins_name,
    read_text,
)

# What a mention is that is no source: the subject of a sentence, or somebody named in passing.
_SUBJECT, _IN_PASSING = -1, -2
# Rules that say how a source was found even where its actor stays open.
_OPEN = frozenset(
    ("person without a name", "same role introduced before", "surname of an earlier mention", "pronoun")
)
# The rules in the order in which they are tried.
_ORDER = (
    *("office", "group", "text", "whole name", "named body", "body"),
    *("affiliation", "person", "apposed person", "calling"),
)


class Voice(NamedTuple):
    """Who speaks in a statement.

    source_id: one person or body, the same wherever it speaks. source_type: such as "named official".
    affiliation: what the text says of whom the source serves, in its words, or "". actor: the id of the state,
    body or paper spoken for; "" for who speaks for nobody; "unresolved" where no rule settles it.
    resolved_by: the rule, in words.
    """

    source_id: str
    source_type: str
    affiliation: str
    actor: str
    resolved_by: str


def find_voices(doc, lexicon, statements, month=None):
    """list[Voice], one a statement. month: when the text was written, such as "2016-02", or None."""
    sources = {}
    for number, statement in enumerate(statements):
        if statement.source is not None:
            first, last = doc.token_range(*statement.source)
            if first < last:
                sources[number] = first, last
    surnames = [first for first, last in sources.values() if last - first == 1]
    r = read_text(doc, lexicon, surnames, _RULES, month)
    events = [(first, last, number) for number, (first, last) in sources.items()]
    taken = {i for first, last in sources.values() for i in range(first, last)}
    events += [(first, last, _SUBJECT) for first, last in _subjects(r, taken)]
    events += [(first, last, _IN_PASSING) for first, last in _introductions(r, taken)]
    answers, read = {}, {}
    for first, last, number in sorted(events, key=lambda event: (event[0], event[2] < 0)):
        r.memory.is_source = number >= 0
        found = read.get((first, last)) or _read(r, first, last, again=number != _IN_PASSING)
        read[first, last] = found  # "a banker said it held and said it would"
        if r.memory.is_source:
            answers[number] = found
    # What a person's office is may come out later than what he or she says: so the voices come last.
    return [_voice(r, answers.get(n), sources.get(n)) for n in range(len(statements))]


def _voice(r, answer, source):
    if answer is None:
        return Voice(UNRESOLVED, UNRESOLVED, "", UNRESOLVED, "no source named")
    entity, rule = answer
    if entity is None:
        return Voice(slug_of(r.norms[slice(*source)]) or UNRESOLVED, UNRESOLVED, "", UNRESOLVED, UNRESOLVED)
    if entity.actor == UNRESOLVED and rule not in _OPEN:
        rule = UNRESOLVED
    return Voice(entity.identity, entity.kind, entity.affiliation, entity.actor, rule)


def _subjects(r, taken):
    """The noun phrases that begin a sentence outside quotation marks: who is being talked about."""
    inside = set()
    for quotation in find_quotations(r.doc):
        inside.update(range(quotation.open, quotation.close + 1))
    for lo, hi in r.doc.sentence_ranges:
        if lo >= hi or lo in inside:
            continue
        lo = behind_dateline(r, lo, hi)
        found = phrases.first_noun_phrase(r.tokens, r.tags, lo, min(hi, lo + LIMITS.subject))
        if not found or found[0] >= found[1] or taken.intersection(range(*found)):
            continue
        if not {"v", "x", "e"}.isdisjoint(r.tags[found[1] : min(hi, found[1] + LIMITS.subject)]):
            yield found
            owner = next((i for i in range(*found) if not is_unlisted_name(r, i)), found[1])
            if r.tags[owner] == "z" and owner > found[0]:
                yield found[0], owner  # "Lind's answer to the flood was mild": he is spoken of


def _introductions(r, taken):
    """Persons named with their office anywhere else: known by their surnames from then on."""
    done, count, lo = 0, len(r.tokens), 0
    for i, norm in enumerate(r.norms):
        lo = i if i in r.opening else lo
        listed = norm in r.lexicon.offices and i >= done and i not in r.in_hit
        size = office_size(r, i, count) if listed else 0
        if not size:
            continue
        end = done = i + size
        while done < min(count, end + 4) and done not in r.in_hit and is_proper(r, done):
            done += 1
        owns = r.tags[done : done + 1] == ["z"]  # "President Lind's envoy" introduces both
        apposed = done == end and i not in taken and _is_named_behind(r, end)
        if (
            (apposed and "the" in r.norms[max(0, i - 4) : i])
            or done - end > (1 if r.doc.caseless else 0)
            and (i not in taken or owns)
        ):
            first = phrases.noun_phrase_start(r.tokens, r.tags, end - 1, max(lo, i - 6))
            # "a talk with Minister Lind" introduces the minister.
            cuts = [k for k in range(first, i) if r.tags[k] in PREPOSITIONS and not joins_name(r, k, i)]
            yield (cuts[-1] + 1 if cuts else first), done


def _is_named_behind(r, comma):
    """Whether a full name stands between this comma and the next: "behind the governor, Dr Ole Lind, on Monday"."""
    first = comma + 1
    if first >= len(r.norms):
        return False
    while first < len(r.norms) and r.norms[first] in r.lexicon.titles:
        first += 1
    last = first
    while last < len(r.norms) and is_unlisted_name(r, last) and not office_size(r, last, len(r.norms)):
        last += 1
    closes = r.norms[last : last + 1] in ([","], ["."])
    return r.norms[comma] == "," and last - first > 1 and closes


def _read(r, first, last, again=True):
    """(the entity that a noun phrase mentions or None, the rule).

    again: whether a pronoun behind it may take it up.
    """
    norm, words = r.norms[first], r.lexicon.words
    pronoun = r.tags[first] in ("r", "w") or any(
        norm in one for one in (words.he, words.she, words.it, words.they)
    )
    if last - first == 1 and pronoun:
        entity, rule = take_up(r, first), "pronoun"
    else:
        entity, rule = read_source(r, first, last)
    if entity is not None and again:
        r.memory.mentioned[entity.identity] = last
        remember(r, entity)
    return entity, rule


# --- pronouns ---------------------------------------------------------------------------------------


def take_up(r, index):
    """The entity that a pronoun takes up: the last that fits in gender and number; or None."""
    norm, words = r.norms[index], r.lexicon.words
    if norm in words.he or norm in words.she:
        gender = "male" if norm in words.he else "female"
        for entity in reversed(r.memory.persons[-LIMITS.mentions :]):
            if entity.gender in (None, gender):
                entity.gender = gender
                return entity
    elif norm in words.it:
        return r.memory.things[-1] if r.memory.things else None
    elif norm in words.they:
        person = r.memory.persons[-1] if r.memory.persons else None
        if person is not None and _is_they(r, person):
            return person
        if r.memory.groups:
            return r.memory.groups[-1]
        bodies_ = [thing for thing in r.memory.things[-LIMITS.mentions :] if thing.kind != "document"]
        return bodies_[-1] if bodies_ else None
    elif norm in ("who", "which"):
        return _antecedent(r, index)
    return None


def _is_they(r, person):
    """Whether "they" is one person: a spokesperson without a name, mentioned after any group or body."""
    at = r.memory.mentioned.get(person.identity, -1)
    others = [*r.memory.groups[-1:], *r.memory.things[-1:]]
    last = all(r.memory.mentioned.get(one.identity, -1) < at for one in others)
    return (
        last and not (person.gender or person.names) and not person.heads.isdisjoint(r.lexicon.words.epicene)
    )


def _antecedent(r, index):
    """Whom a relative pronoun takes up: the noun phrase right before it."""
    last = index - 1 if r.norms[index - 1] == "," else index
    first = phrases.noun_phrase_start(r.tokens, r.tags, last - 1, max(0, last - 20)) if last else 0
    found = read_source(r, first, last)[0] if first < last else None
    if found is None:
        inner = phrases.skip_back(r.tags, last - 1, first, "nmdez") + 1  # "the rise of Ann Lee, who"
        found = read_source(r, inner, last)[0] if first < inner < last else None
    return found


# --- noun phrases -----------------------------------------------------------------------------------


def read_source(r, first, last):
    """(the entity that a noun phrase mentions or None, the rule)."""
    listed = _listed(r, first, last)
    if listed:
        return listed, listed.rule
    phrase = take_apart(r, first, last)
    if phrase is None:
        return None, UNRESOLVED
    joined = _coordinated(r, phrase.first, phrase.last)
    if joined:
        return joined, joined.rule
    return by_rules(r, phrase, *_ORDER)


def _coordinated(r, first, last):
    """The entity of "Norway and Sweden" or "Dutch and Danish officials", where each part is known; or None."""
    i = next((i for i in range(first + 1, last - 1) if r.norms[i] == "and" and i not in r.in_hit), None)
    if i is None:
        return None
    rule, head = "two actors named together", group_head(r, first, last)
    if not head:
        pair = [_single(r, first, i), _single(r, i + 1, last)]
        if all(pair) and pair[0] is not pair[1]:
            return _together(pair, rule)
    hits = [hit for hit in hits_between(r, first, last) if hit.how != "body" or hit.kind != "state"]
    left, right = [hit for hit in hits if hit.last <= i], [hit for hit in hits if hit.first > i]
    if len(left) != 1 or not right or right[0].first > i + 2 or left[0].last != i:
        return None
    if left[0].actor == right[0].actor:
        return None
    private = head and head[0] not in r.lexicon.official_groups
    actors = NOBODY if private else "; ".join(dict.fromkeys((left[0].actor, right[0].actor)))
    return Entity(slug(r, first, last), "group" if head else type_of(left[0]), actors, rule, many=True)


def _listed(r, first, last):
    """The entity of "France, Spain and Italy", where each part is known; or None."""
    norms = r.norms[first:last]
    if "," not in norms or norms.count("and") != 1 or norms.index("and") < norms.index(","):
        return None
    parts, start = [], first
    for i in range(first, last + 1):
        if i == last or (r.norms[i] in (",", "and") and i not in r.in_hit):
            if i > start:
                parts.append(_single(r, start, i))
            start = i + 1
    known = [part for part in parts if part is not None]
    speak = all(not (one.is_person or one.many) and one.actor not in (NOBODY, UNRESOLVED) for one in known)
    if len(parts) > 2 and parts[0] is not None and not all(parts) and speak:
        # "the European Union and the group of seven": for those of them who are known
        whole = _together(known, "several actors named together")
        whole.identity = slug(r, first, last)
        return whole
    if len(parts) < 3 or "p" in r.tags[first:last] or not all(parts):
        return None
    return (
        _together(parts, "several actors named together") if len(set(map(id, parts))) == len(parts) else None
    )


def _single(r, first, last):
    """The person or state that the words name by themselves, or None."""
    first, article = skip_article(r, first, last)
    if (
        first >= last
        or any(r.norms[i] == "and" for i in range(first, last))
        or head_end(r, first, last) < last
    ):
        return None
    phrase = take_apart(r, first, last)._replace(article=article)
    if find_office(r, phrase.first, phrase.core_end):
        entity = persons.by_office(r, phrase)[0]
        return entity if entity is not None and entity.names else None
    entity = bodies.by_whole_name(r, phrase)[0]
    if entity is None and not r.doc.caseless and phrase.core_end == last and r.upper[last - 1]:
        entity = bodies.by_body(r, phrase)[0]
        entity = entity if entity is not None and entity.names else None
    if entity is None and persons.bare_name(r, phrase):
        entity = persons.by_person(r, phrase)[0]
    return entity


def _together(parts, rule):
    """Several who speak as one, for all for whom they speak."""
    actors = [part.actor for part in parts if part.actor not in (NOBODY, UNRESOLVED)]
    open_ = UNRESOLVED if any(part.actor == UNRESOLVED for part in parts) else NOBODY
    actor = "; ".join(dict.fromkeys(actors)) or open_
    kind = parts[0].kind if len({part.kind for part in parts}) == 1 else "group"
    return Entity("; ".join(part.identity for part in parts), kind, actor, rule, many=True)


_RULES = {
    "office": persons.by_office,
    "group": bodies.by_group,
    "text": bodies.by_text,
    "whole name": bodies.by_whole_name,
    "named body": bodies.by_named_body,
    "body": bodies.by_body,
    "affiliation": persons.by_affiliation,
    "person": persons.by_person,
    "apposed person": persons.by_apposed_person,
    "calling": persons.by_calling,
    "somebody": persons.somebody,
    "pronoun": take_up,
    "source": read_source,
}
