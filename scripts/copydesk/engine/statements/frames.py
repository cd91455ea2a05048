"""The frames in which something is said: verbs and nouns of reporting, "according to", predicates, colons, dashes."""

from bisect import bisect_left

from copydesk.engine.language import phrases
from copydesk.engine.language import tags as wc
from copydesk.engine.statements import can_speak, contents, subjects, units
from copydesk.engine.statements.contents import CLAUSE, PHRASE, Found, Taken
from copydesk.engine.statements.subjects import NOBODY, Subject, Verb

# Groups whose passive says by itself that somebody said something of the subject.
AGENTLESS = frozenset(("blaming", "praising", "denying"))


def candidates(p, lo, hi):
    """The candidates of a unit, in the order of their cues; nothing inside a quotation is a cue."""
    found = []
    colon = _headline(p, lo, hi)
    if colon:
        found.append(colon)
    i = lo
    for stop in p.stops[bisect_left(p.stops, lo) : bisect_left(p.stops, hi)]:
        if stop < i:
            continue
        quotation = p.opening.get(stop)
        if quotation:
            i = quotation.close + 1 if quotation.closed else quotation.close
            item = _unlisted(p, i, lo, hi) if quotation.closed and i < hi else None
        else:
            i, item = stop + 1, _candidate(p, stop, lo, hi, found)
        if item:
            found.append(item)
            i = max(i, item.cue[1])
    return found


def _candidate(p, i, lo, hi, found):
    """The candidate whose cue is or begins with the word at `i`, or None."""
    norm, lexicon = p.norms[i], p.lexicon
    item = _verb(p, i, lo, hi, found) if norm in lexicon.verbs else None
    if item is None and norm in lexicon.nouns:
        item = _noun(p, i, lo, hi)
    if item:
        return item
    if norm == ":":
        return _announced(p, i, lo, hi, found) if i + 1 in p.opening else None
    if norm == "according":
        return _according(p, i, i + 2, lo, hi) if i + 1 < hi and p.norms[i + 1] == "to" else None
    if norm == "per":
        return _according(p, i - 1, i + 1, lo, hi) if i > lo and p.norms[i - 1] == "as" else None
    if norm in lexicon.raising or norm in lexicon.clausal or norm in lexicon.mind:
        return _predicate(p, i, norm, lo, hi)
    if norm in ("about", "against"):
        return _disposed(p, i, norm, lo, hi) if lo < i - 2 and i + 1 < hi else None
    return _seeming(p, i, lo, hi) if norm in lexicon.seeming else None


def _verb(p, i, lo, hi, found):
    for cue, form in p.lexicon.verbs[p.norms[i]]:
        end = i + 1 + len(cue.rest)
        if cue.rest and (end > hi or tuple(p.norms[i + 1 : end]) != cue.rest):
            end += 1  # one adverb may stand between: "spoke openly about"
            if end > hi or p.tags[i + 1] != wc.ADVERB or tuple(p.norms[i + 2 : end]) != cue.rest:
                continue
        item = _verb_frame(p, i, end, cue, form, lo, hi, found)
        if item is None or (
            cue.of_texts and not (item.source and can_speak.head(p, item.source) in p.lexicon.texts)
        ):
            continue
        if (
            item.source is None
            or cue.lemma not in p.lexicon.evidence
            or can_speak.is_voice(p, item.source)
            or any(first in p.opening for first, _ in item.content)
        ):
            return item
    return None


