"""Within a sentence: which object belongs to which action, one finding a measure.

A part of `measures`.
"""

from copydesk.engine.language.phrases import noun_phrase_end, noun_phrase_start
from copydesk.engine.measures.clauses import CAUSATIVES, JOINTS, SAID
from copydesk.engine.measures.rules import Finding
from copydesk.engine.measures.sanctions import NOT_STATED

_LEADS = frozenset("on of against to for from in with".split())
_TRADE_WORDS = frozenset("export exports import imports sale sales trade supply supplies purchase".split())
_CONTEXT = ("instruments", "registers", "requiring", "recommending", "threatening", "deciding", "imposing")
_TRADE = ("commodity", "arms")
_QUANTITIES = frozenset("more less dozens scores hundreds number group list some several all".split())


def findings(clause):
    """list[Finding] of a `Clause`, in the order of the text; umbrellas only where nothing else is found."""
    if clause.words[-1] == "?":
        return []
    found, umbrellas = [], []
    actions = clause.actions
    for n, action in enumerate(actions):
        end = _right_end(clause, action, actions[n + 1 :])
        for finding in _of_action(clause, action, end):
            (umbrellas if finding.umbrella else found).append(finding)
    found = _without_doubles(sorted(found, key=lambda f: (f.start, f.end)))
    return found or umbrellas[:1]


def is_earlier_state(hits, tokens):
    """Whether a sentence only tells how a measure was before: "previously …", with a pointer back."""
    if not any(hit.value == "earlier" and hit.start < 4 for hit in hits):
        return False
    words = [token.norm for token in tokens]
    return "this" in words or "only" in words or "it" in words or "so" in words or "such" in words


def _right_end(clause, action, following):
    """Where the words end that can belong to the action: before an aside, a new clause or the next action."""
    words = clause.words
    end = len(words)
    while end > action.end and words[end - 1] in (".", "!", '"', ")", ",", ";"):
        end -= 1
    for k in range(action.end, end):
        if (
            words[k] in (";", ":", "(")
            or words[k] == "-"
            and clause.tokens[k].start > clause.tokens[k - 1].end
        ):
            end = k
            break
        if words[k] == "," and clause.tags[k + 1] == "g" and "g" not in clause.tags[action.end : k]:
            end = k  # "…, accusing them of corruption"
            break
    if action.is_noun:
        end = _before_verb(clause, action.end, end)
    end = _before_date(clause, action.end, end)
    for hit in clause.language.get("asides", ()):
        if action.end <= hit.start < end and not _is_object_of(clause, action, hit):
            if clause.words[hit.start] == "including" and not _any_object(clause, action, hit.start):
                continue
            end = (
                _comma_before(clause, action.end, hit.start) if clause.words[hit.start] in SAID else hit.start
            )
    for other in following:
        if other.start >= end:
            break
        if other.start > action.start and other.start >= action.end and not _belongs(clause, action, other):
            end = min(end, _joint_before(clause, action.end, other.start))
            break
    while end > action.end and (words[end - 1] in JOINTS or words[end - 1] in ("by", "also", "to", "well")):
        end -= 1
    return end


def _any_object(clause, action, end):
    return action.type or any(
        hit.kind == "object" and action.end <= hit.start < end and _fits(clause, action, hit)
        for hit in clause.hits
    )


def _comma_before(clause, lo, k):
    """Where a reporting clause begins: "…, the agency said"."""
    return next((j for j in range(k - 1, lo - 1, -1) if clause.words[j] == ","), k)


def _before_verb(clause, lo, hi):
    """Where a noun's own phrase ends: before the verb whose subject it is."""
    relative = verb_seen = False
    ends = {hit.start for hit in clause.language.get("ending", ())}
    for k in range(lo, hi):
        word, letter = clause.words[k], clause.tags[k]
        if word in ("that", "which", "who"):
            relative, verb_seen = True, False
        elif letter in "xv" and clause.words[k - 1] != "to":
            if not relative:
                return _comma_before(clause, lo, k) if word in SAID else k
            verb_seen = True
        elif relative and verb_seen and letter not in "be":
            relative = False
        if k in ends or "tightened" in clause.classes.get(k, {}) and word.startswith("become"):
            return k
    return hi


