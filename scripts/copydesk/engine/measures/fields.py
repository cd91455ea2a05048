"""The fields of a measure: who, whom, on what condition, how binding, how many.

A stretch of tokens is (first, end), () where there is none.
"""

from copydesk.engine.language.phrases import noun_phrase_end
from copydesk.engine.measures.actions import causative_of, reaches, takes_none
from copydesk.engine.measures.context import first_subject
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.quantity import quantity_of
from copydesk.engine.measures.sanctions import NOT_STATED, codebook, grammar, word_set
from copydesk.engine.measures.sentence import has, mood_of, phrase_start, subject_of, tag_at, word_at

_UNSTATED = ("sender", "target", "obligated_party", "condition", "exemption", "change", "binding_before")


def fields_of(s, story, one, number, doc, sender, target, obligated):
    """The row of a candidate: a dict with the columns of a measure, spans as offsets.

    sender, target, obligated: of `parties_of`. `carried` rows and the story's parties are filled in later.
    """
    row = dict.fromkeys(_UNSTATED, NOT_STATED)
    quantity, unit = quantity_of(s, one)
    row.update(
        type=one.type,
        sentence=number,
        spans=[(s.tokens[one.start].start, s.tokens[one.end - 1].end)],
        status=_status(one),
        umbrella=one.umbrella,
        binding_after=NOT_STATED if one.umbrella else one.context.binding,
        quantity=quantity,
        unit=unit,
        senders=_words(s, sender),
        named=_named(s, one, target),
        eased=one.context.eased,
    )
    else_sender = story.regime if row["status"] == "in force" else story.sender
    row["own_sender"], row["own_target"] = bool(sender), bool(target)
    row["sender"] = slice_of(doc, s, sender) or slice_of(doc, None, else_sender) or NOT_STATED
    row["obligated_party"] = slice_of(doc, s, obligated) or NOT_STATED
    row["target"] = slice_of(doc, s, target) or NOT_STATED
    for field, name in (("condition", "conditions"), ("exemption", "exemptions")):
        row[field] = slice_of(doc, s, _after(s, one, name)) or NOT_STATED
    _force(s, one, row)
    return row


def _words(s, place):
    return frozenset(s.words[k] for k in range(*place) if s.tags[k] not in "dp") if place else frozenset()


def _named(s, one, target):
    """The words by which a second mention is known: those of the goods, or of the people and bodies struck."""
    personal = codebook().types[one.type].category in ("asset freeze", "travel")
    place = target if personal else one.object.place
    return frozenset(s.words[k].removesuffix("s") for k in range(*place or (0, 0)) if s.tags[k] in "nmeg")


def slice_of(doc, s, place):
    """The words of a stretch of tokens (the document's where `s` is None), without a leading article."""
    if not place or place[0] >= place[1]:
        return ""
    tokens = s.tokens if s else doc.tokens
    first, last = place
    while first < last - 1 and tokens[first].norm in grammar().articles:
        first += 1
    return doc.text[tokens[first].start : tokens[last - 1].end]


def _status(one):
    status = one.context.status
    if one.context.eased:
        return {"adopted": "lifted", "in force": "lifted", "threatened": "proposed"}.get(status, status)
    return status


def _force(s, one, row):
    """Set `change`, `binding_before` and `binding_after`."""
    first, last = one.start, one.end
    governor = s.classes.get(one.context.governor, {})
    lead = max(0, min(first, one.action.start) - LIMITS.near)
    if one.context.eased:
        row["change"] = "eased"
        if not one.umbrella:
            row["binding_before"] = "mandatory"
            row["binding_after"] = "none" if row["status"] in ("lifted", "proposed") else NOT_STATED
        return
    hangs_on = row["condition"].split(" ")[0].lower() in ("if", "when")
    duty = one.action.group == "inspect" or not one.action.is_noun and _modal(s, one) == "must"
    if duty and hangs_on and row["binding_after"] == "mandatory":
        row["binding_after"] = "conditional"
    if has(s, "recommended_before"):
        row["change"], row["binding_before"] = "tightened", "recommended"
    elif one.action.group == "expand" or _is_widened(s, one, governor):
        row["change"], row["binding_before"] = "expanded", "mandatory"
    elif "continuing" in governor or row["status"] == "in force" and _is_said_to_last(s):
        row["change"], row["binding_before"] = "continuing", "mandatory"
    elif "tightened" in governor:
        row["change"] = "tightened"
    elif has(s, "none_before", lead, last):
        row["change"], row["binding_before"] = "new", "none"
    elif _is_new(s, one, governor, row):
        row["change"] = "new"
    if one.umbrella:
        row["binding_before"] = NOT_STATED


def _modal(s, one):
    return mood_of(s, one.action.start, one.action.form).modal


