"""Whether a source can speak, and whether it did."""

from copydesk.engine.language import actor_names, phrases
from copydesk.engine.language import tags as wc
from copydesk.engine.language.english import is_person


def is_said(p, verb, begins):
    """Whether the cue reports what was said: not "would say", "never said", "were to say", "if she says"."""
    norms, group = p.norms, range(verb.group, verb.at)
    wished = verb.cue.group == "wishing" and norms[verb.group] in ("would", "'d", "will", "'ll")
    if any(norms[k] in p.words.unsaid for k in group) and not wished:
        return False
    if norms[max(verb.lo, begins - 1)] in p.words.conditions or not p.words.nobody.isdisjoint(
        norms[begins : verb.group]
    ):
        return False
    if verb.form == "base" and not verb.modal and p.tags[verb.group - 1] == wc.CONJUNCTION:
        return (
            wc.INFINITIVE not in p.tags[verb.lo : verb.group]
        )  # "to shut the school and ask parents to wait"
    return (
        not any(p.tags[k] == wc.INFINITIVE for k in group) or norms[verb.group - 1] in p.lexicon.implicative
    )


def is_voice(p, source):
    """Whether a source is somebody, a body or a text for certain, and not a thing that shows something."""
    first, last = source
    norms, tags = p.norms, p.tags
    if last - first == 1 and (tags[first] in (wc.RELATIVE, wc.PRONOUN) or norms[first] == "that"):
        if tags[first] == wc.PRONOUN:
            return norms[first] not in p.words.voiceless
        return first > 0 and tags[first - 1] in (wc.NOUN, ",") and is_voice(p, _antecedent(p, first))
    at = _head_at(p, source)
    head = norms[at]
    if tags[first] == wc.GERUND and at > first and first not in p.names:
        return False  # "filming television shows"
    named = any(k in p.names and tags[k - 1] == "," for k in range(at + 1, last))  # "her agent, Paul Weir"
    if (p.caseless and tags[first] != wc.DETERMINER) or at in p.names or _begins_named(p, at) or named:
        return True
    if (
        (tags[first] == wc.NUMBER and at == first)
        or head in p.words.shares
        or (last - first == 1 and tags[first] == wc.DETERMINER)
    ):
        return norms[first] not in ("this", "that", "these")
    names = actor_names.lexicon()
    forms = {head, head.removesuffix("s"), head + "s", head.removesuffix("y") + "ies"}
    if any(cue.group == "neutral" for cue in p.lexicon.nouns.get(head, ())):
        return True  # "comments by the envoy suggest"
    kinds = names.common, names.body_words, names.callings, p.lexicon.texts
    return not all(map(forms.isdisjoint, kinds)) or is_person(head)


def _antecedent(p, pronoun):
    """The range of what a relative pronoun takes up."""
    last = pronoun - 1 - (p.tags[pronoun - 1] == ",")
    return min(
        phrases.noun_phrase_start(p.tokens, p.tags, last, max(0, last - p.limits.phrase)), last
    ), last + 1


def _begins_named(p, k):
    """Whether a noun at the head of its sentence is a name: with a capital, and nowhere written small."""
    token = p.tokens[k]
    capital = p.text[token.start].isupper() and not p.caseless
    return p.tags[k] in wc.HEAD and capital and token.norm not in p.small


def kind(p, cue, source, taken):
    """`statement`, `position`, `act` or `document`: by the source, by what is taken, by the group."""
    if source and head(p, source) in p.lexicon.texts:
        return "document"
    return "statement" if cue.kind == "document" else cue.kind


def head(p, source):
    """The normal form of the head noun of a source."""
    return p.norms[_head_at(p, source)]


def _head_at(p, source):
    """The index of the head noun of a source, which an apposition may follow."""
    first, last = source
    while first < last - 1 and p.tags[first] == wc.ADVERB:
        first += 1
    last = max(first + 1, phrases.noun_phrase_end(p.tokens, p.tags, first, last))
    head = phrases.head_noun(p.tokens, p.tags, last - 1, first)
    return last - 1 if head is None else head
