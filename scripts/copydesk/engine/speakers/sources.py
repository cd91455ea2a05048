"""Who a source is: its noun phrase taken apart, and whom it takes up. A part of `actors`."""

import re
from bisect import bisect_left
from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.speakers.employers import (
    COMPOUNDS,
    EMPLOYS,
    MEDIA,
    UNRESOLVED,
    Employers,
    Phrase,
    preferred,
)

_INDEFINITE = frozenset("a an another one".split())
_DEFINITE = frozenset("the this that these those his her its their our my".split())
_LEADS_IN = frozenset(('"', "'", "as", "by", "to", "for"))
_FORMER = frozenset("former ex retired ex-president onetime one-time late".split())
_ISSUES = frozenset("of from by in at on".split())
# Endings of common nouns and adjectives: in a text without capitals, signs that a word is no personal name.
_COMMON_ENDINGS = tuple(
    "tion tions ments ity ities ness ance ances ence ences ism isms ship ous ive able ful less".split()
)
_BREAKS = frozenset((",", "(", ")", "-", ";", ":", '"', "who", "whose", "which", "that", "said", "told"))
_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
# What a mention is that is no source: the subject of a sentence, or somebody named in passing.
_SUBJECT, _IN_PASSING = -1, -2
_IT, _THEY = frozenset("it its itself".split()), frozenset("they them their themselves both".split())


class Voice(NamedTuple):
    """Who speaks in a statement.

    source_id: one person or body, the same wherever it speaks. source_type: such as "named official".
    actor: the id of the actor spoken for, or "unresolved". resolved_by: the rule, in words.
    """

    source_id: str
    source_type: str
    actor: str
    resolved_by: str


class _Entity:
    """Somebody who has been mentioned: a person, a body, a group or a text."""

    def __init__(self, identity, kind, actor, rule, *, many=False, names=(), heads=(), gender=None):
        self.identity, self.kind, self.actor, self.rule = identity, kind, actor, rule
        self.many, self.names, self.heads, self.gender = many, set(names), set(heads), gender
        self.words = set()  # what has described it so far: "senior", "french"

    @property
    def is_person(self):
        return self.kind in ("named official", "anonymous official", "named person", "anonymous person")