def _verb_frame(p, i, end, cue, form, lo, hi, found):
    group, passive, modal = subjects.verb_group(p, i, lo)
    verb = Verb(i, end, form, group, modal, lo, hi, cue)
    if form == "participle" and group == i:
        return None
    speaker = _speaker(p, verb) if "speaker" in cue.takes else None
    if passive and form in ("past", "participle"):
        if not speaker:
            return _passive(p, verb)
        # “…,” the envoy was quoted as saying; elsewhere the participle finds the subject
        return contents.parenthesis(
            p, verb._replace(end=speaker.cue[1]), subjects.subject(p, verb, found), found
        )
    if speaker:
        return speaker
    if not subjects.is_verb(p, verb) or _is_adjective(p, verb):
        return None
    item = _before_quotation(p, verb) or _behind_quotation_mark(p, verb, found)
    if item:
        return item
    subject = subjects.subject(p, verb, found)
    source, begins = subject.source, subject.begins
    relative = (
        source is not None
        and source[1] - source[0] == 1
        and (p.tags[source[0]] == wc.RELATIVE or p.norms[source[0]] == "that")
    )
    if source and source[0] == begins and not relative and _follows_quotation(p, verb, begins):
        item = contents.parenthesis(p, verb, subject, found)
        if item:
            return item
    if subjects.is_loose_infinitive(p, verb) or _says_nothing(p, verb, source):
        return None
    enclosed = relative or _is_inserted(p, verb, source) or subjects.is_fronted(p, group, lo)
    enclosed = enclosed or _in_relative_clause(p, group, lo)
    taken = contents.right(p, cue, end, hi, enclosed)
    if taken is None and source and source[0] > lo and not relative:
        taken = contents.object_relative(p, cue, source[0] - 1, end, hi)
    if taken is None or (source is None and form != "ing" and begins is None):
        says = cue.takes & {"quote", "that", "that!"}
        item = contents.parenthesis(p, verb, subject, found) if says else None
        if item or source is None or form == "ing" or enclosed:
            return item
        taken = contents.rest(p, cue, end, hi)
        return contents.candidate(p, verb, subject, taken) if taken else None
    left = contents.left(p, verb, subject, taken.ranges, found)
    if left:
        taken = Taken(taken.what, (left, *taken.ranges))
        return contents.candidate(p, verb, subject._replace(breaks=True), taken, side="both")
    return contents.candidate(p, verb, subject, taken)


def _says_nothing(p, verb, source):
    """Whether a verb names, or has the reader for its subject: "as you know", "what we call a hedge", "who calls
    himself Ole"."""
    end, small = verb.end, source and "small" in verb.cue.takes
    if source and p.norms[source[0]] == "you" and verb.cue.group != "neutral":
        return True
    if small and p.norms[source[0] - 1 : source[0] + 1] == ("what", "we"):
        return True
    reflexive = end < verb.hi and (
        p.norms[end].endswith(("self", "selves")) or p.norms[end + 1 : end + 2] == ("other",)
    )
    if small and (reflexive or _is_naming(p, verb, source)):
        return True
    return verb.form == "past" and not verb.modal and _is_reduced(p, verb, source)


def _is_reduced(p, verb, source):
    """Whether a past form is a passive participle behind its noun: "a clerk called “a fool” by his rivals won",
    "with the council expected to vote"."""
    end = verb.end
    if source and p.norms[verb.at] in p.lexicon.raising and p.tags[end : end + 1] == (wc.INFINITIVE,):
        return source[0] > verb.lo and p.norms[source[0] - 1] == "with"
    quotation = p.opening.get(end) if "small" in verb.cue.takes else None
    behind = quotation.end if quotation else verb.hi
    return behind < verb.hi and (
        p.norms[behind] == "by" or p.tags[behind] in wc.FINITE or _is_s_verb(p, behind)
    )


def _is_s_verb(p, at):
    """Whether a form in -s with an infinitive behind it stands at `at`: "continues to lead"."""
    return p.norms[at].endswith("s") and p.tags[at + 1 : at + 2] == (wc.INFINITIVE,)


def _in_relative_clause(p, group, lo):
    """Whether a cue stands inside a relative clause that a comma opened: ", who left since they feared it, said"."""
    comma = next(
        (k for k in range(group - 1, lo, -1) if p.tags[k] in wc.PAUSES or p.tags[k] in wc.STOPS), None
    )
    return comma is not None and p.tags[comma] == "," and p.norms[comma + 1] in ("who", "which")


def _is_naming(p, verb, source):
    """Whether a participle only gives a name: "a man named Lind", "a group called the Ring of Freedom"."""
    if verb.modal or verb.form not in ("past", "participle") or verb.end >= verb.hi:
        return False
    named = verb.end if p.tags[verb.end] != wc.DETERMINER else verb.end + 1
    before = p.norms[max(source[0], verb.group - p.limits.label) : verb.group]
    indefinite = not {"a", "an"}.isdisjoint(before) or p.tags[max(verb.lo, source[0] - 1)] == wc.PREPOSITION
    thing = not can_speak.is_voice(p, source)  # "a disease called ataxia"
    return indefinite and (named in p.names or verb.end in p.opening or verb.cue.lemma == "name" or thing)