def _is_widened(s, one, governor):
    if "expanded" in governor:
        return True
    return any(one.start <= hit.start < one.action.start for hit in s.language.get("expanded", ()))


def _is_said_to_last(s):
    return has(s, "in_force") is not None


def _is_new(s, one, governor, row):
    action = one.action
    if action.group == "list":
        return row["status"] in (("adopted",) if action.is_noun else ("adopted", "proposed", "threatened"))
    introduced = any(hit.start == one.context.governor for hit in s.language.get("introducing", ()))
    if "imposing" in governor and introduced and row["status"] in ("adopted", "in force"):
        return True
    if (
        row["status"] == "adopted"
        and not action.is_noun
        and action.group in ("prohibit", "exclude", "freeze")
    ):
        return True
    return action.is_noun and any(one.start <= hit.start < action.start for hit in s.language.get("new", ()))


# --- parties ----------------------------------------------------------------------------------------


def parties_of(s, one):
    """(sender, target, obligated party) as the sentence names them."""
    obligated = _obligated(s, one)
    sender = _sender(s, one, obligated)
    return sender, _target(s, one, obligated) or (), obligated


def _obligated(s, one):
    action, context = one.action, one.context
    mood = (
        None
        if action.is_noun
        else mood_of(s, action.start, "base" if action.form == "forbid" else action.form)
    )
    if mood and mood.kind == "finite":
        if action.form == "forbid" and (word_at(s, action.end) == "be" or _is_own_will(s, action, mood)):
            return ()
        leads_on = word_at(s, action.end) in ("from", "to")
        if action.form in ("permit", "forbid") or mood.passive and leads_on and action.group == "prohibit":
            return _bearer(s, mood.start)
        if mood.modal == "must" and not mood.passive and action.form == "base":
            return _bearer(s, mood.start)
        if not mood.passive and action.group == "prohibit":
            return _barred(s, action)
    k = context.governor
    found = s.classes.get(k, {}) if k >= 0 else {}
    hit = found.get("requiring") or found.get("recommending")
    if hit is None:
        return _barred(s, action) if mood and action.group == "prohibit" else ()
    start = hit.end + (word_at(s, hit.end) == "for")
    if hit.end - hit.start > 2:  # "told members to"
        return hit.start + 1, hit.end - 1
    modal = s.words[k] in ("must", "shall", "should", "have", "has", "had")
    if not modal and mood_of(s, k, hit.form).passive:
        return _bearer(s, mood_of(s, k, hit.form).start)
    if modal:
        return _bearer(s, mood_of(s, k, "base").start)
    to = next((j for j in range(start, action.start) if s.words[j] == "to"), None)
    return (start, to) if to is not None and 0 < to - start <= LIMITS.near else ()


def _is_own_will(s, action, mood):
    """Whether who is named denies it by himself, and is not bound by another: "Norway will lend the junta nothing"."""
    return mood.modal in ("will", "would") and takes_none(s, action)


def _barred(s, action):
    """ "bars banks from lending": the phrase between the verb and "from" and a form in -ing."""
    for k in range(action.end + 1, min(len(s.words) - 1, action.end + LIMITS.near)):
        if s.words[k] in (",", "that", "and"):
            return ()
        if s.words[k] == "from" and s.words[k + 1].endswith("ing"):
            return (action.end, k)
    return ()


def _bearer(s, start):
    """The subject of a verb group, or of the verb that it is coordinated with; no pronoun."""
    first, last = subject_of(s, start)
    if first == last and word_at(s, start - 1) in ("and", "or"):
        for k in range(start - 2, max(0, start - LIMITS.far), -1):
            if s.tags[k] == "x":
                first, last = subject_of(s, mood_of(s, k + 1, "past").start)
                break
    if last <= first or s.tags[first] == "r":
        return ()
    return first, last


def _sender(s, one, obligated):
    """The state or body that is the subject of the deed, or that stands before the measure's noun."""
    for k, form in _deeds(s, one):
        mood = mood_of(s, k, form)
        if mood.passive:
            agent = next(
                (j for j in range(k + 1, min(len(s.words), k + LIMITS.near)) if s.words[j] == "by"), None
            )
            place = (agent + 1, min(len(s.words), agent + LIMITS.near)) if agent else (0, 0)
            named = _body_in(s, *place, True) if agent and _is_body(s, agent + 1) else ()
        elif mood.start and s.words[mood.start - 1] in (",", "and", "or"):
            continue
        else:
            first, last = subject_of(s, mood.start)
            if (first, last) == obligated or last <= first:
                continue
            if word_at(s, mood.start - 1) in ("that", "which", "who"):
                continue
            named = _body_in(s, first, last, True)
        if named:
            return named
    if one.action.is_noun:
        return _before_noun(s, one)
    return _main_subject(s, one, obligated)