class SourceReader(Employers):
    """One text: whom it has mentioned so far, in the order of its words."""

    def __init__(self, doc, names):
        self.doc, self.lexicon = doc, names
        self.tokens = doc.tokens
        self.norms = [token.norm for token in doc.tokens]
        self.tags = phrases.tags_of(doc)
        self.hits = names.find(doc, 0, len(self.tokens))
        self.hit_at = {hit.first: hit for hit in self.hits}
        self.in_hit = {i for hit in self.hits for i in range(hit.first, hit.last)}
        self.by_name, self.by_head, self.by_body = {}, {}, {}
        self.numbers = {}
        self.mentioned = {}  # an identity, and the token at which it was mentioned last
        self.persons, self.things, self.groups = [], [], []
        self.full_names = {}
        self.cached = {}

    # --- the order of events --------------------------------------------------------------------------

    def voices(self, statements):
        events = []
        for number, statement in enumerate(statements):
            if statement.source is not None:
                first, last = self.doc.token_range(*statement.source)
                if first < last:
                    events.append((first, last, number))
        self._read_names()
        self.full_names = self._full_names([first for first, last, _ in events if last - first == 1])
        taken = sorted((first, last) for first, last, _ in events)
        events += [(first, last, _SUBJECT) for first, last in self._subjects(taken)]
        events += [(first, last, _IN_PASSING) for first, last in self._introductions(taken)]
        answers = {}
        for first, last, number in sorted(events, key=lambda event: (event[0], event[2] < 0)):
            self.is_source = number >= 0
            entity, rule = self._read_source(first, last, remember=number != _IN_PASSING)
            if self.is_source:
                answers[number] = entity, rule, (first, last)
        # What a person's office is may come out later than what he or she says: so the voices come last.
        return [self._voice(answers.get(n), statement) for n, statement in enumerate(statements)]

    def _voice(self, answer, statement):
        if answer is None:
            return Voice(UNRESOLVED, UNRESOLVED, UNRESOLVED, "no source named")
        entity, rule, (first, last) = answer
        if entity is None:
            return Voice(_slug(self.tokens[first:last]) or UNRESOLVED, UNRESOLVED, UNRESOLVED, UNRESOLVED)
        if entity.actor == UNRESOLVED and rule not in _OPEN:
            rule = UNRESOLVED
        return Voice(entity.identity, entity.kind, entity.actor, rule)

    def _subjects(self, taken):
        """The noun phrases that begin a sentence outside quotation marks: who is being talked about."""
        inside = set()
        for quotation in find_quotations(self.doc):
            inside.update(range(quotation.open, quotation.close + 1))
        taken = {i for first, last in taken for i in range(first, last)}
        for span in self.doc.sentences:
            lo, hi = self.doc.token_range(*span)
            if lo >= hi or lo in inside:
                continue
            found = phrases.first_noun_phrase(self.tokens, self.tags, lo, min(hi, lo + 40))
            if not found or found[0] >= found[1] or taken.intersection(range(*found)):
                continue
            if not {"v", "x", "e"}.isdisjoint(self.tags[found[1] : min(hi, found[1] + 30)]):
                yield found

    def _introductions(self, taken):
        """Persons named with their office anywhere else: known by their surnames from then on."""
        taken = {i for first, last in taken for i in range(first, last)}
        done, count = 0, len(self.tokens)
        offices = self.lexicon.offices
        for i, norm in enumerate(self.norms):
            if norm not in offices or i < done or i in self.in_hit:
                continue
            size = self._office_size(i, count)
            if not size:
                continue
            end = done = i + size
            while done < min(count, end + 4) and done not in self.in_hit and self._is_proper(done):
                done += 1
            if done - end > (1 if self.doc.caseless else 0) and i not in taken:
                yield phrases.noun_phrase_start(self.tokens, self.tags, end - 1, max(0, i - 6)), done

    def _read_source(self, first, last, remember=True):
        """(the entity that a noun phrase mentions or None, the rule).

        remember: whether a pronoun behind it may take it up.
        """
        norm = self.norms[first]
        if last - first == 1 and (self.tags[first] in "rw" or norm in _HE | _SHE | _IT | _THEY):
            entity, rule = self._pronoun(first), "pronoun"
        else:
            entity, rule = self._entity(first, last)
        if entity is not None and remember:
            self.mentioned[entity.identity] = last
            self._remember(entity)
        return entity, rule

    def _remember(self, entity):
        if entity.many:
            self.groups.append(entity)
        elif entity.is_person:
            self.persons.append(entity)
        else:
            self.things.append(entity)

    # --- pronouns -------------------------------------------------------------------------------------

    def _pronoun(self, index):
        norm = self.norms[index]
        if norm in _HE or norm in _SHE:
            gender = "male" if norm in _HE else "female"
            for entity in reversed(self.persons[-12:]):
                if entity.gender in (None, gender):
                    entity.gender = gender
                    return entity
        elif norm in _IT:
            return self.things[-1] if self.things else None
        elif norm in _THEY:
            if self.groups:
                return self.groups[-1]
            bodies = [thing for thing in self.things[-6:] if thing.kind != "document"]
            return bodies[-1] if bodies else None
        elif norm in ("who", "which"):
            return self._antecedent(index)
        return None

    def _antecedent(self, index):
        """Whom a relative pronoun takes up: the noun phrase right before it."""
        last = index - 1 if self.norms[index - 1] == "," else index
        first = phrases.noun_phrase_start(self.tokens, self.tags, last - 1, max(0, last - 20)) if last else 0
        found = self._entity(first, last)[0] if first < last else None
        if found is None:
            inner = phrases.skip_back(self.tags, last - 1, first, "nmdez") + 1  # "the rise of Ann Lee, who"
            found = self._entity(inner, last)[0] if first < inner < last else None
        return found

    # --- noun phrases ---------------------------------------------------------------------------------

    def _entity(self, first, last):
        """(the entity that a noun phrase mentions or None, the rule)."""
        listed = self._listed(first, last)
        if listed:
            return listed, listed.rule
        first, article = self._article(first, last)
        head_end = self._head_end(first, last)
        if first >= head_end:
            return None, UNRESOLVED
        joined = self._coordinated(first, head_end, article)
        if joined:
            return joined, joined.rule
        phrase = Phrase(first, self._core_end(first, head_end), head_end, article)
        for rule in (
            self._by_office,
            self._by_group,
            self._by_text,
            self._by_whole_name,
            self._by_named_body,
            self._by_body,
            self._by_affiliation,
            self._by_person,
            self._by_apposed_person,
        ):
            entity, how = rule(phrase)
            if entity is not None:
                return entity, how
        return None, UNRESOLVED

    def _article(self, first, last):
        """(index behind what leads in, which article)."""
        article = None
        while first < last:
            norm = self.norms[first]
            if first in self.hit_at and norm in ("the", "a"):
                break
            if norm in _INDEFINITE or norm in ("second", "third") and article == "indefinite":
                article = "indefinite"
            elif norm in _DEFINITE:
                article = "definite"
            elif self._begins_phrase(first):
                break
            first += 1
        return first, article

    def _begins_phrase(self, i):
        """Whether a token belongs to the noun phrase itself, not to what leads in."""
        known = i in self.hit_at or self.norms[i] in self.lexicon.groups
        return known or (self.tags[i] not in "dbmc" and self.norms[i] not in _LEADS_IN)

    def _head_end(self, first, last):
        """Where the first part of the phrase ends: before an apposition or a relative clause."""
        for i in range(first, last):
            if self.norms[i] in _BREAKS and i not in self.in_hit and i > first:
                return i
        return last

    def _core_end(self, first, last):
        """Where the core ends: before the first preposition that belongs to no name and no office."""
        i = first
        while i < last:
            hit = self.hit_at.get(i)
            if hit:
                i = hit.last
                continue
            size = self._office_size(i, last)
            if size > 1:
                i += size
                continue
            if self.tags[i] in "pi" and i > first:
                return i
            if self.tags[i] == "e" and i > first and self.tags[i + 1 : i + 2] == ["p"]:
                return i  # "a study published in May"
            i += 1
        return last

    def _office_size(self, i, last):
        """How many tokens from `i` on are the name of an office; 0 for none."""
        return self.lexicon.longest(self.lexicon.offices, self.norms, i, last)

    def _coordinated(self, first, last, article):
        """The entity of "Norway and Sweden" or "Dutch and Danish officials", where each part is known."""
        for i in range(first + 1, last - 1):
            if self.norms[i] == "and" and i not in self.in_hit:
                break
        else:
            return None
        if not self._group_head(first, last):
            pair = [self._single(first, i), self._single(i + 1, last)]
            if all(pair) and pair[0] is not pair[1]:
                return self._pair(*pair)
        hits = [hit for hit in self.hits_between(first, last) if hit.how != "body" or hit.kind != "state"]
        left = [hit for hit in hits if hit.last <= i]
        right = [hit for hit in hits if hit.first > i]
        if len(left) != 1 or not right or right[0].first > i + 2 or left[0].last != i:
            return None
        if left[0].actor == right[0].actor:
            return None
        actors = "; ".join(dict.fromkeys((left[0].actor, right[0].actor)))
        head = self._group_head(first, last)
        kind = "group" if head else _type_of(left[0])
        identity = self.slug(first, last)
        return _Entity(identity, kind, actors, "two actors named together", many=True)

    def _listed(self, first, last):
        """The entity of "France, Spain and Italy", where each part is known; or None."""
        norms = self.norms[first:last]
        if "," not in norms or norms.count("and") != 1 or norms.index("and") < norms.index(","):
            return None
        parts, start = [], first
        for i in range(first, last + 1):
            if i == last or self.norms[i] in (",", "and") and i not in self.in_hit:
                if i > start:
                    parts.append(self._single(start, i))
                start = i + 1
        if (
            len(parts) < 3
            or "p" in self.tags[first:last]
            or not all(parts)
            or len({part.identity for part in parts}) < len(parts)
        ):
            return None
        actors, kinds = ("; ".join(dict.fromkeys(p.actor for p in parts)), {p.kind for p in parts})
        kind = parts[0].kind if len(kinds) == 1 else "group"
        identity = "; ".join(part.identity for part in parts)
        return _Entity(identity, kind, actors, "several actors named together", many=True)

    def _single(self, first, last):
        """The person or state that the words name by themselves, or None."""
        first, article = self._article(first, last)
        if first >= last or any(self.norms[i] == "and" for i in range(first, last)):
            return None
        phrase = Phrase(first, self._core_end(first, last), last, article)
        if self._office(phrase.first, phrase.core_end):
            entity = self._by_office(phrase)[0]
            return entity if entity is not None and entity.names else None
        entity = self._by_whole_name(phrase)[0]
        if entity is None and self._bare_name(phrase):
            entity = self._by_person(phrase)[0]
        return entity

    def _pair(self, left, right):
        actors = "; ".join(dict.fromkeys((left.actor, right.actor)))
        kind = left.kind if left.kind == right.kind else "group"
        identity = f"{left.identity}; {right.identity}"
        return _Entity(identity, kind, actors, "two actors named together", many=True)

    # --- rules, in the order in which they are tried --------------------------------------------------

    def _by_office(self, phrase):
        office = self._office(phrase.first, phrase.core_end)
        if office is None:
            return self._by_apposed_office(phrase)
        start, end, role = office
        own = self._own_name(end, phrase)
        if own is not None:
            return own, own.rule
        name = self._name_after(end, phrase) or self._apposed_name(phrase)
        employer, rule = self._employer(phrase, start, role)
        former = any(self.norms[i] in _FORMER for i in range(phrase.first, start))
        described = self._description(phrase.first, start)
        if employer:
            self._index_office(phrase, role, employer)
        return self._official(phrase, role, name, employer, rule, former, described)

    def _own_name(self, end, phrase):
        """The story's own actor whose name stands behind an office: "Mayor Jonas Abara", "its chair, Edith
        Solberg"; or None."""
        behind = phrase.last + 1 if self.norms[phrase.last : phrase.last + 1] == [","] else end
        hit = self.hit_at.get(end) or self.hit_at.get(behind)
        return self._of_hit(hit) if hit and hit.actor in self.lexicon.own else None

    def _apposed_name(self, phrase):
        """ "The Swedish ambassador, Nils Holm": the name behind the comma, or ()."""
        behind = phrase.last
        if behind + 1 >= len(self.norms) or self.norms[behind] != ",":
            return ()
        first = behind + 1
        while first < len(self.norms) and first < behind + 5:
            size = self._office_size(first, len(self.norms)) or self.norms[first] in self.lexicon.titles
            if not size and (self.doc.caseless or self.tags[first] not in "neg" or self._is_proper(first)):
                break
            first += size or 1  # "retired postman Ole Lind": a calling that no list has
        last = next(
            (i for i in range(first, min(first + 6, len(self.norms))) if not self._is_proper(i)), first
        )
        if (
            phrase.article == "indefinite"
        ):  # "a spokesman, Nils Holm, said"; but “…,” said an envoy, Nils Holm said
            closed = last < len(self.norms) and self.norms[last] in (",", ".")
        else:
            closed = last < len(self.norms) and (
                self.norms[last] in (",", ".", '"', "of", "from", "at") or self.tags[last] in "vxb"
            )
        named = last - first > 1 and not self.hits_between(first, last) and closed
        return tuple(self.norms[first:last]) if named else ()

    def _index_office(self, phrase, role, employer):
        """The ministry of a minister, or of a ministry's spokeswoman, can be taken up as "the ministry"."""
        words = self.norms[phrase.first : phrase.last]
        if role.split()[-1] == "minister" or "ministry" in words:
            branch = next((word for word in words if word in _BRANCHES), "")
            identity = "-".join(word for word in (employer, branch, "ministry") if word)
            entity = self.by_body.get(identity)
            if entity is None:
                rule = "body of a state or organisation"
                entity = _Entity(identity, "government", employer, rule, heads=["ministry"])
            self._index_body(entity, "ministry")

    def _by_apposed_office(self, phrase):
        """ "Anna Lind, Sweden's deputy envoy": a bare name whose office stands behind a comma."""
        name = self._bare_name(phrase)
        behind = phrase.last
        if not name or behind >= len(self.norms) or self.norms[behind] not in (",", "("):
            return None, UNRESOLVED
        if self.tags[behind + 1 : behind + 3] == ["m", ","]:
            behind += 2  # an age
        stop = min(len(self.norms), behind + 25)
        end = next((i for i in range(behind + 1, stop) if self.norms[i] in (",", ")", ".", '"', "who")), stop)
        first, article = self._article(behind + 1, end)
        core = self._core_end(first, end)
        office = self._office(first, core)
        if office is None or self._name_after(office[1], Phrase(first, core, core, article)):
            return None, UNRESOLVED
        apposed = Phrase(first, core, end, article)
        employer, rule = self._employer(apposed, office[0], office[2])
        former = any(self.norms[i] in _FORMER for i in range(first, office[0]))
        return self._official(phrase, office[2], name, employer, rule, former, set())

    def _official(self, phrase, role, name, employer, rule, former, described):
        """The person of an office: known by name, taken up by office, or new."""
        private = role in self.lexicon.private or former
        gender = self.lexicon.gender.get(role)
        if name:
            known = self._known_person(name, gender)
            if known:
                if known.actor in (UNRESOLVED, known.identity) and not private:
                    known.kind, known.actor, known.rule = "named official", employer or UNRESOLVED, rule
                known.gender = known.gender or gender
                self._index(known, name, [role], described)
                return known, known.rule if len(name) > 1 else "surname of an earlier mention"
            name = self._full(name) if len(name) == 1 else name
            identity = "-".join(name)
            actor = identity if private else employer or UNRESOLVED
            rule = ("former office" if former else "person in his or her own name") if private else rule
            kind = "named person" if private else "named official"
            entity = _Entity(identity, kind, actor, rule, gender=gender)
            return self._index(entity, name, [role], described), rule
        if phrase.article == "definite":
            known = self._taken_up(role, employer, described)
            if known:
                return known, "same role introduced before"
        slug = self.slug(phrase.first, phrase.core_end)
        if not self.is_source and not (phrase.article or employer):
            return None, UNRESOLVED  # a bare noun that begins a sentence names nobody
        self.numbers[slug] = self.numbers.get(slug, 0) + 1
        identity = f"{slug}-{self.numbers[slug]}"
        kind = "anonymous person" if private else "anonymous official"
        actor = UNRESOLVED if private or not employer else employer
        rule = rule if actor != UNRESOLVED else ("person without a name" if private else UNRESOLVED)
        return self._index(_Entity(identity, kind, actor, rule, gender=gender), (), [role], described), rule

    def _description(self, first, last):
        """set of norms: what stands before an office, without articles, ranks and marks."""
        return {
            self.norms[i]
            for i in range(first, last)
            if self.tags[i] in "nemg" and self.norms[i] not in self.lexicon.rank
        }

    def _by_group(self, phrase):
        head = self._group_head(phrase.first, phrase.core_end)
        if (
            head is None
            # "the Police Federation"
            or (head[1] < phrase.core_end and self.norms[phrase.core_end - 1] in self.lexicon.body_words)
            or self._names_with_of(phrase)
            or self._is_force(phrase.core_end - 1, phrase.core_end)
        ):
            return None, UNRESOLVED
        head, end = head
        if phrase.article == "definite" and end - phrase.first == 1:
            known = next((group for group in reversed(self.groups[-8:]) if head in group.heads), None)
            if known:
                return known, "same group introduced before"
        identity = self.slug(phrase.first, end)
        state, rule = None, "group of no country"
        if head in self.lexicon.official_groups or head.rstrip("s") in self.lexicon.officials:
            state, rule = self._employer(phrase, end - 1, head)
        if state is None:
            state, rule = head.replace(" ", "-"), "group of no country"
        known = self.by_body.get(identity)
        entity = known or _Entity(identity, "group", state, rule, many=True, heads=[head])
        self.by_body[identity] = entity
        return entity, rule

    def _names_with_of(self, phrase):
        """Whether a phrase is a name in two parts: "the Friends of Lake Town"."""
        i = phrase.core_end
        if self.doc.caseless or phrase.article != "definite" or i + 1 >= phrase.last or self.norms[i] != "of":
            return False
        parts = (*range(phrase.first, i), i + 1)
        return all(self._is_proper(k) for k in parts) and not self.hits_between(phrase.first, phrase.last)

    def _by_text(self, phrase):
        size, word = self._last_phrase(self.lexicon.texts, phrase.first, phrase.core_end)
        alone = size == phrase.core_end - phrase.first
        if not size or (not alone and not self.doc.caseless and self._is_proper(phrase.core_end - size)):
            return None, UNRESOLVED
        if phrase.article == "definite" and alone and self.by_head.get(word):
            return self.by_head[word][-1], "same body introduced before"
        if word in self.lexicon.voices:
            definite = phrase.article == "definite" and alone and phrase.core_end == phrase.last
            definite &= word in self.lexicon.released
            issuer = self._issued(word, phrase.first) if definite else self._issuer(phrase, size)
            if issuer is not None:
                return issuer, "issuer of the text"
        identity = self.slug(phrase.first, phrase.core_end)
        entity = self.by_body.setdefault(identity, _Entity(identity, "document", "document", "text"))
        return entity, "text"

    def _issuer(self, phrase, size):
        """Who issued a statement or an editorial: named before it, or behind a preposition."""
        before = self.hits_between(phrase.first, phrase.core_end - size)
        if before:
            return self._of_hit(before[0])
        i = phrase.core_end
        if i < phrase.last and self.norms[i] in _ISSUES:
            entity, _ = self._entity(i + 1, phrase.last)
            if entity is not None and entity.kind != "document":
                return entity
        return None

    def _issued(self, word, at):
        """Who spoke last and did so in such a text: "the statement said", after "said in a statement"; or None."""
        known = [*self.persons[-3:], *self.things[-3:]]
        speaker = max(known, key=lambda one: self.mentioned.get(one.identity, 0), default=None)
        if speaker is None or speaker.kind == "document" or speaker.actor == UNRESOLVED:
            return None
        near = self.mentioned.get(speaker.identity, 0)
        return (
            speaker
            if near > at - 150 and word in self.norms[max(0, near - 10) : min(near + 25, at)]
            else None
        )

    def _by_whole_name(self, phrase):
        """A name of the codebook that is the whole of the phrase, or all but an adjective or a possessive."""
        hits = self.hits_between(phrase.first, phrase.core_end) or self._ordinary_name(phrase)
        last = phrase.core_end
        while last > phrase.first and self.norms[last - 1] in ("'s", "'", ","):
            last -= 1
        for hit in hits:
            # "Britain's left-leaning Guardian": a paper's name is the head, whatever stands before it.
            near = hit.first - phrase.first <= 2 or (hit.kind in MEDIA and hit.how == "name")
            if hit.last == last and near and not self._capital_before(hit, phrase):
                if hit.how == "demonym" and phrase.article is None and hit.kind == "state":
                    continue
                if hit.kind == "state" and self._is_one_person(hit, phrase.article):
                    return self._official(phrase, "person", (), None, UNRESOLVED, True, set())
                return self._of_hit(hit), _RULES[hit.how] if hit.kind not in MEDIA else hit.kind
        return None, UNRESOLVED

    def _is_one_person(self, hit, article):
        """Whether a demonym is one of the people and not their government: "a 19-year-old Syrian"."""
        plural = self.norms[hit.last - 1].endswith(("s", "z", "sh", "ch", "ese"))
        return hit.how == "demonym" and (article == "indefinite" or (article is not None and not plural))

    def _ordinary_name(self, phrase):
        """A name that is also a common word ("the times"), where it is all of a source in small letters."""
        if not self.doc.caseless:
            return []
        first = phrase.first - (phrase.first > 0 and self.norms[phrase.first - 1] == "the")
        return [
            hit
            for start in dict.fromkeys((first, phrase.first))
            for hit in self.lexicon.find(self.doc, start, phrase.core_end, whole=True)
        ]

    def _capital_before(self, hit, phrase):
        """Whether the hit is part of somebody's name ("Denzel Washington")."""
        return hit.how == "capital" and any(
            self.tags[i] == "n" and self.norms[i] not in self.lexicon.rank and self._is_proper(i)
            for i in range(phrase.first, hit.first)
        )

    def _by_named_body(self, phrase):
        """A body by its noun and its name: "the charity Open Lake", "drugmaker Valmed"."""
        first, start = phrase.first, phrase.core_end
        while start > first and self._is_unlisted_name(start - 1):
            start -= 1
        if start == first and start < phrase.core_end and first in self.opening:
            start += 1  # the noun begins the sentence
        size, noun = self._last_phrase(self.lexicon.body_words, first, start)
        if not size or start == phrase.core_end or self._is_proper(start - size) and start - size > first:
            return None, UNRESOLVED
        kind = next(kind for nouns, kind in self.lexicon.bodies if noun in nouns)
        if kind == "government":
            return None, UNRESOLVED
        return self._named_body(tuple(self.norms[start : phrase.core_end]), kind, noun)

    def _is_force(self, start, last):
        """Whether a body of a town or a county ends here with its name: "Lake County Police"."""
        if self.doc.caseless or last - start != 1 or self.norms[start] not in self.lexicon.local:
            return False
        first = start
        while first > 0 and self._is_unlisted_name(first - 1):
            first -= 1
        own = [i for i in range(first, start) if self.norms[i] not in self.lexicon.vague]
        return bool(own) and self._is_proper(start)

    def _named_body(self, name, kind, noun):
        identity = "-".join(name)
        entity = self.by_body.get(identity) or _Entity(identity, kind, identity, _named(kind))
        for head in (noun, *(_MEDIA_HEADS if kind in MEDIA else ())):
            self._index_body(entity, head)
        return self._index(entity, name, ()), entity.rule

    def _by_affiliation(self, phrase):
        """ "Greenpeace's Nina Holt": a person by the body or state that she speaks for."""
        hit = self.hit_at.get(phrase.first)
        if not hit or hit.kind in MEDIA or hit.last >= phrase.core_end or self.tags[hit.last] != "z":
            return None, UNRESOLVED
        name = self._bare_name(phrase._replace(first=hit.last + 1, article=None))
        if len(name) < 2:
            return None, UNRESOLVED
        return self._official(phrase, "", name, hit.actor, "affiliation before the name", False, set())

    def _by_body(self, phrase):
        """A ministry, party, company or paper by its common noun."""
        for nouns, kind in self.lexicon.bodies:
            size, noun = self._last_phrase(nouns, phrase.first, phrase.core_end)
            if size:
                break
        else:
            return None, UNRESOLVED
        start = phrase.core_end - size
        if start == phrase.first and not self.doc.caseless and self._is_proper(start) and phrase.article:
            return None, UNRESOLVED  # "the Center for Tax Policy" is a name
        hits = self.hits_between(phrase.first, start)
        identity = self.slug(phrase.first, phrase.core_end)
        if kind in ("government", "international organisation"):
            hit = preferred(hits) or self._hit_behind(phrase, EMPLOYS)
            if hit:
                return self._body(identity, noun, hit, "body of a state or organisation")
            owner = self._possessor(phrase, start)
            if owner is not None:
                return self._owned(identity, noun, owner)
            hit = self._hit_behind(phrase, {"in"}) if noun.endswith(("ministry", "government")) else None
            if hit and hit.how == "capital":
                return self._body(identity, noun, hit, "capital as place of office")
            if self._is_force(start, phrase.core_end):
                entity = self.by_body.get(identity) or _Entity(identity, kind, identity, "name of a body")
                self._index_body(entity, noun)
                return entity, entity.rule
        elif start > phrase.first and self._is_proper(start - 1) and not (hits and hits[-1].last == start):
            while start > phrase.first and self._has_capital(start - 1):
                start -= 1  # "the rebel River Front"
            identity = self.slug(start, phrase.core_end)
            entity = self.by_body.get(identity) or _Entity(
                identity, kind, identity, _named(kind), heads=[noun]
            )
            self._index_body(entity, noun)
            return entity, entity.rule
        described = self.norms[phrase.core_end : phrase.core_end + 1] in (["of"], ["for"])
        described &= phrase.core_end < phrase.last
        if phrase.article == "definite" and start == phrase.first and not described:
            known = self.by_head.get(noun) or self._like(noun, kind, phrase.first)
            if known:
                return known[-1], "same body introduced before"
        owner = self._possessor(phrase, start) if noun in ("website", "site", "blog") else None
        if owner is not None:
            return owner, owner.rule
        apposed = self._apposed_body(phrase, kind, noun)
        if apposed is not None:
            return apposed, apposed.rule
        if kind in MEDIA:
            entity = self.by_body.get(identity) or _Entity(identity, kind, identity, "medium without a name")
            self._index_body(entity, noun)
            return entity, entity.rule
        actor = rule = UNRESOLVED
        vague = all(word in self.lexicon.vague for word in self.norms[phrase.first : start])
        vague |= self.norms[phrase.first - 1] != "the"
        if kind != "government" and phrase.article == "definite" and (described or not vague):
            identity = actor = self.slug(phrase.first, phrase.last if described else phrase.core_end)
            rule = "body by its description"
        entity = self.by_body.get(identity) or _Entity(identity, kind, actor, rule, heads=[noun])
        self._index_body(entity, noun)
        return entity, entity.rule

    def _apposed_body(self, phrase, kind, noun):
        """ "The local newspaper, the Lake Post,": the body that is named behind the comma, or None."""
        first = phrase.last + 1
        if kind == "government" or self.doc.caseless or self.norms[phrase.last : first] != [","]:
            return None
        first += self.norms[first : first + 1] == ["the"]
        hit = self.hit_at.get(first)
        last = hit.last if hit else first
        while not hit and last < len(self.norms) and last < first + 6 and self._is_unlisted_name(last):
            last += 1
        if last == first or self.norms[last : last + 1] not in ([","], ["."]):
            return None
        if hit:
            return self._of_hit(hit) if hit.kind != "state" else None
        return self._named_body(tuple(self.norms[first:last]), kind, noun)[0]

    def _in_passing(self, at, kinds):
        """[the body of one of the kinds that was named last before the token `at`, wherever it stood], or []."""
        place = bisect_left(self.hits, at, key=lambda hit: hit.first)
        near = [hit for hit in self.hits[max(0, place - 8) : place] if hit.kind in kinds]
        return [self._of_hit(near[-1])] if near and at - near[-1].last < 100 else []

    def _like(self, noun, kind, at):
        """Whom "the company" or "the agency" can take up: bodies of that kind, or names that can be one's."""
        if noun in self.lexicon.specific:
            return []
        things = [thing for thing in self.things[-8:] if thing.kind in _LIKE.get(kind, ())]
        if not things and noun in self.lexicon.general:
            things = self._in_passing(at, _LIKE.get(kind, ()))
        if things or kind not in ("company", "organisation"):
            return things
        for entity in reversed(self.persons[-6:]):
            if (
                entity.kind == "named person"
                and not (entity.gender or entity.heads)
                and self._shortens(entity)
            ):
                entity.kind, entity.rule = kind, _named(kind)
                self._index_body(entity, noun)
                return [entity]
        return []

    def _shortens(self, entity):
        """Whether the text calls somebody by the first word of the name alone and never by the last: bodies are
        shortened so, and persons in the news to their surnames."""
        first, *rest = self.names_of.get(entity.identity, ("",))
        return bool(rest) and first in self.names_alone and rest[-1] not in self.names_alone

    def _owned(self, identity, noun, owner):
        entity = self.by_body.get(identity)
        if entity is None or entity.actor == UNRESOLVED:
            kind = "government" if owner.kind.endswith(("official", "government")) else owner.kind
            entity = _Entity(identity, kind, owner.actor, "possessor of the office", heads=[noun])
        self._index_body(entity, noun)
        return entity, entity.rule

    def _body(self, identity, noun, hit, rule):
        kind = "government" if hit.kind == "state" else hit.kind
        if noun in ("government", "administration", "regime", "leadership", "side"):
            identity = hit.actor
        entity = self.by_body.get(identity) or _Entity(identity, kind, hit.actor, rule, heads=[noun])
        self._index_body(entity, noun)
        return entity, rule

    def _index_body(self, entity, noun):
        self.by_body[entity.identity] = entity
        entity.heads.add(noun)
        for head in {noun, noun.split()[-1]}:
            self.by_head.setdefault(head, []).append(entity)

    def _by_person(self, phrase):
        name = self._bare_name(phrase)
        if not name:
            return self._by_unknown_name(phrase)
        if self._is_acronym(phrase):
            return self._named_body(name, "organisation", "organisation")
        title = self.norms[phrase.first]
        gender = self.lexicon.gender.get(title)
        known = self._known_person(name, gender)
        if known:
            known.gender = known.gender or gender
            return known, "surname of an earlier mention" if len(
                name
            ) == 1 and known.is_person else known.rule
        if len(name) == 1 and title not in self.lexicon.titles and name == self._full(name):
            return None, UNRESOLVED
        name = self._full(name)
        if title not in self.lexicon.titles and self._is_company(name):
            return self._named_body(name, "company", "company")
        identity = "-".join(name)
        self.names_of[identity] = name
        rule = "person in his or her own name"
        return self._index(_Entity(identity, "named person", identity, rule, gender=gender), name, ()), rule

    def _is_acronym(self, phrase):
        """Whether a phrase is one word in capitals, in a text that has others: no person is called so."""
        token = self.tokens[phrase.first]
        written = self.doc.text[token.start : token.end]
        alone = phrase.core_end - phrase.first == 1 and 2 < len(written) < 7 and written.isalpha()
        speaks = self.norms[phrase.last : phrase.last + 1] != [":"]  # a turn of a transcript
        return alone and speaks and written.isupper() and token.norm not in self.names_titled

    def _is_company(self, name):
        """Whether a name ends as companies' do, and the text never makes a surname of its last word."""
        ends = len(name) > 1 and name[-1] in self.lexicon.company_names
        return ends and not self.doc.caseless and name[-1] not in self.names_alone

    def _by_apposed_person(self, phrase):
        """ "His rival, Teresa Pinto, said": a person behind a comma, whatever the noun before it."""
        name = self._apposed_name(phrase) if phrase.article and not self.doc.caseless else ()
        if not name:
            return self._by_unknown_calling(phrase)
        known = self._known_person(name)
        if known:
            return known, known.rule
        identity, rule = "-".join(name), "person in his or her own name"
        return self._index(_Entity(identity, "named person", identity, rule), name, ()), rule

    def _by_unknown_calling(self, phrase):
        """ "Crane driver Ole Lind": a full name behind small words that no list has."""
        start, last = phrase.core_end, phrase.last
        while start > phrase.first and self._is_unlisted_name(start - 1):
            start -= 1
        if start == phrase.first:
            start += 1
        small = range(phrase.first, start)
        named = 2 <= phrase.core_end - start <= 4 and len(small) <= 4 and phrase.core_end == last
        if not named or phrase.article or not all(self.tags[i] in "neg" for i in small):
            return None, UNRESOLVED
        if any(self._is_proper(i) for i in small[1:]) or self.norms[phrase.first] in self.names_inside:
            return None, UNRESOLVED
        return self._by_person(Phrase(start, last, last, None))

    def _by_unknown_name(self, phrase):
        """ "The Dallas Chamber of Commerce": a name with "the" in a text with capitals that no list has."""
        if self.doc.caseless or phrase.article != "definite" or self.norms[phrase.first - 1] != "the":
            return None, UNRESOLVED
        if not all(self._is_proper(i) for i in range(phrase.first, phrase.core_end)):
            return None, UNRESOLVED
        identity = self.slug(phrase.first, phrase.last)
        entity = self.by_body.get(identity)
        if entity is None:
            entity = _Entity(identity, "organisation", identity, "name that no codebook has")
            self._index_body(entity, self.norms[phrase.core_end - 1])
        return entity, entity.rule

    # --- parts of a phrase ----------------------------------------------------------------------------

    def hits_between(self, first, last):
        return [
            self.hit_at[i] for i in range(first, last) if i in self.hit_at and self.hit_at[i].last <= last
        ]

    def _office(self, first, last):
        """(start, end, office) of the last office named in the core, or None."""
        found, i = None, first
        while i < last:
            hit = self.hit_at.get(i)
            size = self._office_size(i, last)
            if hit and hit.last - i >= size:
                i = hit.last
            elif size and not self._modifies(i + size, last) and not self._owns(i + size, last):
                if found and self._is_name_part(found[1], i):
                    break
                found = (i, i + size, " ".join(self.norms[i : i + size]))
                i += size
            else:
                i += 1
        return found

    def _owns(self, i, last):
        """Whether an office is only whose something is ("the president's office")."""
        return i + 1 < last and self.tags[i] == "z"

    def _modifies(self, i, last):
        """Whether an office word only describes the noun behind it ("student loans")."""
        if i >= last or i in self.hit_at or self.tags[i] not in "ne":
            return False
        if self.tags[i] == "e" and self.tags[i + 1 : i + 2] == ["p"]:
            return False  # "a person briefed on the talks"
        if self.doc.caseless:
            return False
        return (
            not self._is_proper(i)
            and not self._office_size(i, last)
            and self.norms[i] not in self.lexicon.rank
        )

    def _is_name_part(self, start, i):
        """Whether an office word follows a name, and so may be one ("Joe Manchin, Justice")."""
        named = i > start and start not in self.in_hit and self._is_proper(start) and self.tags[i - 1] != "z"
        return named and not self.doc.caseless

    def _name_after(self, end, phrase):
        """tuple of norms: the personal name that stands behind an office, or behind where it is held."""
        name = self._name_in(end, phrase.core_end)
        if name or phrase.core_end >= phrase.last:
            return name
        hits = self.hits_between(phrase.core_end, phrase.last)
        return self._name_in(hits[-1].last, phrase.last) if hits else ()

    def _name_in(self, first, last):
        while first < last and (self.norms[first] in self.lexicon.rank or self.tags[first] not in "nev"):
            first += 1
        end = first
        while end < last and end not in self.hit_at and self._is_proper(end):
            end += 1
        return self._without_titles(first, end)

    def _without_titles(self, first, last):
        while first < last and self.norms[first] in self.lexicon.titles:
            first += 1
        if last - first > 2 and self.norms[first].endswith(_CALLINGS):
            first += 1
        return tuple(self.norms[i] for i in range(first, last)) if last - first <= 5 else ()

    def _bare_name(self, phrase):
        """tuple of norms: the phrase as a personal name, or () where it does not look like one."""
        first, last = phrase.first, phrase.core_end
        while last > first and self.norms[last - 1] in ("'s", "'"):
            last -= 1
        titled = first < last and self.norms[first] in self.lexicon.titles
        # "Nina Holt of the Red Cross": a full name, and where the person is from.
        titled |= last - first > 1 and last < phrase.last and self.norms[last] in ("of", "from", "at")
        if (
            (phrase.article and not titled)
            or (phrase.core_end < phrase.last and not titled)
            or not 0 < last - first <= 5
        ):
            return ()
        if not all(self._is_proper(i) for i in range(first, last) if i > first or not titled):
            return ()
        if any(hit.last - hit.first == last - first for hit in self.hits_between(first, last)):
            return ()
        return self._without_titles(first, last)

    def _is_proper(self, i):
        """Whether a token can be part of a name: by its capital, in small letters by its class."""
        token = self.tokens[i]
        if not token.norm[0].isalpha() or token.norm in self.lexicon.rank:
            return False
        if token.norm.endswith(COMPOUNDS):
            return False
        if self.doc.caseless:
            common = token.norm in self.lexicon.common or _is_common(token.norm)
            return self.tags[i] in "neg" and not common
        return self.doc.text[token.start].isupper() or token.norm in (
            "de",
            "van",
            "von",
            "bin",
            "al",
            "el",
            "der",
        )

    def _group_head(self, first, last):
        """(the noun of a group of persons at the end of the core, the index behind it), or None."""
        for i in range(last - 1, max(first, last - 5) - 1, -1):
            for size in (3, 2, 1):
                if i - size + 1 >= first:
                    word = " ".join(self.norms[i - size + 1 : i + 1])
                    if (
                        word in self.lexicon.groups or size == 1 and self._is_plural_person(word)
                    ) and i - size + 1 not in self._inside_hits(i - size + 1):
                        return word, i + 1
            if self.tags[i] not in "egnb":
                break
        return None

    def _is_plural_person(self, word):
        """Whether a word is the plural of a calling: of an office in the codebook, or in -ists."""
        return word.endswith("s") and (
            word[:-1] in self.lexicon.callings or len(word) > 6 and word.endswith(("ists", "icians"))
        )

    def _inside_hits(self, i):
        return {i} if i in self.in_hit and i not in self.hit_at else ()

    def _last_phrase(self, words, first, last):
        """(size, phrase) of the longest phrase of `words` that ends the core; (0, None) for none."""
        for size in range(min(4, last - first), 0, -1):
            word = " ".join(self.norms[last - size : last])
            if word in words:
                return size, word
        return 0, None

    # --- who is known ---------------------------------------------------------------------------------

    def _of_hit(self, hit):
        named = hit.how == "body" and hit.kind == "state"
        identity = "-".join(self.norms[hit.first : hit.last]) if named else hit.actor
        entity = self.by_body.get(identity)
        if entity is None:
            many = hit.how == "demonym" and hit.kind != "state"
            entity = _Entity(identity, _type_of(hit), hit.actor, _RULES[hit.how], many=many)
            self.by_body[identity] = entity
        heads = [self.norms[hit.last - 1]] if hit.how != "capital" else []
        if hit.kind in MEDIA:
            heads += _MEDIA_HEADS
        for head in heads:
            self.by_head.setdefault(head, []).append(entity)
        return entity

    def _index(self, entity, name, roles, described=()):
        for word in name:
            known = self.by_name.setdefault(word, [])
            if entity not in known:
                known.append(entity)
        entity.names.update(name)
        entity.words.update(described)
        for role in filter(None, roles):
            entity.heads.add(role)
            for head in {role, role.split()[-1]}:
                self.by_head.setdefault(head, []).append(entity)
        return entity

    def _known_person(self, name, gender=None):
        """The person last introduced under that name, of no other first name and no other gender."""
        for known in reversed(self.by_name.get(name[-1], ())):
            if gender and known.gender and gender != known.gender:
                continue
            if len(name) == 1 or name[0] in known.names or len(known.names) == 1:
                return known
        return None

    def _full(self, name):
        """The name in full, as the text has it elsewhere; without a word that only stands before it."""
        full = self.full_names.get(name[-1], ())
        return full if len(name) == 1 and full or full and name[-len(full) :] == full else name

    def _taken_up(self, role, employer, described):
        """The one of that office who was mentioned last and whom the description fits."""
        for entity in reversed(self.by_head.get(role, ())[-20:]):
            if employer is not None and entity.actor == employer:
                return entity
            open_ = entity.actor == UNRESOLVED or employer is None
            if open_ and (described <= entity.words or (employer is not None and not entity.words)):
                return entity
        return None

    def _read_names(self):
        """Which words have a capital inside a sentence, and which stand there alone, with no name beside them."""
        self.names_inside, self.names_alone, self.names_titled, self.names_of = set(), set(), set(), {}
        self.opening = {self.doc.token_range(*span)[0] for span in self.doc.sentences}
        if self.doc.caseless:
            return
        text, before = self.doc.text, False
        for i, token in enumerate(self.tokens):
            capital = text[token.start].isupper()
            if capital and i not in self.opening and self.norms[i - 1] != '"':
                self.names_inside.add(token.norm)
            if capital and token.end - token.start > 1 and text[token.start + 1].islower():
                self.names_titled.add(token.norm)
            after = i + 1 < len(self.tokens) and text[self.tokens[i + 1].start].isupper()
            if capital and not before and not after:
                self.names_alone.add(token.norm)
            before = capital

    def _full_names(self, sources):
        """dict of a surname to the full name that the text mostly gives with it.

        sources: the token indices of sources of one word. Without capitals it is only they that can be
        taken for surnames, and only where the same word stands before them at least twice.
        """
        if self.doc.caseless:
            return self._first_names({self.norms[i] for i in sources if self._is_in_name(i)})
        counts, run, text = {}, [], self.doc.text
        for i, token in enumerate(self.tokens):
            if text[token.start].isupper() and self._is_in_name(i):
                run.append(token.norm)
                continue
            if 2 <= len(run) <= 4:
                names = counts.setdefault(run[-1], {})
                names[tuple(run)] = names.get(tuple(run), 0) + 1
            run = []
        return {surname: max(names, key=names.get) for surname, names in counts.items()}

    def _first_names(self, surnames):
        counts = {}
        for i, norm in enumerate(self.norms):
            if norm in surnames and i and self._is_in_name(i - 1):
                names = counts.setdefault(norm, {})
                names[self.norms[i - 1]] = names.get(self.norms[i - 1], 0) + 1
        most = {surname: max(names, key=names.get) for surname, names in counts.items()}
        return {surname: (one, surname) for surname, one in most.items() if counts[surname][one] > 1}

    def _is_in_name(self, i):
        """Whether a token with a capital can belong to a personal name."""
        norm = self.norms[i]
        return (
            i not in self.in_hit
            and self._is_proper(i)
            and self.tags[i] in "neg"
            and norm not in self.lexicon.common
            and norm not in self.lexicon.titles
        )

    def slug(self, first, last):
        """An id from a noun phrase, without articles and numbers."""
        kept = [
            t
            for t, tag in zip(self.tokens[first:last], self.tags[first:last], strict=True)
            if tag not in "dmb"
        ]
        return _slug(kept or self.tokens[first:last])