def _before_date(clause, lo, hi):
    """Where a date begins, which belongs to the deed and not to the measure: "on Tuesday"; what it only
    interrupts goes on: "sanctions on Tuesday on nine officers"."""
    for k in range(lo, hi - 1):
        if clause.tags[k] == "p" and clause.tags[k + 1] == "t" or clause.tags[k] == "t":
            after = k + 1 + (clause.tags[k] == "p")
            if clause.words[after : after + 1] not in (["on"], ["against"]):
                return k
    return hi


def _is_object_of(clause, action, hit):
    return any(o.kind == "object" and o.start < hit.start < o.end for o in clause.hits)


def _belongs(clause, action, other):
    """Whether a second action word is only part of what the first is about: weak, and with no verb of its own."""
    if other.weak and other.form == "past" and clause.tags[other.start - 1] == "n":
        return True
    return not other.type and any(
        hit.kind == "object"
        and action.end <= hit.start <= other.start < hit.end
        and (hit.end > other.end or clause.words[hit.start - 1] not in JOINTS)
        for hit in clause.hits
    )


def _joint_before(clause, lo, start):
    """The last comma or conjunction before an action, or the action's own place."""
    for k in range(start - 1, lo, -1):
        if clause.words[k] in (",", "and", "or", "but", ";"):
            return k
    return start


def _of_action(clause, action, end):
    if action.is_noun:
        return _of_noun(clause, action, end)
    return _of_verb(clause, action, end)


# --- nouns ------------------------------------------------------------------------------------------


def _of_noun(clause, action, end):
    words = clause.words
    first = _noun_start(clause, action.start)
    follows = words[action.end : action.end + 1]
    head_end = (
        max(action.end, end)
        if follows and (follows[0] in _LEADS or clause.tags[action.end] in "eg")
        else action.end
    )
    if action.type and follows == ["bound"]:
        head_end = max(action.end, end)
    if action.type:
        objects = [(action.type, (action.start, action.end))]
        head_end = next((k for k in range(action.end, head_end) if words[k] == ","), head_end)
    elif head_end > action.end and (
        action.group != "list" or words[action.end] in ("on", "against", "for", "targeting", "of")
    ):
        objects = _objects(clause, action, action.end, head_end) or _compound(clause, action)
    else:
        objects = _compound(clause, action)
    frame, licence, eased = clause.noun_frame(action, first, head_end)
    if frame.dropped:
        return []
    if not objects and licence >= action.end and words[licence + 1] in ("on", "against"):
        objects, head_end = _laid_on(clause, action, licence + 1)
    on = words[action.end : action.end + 1] in (["on"], ["against"])
    if on and not objects and action.group == "list" and 0 <= licence < first:
        objects = _named_after(clause, action, action.end + 1, head_end)
    weak = action.weak and not _has_context(clause, action)
    if not objects or weak:
        return _umbrella(clause, action, first, head_end, frame, licence, eased)
    objects = _spread(clause, objects, head_end)
    plain = action.type or objects[0][1][0] < action.start
    shared = _sharing_the_head(clause, action) if plain else None
    if shared:
        objects = [shared, *objects]
    start = _span_start_of_noun(clause, first, licence)
    mood = None
    return _findings(clause, action, objects, start, head_end, mood, frame, licence, eased)


def _laid_on(clause, action, start):
    """(objects, end) of a noun with its verb between them: "sanctions were imposed on two officers"."""
    following = [other for other in clause.actions if other.start > start]
    end = _right_end(clause, action._replace(end=start, is_noun=False), following)
    return _objects(clause, action, start, end), end


