"""How many, or how much: the number of a measure's own object, and its unit."""

from copydesk.engine.language.phrases import noun_phrase_end
from copydesk.engine.measures.actions import is_number, number_before, worth_of
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import codebook, grammar
from copydesk.engine.measures.sentence import mood_of, subject_of, tag_at, word_at

_PERCENT = ("percent", "pct", "%")
_SIGNS = {"$": "dollars", "€": "euros", "£": "pounds"}


def quantity_of(s, one):
    """(number, unit) of what is acted on, (None, "") where it is not counted."""
    roles = codebook().roles
    if one.umbrella:  # "lifted 50 mln dlrs of the sanctions" may turn out to be a measure that was told
        return one.type == roles.unnamed_lifted and _worth(s, one) or (None, "")
    if one.type in roles.amounts or one.action.group == "cap":
        amount = _amount(s, one)
        if amount:
            return amount
    share = _share(s, one)
    if share:
        return share
    start, end = one.object.place
    if one.object.known == "named" and is_number(s, start) and word_at(s, start + 1) == "more":
        return value_at(s, start)[0], ""  # "added 11 more to its list"
    if s.tags[start] == "p" and one.action.group == "lift":
        return _counted_before(s, one)
    k = number_before(s, start)
    if k is not None and k < start and k >= min(one.start, one.object.span[0]):
        value, after = value_at(s, k)
        if value is not None and not _is_time(s, k, after):
            money = _money(s, k, after)
            if money:
                return value, money
            return value, " ".join(s.words[start if one.type == roles.together else end - 1 : end])
    return _worth(s, one) or _counted_target(s, one)


def _share(s, one):
    """By how much something is made less: "cut the staff by 40 percent"."""
    if one.action.group not in ("reduce", "withdraw", "cap") or one.action.is_noun:
        return None
    for k in range(one.action.end, min(one.end + LIMITS.beside, len(s.words) - 2)):
        value, after = value_at(s, k + 1) if s.words[k] == "by" and is_number(s, k + 1) else (None, k)
        if value is not None and (
            word_at(s, after) in _PERCENT or s.words[after : after + 2] == ("per", "cent")
        ):
            return value, "percent"
    return None


def _money(s, k, after):
    sign = word_at(s, k - 1)
    if sign in _SIGNS:
        return _SIGNS[sign]
    return s.words[after] if any(hit.start == after for hit in s.language.get("units", ())) else ""


def _worth(s, one):
    """A sum of money or an amount within the measure's words: "tariffs on $300 million of goods"."""
    roles = codebook().roles
    if one.type not in (*roles.sums, roles.unnamed_lifted):
        return None
    for k in range(one.start, one.end):
        if is_number(s, k):
            value, after = value_at(s, k)
            unit = _money(s, k, after) if value is not None else ""
            if unit and not _is_time(s, k, after) and word_at(s, k - 1) not in ("to", "from"):
                return value, unit
    return _rate_of(s, one) if one.type in roles.rates else None


def _rate_of(s, one):
    """The rate of a duty of which no sum is told: "tariffs of 40 percent", of "from 10 to 25 percent" the second."""
    for k in range(min(one.end + 3, len(s.words)) - 1, one.start, -1):
        if s.words[k] in _PERCENT or s.words[k : k + 2] == ("per", "cent"):
            return (value_at(s, k - 1)[0], "percent") if is_number(s, k - 1) else None
    return None


def _counted_before(s, one):
    """The number of those taken from a list: "removed four ships from"."""
    action, start = one.action, one.object.place[0]
    lo, hi = action.end, max(action.end, start)
    if not any(is_number(s, k) for k in range(lo, hi)):
        lo, hi = 0, action.start
    for k in range(lo, hi):
        if is_number(s, k):
            value, after = value_at(s, k)
            if value is not None and not _is_time(s, k, after):
                head = after
                while head + 1 < hi and s.tags[head + 1] in "n":
                    head += 1
                return value, s.words[head]
    return None, ""


def _counted_target(s, one):
    """The number of those whom a measure falls on: "travel bans on five commanders", "six banks are cut off"."""
    if one.type not in codebook().roles.falls_on:
        return None, ""
    worthless = codebook().types[one.type].category != "asset freeze"
    for lo, hi in _struck(s, one):
        for k in range(lo, hi):
            if s.words[k] in (";", "after", "who", "which") or k > one.end and s.words[k] == ".":
                break
            counted = None if word_at(s, k - 1) == "worth" and worthless else _counted_at(s, k)
            if counted:
                return counted
    return None, ""


