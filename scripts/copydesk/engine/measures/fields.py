"""The fields of a measure: who, whom, on what condition, how binding, how many.

A part of `measures`.
"""

from typing import NamedTuple

from copydesk.engine.language.phrases import noun_phrase_end, noun_phrase_start
from copydesk.engine.measures.clauses import CAUSATIVES, SAID
from copydesk.engine.measures.sanctions import NOT_STATED, Hit, codebook

_TO_TARGET = frozenset("on against to from with of in for by".split())
_ARTICLES = frozenset("the a an no neither".split())
_TIMES = frozenset(
    """year years month months day days week weeks hour hours percent % times century decades january february
    march april may june july august september october november december jan. feb. mar. apr. aug. sept. oct.
    nov. dec. a.m. p.m.""".split()
)


class StoryFrame(NamedTuple):
    """What holds for the whole story: whether its measures are a draft, and whose they are."""

    status: str  # proposed, adopted or ""
    sender: tuple  # token indices, as all that follow
    regime: tuple  # whose sanctions hold already
    target: tuple


_OF_THE_STORY = frozenset("drafts adoptions imposing deciding senders instruments umbrellas list".split())


def story_frame(hits_of_sentences, sentences, tokens):
    """The `StoryFrame`, from the words for drafts and adoptions, for senders and for sanctions on a target."""
    hits = [
        Hit(hit[0] + first, hit[1] + first, *hit[2:])
        for own, (first, _) in zip(hits_of_sentences, sentences, strict=True)
        for hit in own
        if hit.value in _OF_THE_STORY or hit.kind == "place"
    ]
    drafts = sum(hit.value == "drafts" for hit in hits)
    adopted = any(hit.value == "adoptions" for hit in hits)
    past = any(
        hit.value == "imposing"
        and hit.form == "past"
        and tokens[hit.start].norm in ("imposed", "adopted", "approved")
        and tokens[hit.start - 1].norm not in ("be", "if", ",", "sanctions", "not", "have", "had")
        for hit in hits
    )
    status = "adopted" if adopted or (past and drafts < 3) else "proposed" if drafts else ""
    target = _story_target(hits, tokens)
    return StoryFrame(status, _story_sender(hits, tokens), _regime_sender(hits, tokens, target), target)


def _regime_sender(hits, tokens, target):
    """Whose sanctions are in force: the state or body named before "sanctions" that is not their target."""
    heads = {hit.start for hit in hits if hit.value == "umbrellas"}
    aimed_at = [tokens[k].norm for k in range(*target)] if target else []
    for hit in hits:
        if (
            hit.kind == "place"
            and hit.end in heads
            and [tokens[k].norm for k in range(hit.start, hit.end)] != aimed_at
        ):
            return hit.start, hit.end
    return ()


def _story_sender(hits, tokens):
    """Whose measures the story is about: the first body or state that puts measures in place, else the one
    that is named with the first instrument ("a Security Council resolution"), else the first body."""
    bodies = [hit for hit in hits if hit.value == "senders"]
    places = [hit for hit in hits if hit.kind == "place"]
    instruments = {hit.start for hit in hits if hit.value == "instruments"}
    near = [hit for hit in bodies if hit.end in instruments]
    if near:
        return _place(near[0], places)
    deeds = {
        hit.start
        for hit in hits
        if hit.value in ("imposing", "deciding") and hit.form != "base" or hit.value == "list"
    }
    for hit in sorted(bodies + places):
        if any(k in deeds for k in range(hit.end, hit.end + 3)):
            return _place(hit, places)
    return _place(bodies[0], places) if bodies else ()


def _place(body, places):
    """A body with the state or organisation named right before it."""
    before = next((hit for hit in places if hit.end == body.start), None)
    return (before.start if before else body.start, body.end)


def _story_target(hits, tokens):
    """The first state that sanctions or restrictions are said to be on, against or of."""
    heads = {hit.end for hit in hits if hit.value == "umbrellas"}
    places = {hit.start: hit for hit in reversed(hits) if hit.form == "state"}
    for i in sorted(heads):
        if i < len(tokens) and tokens[i].norm in ("on", "against"):
            for k in range(i + 1, i + 4):
                if k in places:
                    return (places[k].start, places[k].end)
    return ()


