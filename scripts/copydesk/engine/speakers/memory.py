"""Who has been mentioned so far in a text, and who of them a name or a noun takes up."""

import re
from bisect import bisect_left

from copydesk.engine.speakers.limits import LIMITS

UNRESOLVED = "unresolved"
NOBODY = ""  # the actor of who speaks for nobody
DOCUMENT = "document"
MEDIA = ("newspaper", "news agency", "broadcaster")
# What a common noun with "the" can take up: "the agency" may be an organisation, a news agency or a company.
LIKE = {
    "organisation": ("organisation", "international organisation", "company", "news agency"),
    "company": ("company",),
    "newspaper": ("newspaper",),
    "news agency": ("news agency",),
    "broadcaster": ("broadcaster",),
}
_NAME_RULES = {
    "name": "name",
    "demonym": "demonym as noun",
    "capital": "capital as metonym",
    "seat": "seat as metonym",
    "body": "name of a body",
}
_NOT_IN_IDS = re.compile(r"[^\w.-]+")


class Entity:
    """Somebody who has been mentioned: a person, a body, a group or a text."""

    def __init__(self, identity, kind, actor, rule, *, many=False, heads=(), gender=None, affiliation=""):
        self.identity, self.kind, self.actor, self.rule = identity, kind, actor, rule
        self.many, self.names, self.heads, self.gender = many, set(), set(heads), gender
        self.affiliation = affiliation  # in the text's words
        self.article = None  # of the first mention of somebody without a name
        self.words = set()  # what has described it so far: "senior", "french"

    @property
    def is_person(self):
        return self.kind in ("named official", "anonymous official", "named person", "anonymous person")


class Memory:
    """The entities of a text so far, by what can take them up."""

    def __init__(self):
        self.by_name, self.by_head, self.by_body = {}, {}, {}
        self.numbers = {}  # how many anonymous persons an office has had
        self.mentioned = {}  # an identity, and the token at which it was mentioned last
        self.persons, self.things, self.groups = [], [], []
        self.names_of = {}
        self.is_source = True  # whether what is read now is a source


def named(kind):
    """The rule of a body's name."""
    return f"name of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def name_rule(hit):
    """The rule by which a name of the codebook is a source."""
    return hit.kind if hit.kind in MEDIA else _NAME_RULES[hit.how]


def type_of(hit):
    """The source's type where it is a name of the codebook."""
    return "government" if hit.kind == "state" else hit.kind


def slug(r, first, last):
    """An id from a noun phrase, without articles and numbers: small letters, digits, hyphens, inner stops."""
    tokens, tags = r.tokens[first:last], r.tags[first:last]
    kept = [token for token, tag in zip(tokens, tags, strict=True) if tag not in ("d", "m", "b")]
    return slug_of(token.norm for token in kept or tokens)


def slug_of(norms):
    """An id from words."""
    words = (_NOT_IN_IDS.sub("", norm) for norm in norms)
    return "-".join(word for word in words if word and word != "s").strip("-")


# --- to remember ------------------------------------------------------------------------------------


def remember(r, entity):
    """Let a pronoun take up an entity from here on."""
    if entity.many:
        r.memory.groups.append(entity)
    elif entity.is_person:
        r.memory.persons.append(entity)
    else:
        r.memory.things.append(entity)


def index(r, entity, name, roles, described=()):
    """Let a name or an office take up an entity; the entity."""
    for word in name:
        r.memory.by_name.setdefault(word, {}).setdefault(entity)
    entity.names.update(name)
    entity.words.update(described)
    for role in filter(None, roles):
        role = r.lexicon.short.get(role, role)
        entity.heads.add(role)
        first, *rest = (
            role.split()
        )  # "the minister" may be a foreign one, "the president" is no vice president
        for head in {role, rest[-1] if rest and first not in r.lexicon.rank else role}:
            r.memory.by_head.setdefault(head, []).append(entity)
    return entity


def index_body(r, entity, noun):
    """Let a noun take up a body: "the ministry"."""
    r.memory.by_body[entity.identity] = entity
    entity.heads.add(noun)
    for head in {noun, noun.split()[-1]}:
        r.memory.by_head.setdefault(head, []).append(entity)


def body(r, identity, kind, actor, rule, noun):
    """The body of that id, known or new, from here on taken up by its noun."""
    entity = r.memory.by_body.get(identity)
    if entity is None:
        entity = Entity(identity, kind, actor, rule, heads=[noun])
    index_body(r, entity, noun)
    return entity