def _named_after(clause, action, lo, end):
    """The party whose name alone is said after "sanctions on": no state, no kind of goods, no common noun."""
    if clause.tags[lo : lo + 1] not in (["n"], ["e"]):
        return []
    if end - lo < 2 or any(lo <= hit.start < end for hit in clause.hits if hit.kind != "language"):
        return []
    found = _named_party(clause, action, (lo, end))
    return [] if any(clause.words[place[1] - 1].endswith("s") for _, place in found) else found


def _noun_start(clause, i):
    """Where the noun phrase that ends in the action begins: its article and adjectives, not what precedes."""
    deeds = {action.end - 1 for action in clause.deeds.values() if action.start < i}
    k = i
    while k > 0 and k - 1 not in deeds:
        letter = clause.tags[k - 1]
        if letter == "d":
            return k - 1
        pair = clause.words[k - 1] == "and" and clause.tags[max(0, k - 3) : k - 1] == ["d", "n"]
        if not (letter in "nmze" or pair) or clause.classes.get(k - 1):
            return k
        k -= 1
    return k


def _span_start_of_noun(clause, first, licence):
    """A noun's span takes in the verb only where that says what happens to the measure or who must."""
    found = clause.classes.get(licence, {}) if licence >= 0 else {}
    if "requiring" in found or "recommending" in found or "expanded" in found:
        return licence
    action = next((a for a in clause.actions if a.start == licence and a.group == "lift"), None)
    if action and licence < first:
        return licence
    return first


def _compound(clause, action):
    """The object in "the coal export ban": right before the action."""
    k = action.start
    while k > 0 and clause.words[k - 1] in _TRADE_WORDS:
        k -= 1
    return [
        (hit.value, (hit.start, hit.end))
        for hit in clause.hits
        if hit.kind == "object" and hit.end in (k, action.start) and _fits(clause, action, hit)
    ][:1]


def _sharing_the_head(clause, action):
    """The object before "and" in "oil and arms embargoes"."""
    k = action.start - 1
    if k < 1 or clause.words[k] not in ("and", "or"):
        return None
    plain = action._replace(group=action.group or "prohibit")
    for hit in clause.hits:
        if hit.kind == "object" and hit.end == k and hit.value != action.type and _fits(clause, plain, hit):
            return hit.value, (hit.start, hit.end)
    return None


def _umbrella(clause, action, first, end, frame, licence, eased):
    """A general noun (sanctions, restrictions) that something is done with: announced, not said what."""
    word = clause.words[action.end - 1]
    is_general = any(hit.end == action.end for hit in clause.language.get("umbrellas", ()))
    followed = clause.tags[action.end] if action.end < len(clause.words) else ""
    if not is_general or action.type or word in ("measure",) or (followed and followed in "nz"):
        return []
    if frame.status in ("in force", "not stated", ""):
        return []
    kind = clause.roles.unnamed_lifted if eased else clause.roles.unnamed
    start = licence if 0 <= licence < first and first - licence < 6 else first
    if licence > first:
        end = max(end, licence + 1)
    purpose = clause.has("purposes", end, end + 1)
    if purpose:
        end = len(clause.words) - (clause.words[-1] in (".", "!"))
    return [Finding(kind, action, start, end, (action.start, action.end), None, frame, licence, eased, True)]


# --- verbs ------------------------------------------------------------------------------------------