def _is_adjective(p, verb):
    """Whether a form in -ing goes with the noun behind it: "and leading Republicans said"."""
    if verb.form != "ing" or verb.modal or verb.cue.takes & {"that", "that!", "quote"}:
        return False
    before = p.tags[verb.at - 1] if verb.at > verb.lo else wc.CONJUNCTION
    end = phrases.noun_phrase_end(p.tokens, p.tags, verb.end, verb.hi, p.limits.near)
    return before == wc.CONJUNCTION and verb.end < end < verb.hi and p.tags[end] == wc.VERB


def _speaker(p, verb):
    """`Quoted the envoy as saying that …`: whose words are passed on, with the participle as the cue."""
    for k in range(verb.end, min(verb.hi - 2, verb.end + p.limits.phrase)):
        if k in p.opening or p.norms[k] == "that":
            return None
        if p.norms[k] == "as" and p.tags[k + 1] == wc.GERUND:
            break
    else:
        return None
    speaker = verb.end, phrases.skip_back(p.tags, k - 1, verb.end, ",") + 1
    quotes = subjects.subject(p, verb, ()).begins or verb.lo  # “…,” the radio quoted a witness as saying
    for cue, _ in p.lexicon.verbs.get(p.norms[k + 1], ()):
        if "that" not in cue.takes or cue.rest:
            continue
        participle = Verb(k + 1, k + 2, "ing", k + 1, False, verb.lo, verb.hi, cue)
        taken = contents.right(p, cue, k + 2, verb.hi, False)
        if taken:
            return contents.candidate(p, participle, Subject(speaker, verb.group, True), taken)
        before = contents.content_before(p, quotes - 1, verb.lo, verb.hi, k + 2, ())
        if before and units.ends_quotation(p, quotes - 1, verb.lo):
            taken = Taken("quote", (before,))
            return contents.candidate(p, participle, Subject(speaker, quotes, True), taken, side="left")
    return None


def _is_inserted(p, verb, source):
    """Whether a participle stands between commas before its main verb: "Lind, praising it, signed"."""
    before = verb.group - 1
    return (
        verb.form == "ing"
        and not verb.modal
        and before > verb.lo
        and p.tags[before] == ","
        and source is not None
        and source[1] == before
    )


def _before_quotation(p, verb):
    """`Said the mayor: “…”`, at the head of a sentence."""
    if verb.at != verb.lo or verb.form != "past" or "quote" not in verb.cue.takes:
        return None
    source = subjects.inverted(p, verb.end, verb.hi)
    if (
        source is None
        or p.tags[min(source[1], verb.hi - 1)] not in (":", ",")
        or source[1] + 1 not in p.opening
    ):
        return None
    return contents.candidate(
        p, verb, Subject(source, verb.at, True), Taken("quote", ((source[1] + 1, verb.hi),))
    )


def _behind_quotation_mark(p, verb, found):
    """`“…,” said the mayor`: the cue follows the closing mark."""
    if verb.form not in ("past", "s") or "quote" not in verb.cue.takes:
        return None
    return (
        contents.parenthesis(p, verb, NOBODY, found)
        if units.ends_quotation(p, verb.group - 1, verb.lo)
        else None
    )


def _follows_quotation(p, verb, begins):
    """Whether the reporting clause from `begins` follows a quotation, as in `“…,” the mayor said`."""
    if (
        verb.form == "ing"
        or "quote" not in verb.cue.takes
        or not units.ends_quotation(p, begins - 1, verb.lo)
    ):
        return False
    return not (verb.end < verb.hi and p.norms[verb.end] == "that")