def _main_subject(s, one, obligated):
    """The body that the sentence is about, for a deed in a form of no subject: "Lakia leans towards withholding aid"."""
    action = one.action
    if (
        one.object.known != "typed"
        or action.form not in ("base", "ing")
        or mood_of(s, action.start, action.form).kind == "finite"
    ):
        return ()
    first, last = first_subject(s, action.start)
    return _body_in(s, first, last, True) if (first, last) != obligated else ()


def doer_of(s, one):
    """Who does the deed: "pronoun", "instrument", "other" (nobody who could bind), "" where it is not said."""
    for k, form in _deeds(s, one):
        mood = mood_of(s, k, form)
        if mood.passive and mood.kind == "finite":
            by = next(
                (j for j in range(k + 1, min(len(s.words), k + LIMITS.beside)) if s.words[j] == "by"), None
            )
            if (
                by
                and not _binds(s, by + 1, min(len(s.words), by + LIMITS.beside))
                and not s.words[by + 1].endswith("ing")
            ):
                return "other"
        if mood.passive or mood.kind != "finite":
            continue
        first, last = subject_of(s, mood.start)
        if last <= first or word_at(s, mood.start - 1) in (",", "and", "or"):
            continue
        if s.tags[first] == "r":
            return "pronoun"
        if any(first <= hit.start < last for hit in s.language.get("instruments", ())):
            return "instrument"
        return "" if _binds(s, first, last) else "other"
    return ""


def _binds(s, first, last):
    """Whether a state, a body, an instrument or those who rule a state ("the junta") are named in the stretch."""
    if not word_set("generic").isdisjoint(s.words[first:last]):
        return True
    named = (hit for name in ("senders", "instruments") for hit in s.language.get(name, ()))
    return any(first <= hit.start < last for hit in named) or any(k in s.places for k in range(first, last))


def _is_body(s, k):
    k += tag_at(s, k) == "d"
    return (
        k in s.places or any(hit.start == k for hit in s.language.get("senders", ())) or tag_at(s, k) == "n"
    )


def _before_noun(s, one):
    """ "a U.S. ban on": the state named in the measure's own phrase, with what follows it on another."""
    for k in range(one.region.start, one.action.start):
        hit = s.places.get(k)
        if hit and word_at(s, one.action.end) in ("on", "against"):
            return hit.start, hit.end
    return ()


def _deeds(s, one):
    """(token, form) of the verbs whose subject may be the sender: the action, what governs it, the first deed."""
    action, k = one.action, one.context.governor
    own = action.form == "forbid" and _is_own_will(s, action, mood_of(s, action.start, "base"))
    if own:
        yield action.start, "base"
    if not action.is_noun and action.form not in ("forbid", "permit") and not reaches(s, action):
        yield action.start, action.form
    if k >= 0:
        found = s.classes.get(k)
        yield k, next(iter(found.values())).form if found else "past"
    for k in range(min(action.start, one.region.start) - 1, -1, -1):
        found = s.classes.get(k, {})
        if k in s.verbs and (found.keys() & {"imposing", "deciding", "intending"} or not found):
            form = next((hit.form for hit in s.hits if hit.start == k and hit.form), "past")
            if form != "noun":
                yield k, form
        elif s.words[k] in grammar().said and word_at(s, action.start - 1) in ("it", "they"):
            yield k, "past"


def _body_in(s, first, last, or_place):
    """The stretch of a subject that names a body, or a state if wanted, or ()."""
    for hit in s.language.get("senders", ()):
        if first <= hit.start < last:
            before = next((p for p in s.places.values() if p.end == hit.start), None)
            return (before.start if before else hit.start, hit.end)
    if or_place:
        return next(((s.places[k].start, s.places[k].end) for k in range(first, last) if k in s.places), ())
    return ()


def _target(s, one, obligated):
    """Against whom."""
    action, kind = one.action, codebook().types[one.type]
    if one.umbrella:
        return _named_state(s, action.end, min(len(s.words), one.end + LIMITS.beside))
    if "list" in kind.actions or action.group == "expel" and "expel" in kind.actions:
        return _owner(s, one) or _party_phrase(s, one)
    if action.group == "freeze" or action.type and kind.category in ("asset freeze", "travel"):
        found = _after_preposition(s, one) or _possessor(s, one) or _subjected(s, one)
        if found:
            return found
        if action.group == "freeze":
            return _owned_by(s, one)
    if obligated and kind.category == "travel":
        return obligated
    if kind.category == "travel" and s.tags[one.object.place[0]] == "g":
        return _travellers(s, one)
    found = _with_place(s, one)
    if found:
        return found
    if obligated and any(k in s.struck for k in range(*obligated)):
        # "Americans may not deal with them": those who are counted by their state are not its target.
        people = obligated[1] - obligated[0] == 1 and s.words[obligated[0]].endswith("s")
        return () if people and kind.category != "diplomatic" else obligated
    return _named_state(s, one.start, one.end)