def _of_verb(clause, action, end):
    if action.weak and not _has_context(clause, action):
        return []
    if (
        action.weak
        and action.group == "list"
        and action.start
        and clause.words[action.start - 1] in ("that", "already")
    ):
        return []
    mood = clause.mood(action.start, "base" if action.form == "forbid" else action.form)
    may_be_else = (action.weak or action.group == "freeze") and not mood.passive
    if may_be_else and (_is_own_choice(clause, action, mood) or _holds_up(clause, action, end)):
        return []
    leads_on = action.group == "prohibit" and clause.words[action.end : action.end + 1] in (["from"], ["to"])
    turns_left = action.form == "past" and mood.passive and not leads_on
    turns_left |= (
        action.form == "permit" and mood.passive and clause.words[action.end : action.end + 1] != ["to"]
    )
    turns_left |= action.form == "forbid" and clause.words[action.end : action.end + 1] == ["be"]
    first, last = clause.subject(mood.start) if mood.kind == "finite" else (mood.start, mood.start)
    bare = action.form == "past" and mood.kind == "finite" and not mood.passive and not mood.perfect
    had = _causative(clause, first, last) if bare else None
    if bare and not had and clause.is_reduced(action.start, action.end):
        return []
    turns_left |= bool(had)
    if turns_left:
        first = _list_start(clause, action, first, last)
    long_list = _listed_before(clause, action, last) if action.group == "list" and turns_left else []
    if len(long_list) > 1:
        objects = long_list
        number = clause.number_before(objects[0][1][0])
        first = objects[0][1][0] if number is None else number
    elif turns_left or (action.form == "past" and mood.passive and action.group in ("list", "lift")):
        objects = (
            _done_itself(clause, action)
            or _objects(clause, action, first, last)
            or _objects(clause, action, action.start + 1, end)
            or _objects(clause, action, _clause_start(clause, first), last)
        )
        if action.group in ("list", "expel") and objects:
            objects = _counted_first(clause, objects)
    else:
        barred = _after_barred(clause, action, end)
        objects = _objects(clause, action, barred, end)
        if not objects or barred > action.end and clause.types[objects[0][0]].category == "travel":
            objects = _objects(clause, action, action.end, barred) or objects  # "bars trucks from entering"
    if action.form in ("permit", "forbid"):
        objects = [one for one in objects if _is_dealt_in(clause, action, one)]
    if not objects and action.group == "list" and action.weak and clause.has("umbrellas", first, last):
        objects = _named_after(clause, action, action.end, end)
    if not objects and action.group == "list" and not action.weak:
        objects = _named_party(clause, action, (first, last) if turns_left else (action.end, end))
    if not objects:
        return []
    frame = clause.frame(*had) if had else clause.frame(action.start, action.form)
    if frame.dropped:
        return []
    if not turns_left:
        objects = _spread(clause, objects, end)
    start = first if had else _span_start_of_verb(clause, action, mood, frame, first, last)
    undoes = clause.book_actions[action.group].undoes
    eased = action.group == "lift" or bool(undoes)
    eased |= (
        action.weak and turns_left and bool(clause.has("umbrellas", first, last))
    )  # "sanctions … suspended"
    stop = action.end if turns_left else end
    if turns_left:
        stop = max(stop, _tail(clause, action.end, end))
    return _findings(clause, action, objects, start, stop, mood, frame, -1, eased)


def _causative(clause, first, last):
    """The verb of "will have their assets frozen", as its index and form, or None."""
    if not 0 < first < last or clause.words[first - 1] not in CAUSATIVES:
        return None
    return first - 1, "past" if clause.words[first - 1] in ("had", "saw") else "base"


def _is_own_choice(clause, action, mood):
    """Whether those who stop dealing are a company or traders, who do as they please: no measure."""
    if "requiring" in clause.governor(action.start)[1]:
        return False
    first, last = clause.subject(mood.start) if mood.kind == "finite" else (0, 0)
    if last == first or last - first == 1 and clause.tags[first] == "r":
        first, last = clause.first_subject(mood.start)
    body = any(first <= hit.start < last and hit.form == "body" for hit in clause.hits)
    return clause.names("private", first, last) and not body and not clause.has("senders", first, last)


def _holds_up(clause, action, end):
    """Whether what is blocked, halted or suspended is itself a decision, a vote or a draft: no measure then."""
    if action.group not in ("prohibit", "freeze"):
        return False
    head = next((k for k in range(action.end, end) if clause.tags[k] == "p"), end)
    return clause.names("procedures", action.end, head)