def fields(clause, finding, story, number, doc, carried=""):
    """The row of a finding: a dict with the columns of a measure, spans as offsets.

    carried: the target that the sentence before names, which holds where this one names none.
    """
    tokens = clause.tokens
    row = dict.fromkeys(
        ("sender", "target", "obligated_party", "condition", "exemption", "change", "binding_before"),
        NOT_STATED,
    )
    first, last = finding.start, finding.end
    row.update(
        type=finding.type,
        sentence=number,
        spans=[(tokens[first].start, tokens[last - 1].end)],
        status=_status(finding),
        umbrella=finding.umbrella,
        binding_after=NOT_STATED if finding.umbrella else finding.frame.binding,
    )
    quantity, unit = _quantity(clause, finding)
    row.update(quantity=quantity, unit=unit)
    obligated = _obligated(clause, finding)
    sender = _sender(clause, finding, obligated)
    target = _target(clause, finding, obligated) or ()
    row["senders"] = frozenset(clause.words[k] for k in range(*sender)) - _ARTICLES if sender else frozenset()
    row["named"] = _named(clause, finding, target)
    row["places"] = any(first <= k < last for k in clause.places)
    row["acts_alone"] = bool(sender) and sender[0] in clause.places and not _is_aimed(clause, finding)
    else_sender = story.regime if row["status"] == "in force" else story.sender
    row["sender"] = _slice(doc, clause, sender) or _slice(doc, None, else_sender) or NOT_STATED
    row["obligated_party"] = _slice(doc, clause, obligated) or NOT_STATED
    row["target"] = _slice(doc, clause, target) or carried or _slice(doc, None, story.target) or NOT_STATED
    condition = _after(clause, finding, "conditions")
    if condition:
        row["condition"] = _slice(doc, clause, condition)
    exemption = _after(clause, finding, "exemptions")
    if exemption:
        row["exemption"] = _slice(doc, clause, exemption)
    _force(clause, finding, row)
    return row


def _is_aimed(clause, finding):
    """Whether the measure's words say to, from, with or against whom."""
    return any(
        clause.tags[k] == "p" and clause.words[k] in ("to", "from", "with", "against")
        for k in range(finding.object[0], finding.end)
    )


def _named(clause, finding, target):
    """The words by which a second mention is known: those of the goods, or of the people and bodies struck."""
    personal = clause.types[finding.type].category in ("asset freeze", "travel")
    place = target if personal else finding.object
    return frozenset(
        clause.words[k].removesuffix("s") for k in range(*place or (0, 0)) if clause.tags[k] in "nmeg"
    )


def _slice(doc, clause, place):
    """The words of a stretch of tokens, without a leading article."""
    if not place or place[0] >= place[1]:
        return ""
    tokens = clause.tokens if clause else doc.tokens
    first, last = place
    while first < last - 1 and tokens[first].norm in _ARTICLES:
        first += 1
    return doc.text[tokens[first].start : tokens[last - 1].end]


def _status(finding):
    if finding.eased:
        return {"adopted": "lifted", "in force": "lifted", "threatened": "proposed"}.get(
            finding.frame.status, finding.frame.status
        )
    return finding.frame.status


def _force(clause, finding, row):
    """Set `change`, `binding_before` and `binding_after`."""
    first, last = finding.start, finding.end
    licence = clause.classes.get(finding.licence, {}) if finding.licence >= 0 else {}
    lead = max(0, min(first, finding.action.start) - 12)
    if finding.eased:
        row["change"] = "eased"
        if not finding.umbrella:
            row["binding_before"] = "mandatory"
            row["binding_after"] = "none" if row["status"] in ("lifted", "proposed") else NOT_STATED
        return
    hangs_on = row["condition"].split(" ")[0].lower() in ("if", "when")
    duty = finding.action.group == "inspect" or finding.mood and finding.mood.modal == "must"
    if duty and hangs_on and row["binding_after"] == "mandatory":
        row["binding_after"] = "conditional"
    if clause.has("recommended_before"):
        row["change"], row["binding_before"] = "tightened", "recommended"
    elif finding.action.group == "expand" or _is_widened(clause, finding, licence):
        row["change"], row["binding_before"] = "expanded", "mandatory"
    elif row["status"] == "in force" or "continuing" in licence:
        row["change"], row["binding_before"] = "continuing", "mandatory"
    elif "tightened" in licence:
        row["change"] = "tightened"
    elif clause.has("none_before", lead, last):
        row["change"], row["binding_before"] = "new", "none"
    elif _is_new(clause, finding, licence):
        row["change"] = "new"
    if finding.umbrella:
        row["binding_before"] = NOT_STATED