def _unlisted(p, i, lo, hi):
    """`…,” the senator beamed.` and `…,” beamed the senator.`: any verb before a stop will do."""
    tags = p.tags
    signed = tags[i] == "-" and p.closing[i - 1].open == lo
    if not (signed or units.ends_quotation(p, i - 1, lo)) or (p.norms[i - 2] == "." and tags[i] != "-"):
        return None
    content = (p.closing[i - 1].open, i)
    if tags[i] == "-" and i + 1 < hi:
        end = i + 1
        while end < hi and end < i + p.limits.near and tags[end] in wc.SIGNATURE:
            end += 1
        if end > i + 1 and (end >= hi or (end == hi - 1 and tags[end] == ".")):
            return Found((i + 1, end), (i, i + 1), (content,), "-", "neutral", "statement", i, "left", True)
        return None
    if tags[i] in wc.BEGINS:
        verb = phrases.noun_phrase_end(p.tokens, tags, i, hi, p.limits.phrase)
        after = verb + 1
        while verb < hi and tags[verb] == wc.ADVERB:
            verb, after = verb + 1, after + 1
        quotes = verb < hi and any("quote" in cue.takes for cue, _ in p.lexicon.verbs.get(p.norms[verb], ()))
        if verb >= hi or tags[verb] not in (wc.VERB, wc.PARTICIPLE) or quotes:
            return None
        source, cue = (i, verb), (verb, verb + 1)
        if after < hi and tags[after] not in wc.CUE_ENDS:
            return None
    elif tags[i] == wc.PARTICIPLE and p.norms[i] not in p.lexicon.verbs:
        source = subjects.inverted(p, i + 1, hi)
        if not source or (source[1] < hi and tags[source[1]] not in (".", ",", wc.PREPOSITION)):
            return None
        cue = (i, i + 1)
    else:
        return None
    return Found(source, cue, (content,), p.norms[cue[0]], "neutral", "statement", i, "left", True)


def _announced(p, colon, lo, hi, found):
    """A clause, a colon and a quotation, without a reporting word: `The senator took the stage: “…”`."""
    if any(a <= colon + 1 < b for item in found for a, b in item.content):
        return None
    if contents.cue_follows(p, colon + 1, hi):
        return None  # "It is all there: “We wait,” she said"
    start = max([lo, *(item.cue[1] for item in found if item.side == "left")])
    source = phrases.first_noun_phrase(p.tokens, p.tags, start, colon)
    if source is None or source[1] >= colon or p.tags[source[1]] not in wc.PREDICATE:
        return None
    return Found(
        source,
        (source[1], colon),
        ((colon + 1, hi),),
        ":",
        "neutral",
        "statement",
        source[0],
        "right",
        True,
        True,
    )


def _passive(p, verb):
    """A passive: "was criticised by the union", "was asked whether …", "was called a failure"."""
    tags, norms, cue, end, hi = p.tags, p.norms, verb.cue, verb.end, verb.hi
    subject = _plain_subject(p, verb.group - 1, verb.lo)
    if subject is None or end >= hi:
        return None
    if norms[verb.at] in p.lexicon.raising and tags[end] == wc.INFINITIVE:
        return _raising(p, subject, verb.group, end, hi)
    if "by" in norms[end : min(hi, end + 3)]:
        return _agent(p, verb, subject, norms.index("by", end))
    clause = Subject(None, subject[0], True)
    if "obj" in cue.takes:
        taken = contents.complement(p, cue.takes | {"to"}, end, hi)
        if taken is None and norms[end] == "about":
            verb = verb._replace(end=end + 1)
            taken = Taken("np", ((end + 1, contents.content_end(p, end + 1, hi, PHRASE)),))
        if taken:
            return contents.candidate(p, verb, clause, taken)
    rest = (end, contents.content_end(p, end, hi, PHRASE))
    if "np" in cue.takes and cue.group in AGENTLESS:
        goes_on = norms[end] in ("as", "for", "of", "over") or tags[end] == wc.INFINITIVE
        ranges = (subject, rest) if goes_on else (subject,)
        return contents.candidate(
            p, verb, clause._replace(breaks=False), Taken("object", ranges), side="both"
        )
    if ("as" in cue.takes and norms[end] == "as") or (
        "small" in cue.takes and tags[end] in (wc.DETERMINER, wc.NOUN, '"')
    ):
        item = contents.candidate(
            p, verb, clause._replace(breaks=False), Taken("object", (subject, rest)), side="both"
        )
        return item._replace(kind="position")
    return None