def _list_start(clause, action, first, last):
    """Where a list begins that is a verb's subject: "coal, iron and timber may not be sold"."""
    if not any(word in ("and", "or") for word in clause.words[first:last]):
        return first
    while first > 1 and clause.words[first - 1] == ",":
        start = noun_phrase_start(clause.tokens, clause.tags, first - 2, 0)
        if not any(
            hit.kind == "object" and start <= hit.start < first and _fits(clause, action, hit)
            for hit in clause.hits
        ):
            break
        first = start
    return first


def _done_itself(clause, action):
    """What may not be done where the verb alone says it: "cargoes may not be insured"."""
    if action.form != "forbid":
        return []
    k = action.end + 1
    return [
        (hit.value, (hit.start, hit.end))
        for hit in clause.hits
        if hit.kind == "object" and hit.start == k and clause.tags[k] == "e"
    ][:1]


def _listed_before(clause, action, last):
    """Those who are counted in a long subject: "11 people, 29 firms and three banks were added"."""
    objects = _objects(clause, action, _clause_start(clause, last, ("but", ";", "while", "said")), last)
    return [one for one in objects if clause.number_before(one[1][0]) is not None]


def _clause_start(clause, k, edges=SAID | {"but", ";", "while", "and"}):
    """Where the clause begins whose subject is interrupted: "workers who live abroad, …, will be"."""
    while k > 0 and clause.words[k - 1] not in edges:
        k -= 1
    return k


def _after_barred(clause, action, end):
    """After "from" in "bars banks from lending"; else after the action."""
    if action.group != "prohibit":
        return action.start + 1  # "took the firm off its list"
    for k in range(action.end + 1, min(end - 1, action.end + 12)):
        if clause.words[k] == "from" and clause.words[k + 1].endswith("ing"):
            return k + 1
        if clause.words[k] == ",":
            break
    return action.end


def _is_dealt_in(clause, action, one):
    """Whether what is not allowed is to deal in the object, not to have it or to be it."""
    between = range(action.end, max(action.end, one[1][0]))
    verbs = any(hit.start in between for hit in clause.language.get("dealings", ()))
    if one[1][0] < action.end + 2 and clause.tags[one[1][0]] == "e":
        return True  # "may not be insured"
    return verbs or one[1][0] <= action.start or not any(clause.tags[k] in "ix" for k in between)


def _tail(clause, lo, end):
    return end if lo < end and clause.tags[lo] in "ps" else lo


def _has_context(clause, action):
    """Whether the sentence speaks of sanctions, of an instrument, or of a state that acts."""
    if action.group == "list":
        lo = max(0, action.start - 8)
        if _lists_by_number(clause, action) or _with_sanctions(clause, action):
            return True
        return bool(clause.has("registers", lo) or clause.has("instruments", lo, action.start))
    if (
        any(clause.has(name) for name in _CONTEXT)
        or action.group == "freeze"
        and clause.is_about_those_struck()
    ):
        return True
    if any(other.start != action.start and not other.weak for other in clause.actions):
        return True
    return action.group != "cap" and any(
        hit.start < action.start for hit in clause.hits if hit.kind == "place" or hit.value == "senders"
    )


def _with_sanctions(clause, action):
    """Whether somebody is struck with what the codebook calls sanctions: "hit the bank with sanctions"."""
    heads = (hit.start for hit in clause.language.get("umbrellas", ()) if hit.start > action.end)
    k = next(heads, 0)
    return not {"with", "under"}.isdisjoint(clause.words[max(action.end, k - 4) : k])


def _lists_by_number(clause, action):
    """Whether a body lists a number of parties: "it listed 23 vessels"."""
    if not clause.words[action.start].startswith("list") or clause.tags[action.end : action.end + 1] != ["m"]:
        return False
    actor = clause.words[action.start - 1] in ("it", "also") or any(
        hit.end == action.start and (hit.kind == "place" or hit.value == "senders") for hit in clause.hits
    )
    return bool(action.start) and actor


