"""Whom an office serves: a state, a body or a person, by what stands around the office. A part of `actors`."""

from typing import NamedTuple

UNRESOLVED = "unresolved"
MEDIA = ("newspaper", "news agency", "broadcaster")

# Prepositions behind an office, with whom it serves behind them.
EMPLOYS = frozenset("of for from at with on".split())
_POSSESSIVES = frozenset("its their his her".split())
# "A Lima-based group" has no name.
COMPOUNDS = ("-based", "-led", "-backed", "-owned", "-run", "-born", "-style", "-funded")
# Endings of adjectives: "Democratic aides" are no body's aides.
_ADJECTIVES = ("ic", "ish", "ern", "ese", "ian", "ican", "ean", "ist", "ical")
# How far back the body may be whose spokesman is nobody else's: two or three paragraphs of a news story.
_REACH = 150

TITLE_RULES = {
    "name": "country in title",
    "demonym": "demonym in title",
    "capital": "capital as metonym",
    "seat": "seat in title",
    "body": "body in title",
}


class Phrase(NamedTuple):
    """A noun phrase taken apart: token indices of its core and of its prepositional part."""

    first: int
    core_end: int
    last: int
    article: str | None  # "definite", "indefinite" or None


def preferred(hits):
    """The name that employs, of those before an office: a state before any other."""
    states = [hit for hit in hits if hit.kind == "state"]
    return (states or hits or [None])[0]


