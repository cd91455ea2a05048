"""The codebook of actors, and the search for its names in a text."""

import re
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, field_validator

from copydesk.engine import toml_files
from copydesk.engine.text import normal_words
from copydesk.errors import InputError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# The tables of the codebook that hold actors, and what kind of actor each holds.
KINDS = {
    "states": "state",
    "international_organisations": "international organisation",
    "news_agencies": "news agency",
    "newspapers": "newspaper",
    "broadcasters": "broadcaster",
    "organisations": "organisation",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Entry(_Strict):
    """An actor: its label and what else names it."""

    label: str
    names: list[str] = []
    demonyms: list[str] = []
    capitals: list[str] = []
    seats: list[str] = []
    bodies: list[str] = []
    adjectives: list[str] = []
    labels: list[str] = []

    @field_validator("names", "demonyms", "capitals", "seats", "bodies", "adjectives", "labels")
    @classmethod
    def _are_names(cls, values):
        for value in values:
            if not value.strip() or not any(character.isalnum() for character in value):
                raise ValueError("a name must hold a letter or a digit")
        return values


class Groups(_Strict):
    official: list[str]
    private: list[str]
    own: list[str]
    any: list[str]
    endings: list[str]
    quantifiers: list[str]


class Roles(_Strict):
    office: list[str]
    abroad: list[str]
    private: list[str]
    relational: list[str]
    employed: list[str]
    local: list[str]
    regional: list[str]
    national: list[str]
    leading: frozenset[str]
    same_as: dict[str, str]
    short: dict[str, str]
    of_state: dict[str, list[str]]
    elected: list[str]
    teams: list[str]
    male: list[str]
    female: list[str]
    particles: list[str]
    titles: list[str]
    honours: list[str]
    endings: list[str]
    names: list[str]
    rank: list[str]


class Bodies(_Strict):
    nouns: list[str]
    organisation_nouns: list[str]
    company_nouns: list[str]
    national: list[str]
    company_names: list[str]
    vague: list[str]
    general: list[str]
    specific: list[str]
    local: list[str]
    media_nouns: list[str]
    agency_nouns: list[str]
    broadcast_nouns: list[str]


class Texts(_Strict):
    document: list[str]
    voice: list[str]
    released: list[str]


class GivenNames(_Strict):
    male: list[str]
    female: list[str]


class Words(_Strict):
    indefinite: frozenset[str]
    definite: frozenset[str]
    leads_in: frozenset[str]
    former: frozenset[str]
    epicene: frozenset[str]
    of_companies: frozenset[str]
    plural_verbs: frozenset[str]
    against: frozenset[str]
    breaks: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    it: frozenset[str]
    they: frozenset[str]
    possessives: frozenset[str]
    employs: frozenset[str]
    issues: frozenset[str]
    compounds: tuple[str, ...]
    adjectives: tuple[str, ...]
    common: tuple[str, ...]
    branches: frozenset[str]
    courts: tuple[str, ...]
    learned: frozenset[str]
    state_itself: frozenset[str]
    services: frozenset[str]
    sites: frozenset[str]
    of_a_part: frozenset[str]
    at_home: frozenset[str]
    led: frozenset[str]
    realms: frozenset[str]
    media: dict[str, list[str]]


class Codebook(_Strict):
    """`actors.toml`, whole."""

    ordinary_words: list[str]
    states: dict[str, Entry]
    international_organisations: dict[str, Entry]
    news_agencies: dict[str, Entry]
    newspapers: dict[str, Entry]
    broadcasters: dict[str, Entry]
    organisations: dict[str, Entry]
    groups: Groups
    roles: Roles
    bodies: Bodies
    texts: Texts
    regions: dict[str, list[str]]
    given_names: GivenNames
    words: Words

    @field_validator(*KINDS)
    @classmethod
    def _have_ids(cls, entries):
        for one in entries:
            if not _ID.fullmatch(one):
                raise ValueError(f"'{one}' is no id; use small letters, digits and single hyphens")
        return entries

    def actors(self):
        """(id, kind, Entry) of every actor."""
        for table, kind in KINDS.items():
            for one, entry in getattr(self, table).items():
                yield one, kind, entry


class Hit(NamedTuple):
    """A name found: token indices, the actor, its kind, and how it is named."""

    first: int
    last: int
    actor: str
    kind: str
    how: str


class _Name(NamedTuple):
    words: tuple
    actor: str
    kind: str
    how: str
    capital: str  # "initial", "all" or "": what capitals it must carry in a text that has them
    ordinary: bool


def codebook():
    """The codebook `actors.toml`. Raises InputError with the place of a fault."""
    return toml_files.load("actors", Codebook)


def lexicon(extra=()):
    """The codebook as a `Lexicon`, with a story's `extra_actors` over it."""
    return _lexicon(
        tuple((one.id, one.label, one.kind, tuple(one.names), tuple(one.demonyms)) for one in extra)
    )


def actor_labels(extra=()):
    """dict of an actor's id to the name that readers see."""
    labels = {one: entry.label for one, _, entry in codebook().actors()}
    labels.update({one.id: one.label for one in extra})
    return labels


@cache
def _lexicon(extra):
    book = codebook()
    entries = [(one, kind, entry) for one, kind, entry in book.actors()]
    for one, label, kind, names, demonyms in extra:
        entries.append((one, kind, Entry(label=label, names=list(names), demonyms=list(demonyms))))
    return Lexicon(book, entries, {one for one, *_ in extra})


class Lexicon:
    """The names of the codebook by the normal form of their first word, and its lists of common nouns."""

    def __init__(self, book, entries, stronger):
        self.own = frozenset(stronger)  # the actors that a story brings
        self.states = frozenset(actor for actor, kind, _ in entries if kind == "state")
        self.by_first = {}
        ordinary = {_words(word) for word in book.ordinary_words}
        owner = {}
        self.labels, self.adjectives = {}, {}
        for actor, kind, entry in entries:
            self.labels.update(dict.fromkeys(map(str.casefold, entry.labels), actor))
            self.adjectives.update(dict.fromkeys(map(str.casefold, entry.adjectives), actor))
            for how, values in (
                ("name", [entry.label, *entry.names]),
                ("demonym", [form for word in entry.demonyms for form in (word, _plural(word))]),
                ("capital", entry.capitals),
                ("seat", entry.seats),
                ("body", entry.bodies),
            ):
                for value in [form for name in values for form in _forms(name)]:
                    words = _words(value)
                    other = owner.get(words)
                    if other and other[0] != actor and actor not in stronger:
                        raise InputError(
                            f"{toml_files.data_folder() / 'codebooks' / 'actors.toml'}: '{value}' names both "
                            f"{other[0]} and {actor}; take it from one of them."
                        )
                    if not other or actor in stronger:
                        owner[words] = (actor, kind, how, _capital(value), words in ordinary)
        for words, (actor, kind, how, capital, is_ordinary) in owner.items():
            name = _Name(words, actor, kind, how, capital, is_ordinary)
            self.by_first.setdefault(words[0], []).append(name)
        for names in self.by_first.values():
            names.sort(key=lambda name: -len(name.words))
        self.regions = {
            _words(region): state for state, regions in book.regions.items() for region in regions
        }
        self.region_starts = frozenset(words[0] for words in self.regions)
        self.words = book.words
        self._add_nouns(book)

    def _add_nouns(self, book):
        roles, bodies = book.roles, book.bodies
        held = [
            *roles.office,
            *roles.abroad,
            *roles.private,
            *(one for held in roles.of_state.values() for one in held),
        ]
        self.hyphened = {one.replace(" ", "-"): one for one in held if " " in one}  # "attorney-general"
        self.offices, self.callings = _phrases([*held, *self.hyphened]), frozenset(held)
        self.officials = self.callings - frozenset(roles.private)
        self.private, self.abroad = frozenset(roles.private), frozenset(roles.abroad)
        self.relational, self.elected = frozenset(roles.relational), frozenset(roles.elected)
        self.gender = dict.fromkeys(roles.male, "male") | dict.fromkeys(roles.female, "female")
        self.given = dict.fromkeys(book.given_names.male, "male")
        self.given |= dict.fromkeys(book.given_names.female, "female")
        self.employed, self.local_offices = frozenset(roles.employed), frozenset(roles.local)
        self.regional, self.national = frozenset(roles.regional), frozenset(roles.national)
        self.of_state = {role: state for state, held in roles.of_state.items() for role in held}
        self.short = roles.short
        self.particles, self.callings_end = frozenset(roles.particles), tuple(roles.endings)
        self.honours = frozenset(roles.honours)
        self.titles, self.rank = frozenset(roles.titles), frozenset(roles.rank)
        self.official_groups = frozenset(book.groups.official)
        self.groups = self.official_groups | frozenset(book.groups.private)
        self.own_groups, self.any_group = frozenset(book.groups.own), frozenset(book.groups.any)
        self.group_endings = tuple(book.groups.endings)
        self.quantifiers = frozenset(book.groups.quantifiers)
        self.voices = frozenset(book.texts.voice)
        self.texts = self.voices | frozenset(book.texts.document)
        self.bodies = (
            (frozenset(bodies.broadcast_nouns), "broadcaster"),
            (frozenset(bodies.agency_nouns), "news agency"),
            (frozenset(bodies.media_nouns), "newspaper"),
            (frozenset(bodies.nouns), "government"),
            (frozenset(bodies.organisation_nouns), "organisation"),
            (frozenset(bodies.company_nouns), "company"),
        )
        self.body_words = frozenset(word for words, _ in self.bodies for word in words)
        self.company_names, self.vague = frozenset(bodies.company_names), frozenset(bodies.vague)
        self.national_bodies = frozenset(bodies.national)
        self.government_nouns = frozenset(bodies.nouns)
        self.company_nouns = frozenset(bodies.company_nouns)
        self.organisation_nouns = frozenset(bodies.organisation_nouns)
        self.specific, self.released = frozenset(bodies.specific), frozenset(book.texts.released)
        self.name_ends = dict.fromkeys(self.organisation_nouns, "organisation")
        self.name_ends |= dict.fromkeys(self.company_nouns | self.company_names, "company")
        self.teams = frozenset(roles.teams)
        self.held_in = self.body_words | book.words.branches | {"the", "opposition"}
        self.general, self.local = frozenset(bodies.general), frozenset(bodies.local)
        words = (self.groups, self.texts, self.rank, frozenset(roles.office), self.abroad, self.private)
        self.common = frozenset(word for group in words for word in group) - frozenset(roles.names)

    def find(self, doc, first, last, whole=False):
        """list[Hit]: the names among the tokens, the longest first, none overlapping.

        whole: take a name that is also an ordinary word, if it is the whole of the range.
        """
        hits, done = [], first
        norms = [*doc.norms[first:last], ""]  # so that the last word has one behind it
        by_first = self.by_first
        for i, norm in enumerate(norms, first):
            names = by_first.get(norm)
            if not names or i < done:
                continue
            behind = norms[i - first + 1]
            for name in names:
                words = name.words
                if len(words) > 1 and words[1] != behind:
                    continue
                end = i + len(words)
                if end <= last and self._matches(doc, name, i, whole and i == first and end == last):
                    hits.append(Hit(i, end, name.actor, name.kind, name.how))
                    done = end
                    break
        return hits

    def _matches(self, doc, name, i, whole):
        tokens = doc.tokens
        for k, word in enumerate(name.words):
            if tokens[i + k].norm != word:
                return False
        if doc.caseless:
            return whole or not name.ordinary
        token = tokens[i + 1 if name.words[0] == "the" and len(name.words) > 1 else i]
        written = doc.text[token.start : token.end]
        if name.capital == "all":
            return written.isupper()
        return name.capital == "" or written[0].isupper() or not written[0].isalpha()

    @staticmethod
    def longest(words, norms, i, last):
        """How many tokens from `i` on are one of the phrases `words` (see `_phrases`); 0 for none."""
        for rest in words.get(norms[i], ()):
            end = i + 1 + len(rest)
            if end <= last and tuple(norms[i + 1 : end]) == rest:
                return 1 + len(rest)
        return 0


@cache
def _words(name):
    return tuple(normal_words(name))


def _forms(name):
    """A name, and letters alone with stops and hyphens too: FBI, F.B.I., F-B-I."""
    letters = name.isalpha() and name.isupper() and 2 <= len(name) <= 5
    return (name, ".".join(name) + ".", "-".join(name)) if letters else (name,)


def _plural(word):
    return word if word.endswith(("s", "sh", "ch", "ese", "men", "man")) else word + "s"


def _capital(name):
    letters = [character for character in name if character.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)) and "." not in name and " " not in name:
        return "all"
    return "initial" if letters and any(map(str.isupper, letters)) else ""


def _phrases(values):
    """dict of first word to the rests of the phrases that begin with it, the longest first."""
    found = {}
    for value in dict.fromkeys(values):
        first, *rest = value.split()
        found.setdefault(first, []).append(tuple(rest))
    for rests in found.values():
        rests.sort(key=len, reverse=True)
    return found