def _span_start_of_verb(clause, action, mood, frame, first, last):
    if mood.kind == "finite" and (mood.passive or action.form in ("permit", "forbid")):
        return first if last > first else mood.start
    k = frame.governor
    first_of_duty = not any(k < start < action.start for start in clause.deeds)
    if k >= 0 and mood.kind == "inf" and first_of_duty and "requiring" in clause.classes.get(k, {}):
        return _start_of_duty(clause, k)
    return action.start


def _start_of_duty(clause, k):
    hit = clause.classes[k]["requiring"]
    if clause.tags[k] == "n" and hit.form == "base":
        return _noun_start(clause, k)
    mood = clause.mood(k, hit.form)
    if mood.passive:
        first, last = clause.subject(mood.start)
        return first if last > first else mood.start
    return k


def _named_party(clause, action, region):
    """A listed party of which the sentence says no more than a name."""
    lo, hi = region
    while lo < hi and clause.tags[lo] in "b":
        lo += 1
    if lo >= hi or clause.tags[lo] not in "ndme" or clause.words[lo] in ("a", "an"):
        return []
    end = noun_phrase_end(clause.tokens, clause.tags, lo, hi)
    taken = any(hit.kind in ("object",) and lo <= hit.start < end for hit in clause.hits)
    common = clause.tags[lo] == "d" and end - lo == 2  # "the budget" may be sanctioned too
    general = common or clause.names("generic", lo, end)
    general |= any(hit.value in ("umbrellas", "instruments") and lo <= hit.start < end for hit in clause.hits)
    if (
        end <= lo
        or taken
        or general
        or all(k in clause.places for k in range(lo, end) if clause.tags[k] != "d")
    ):
        return []
    return [(clause.roles.together, (lo, end))]


# --- objects ----------------------------------------------------------------------------------------


def _fits(clause, action, hit):
    """Whether the type of an object is made by the action's group, or by the group that it undoes."""
    groups = clause.types[hit.value].actions
    undoes = clause.book_actions[action.group].undoes if action.group else None
    return action.group in groups or (undoes is not None and undoes in groups)


def _objects(clause, action, lo, hi):
    """list[(type, (start, end))]: what is acted on between two tokens, a type once unless counted apart."""
    hits = [hit for hit in clause.hits if hit.kind == "object" and lo <= hit.start and hit.end <= hi]
    named = {other.start for other in clause.actions if other.type}
    hits = [hit for hit in hits if _fits(clause, action, hit) and hit.end not in named]
    hits = [
        hit
        for hit in hits
        if not any(
            other is not hit
            and other.start <= hit.start
            and hit.end <= other.end
            and (other.end - other.start > hit.end - hit.start)
            for other in hits
        )
    ]
    hits = [hit for hit in hits if not clause.is_modifier(hit, hits) and not _is_attribute(clause, hit)]
    if action.group == "list":
        hits = sorted(hits + _nationals(clause, lo, hi), key=lambda hit: hit.start)
    if action.group in ("list", "expel"):
        hits = _heads(clause, hits, lo, hi)
    hits = [hit for hit in hits if not (clause.types[hit.value].general and _gives_way(clause, hit, hits))]
    chosen, seen = [], set()
    for hit in hits:
        if chosen and hit.value != chosen[-1][0] and not _is_joined(clause, chosen[-1], hit):
            continue
        key = (
            (hit.value, clause.number_before(hit.start))
            if action.group in ("list", "freeze", "expel")
            else hit.value
        )
        if (
            key not in seen
            and not _is_uncounted_twin(clause, hit, hits)
            and not any(hit.start < place[1] for _, place in chosen)
        ):
            seen.add(key)
            chosen.append((hit.value, (hit.start, hit.end)))
    return _counted_together(clause, chosen) if action.group == "list" else chosen