# Rules that say how a source was found even where its actor stays open.
_OPEN = frozenset(
    ("person without a name", "same role introduced before", "surname of an earlier mention", "pronoun")
)
# What a common noun with "the" can take up: "the agency" may be an organisation, a news agency or a company.
_LIKE = {
    "organisation": ("organisation", "international organisation", "company", "news agency"),
    "company": ("company",),
    "newspaper": ("newspaper",),
    "news agency": ("news agency",),
    "broadcaster": ("broadcaster",),
}
# What a medium can be taken up as, whatever it was called first.
_MEDIA_HEADS = ("paper", "newspaper", "agency", "broadcaster", "network", "tabloid", "news agency")
_BRANCHES = frozenset(
    "foreign defense defence finance interior trade commerce justice energy oil health".split()
)
_RULES = {
    "name": "name",
    "demonym": "demonym as noun",
    "capital": "capital as metonym",
    "seat": "seat as metonym",
    "body": "name of a body",
}


def _named(kind):
    return f"name of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _type_of(hit):
    return "government" if hit.kind == "state" else hit.kind


# Endings of callings that no list can hold: a seismologist, a paediatrician, a cartographer.
_CALLINGS = ("ologist", "ician", "ographer")
_LONG = 8  # "Pence" and "Hillary" are names, whatever their endings


def _is_common(norm):
    """Whether a word in small letters looks like a common noun or an adjective, or is an hour's mark."""
    return (len(norm) > _LONG and norm.endswith(_COMMON_ENDINGS)) or norm in ("a.m.", "p.m.")


_NOT_IN_IDS = re.compile(r"[^\w.-]+")


def _slug(tokens):
    """An id from words: small letters, digits, hyphens and the stops of abbreviations."""
    words = (_NOT_IN_IDS.sub("", token.norm) for token in tokens)
    return "-".join(word for word in words if word and word != "s").strip("-")