def _struck(s, one):
    """Where those may stand on whom a measure falls: behind it, before it as the verb's subject, between the verb
    and the measure ("subjects two firms to a ban")."""
    action, k = one.action, one.context.governor
    undergoes = action.is_noun and word_at(s, k) in ("subject", "face", "faces", "under") and k < one.start
    if undergoes:
        yield subject_of(s, mood_of(s, k, "base").start)
    if action.end - action.start > 2:  # "cut seven banks off"
        yield action.start + 1, action.end
    begin = one.object.place[1] if one.object.place[0] < action.end else action.end
    yield begin, one.end
    shared = _shared_place(s, one)
    if shared:
        yield shared, min(len(s.words), shared + LIMITS.near)
    if not action.is_noun:
        mood = mood_of(s, action.start, action.form)
        if mood.kind == "finite" and (mood.passive or action.form in ("forbid", "permit")):
            yield subject_of(s, mood.start)
    if 0 <= k < one.start and action.is_noun:
        to = next((j for j in range(k + 1, one.start) if s.words[j] in ("to", "under")), k + 1)
        yield k + 1, to


def _shared_place(s, one):
    """Behind which token those stand on whom two measures fall: "a visa ban and an asset freeze on …"; or 0."""
    if not one.action.is_noun or word_at(s, one.end) not in ("and", "or", ","):
        return 0
    ends = [
        h.end for h in s.hits if one.end < h.start <= one.end + LIMITS.beside and h.kind in ("act", "name")
    ]
    return next((end + 1 for end in ends if word_at(s, end) in ("on", "against", "of", "for")), 0)


def _counted_at(s, k):
    """(number, unit) of the count that begins at `k`, or None."""
    words, tags = s.words, s.tags
    if not (is_number(s, k)) or word_at(s, k - 1) in ("in", "by", "until"):
        return None
    value, after = value_at(s, k)
    after += word_at(s, after) in ("more", "other", "further")
    if value is None or after >= len(words) or _is_time(s, k, after):
        return None
    if words[after] == "of" and tag_at(s, after + 1) == "r":
        return value, words[after + 1]  # "the accounts of three of them"
    end = noun_phrase_end(s.tokens, tags, k, len(words), 6)
    named = [
        hit.end - 1
        for hit in s.hits
        if hit.kind == "object" and after <= hit.start < end and "list" in codebook().types[hit.value].actions
    ]
    head = after
    while head + 1 < end and tags[head + 1] in "nm" and not _is_people(s, head):
        head += 1
    if named and (named[0] < head or words[after] == "of" or tags[head] != "n"):
        head = named[0]
    return (value, words[head]) if tags[head] in "nmeg" else None


def _is_people(s, k):
    """Whether the word names people by their state: "Syrians"."""
    return s.words[k].endswith("s") and any(h.end == k + 1 and h.form == "state" for h in s.places.values())


def _amount(s, one):
    """A capped amount with its unit: "500,000 barrels a year"; of "from $60 to $45 a barrel", the second."""
    words = s.words
    units = {hit.start for hit in s.language.get("units", ())}
    found, after = None, 0
    for k in range(one.start, min(len(words), one.end + LIMITS.far)):
        if words[k] in (";", ".") or found and words[k] == ",":
            break
        if k < after or not (is_number(s, k)):
            continue
        value, after = value_at(s, k)
        if value is None or found and "to" not in words[k - 2 : k]:
            continue
        if word_at(s, k - 1) == "$":
            found = value, "dollars" + _rate(s, after)
        elif after in units:
            found = value, words[after] + _rate(s, after + 1)
    return found


def _rate(s, k):
    """ " a year", " a barrel": what the amount is per."""
    if word_at(s, k) in ("a", "per", "an") and k + 1 < len(s.words):
        return " a " + s.words[k + 1]
    return " a year" if word_at(s, k) in ("annually", "yearly") else ""


def value_at(s, k):
    """(number, index after it) of the number that begins at `k`, magnitudes multiplied in; (None, k) if none."""
    word, magnitudes = s.words[k], codebook().language.magnitudes
    if word[0].isdigit():
        try:
            value = float(word.replace(",", ""))
        except ValueError:
            return None, k
    else:
        value = worth_of(word)
        if value is None:
            return None, k
        value = float(value)
    k += 1
    while k < len(s.words) and magnitudes.get(s.words[k], 0) >= 12:
        value *= magnitudes[s.words[k]]
        k += 1
    return value, k


def _is_time(s, k, after):
    following = word_at(s, after)
    year = s.words[k].isdigit() and len(s.words[k]) == 4 and s.words[k][:2] in ("19", "20")
    dated = year and word_at(s, k - 1) in ("in", "since", "of", "from", "until")
    return following in grammar().times or following.startswith("year-") or dated or tag_at(s, k - 1) == "t"