def _agent(p, verb, subject, by):
    """The agent is the source, the subject is spoken of: "was criticised by the union"."""
    stop = phrases.noun_phrase_end(p.tokens, p.tags, by + 1, verb.hi)
    if stop <= by + 1 or not verb.cue.takes & {"np", "small", "as", "objto", "quote", "that"}:
        return None
    ranges = (subject,)
    if stop < verb.hi and (p.norms[stop] in ("as", "for", "of") or p.tags[stop] == wc.INFINITIVE):
        ranges = (subject, (stop, contents.content_end(p, stop, verb.hi, PHRASE)))
    source = Subject((by + 1, stop), subject[0], True)
    return contents.candidate(p, verb._replace(end=by + 1), source, Taken("object", ranges), side="both")


def _plain_subject(p, at, lo):
    """The range of the noun phrase or relative pronoun that ends with the token `at`, or None."""
    if at < lo:
        return None
    if p.tags[at] == wc.RELATIVE:
        return at, at + 1
    start = phrases.noun_phrase_start(p.tokens, p.tags, at, lo)
    return (start, at + 1) if start <= at else None


def _raising(p, subject, group, end, hi):
    """Subject and infinitive are the content, the source is not stated: "is expected to win"."""
    content = (subject, (end, contents.content_end(p, end, hi, PHRASE)))
    kind = _kind_of_nobodys(p, p.norms[end - 1])
    return Found(None, (group, end), content, "be expected", "impersonal", kind, subject[0], "both", False)


def _kind_of_nobodys(p, norm):
    """The kind of a view that is nobody's: "is said to", a rumour, or the reporter's own: "is expected to"."""
    return "position" if norm in p.lexicon.rumoured else "act"


def _group_start(p, i, lo):
    """Where the auxiliaries and adverbs before a predicate begin: "have in the past been | afraid"."""
    group = i
    while group > lo and i - group < p.limits.group:
        if p.tags[group - 1] not in wc.GROUP:
            before = subjects.before_insertion(p, group - 1, lo)
            if before is None:
                break
            group = before + 1
        group -= 1
    return group


def _predicate(p, i, norm, lo, hi):
    """A predicate: "is believed to have won", "it is unclear whether", "is confident that"."""
    tags, norms = p.tags, p.norms
    group = _group_start(p, i, lo)
    if not any(norms[k] in p.words.be or norms[k] in ("'s", "be") for k in range(group, i)):
        return None
    end, at = i + 1, group - 1
    if end >= hi or at < lo:
        return None
    impersonal = norms[at] in ("it", "there")
    clause = norms[end] in ("that", "whether", "if") or tags[end] == wc.RELATIVE and norm in p.lexicon.clausal
    if impersonal and (norm in p.lexicon.clausal or norm in p.lexicon.raising):
        if clause or (norm in p.words.impersonal and contents.clause_at(p, end, hi)):
            return Found(
                None,
                (at, end),
                ((end, contents.content_end(p, end, hi, CLAUSE)),),
                norm,
                "impersonal",
                _kind_of_nobodys(p, norm),
                at,
                "right",
                subjects.after_break(p, at, lo),
            )
        return None
    subject = _plain_subject(p, at, lo)
    if subject is None:
        return None
    if norm in p.lexicon.raising and tags[end] == wc.INFINITIVE and norm not in p.lexicon.mind:
        return _raising(p, subject, group, end, hi)
    return _of_mind(p, i, subject, group, lo, hi) if norm in p.lexicon.mind else None


def _of_mind(p, i, subject, group, lo, hi):
    """The subject is the source: "is confident that", "is ready to"."""
    norm, end = p.norms[i + 1], i + 1
    if norm == "that" or (p.tags[end] in wc.BEGINS and contents.clause_at(p, end, hi)):
        content = end, contents.content_end(p, end, hi, CLAUSE)
    elif p.tags[end] == wc.INFINITIVE:
        content = end, contents.content_end(p, end, hi, PHRASE)
    elif norm in ("about", "of", "to", "with", "for") and end + 1 < hi:
        content = end + 1, contents.content_end(p, end + 1, hi, PHRASE)
    else:
        return None
    held = p.words.unsaid.isdisjoint(p.norms[group:i]) and p.words.nobody.isdisjoint(p.norms[slice(*subject)])
    breaks, lemma = subjects.after_break(p, subject[0], lo), f"be {p.norms[i]}"
    item = Found(
        subject, (group, end), (content,), lemma, "believing", "position", subject[0], "right", breaks
    )
    return item._replace(said=held and can_speak.is_voice(p, subject))