def _is_uncounted_twin(clause, hit, hits):
    """Whether a listed party without a number stands beside counted ones of its type: "a yard and two banks"."""
    if "list" not in clause.types[hit.value].actions or clause.number_before(hit.start) is not None:
        return False
    return any(
        other.value == hit.value and other is not hit and clause.number_before(other.start) is not None
        for other in hits
    )


def _counted_together(clause, chosen):
    """One listing where one number counts both: "more than 30 people and vessels"."""
    if len(chosen) != 2:
        return chosen
    (_, one), (_, other) = chosen
    if clause.number_before(one[0]) is not None and clause.words[one[1] : other[0]] in (["and"], ["or"]):
        return [(clause.roles.together, (one[0], other[1]))]
    return chosen


def _is_attribute(clause, hit):
    """Whether a general object only describes the noun behind it: "trade [status]"."""
    return (
        clause.types[hit.value].general
        and clause.tags[hit.end - 1] == "n"
        and clause.tags[hit.end : hit.end + 1] == ["n"]
    )


def _gives_way(clause, hit, hits):
    """Whether a general object stands in one phrase with a special one: "weapons [exports to]"."""
    for other in hits:
        lo, hi = min(hit.end, other.end), max(hit.start, other.start)
        if not clause.types[other.value].general and not any(word in JOINTS for word in clause.words[lo:hi]):
            return True
    return False


def _is_joined(clause, one, hit):
    """Whether two objects are coordinated, and not one part of what the other is about."""
    between = clause.words[one[1][1] : hit.start]
    if not any(word in JOINTS for word in between):
        return False
    if _begins_anew(clause, one[1][1], hit):
        return True
    opaque = clause.types[one[0]].category not in _TRADE and clause.types[hit.value].category in _TRADE
    return not (opaque and any(letter == "p" for letter in clause.tags[one[1][1] : hit.start]))


def _begins_anew(clause, lo, hit):
    """Whether the words after the last conjunction name a trade of their own: "investment in … and imports of oil"."""
    k = next((j for j in range(hit.start - 1, lo - 1, -1) if clause.words[j] in ("and", "or", ",")), lo)
    return clause.words[k + 1] == "of" or not _TRADE_WORDS.isdisjoint(clause.words[k + 1 : hit.end])


def _counts(clause, k):
    """Whether a preposition only leads on from a number: "dozens of", "more than", "five of"."""
    return clause.words[k] in ("of", "than", "about", "over") and (
        clause.tags[k - 1] == "m" or clause.words[k - 1] in _QUANTITIES
    )


def _nationals(clause, lo, hi):
    """Counted people that are named by their state alone: "16 Libyans"."""
    return [
        hit._replace(kind="object", value=clause.roles.nationals)
        for hit in clause.hits
        if hit.kind == "place"
        and lo <= hit.start
        and hit.end <= hit.end <= hi
        and clause.words[hit.end - 1].endswith("s")
        and clause.number_before(hit.start) is not None
        and clause.tags[hit.end : hit.end + 1] != ["n"]
    ]


def _heads(clause, hits, lo, hi):
    """The heads of the coordinated phrases between two tokens, not what stands inside their modifiers."""
    starts = {}
    for hit in hits:
        starts.setdefault(hit.start, hit)
    chosen, inside, taken = [], False, False
    for k in range(lo, hi):
        word, letter = clause.words[k], clause.tags[k]
        if word == "as" and clause.words[k - 2 : k] == ["as", "well"]:
            continue
        if k in starts and not taken and (not inside or clause.number_before(k) is not None):
            chosen.append(starts[k])
            taken = True
        elif word in (",", "and", "or") or word == "as" and clause.words[k + 1 : k + 3] == ["well", "as"]:
            following = clause.tags[k + 1] if k + 1 < hi else ""
            if not inside or (following and (following in "dm" or clause.words[k + 1] == "one")):
                taken = False
                inside = bool(following) and following in "pi"
        elif letter == "p" and (taken or k > lo and not _counts(clause, k)) or letter in ("w", "e") and taken:
            inside = True
    return chosen