def _is_widened(clause, finding, licence):
    if "expanded" in licence:
        return True
    return any(
        finding.start <= hit.start < finding.action.start for hit in clause.language.get("expanded", ())
    )


def _is_new(clause, finding, licence):
    action = finding.action
    if action.group == "list":
        return True
    if "imposing" in licence and any(
        hit.start == finding.licence for hit in clause.language.get("introducing", ())
    ):
        return True
    return action.is_noun and any(
        finding.start <= hit.start < action.start for hit in clause.language.get("new", ())
    )


# --- parties ----------------------------------------------------------------------------------------


def _obligated(clause, finding):
    """Who must act or refrain, as a stretch of tokens, or ()."""
    action, mood, frame = finding.action, finding.mood, finding.frame
    if mood and mood.kind == "finite":
        if action.form == "forbid" and clause.words[action.end : action.end + 1] == ["be"]:
            return ()
        leads_on = clause.words[action.end : action.end + 1] and clause.words[action.end] in ("from", "to")
        if action.form in ("permit", "forbid") or (mood.passive and leads_on and action.group == "prohibit"):
            return _subject(clause, mood.start)
        if mood.modal == "must" and not mood.passive and action.form == "base":
            return _subject(clause, mood.start)
        if not mood.passive and action.group == "prohibit":
            return _barred(clause, action)
    k = frame.governor
    if k < 0 and finding.licence >= 0 and "requiring" in clause.classes.get(finding.licence, {}):
        k = finding.licence
    found = clause.classes.get(k, {}) if k >= 0 else {}
    hit = found.get("requiring") or found.get("recommending")
    if hit is None:
        return _barred(clause, action) if mood and action.group == "prohibit" else ()
    start = hit.end
    if clause.words[start : start + 1] == ["for"]:
        start += 1
    if hit.end - hit.start > 2:  # "told members to"
        return hit.start + 1, hit.end - 1
    modal = clause.words[k] in ("must", "shall", "should", "have", "has", "had")
    if not modal and clause.mood(k, hit.form).passive:
        return _subject(clause, clause.mood(k, hit.form).start)
    if modal:
        return _subject(clause, clause.mood(k, "base").start)
    return _party(clause, start, action.start)


def _party(clause, lo, hi):
    """The noun phrase between a duty's word and its infinitive."""
    to = next((k for k in range(lo, hi) if clause.words[k] == "to"), None)
    if to is None or to == lo:
        return ()
    return (lo, to) if to - lo <= 8 else ()


def _barred(clause, action):
    """ "bars banks from lending": the phrase between the verb and "from" and a form in -ing."""
    for k in range(action.end + 1, min(len(clause.words) - 1, action.end + 10)):
        if clause.words[k] in (",", "that", "and"):
            return ()
        if clause.words[k] == "from" and clause.tags[k + 1] in "gn" and clause.words[k + 1].endswith("ing"):
            return (action.end, k)
    return ()


def _subject(clause, start):
    first, last = clause.bearer(start)
    if last <= first or clause.tags[first] == "r":
        return ()
    return first, last


def _sender(clause, finding, obligated):
    """The state or body that is the subject of the deed, as a stretch of tokens, or ()."""
    for k in _deeds(clause, finding):
        found = clause.classes.get(k, {})
        form = next(iter(found.values())).form if found else "past" if clause.words[k] in SAID else ""
        if k in clause.deeds and (k == finding.action.start or not clause.deeds[k].weak):
            form = clause.deeds[k].form
        if not form or form == "noun":
            continue
        mood = clause.mood(k, form)
        if mood.passive or mood.start and clause.words[mood.start - 1] in (",", "and", "or"):
            continue
        first, last = clause.subject(mood.start)
        if (first, last) == obligated or last <= first:
            continue
        head = _body_in(clause, first, last, clause.words[mood.start - 1] not in ("that", "which"))
        if head:
            return head
    return ()


def _deeds(clause, finding):
    """The verbs whose subject may be the sender: the action, what licenses or governs it, the first deed."""
    if not finding.action.is_noun:
        yield finding.action.start
    if finding.licence >= 0:
        yield finding.licence
    k = finding.frame.governor
    if k >= 0:
        yield k
    speaks = bool(finding.mood) and clause.words[finding.mood.start - 1] in ("it", "they")
    for k in range(finding.action.start - 1, -1, -1):
        found = clause.classes.get(k, {})
        if (
            "imposing" in found
            or "deciding" in found
            or k in clause.deeds
            or speaks
            and clause.words[k] in SAID
        ):
            yield k