class Employers:
    """What a reader of sources asks of an office: who employs the one that holds it."""

    def _employer(self, phrase, start, role):
        """(actor id or None, rule): whom the office that begins at `start` serves."""
        abroad = role in self.lexicon.abroad or role.rstrip("s") in self.lexicon.abroad
        before = [h for h in self.hits_between(phrase.first, start) if not (abroad and h.kind != "state")]
        hit = preferred(before)
        if hit:
            return hit.actor, TITLE_RULES.get(hit.how, UNRESOLVED) if hit.kind == "state" else (
                "organisation in title"
            )
        owner = self._possessor(phrase, start)
        if owner is not None:
            return owner.actor, "possessor of the office"
        hit = self._hit_behind(phrase, {"from"} if abroad else EMPLOYS)
        if hit:
            return hit.actor, "state or organisation after title"
        if not abroad and role.startswith("official"):
            hit = self._hit_behind(phrase, {"in"})
            if hit and hit.how == "capital":
                return hit.actor, "capital as place of office"
        actor, rule = self._by_place(phrase)
        if actor or abroad or role in self.lexicon.private or role in self.lexicon.elected:
            return actor, rule
        actor = self._employer_before(phrase, start) or self._employer_behind(phrase)
        if actor:
            return actor, "body named with the office"
        # "Apple's chairman", "oversight chairman" and "a spokesman for the choir" say whose they are.
        named = phrase.core_end < phrase.last and self.norms[phrase.core_end] in EMPLOYS
        named |= any(
            self.norms[i] not in self.lexicon.rank and self.norms[i] not in self.lexicon.offices
            for i in range(phrase.first, start)
            if self.tags[i] != "c"
        )
        named |= "ministry" in self.norms[phrase.first : phrase.last]
        if role in self.lexicon.relational and not named:
            body = self._last_body(phrase.first)
            if body is not None:
                return body.actor, "office of the body mentioned last"
        return None, UNRESOLVED

    def _hit_behind(self, phrase, prepositions):
        """The first name behind one of the prepositions, no further than the next preposition."""
        i = phrase.core_end
        if i >= phrase.last or self.norms[i] not in prepositions:
            return None
        i += 1
        while i < phrase.last and self.tags[i] not in "pi":
            if i in self.hit_at:
                return self.hit_at[i]
            i += 1
        return None

    def _by_place(self, phrase):
        """ "In Lima, a foreign ministry spokeswoman said": the capital in which a ministry speaks."""
        words = self.norms[phrase.first : phrase.last]
        if not any(word in words for word in ("ministry", "minister", "government")):
            return None, UNRESOLVED
        i = phrase.first - 1
        while i > 0 and self.tags[i] in "d,":
            i -= 1
        hit = self.hit_at.get(i)
        if hit and hit.how == "capital" and i and self.norms[i - 1] == "in":
            return hit.actor, "capital where it was said"
        # A minister travels; who speaks for the ministry does so at home: "… said at a briefing in Lima".
        if any(word.startswith("spokes") for word in words):
            for k in range(phrase.last, min(phrase.last + 14, len(self.norms) - 1)):
                if self.tags[k] in '.;,?!"':
                    break
                hit = self.hit_at.get(k + 1)
                if self.norms[k] == "in" and hit and hit.how == "capital":
                    return hit.actor, "capital where it was said"
        return None, UNRESOLVED

    def _possessor(self, phrase, end):
        """Who owns what stands at `end`, known and no text: "its chair", "the party's leader"; or None."""
        owner = None
        marks = [i for i in range(phrase.first + 1, end) if self.tags[i] == "z"]
        if marks:
            owner = self._owner(phrase.first, marks[-1], phrase.article)
        elif phrase.article == "definite":
            i = phrase.first - 1
            while i > 0 and self.tags[i] in "bm":
                i -= 1
            if self.norms[i] in _POSSESSIVES:
                owner = self._pronoun(i)
        known = owner is not None and owner.actor != UNRESOLVED and owner.kind not in ("document", "group")
        return owner if known else None

    def _owner(self, first, last, article):
        phrase = Phrase(first, last, last, article)
        for rule in (self._by_whole_name, self._by_office, self._by_body, self._by_person):
            entity = rule(phrase)[0]
            if entity is not None:
                return entity
        return None

    def _employer_before(self, phrase, start):
        """The actor of a body named right before an office, with or without a name of its own: "company
        spokesman", "Elven Ferries director"; or None."""
        end = start
        while end > phrase.first:
            size, _ = self._last_phrase(self.lexicon.body_words, phrase.first, end)
            if size:
                body = self._by_body(Phrase(end - size, end, end, "definite"))[0]
                return body.actor if body is not None and body.actor != UNRESOLVED else None
            if self.norms[end - 1] not in self.lexicon.rank:
                break
            end -= 1
        if self.tags[end - 1] == "z":  # "Apple's chairman"
            end -= 1
        first = end
        while first > phrase.first and self._has_capital(first - 1):
            first -= 1
        # "Communications Director" has a capital as a heading has it; a name has it in the running text too.
        written_small = self.doc.text[self.tokens[start].start].islower()
        if first < end and written_small and (end - first > 1 or self.norms[first] in self.names_inside):
            return self._actor_named(first, end)
        return None

    def _employer_behind(self, phrase):
        """The actor named behind an office and a preposition: "a commander of the rebel River Front"; or None."""
        i = phrase.core_end
        if i >= phrase.last or self.norms[i] not in EMPLOYS or self.doc.caseless:
            return None
        first, article = self._article(i + 1, phrase.last)
        last = phrase.last
        for k in range(first + 1, phrase.last):
            if self.tags[k] in "pi" and not self._joins_name(k, last):
                last = k
                break
        if first >= last:
            return None
        if all(self._has_capital(k) or self._joins_name(k, last) for k in range(first, last)):
            return self._actor_named(first, last)  # "the Institute for Lake Studies"
        part = Phrase(first, last, last, article)
        for rule in (self._by_named_body, self._by_office, self._by_body):
            entity = rule(part)[0]
            if entity is not None:
                return entity.actor if entity.actor != UNRESOLVED else None
        start = last
        while start > first and (self._has_capital(start - 1) or self._joins_name(start - 1, last)):
            start -= 1
        return self._actor_named(start, last) if start < last else None

    def _actor_named(self, first, last):
        """Whom a name that no codebook has stands for: a person known by it, or a body of that name."""
        if last - first == 1 and self.norms[first].endswith(_ADJECTIVES):
            return None
        name = self._full(self._without_titles(first, last) or tuple(self.norms[first:last]))
        known = self._known_person(name)
        actor = known.actor if known else "-".join(name)
        return actor if actor != UNRESOLVED else None

    def _is_unlisted_name(self, i):
        """Whether a token is a part of a name that no codebook has, in a text with capitals."""
        return (
            not self.doc.caseless and i not in self.in_hit and self.tags[i] in "nevg" and self._is_proper(i)
        )

    def _has_capital(self, i):
        """Whether a token is a part of an unlisted name, though inside a sentence it is also a rank: "National"."""
        if self._is_unlisted_name(i):
            return True
        if self.doc.caseless or i in self.in_hit or i in self.opening or self.norms[i].endswith(COMPOUNDS):
            return False
        return self.tags[i] in "nevg" and self.doc.text[self.tokens[i].start].isupper()

    def _joins_name(self, i, last):
        """Whether a small word stands between the capitals of one name: "Institute for Lake Studies"."""
        inner = self.norms[i] in ("of", "for", "on", "and", "&") and i + 1 < last
        return inner and self._has_capital(i - 1) and self._has_capital(i + 1)

    def _last_body(self, at):
        """The body that was mentioned last, not long before the token `at`, or None."""
        for thing in reversed(self.things[-6:]):
            if thing.kind != "document":
                near = at - self.mentioned.get(thing.identity, -_REACH) < _REACH
                return thing if near and thing.actor != UNRESOLVED else None
        return None