def _disposed(p, i, norm, lo, hi):
    """Any adjective will do: "is unapologetic about his aim", "was against it"."""
    at = i if norm == "against" else i - 1
    if norm == "about" and p.tags[at] not in wc.MODIFIER:
        return None
    group = _group_start(p, at, lo)
    if (
        not any(n in p.words.be or n in p.words.linking for n in p.norms[group:at])
        or p.tags[i + 1] not in wc.ANY_PHRASE
    ):
        return None
    source, begins, breaks = subjects.subject(p, Verb(at, at + 1, "past", group, True, lo, hi), ())
    if source is None or p.norms[source[0]] in ("it", "there", "this", "that"):
        return None
    return Found(
        source,
        (group, i + 1),
        ((i + 1, contents.content_end(p, i + 1, hi, PHRASE)),),
        "be " + p.norms[at],
        "believing",
        "position",
        begins,
        "right",
        breaks,
    )


def _seeming(p, i, lo, hi):
    """How it looks to nobody in particular: "seems to have failed"."""
    if i + 1 >= hi or p.tags[i + 1] != wc.INFINITIVE:
        return None
    group, _, _ = subjects.verb_group(p, i, lo)
    subject = _plain_subject(p, group - 1, lo)
    if subject is None:
        return None
    content = (subject, (i + 1, contents.content_end(p, i + 1, hi, PHRASE)))
    return Found(None, (group, i + 1), content, "seem", "impersonal", "act", subject[0], "both", False)


def _according(p, i, at, lo, hi):
    """`According to a poll, …`, `…, as per the ministry`, and in the midst of a clause. i, at: the cue's range."""
    tags = p.tags
    if at >= hi:
        return None
    stop = phrases.noun_phrase_end(p.tokens, tags, at, hi)
    if stop in p.opening and p.opening[stop].close < min(hi, stop + p.limits.near):
        stop = p.opening[stop].close + 1
    if stop <= at:
        return None
    edge = phrases.skip_back(tags, i - 1, lo, ",-") + 1
    before = edge > lo and (phrases.has_verb(tags, lo, edge) or tags[edge - 1] == '"')
    comma = stop
    while comma < min(hi, stop + p.limits.phrase) and tags[comma] != ",":
        comma += 1
    # "It waits because, according to the crew, the pumps failed"
    led = edge > lo and (tags[edge - 1] in wc.JOINS or p.norms[edge - 1] == "that")
    before = before and not led
    ranges = [(lo, edge)] if edge > lo and not led else []
    if not before and comma + 1 < hi and tags[comma] == ",":
        ranges.append((comma + 1, hi))
    if not ranges:
        return None
    side = "left" if before else "right" if led else "both"
    return Found((at, stop), (i, at), tuple(ranges), "according to", "neutral", "statement", i, side, True)


def _noun(p, i, lo, hi):
    """A nominal cue: "the warning that …", "their hope of …", "a call for …"."""
    tags, norms = p.tags, p.norms
    if i + 2 >= hi:
        return None
    after = norms[i + 1]
    for cue in p.lexicon.nouns[norms[i]]:
        if after == "that" and "that" in cue.takes:
            if tags[i + 2] in wc.NO_SUBJECT:
                continue
            ranges = ((i + 1, contents.content_end(p, i + 1, _clause_end(p, i, lo, hi), CLAUSE)),)
            source = subjects.possessor(p, i, lo)
        elif tags[i + 1] in (",", ":") and i + 2 in p.opening and cue.kind == "statement":
            return _light_verb(p, i, cue, ((i + 2, contents.content_end(p, i + 2, hi, CLAUSE)),), lo)
        elif after in cue.takes and after not in ("to", "that"):
            source = subjects.possessor(p, i, lo)
            end = contents.content_end(p, i + 2, hi, PHRASE)
            if source and subjects.after_break(p, source[0], lo):
                # "residents' fears about the dam | continue": the noun is the subject
                end = min(end, max(i + 3, phrases.noun_phrase_end(p.tokens, tags, i + 2, hi)))
            ranges = ((i + 2, end),)
        elif tags[i + 1] == wc.INFINITIVE and "to" in cue.takes:
            source = subjects.possessor(p, i, lo)
            ranges = (
                (i + 1, contents.content_end(p, i + 1, contents.predicate_start(p, i + 2, hi), PHRASE)),
            )
        else:
            continue
        if source is None:
            return _light_verb(p, i, cue, ranges, lo)
        what = "np" if after in cue.takes and after not in ("to", "that") else "that"
        return Found(
            source,
            (i, i + 1),
            ranges,
            cue.lemma,
            cue.group,
            cue.kind,
            source[0],
            "right",
            False,
            what=what,
            words=cue.words,
        )
    return None