def _body_in(clause, first, last, or_place):
    """The stretch of a subject that names a body, or a state if wanted, or ()."""
    for hit in clause.hits:
        if first <= hit.start < last and hit.kind == "language" and hit.value == "senders":
            before = next((p for p in clause.hits if p.kind == "place" and p.end == hit.start), None)
            return (before.start if before else hit.start, hit.end)
    for hit in clause.hits:
        if or_place and first <= hit.start < last and hit.kind == "place":
            return hit.start, hit.end
    return ()


def _target(clause, finding, obligated):
    """Against whom, as a stretch of tokens, or None."""
    action = finding.action
    name = clause.types[finding.type]
    if finding.umbrella:
        return _named_place(clause, action.end, min(len(clause.words), finding.end + 4))
    if "list" in name.actions or "expel" in name.actions and action.group == "expel":
        return _owner(clause, finding) or _party_phrase(clause, finding)
    if action.group == "freeze" or (action.type and name.category in ("asset freeze", "travel")):
        found = _after_preposition(clause, finding)
        found = found or _possessor(clause, finding)
        if found or any(_subjected(clause, finding)):
            return found or _subjected(clause, finding)
        if action.group == "freeze":
            return _owned_by(clause, finding)
    if obligated and name.category == "travel":
        return obligated
    found = _with_place(clause, finding)
    if found:
        return found
    if obligated and any(k in clause.places for k in range(*obligated)):
        # "Americans may not deal with them": those who are counted by their state are not its target.
        people = obligated[1] - obligated[0] == 1 and clause.words[obligated[0]].endswith("s")
        return () if people and name.category != "diplomatic" else obligated
    return _named_place(clause, finding.start, finding.end) or None


def _party_phrase(clause, finding):
    """The phrase of those listed or expelled, without its number."""
    start, end = finding.object
    while (
        start > finding.start
        and clause.tags[start - 1] in "ne"
        and clause.words[start - 1] not in (",",)
        and not any(a.start < start <= a.end for a in clause.actions)
    ):
        start -= 1
    last = finding.end
    if finding.action.group == "expel":
        return start, max(end, last)
    end = max(end, min(last, noun_phrase_end(clause.tokens, clause.tags, start, len(clause.words))))
    return start, next(
        (k for k in range(start, end) if clause.tags[k] in "pt" and clause.words[k] != "of"), end
    )


def _owner(clause, finding):
    """ "ships owned by a firm": the owner is the target where goods or ships are listed."""
    if clause.types[finding.type].category != "transportation":
        return ()
    for k in range(finding.object[1], min(len(clause.words) - 1, finding.object[1] + 4)):
        if clause.words[k] == "by":
            end = noun_phrase_end(clause.tokens, clause.tags, k + 1, finding.end)
            if clause.tags[end : end + 2] == ["g", "n"]:
                end = noun_phrase_end(clause.tokens, clause.tags, end + 1, finding.end)
            if clause.tags[end : end + 1] == ["e"] and clause.tags[end + 1 : end + 2] in ([","], ["."]):
                end += 1
            return k + 1, end
    return ()


def _after_preposition(clause, finding):
    """The phrase that a freeze or a travel ban falls on; of two that share it, it stands after the second."""
    words, stop = clause.words, finding.end
    shares = finding.action.is_noun and words[stop : stop + 1] in (["and"], ["or"])
    for k in range(finding.object[1], min(len(words) - 1, stop + (8 if shares else 0))):
        if words[k] in ("of", "on", "against", "to", "held") and clause.tags[k + 1] in "ndmre":
            last = max(stop, min(len(words), k + 12)) if k >= stop else stop
            return k + 1, _restricted(clause, noun_phrase_end(clause.tokens, clause.tags, k + 1, last), last)
        if words[k] in (",", "that") or words[k] == "and" and k < stop:
            break
    return ()


def _owned_by(clause, finding):
    """The state that describes what is frozen ("Libyan funds"), but not where it lies ("any U.S. assets")."""
    lo = finding.object[0]
    while lo > finding.start and clause.tags[lo - 1] in "n":
        lo -= 1
    return () if clause.words[lo - 1] == "any" else _named_place(clause, lo, finding.object[1])