def named_body(r, name, kind, noun):
    """The body of a name that no codebook has; a part of the name that was given in full takes it up."""
    entity = r.memory.by_body.get(slug_of(name)) or _longer_named(r, name)
    if entity is None:
        identity = slug_of(name)
        entity = Entity(identity, kind, identity, named(kind))
    for head in (noun, *(r.lexicon.words.media.get(kind, ()))):
        index_body(r, entity, head)
    r.memory.names_of.setdefault(entity.identity, tuple(name))
    return index(r, entity, name, ())


def _longer_named(r, name):
    """The body whose name in full ends with all the words of `name`, two at least; or None."""
    if len(name) < 2:
        return None
    for known in reversed(r.memory.by_name.get(name[-1], ())):
        whole = r.memory.names_of.get(known.identity, ())
        if not known.is_person and len(whole) > len(name) and whole[-len(name) :] == tuple(name):
            return known
    return None


def of_hit(r, hit):
    """The entity that a name of the codebook names."""
    own = hit.how == "body" and hit.kind == "state"
    identity = "-".join(r.norms[hit.first : hit.last]) if own else hit.actor
    entity = r.memory.by_body.get(identity)
    if entity is None:
        many = hit.how == "demonym" and hit.kind != "state"
        entity = Entity(identity, type_of(hit), hit.actor, _NAME_RULES[hit.how], many=many)
        r.memory.by_body[identity] = entity
    heads = [r.norms[hit.last - 1]] if hit.how != "capital" else []
    heads += r.lexicon.words.media.get(hit.kind, ())
    for head in heads:
        r.memory.by_head.setdefault(head, []).append(entity)
    return entity


# --- to take up -------------------------------------------------------------------------------------


def known_person(r, name, gender=None, whole=()):
    """The person last introduced under that name, of no other first name and no other gender; or None.

    whole: all words of the holder's name, where the office tells who it is.
    """
    fit = []
    for known in reversed(r.memory.by_name.get(name[-1], ())):
        if gender and known.gender and gender != known.gender:
            continue
        if whole and len(known.names) > 1 and not whole & (known.names - {name[-1]}):
            continue
        whole_name = known.is_person or known.names == set(name)
        if len(name) == 1 or (whole_name and (name[0] in known.names or len(known.names) == 1)):
            fit.append(known)
    if len(name) > 1 or not fit:
        return fit[0] if fit else None
    # A surname is a person's before a body's ("the Lind campaign"), and of two that of who was heard or spoken of last.
    surname = len(r.full_names.get(name[0], ())) > 1
    persons = [known for known in fit if known.is_person or not surname]
    return max(persons, key=lambda known: r.memory.mentioned.get(known.identity, -1), default=None)


def taken_up(r, role, employer, described):
    """The one of that office who was mentioned last and whom the description fits; or None.

    Legislators and governors are many, and told by where they are elected: for them all of it must fit.
    """
    strict = described if role in r.lexicon.elected or role in r.lexicon.regional else frozenset()
    role = r.lexicon.short.get(role, role)
    for entity in reversed(r.memory.by_head.get(role, ())[-LIMITS.mentions :]):
        if not strict <= entity.words:
            continue
        if employer is not None and entity.actor == employer:
            return entity
        open_ = entity.actor == UNRESOLVED or employer is None
        if open_ and (described <= entity.words or (employer is not None and not entity.words)):
            return entity
    return None


def last_body(r, at):
    """The body that was mentioned last, not long before the token `at`, or None."""
    for thing in reversed(r.memory.things[-LIMITS.mentions :]):
        if thing.kind != "document":
            near = at - r.memory.mentioned.get(thing.identity, -LIMITS.near) < LIMITS.near
            return thing if near and thing.actor != UNRESOLVED else None
    return None


def in_passing(r, at, kinds):
    """The body of one of the kinds that was named last before the token `at`, wherever it stood; or None."""
    place = bisect_left(r.hits, at, key=lambda hit: hit.first)
    near = [hit for hit in r.hits[max(0, place - 8) : place] if hit.kind in kinds]
    return of_hit(r, near[-1]) if near and at - near[-1].last < LIMITS.near else None


def shortens(r, entity):
    """Whether the text calls somebody by the first word of the name alone and never by the last: bodies are
    shortened so, and persons in the news to their surnames."""
    first, *rest = r.memory.names_of.get(entity.identity, ("",))
    return bool(rest) and first in r.names_alone and rest[-1] not in r.names_alone