def _travellers(s, one):
    """Who may not enter: "a ban on Ruritanians entering Freedonia"; the state behind is where they may not go."""
    first, end = one.action.end, one.object.place[0]
    first += word_at(s, first) in ("on", "against")
    end -= word_at(s, end - 1) == "from"
    return (first, end) if first < end else ()


def _party_phrase(s, one):
    """The phrase of those listed or expelled, without its number."""
    start, end = one.object.place
    while (
        start > max(one.object.span[0], 0)
        and s.tags[start - 1] in "ne"
        and not (one.action.start < start <= one.action.end)
    ):
        start -= 1
    if one.action.group == "expel":
        return start, max(end, one.end)
    end = max(end, min(one.end, noun_phrase_end(s.tokens, s.tags, start, len(s.words))))
    return start, next((k for k in range(start + 1, end) if s.tags[k] in "pt" and s.words[k] != "of"), end)


def _owner(s, one):
    """ "ships owned by a firm": the owner is the target where goods or ships are listed."""
    if codebook().types[one.type].category != "transportation":
        return ()
    last = one.object.place[1]
    for k in range(last, min(len(s.words) - 1, last + LIMITS.beside)):
        if s.words[k] == "by":
            end = noun_phrase_end(s.tokens, s.tags, k + 1, one.end)
            if s.tags[end : end + 2] == ("g", "n"):
                end = noun_phrase_end(s.tokens, s.tags, end + 1, one.end)
            if tag_at(s, end) == "e" and tag_at(s, end + 1) in (",", "."):
                end += 1
            return k + 1, end
    return ()


def _after_preposition(s, one):
    """The phrase that a freeze or a travel ban falls on; of two that share it, it stands after the second."""
    stop = one.end
    shares = one.action.is_noun and word_at(s, stop) in ("and", "or")
    for k in range(one.object.place[1], min(len(s.words) - 1, stop + (8 if shares else 0))):
        if s.words[k] in ("of", "on", "against", "to", "held") and s.tags[k + 1] in "ndmre":
            last = max(stop, min(len(s.words), k + LIMITS.near)) if k >= stop else stop
            end = noun_phrase_end(s.tokens, s.tags, k + 1, last)
            return k + 1, last if end < last and s.tags[end] in "eg" else end
        if s.words[k] in (",", "that") or s.words[k] == "and" and k < stop:
            break
    return ()


def _owned_by(s, one):
    """The state that describes what is frozen ("Libyan funds"), but not where it lies ("any U.S. assets")."""
    lo = one.object.place[0]
    while lo > one.start and s.tags[lo - 1] == "n":
        lo -= 1
    return () if word_at(s, lo - 1) == "any" else _named_state(s, lo, one.object.place[1])


def _possessor(s, one):
    """Whose assets they are: "the general's accounts", "the men will have their accounts frozen"."""
    z = one.object.place[0] - 1
    if z > 0 and s.tags[z] == "z":
        return phrase_start(s, z), z
    helper = -1 if one.action.is_noun else causative_of(s, one.action)
    if helper >= 0:
        return _bearer(s, mood_of(s, helper, "base").start)
    return ()


def _subjected(s, one):
    """The phrase between a verb and "to" or "under" before the measure."""
    k = one.context.governor
    if not 0 <= k < one.start:
        return ()
    to = next((j for j in range(k + 1, one.start) if s.words[j] in ("to", "under")), k + 1)
    return (k + 1, to) if to > k + 1 else ()


def _with_place(s, one):
    """The phrase after a preposition that names a state: "to Libya", "of Libyan banks"."""
    best = ()
    for k in range(one.start, min(one.end, len(s.words) - 1)):
        if s.words[k] in grammar().to_target and k >= min(one.action.start, one.object.place[0]):
            end = noun_phrase_end(s.tokens, s.tags, k + 1, one.end)
            end = next((j for j in range(k + 1, end) if s.tags[j] == "p"), end)
            if any(j in s.struck for j in range(k + 1, end)):
                best = (k + 1, end)
                if s.words[k] in ("on", "against", "to", "from", "with"):
                    return best
    return best


def _named_state(s, lo, hi):
    for k in range(lo, hi):
        hit = s.places.get(k)
        if hit and hit.form == "state":
            return hit.start, hit.end
    return ()


def _after(s, one, name):
    """A condition or an exemption that follows the measure within its sentence."""
    for hit in s.language.get(name, ()):
        if hit.start < one.object.place[1] or hit.start > one.end + LIMITS.beside:
            continue
        end = hit.end
        while end < len(s.words) and s.words[end] not in grammar().phrase_ends:
            end += 1
        if s.words[hit.start] == "when" or name == "conditions" and end - hit.end < 2:
            continue
        return hit.start, end
    return ()