def _possessor(clause, finding):
    """Whose assets they are: "the general's accounts", "the men will have their accounts frozen"."""
    mood, z = finding.mood, finding.object[0] - 1
    if z > 0 and clause.tags[z] == "z":
        return noun_phrase_start(clause.tokens, clause.tags, z - 1, 0), z
    had = 0 < finding.start < finding.action.start and clause.words[finding.start - 1] in CAUSATIVES
    if had and mood and not mood.passive:
        return clause.bearer(clause.mood(finding.start - 1, "base").start)
    return ()


def _restricted(clause, end, last):
    """Take in a participle that restricts: "entities linked to the programmes"."""
    if end < last and clause.tags[end] in "eg":
        return last
    return end


def _with_place(clause, finding):
    """The phrase after a preposition that names a state: "to Libya", "of Libyan banks"."""
    best = ()
    for k in range(finding.start, min(finding.end, len(clause.words) - 1)):
        if clause.words[k] in _TO_TARGET and k >= min(finding.action.start, finding.object[0]):
            end = _simple_end(clause, k + 1, finding.end)
            if any(j in clause.places for j in range(k + 1, end)):
                best = (k + 1, end)
                if clause.words[k] in ("on", "against", "to", "from", "with"):
                    return best
    return best


def _simple_end(clause, first, last):
    """The end of a noun phrase without what a preposition adds to it."""
    end = noun_phrase_end(clause.tokens, clause.tags, first, last)
    return next((k for k in range(first, end) if clause.tags[k] == "p"), end)


def _named_place(clause, lo, hi):
    for hit in clause.hits:
        if hit.form == "state" and lo <= hit.start < hi:
            return hit.start, hit.end
    return ()


def _after(clause, finding, name):
    """A condition or an exemption that follows the measure within its sentence, as a stretch of tokens."""
    words = clause.words
    for hit in clause.language.get(name, ()):
        if hit.start < finding.object[1] or hit.start > finding.end + 4:
            continue
        end = hit.end
        while end < len(words) and words[end] not in (",", ".", ";", '"', "-", ":", "!"):
            end += 1
        if words[hit.start] == "when" or name == "conditions" and end - hit.end < 2:
            continue
        return hit.start, end
    return ()


# --- quantity ---------------------------------------------------------------------------------------


def _quantity(clause, finding):
    """(number, unit) of what is acted on, or (None, "")."""
    if finding.umbrella:
        return None, ""
    book = codebook().language
    if finding.type in clause.roles.amounts or finding.action.group == "cap":
        amount = _amount(clause, finding, book)
        if amount:
            return amount
    start, end = finding.object
    if clause.tags[start] == "p" and finding.action.group == "lift":
        return _counted_before(clause, finding, book)
    k = clause.number_before(start)
    if k is not None and k < start:
        value, after = _value(clause.words, k, book)
        if value is not None and not _is_time(clause.words, k, after):
            if k and clause.words[k - 1] == "$":
                return value, "dollars"
            if any(hit.start == after for hit in clause.language.get("units", ())):
                return value, clause.words[after]
            return value, " ".join(
                clause.words[start if finding.type == clause.roles.together else end - 1 : end]
            )
    return _counted_target(clause, finding, book)


def _counted_before(clause, finding, book):
    """The number of those taken from a list: "removed four ships from"."""
    lo, hi = finding.action.end, max(finding.action.end, finding.object[0])
    if not any(clause.tags[k] == "m" or clause.words[k][0].isdigit() for k in range(lo, hi)):
        lo, hi = 0, finding.action.start
    for k in range(lo, hi):
        if clause.tags[k] == "m" or clause.words[k][0].isdigit():
            value, after = _value(clause.words, k, book)
            if value is not None and not _is_time(clause.words, k, after):
                head = after
                while head + 1 < hi and clause.tags[head + 1] in "n":
                    head += 1
                return value, clause.words[head]
    return None, ""


def _counted_target(clause, finding, book):
    """The number of those whom a measure falls on: "travel bans on five commanders", "six banks are cut off"."""
    if finding.type not in clause.roles.falls_on:
        return None, ""
    for lo, hi in _struck(clause, finding):
        for k in range(lo, hi):
            if (
                clause.words[k] in (";", "after", "who", "which")
                or k > finding.end
                and clause.words[k] == "."
            ):
                break
            worth = clause.words[k - 1] == "worth" and clause.types[finding.type].category != "asset freeze"
            counted = None if worth else _counted_at(clause, k, book)
            if counted:
                return counted
    return None, ""