def _spread(clause, objects, end):
    """One row for each counted group that a freeze or a travel ban falls on: "of nine firms and 10 people"."""
    name, place = objects[-1]
    if clause.types[name].category not in ("asset freeze", "travel") or "list" in clause.types[name].actions:
        return objects
    hits = [
        hit
        for hit in clause.hits
        if hit.kind == "object" and place[1] <= hit.start < end and "list" in clause.types[hit.value].actions
    ]
    hits = sorted(hits + _nationals(clause, place[1], end), key=lambda hit: hit.start)
    lo = place[1] + (clause.words[place[1] : place[1] + 1] in (["of"], ["on"], ["against"]))
    counted = [hit for hit in _heads(clause, hits, lo, end) if clause.number_before(hit.start) is not None]
    if len(counted) < 2:
        return objects
    return [*objects[:-1], *((name, (hit.start, hit.end)) for hit in counted)]


def _counted_first(clause, objects):
    """What is counted is what is listed: "31 ships owned by a firm, which will be blacklisted"; beside it what
    has an article of its own: "two officers and a bank"."""
    if all(clause.number_before(place[0]) is None for _, place in objects):
        return objects
    return [
        (name, place)
        for name, place in objects
        if clause.number_before(place[0]) is not None or _has_article(clause, place[0])
    ]


def _has_article(clause, k):
    """Whether the noun phrase of the noun at `k` is joined to another one and begins with an article."""
    while k > 1 and clause.tags[k - 1] in "ng":
        k -= 1
    return k > 1 and clause.tags[k - 1] == "d" and clause.words[k - 2] in JOINTS


def _findings(clause, action, objects, start, end, mood, frame, licence, eased):
    found = []
    for n, (name, place) in enumerate(objects):
        first = start if n == 0 else _conjunct_start(clause, objects[n - 1][1][1], place[0])
        last = end
        if n + 1 < len(objects):
            last = _joint_before(clause, place[1] - 1, objects[n + 1][1][0])
            while last > place[1] and clause.words[last - 1] in (",", "and", "or"):
                last -= 1
        if place[0] < start:
            first, last = min(start, place[0]), max(end, action.end)
        if eased and clause.types[name].undone and not (action.group == "lift" and not action.is_noun):
            name = clause.types[name].undone
        umbrella = clause.types[name].category == NOT_STATED
        found.append(
            Finding(name, action, first, max(last, place[1]), place, mood, frame, licence, eased, umbrella)
        )
    return found


def _conjunct_start(clause, lo, place):
    for k in range(place - 1, lo - 1, -1):
        if clause.words[k] in (",", "and", "or"):
            k += 1
            while k < place and clause.words[k] in ("to", "also", "and", "or"):
                k += 1
            return k
    return place


def _without_doubles(found):
    """One finding for what a sentence says of one measure in two ways."""
    kept = []
    for finding in found:
        twin = next((k for k, other in enumerate(kept) if _is_twin(other, finding)), None)
        if twin is None:
            kept.append(finding)
            continue
        other = kept[twin]
        if other.object == finding.object:
            kept[twin] = finding if other.action.weak else other
        else:
            better = other if other.action.type == "" and not other.action.is_noun else finding
            kept[twin] = better._replace(
                start=min(other.start, finding.start),
                end=max(other.end, finding.end),
                licence=max(other.licence, finding.licence),
            )
    return kept


def _is_twin(one, other):
    if one.type != other.type:
        return False
    if one.object == other.object:
        return True
    if one.eased != other.eased or one.frame.status != other.frame.status:
        return False
    return one.action.is_noun != other.action.is_noun and other.start - one.end <= 3