def _clause_end(p, i, lo, hi):
    """Where the clause of a noun ends that is the subject: "the fear that it failed | was …"."""
    tags = p.tags
    start = phrases.noun_phrase_start(p.tokens, tags, i, lo)
    if start > i or phrases.skip_back(tags, start - 1, lo, wc.LEADS) >= lo:
        return hi
    verbs = 0
    for k in range(i + 2, hi):
        if tags[k] in (wc.RELATIVE, wc.SUBORDINATOR, ",", ";"):
            return hi
        if verbs and p.norms[k] in p.words.finite_be and tags[k - 1] in wc.POSTMODIFIED:
            return k
        verbs += tags[k] in wc.FINITE or (tags[k] == wc.PARTICIPLE and tags[k - 1] in wc.NOMINAL)
    return hi


def _light_verb(p, i, cue, ranges, lo):
    """The subject of the verb is the source: "made the claim that", "has taken a stance against"."""
    k = i - 1
    while (
        k > lo and i - k < p.limits.group and p.tags[k] in wc.QUALIFIED and p.norms[k] not in p.lexicon.light
    ):
        k -= 1
    source, first = None, i
    if p.norms[k] in p.lexicon.light:
        group, _, modal = subjects.verb_group(p, k, lo)
        form = "ing" if p.tags[k] == wc.GERUND else "past"
        source = subjects.subject(p, Verb(k, k + 1, form, group, modal, lo, i), ()).source
        first = group
    elif ranges[0][0] > i + 1 or p.tags[ranges[0][0]] == wc.INFINITIVE:
        return None  # a preposition or an infinitive behind a noun that is nobody's
    return Found(
        source,
        (first, max(i + 1, ranges[0][0])),
        ranges,
        cue.lemma,
        cue.group,
        cue.kind,
        first,
        "right",
        False,
        what="np" if ranges[0][0] > i + 1 and ranges[0][0] not in p.opening else "that",
        words=cue.words,
    )


def _is_place(p, first, last, hi):
    """Whether a label is the place or the heading in front: in capitals, and no abbreviation ("OSLO: The king …"),
    or before the first sentence of a text, which is longer than a headline and has its stop ("Oslo: The king … .")."""
    letters = sum(token.end - token.start for token in p.tokens[first:last])
    whole = p.norms[hi - 1] == "." and hi - last > p.limits.clause
    leads = whole and not any(p.norms[end - 1] in wc.STOPS for begin, end in p.paragraphs if begin < first)
    return leads or (letters > 3 and p.names.issuperset(range(first, last)))


def _headline(p, lo, hi):
    """A speaker, a colon, what is said: `Mayor: the bridge will open`."""
    tags = p.tags
    colon = lo
    while colon < min(hi, lo + p.limits.clause) and tags[colon] in wc.LABEL:
        colon += 1
    if not (lo < colon < hi - 3 and tags[colon] == ":"):
        return None
    if any(p.norms[k] in p.words.headings for k in range(lo, colon)) or tags[lo] in (wc.NUMBER, wc.DAY):
        return None
    if colon + 1 not in p.opening and (
        colon > lo + p.limits.title
        or any(letter in wc.NOT_PLAIN for letter in tags[lo:colon])
        or _is_place(p, lo, colon, hi)
    ):
        return None
    if not (colon + 1 in p.opening or phrases.has_verb(tags, colon + 1, hi)):
        return None
    return Found(
        (lo, colon), (colon, colon + 1), ((colon + 1, hi),), ":", "neutral", "statement", lo, "right", True
    )