def _struck(clause, finding):
    """Where those may stand on whom a measure falls: behind it, before it as the verb's subject, between the verb
    and the measure ("subjects two firms to a ban")."""
    action = finding.action
    shared = action.is_noun and clause.words[finding.end : finding.end + 1] in (["and"], ["or"], [","])
    begin = finding.object[1] if finding.object[0] < action.end else action.end
    yield begin, min(len(clause.words), finding.end + (12 if shared else 0))
    if finding.mood and finding.mood.kind == "finite" and finding.mood.passive:
        yield clause.subject(finding.mood.start)
    yield _subjected(clause, finding)


def _subjected(clause, finding):
    """The phrase between a verb and "to" or "under" before the measure, or (0, 0)."""
    k = finding.licence
    if not 0 <= k < finding.start:
        return 0, 0
    to = next((j for j in range(k + 1, finding.start) if clause.words[j] in ("to", "under")), k + 1)
    return (k + 1, to) if to > k + 1 else (0, 0)


def _counted_at(clause, k, book):
    """(number, unit) of the count that begins at `k`, or None."""
    words, tags = clause.words, clause.tags
    if not (tags[k] == "m" or words[k][0].isdigit()) or words[k - 1] in ("in", "by", "until"):
        return None
    if k and tags[k - 1] == "m":
        return None
    value, after = _value(words, k, book)
    after += words[after : after + 1] in (["more"], ["other"], ["further"])
    if value is None or after >= len(words) or _is_time(words, k, after):
        return None
    end = noun_phrase_end(clause.tokens, tags, k, len(words), 6)
    named = [
        hit.end - 1
        for hit in clause.hits
        if hit.kind == "object" and after <= hit.start < end and "list" in clause.types[hit.value].actions
    ]
    head = after
    while head + 1 < end and tags[head + 1] in "nm" and not _is_people(clause, head):
        head += 1
    if named and (named[0] < head or words[after] == "of" or tags[head] != "n"):
        head = named[0]
    return (value, words[head]) if tags[head] in "nmeg" else None


def _is_people(clause, k):
    """Whether the word names people by their state: "Syrians"."""
    return clause.words[k].endswith("s") and any(
        hit.end == k + 1 and hit.form == "state" for hit in clause.hits
    )


def _amount(clause, finding, book):
    """A capped amount with its unit: "500,000 barrels a year"; of "from $60 to $45 a barrel", the second."""
    words = clause.words
    units = {hit.start for hit in clause.language.get("units", ())}
    found, after = None, 0
    for k in range(finding.start, min(len(words), finding.end + 22)):
        if words[k] in (";", ".") or found and words[k] == ",":
            break
        if k < after or not (clause.tags[k] == "m" or words[k][0].isdigit()):
            continue
        value, after = _value(words, k, book)
        if value is None or found and "to" not in words[k - 2 : k]:
            continue
        if words[k - 1] == "$":
            found = value, "dollars" + _rate(words, after)
        elif after in units:
            found = value, words[after] + _rate(words, after + 1)
    return found


def _rate(words, k):
    """ " a year", " a barrel": what the amount is per."""
    if words[k : k + 1] in (["a"], ["per"], ["an"]) and k + 1 < len(words):
        return " a " + words[k + 1]
    if words[k : k + 1] in (["annually"], ["yearly"]):
        return " a year"
    return ""


def _value(words, k, book):
    """(number, index after it) of the number that begins at `k`, magnitudes multiplied in; (None, k) if none."""
    word = words[k]
    if word[0].isdigit():
        try:
            value = float(word.replace(",", ""))
        except ValueError:
            return None, k
    elif word in book.magnitudes:
        value = float(book.magnitudes[word])
    else:
        return None, k
    k += 1
    while k < len(words) and book.magnitudes.get(words[k], 0) >= 12:
        value *= book.magnitudes[words[k]]
        k += 1
    return value, k


def _is_time(words, k, after):
    following = words[after] if after < len(words) else ""
    year = words[k].isdigit() and len(words[k]) == 4 and words[k][:2] in ("19", "20")
    return (
        following in _TIMES or following.startswith("year-") or year and words[k - 1] in ("in", "since", "of")
    )
