"""Clauses and noun phrases by a light guess at word classes: closed classes, verb forms, suffixes.

A part of `statements`. Capital letters are never asked, so that cased and lower-case text read alike.
Every search looks a bounded number of tokens around, so that the work is linear in the text.

The classes, one letter each:
  d determiner, possessive pronoun   r personal pronoun that can be a subject   n noun, adjective, unknown
  m number   t weekday or month      p preposition   c and, or, but             s subordinator
  w relative or interrogative        x auxiliary     b adverb, not              i the infinitive's "to"
  v finite verb   e form in -ed      g form in -ing  z possessive 's            else the mark itself
"""

_CLASSES = {
    "d": """the a an this that these those his her its their my our your some any no every each all both
        several many few most other another such either neither enough more less much fewer own""",
    "r": "he she it they i we you him them me us himself herself itself themselves there everyone everybody "
    "someone somebody nobody anyone anybody everything something nothing anything one none others",
    "p": """of in on at by for from with without under over between among during despite about against
        across into onto toward towards through throughout upon within off out up down near behind beyond
        amid around before after besides except like inside outside per than via including regarding
        concerning along alongside above below as to since until till unlike versus minus plus""",
    "c": "and or but nor yet &",
    "s": "because if while although though unless whereas lest once whether",
    "w": "who which whose whom what how why where when whatever whoever whichever whenever wherever",
    "x": """is are was were am be been being has have had having do does did will would can could may
        might shall should must ought cannot ca wo 'm 're 've 'll 'd ain't gonna""",
    "b": """not n't also never ever again already still just only even now then soon later earlier ago
        often once twice here always perhaps maybe instead meanwhile however therefore thus too very
        quite rather almost nearly so far yesterday today tonight tomorrow well back away together
        sometimes once else yet indeed moreover furthermore nonetheless nevertheless likewise
        first second much separately repeatedly simply publicly soon thereafter""",
    "t": """monday tuesday wednesday thursday friday saturday sunday january february march april june july
        august september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov.
        dec. mon. tue. tues. wed. thu. thurs. fri. sat. sun.""",
    "m": "two three four five six seven eight nine ten eleven twelve dozen dozens hundred thousand million "
    "billion trillion half",
}

# Past and present forms of common verbs that are seldom anything else.
_FINITE = """said says told tells thought thinks think believe believes knew knows know went goes go came comes
    come took takes take gave gives give made makes make got gets get saw sees wrote writes kept keeps keep
    held holds began begins begin ran felt feels left became becomes become brought brings bring spoke speaks
    met meets meet led leads stood stands sat sits sent sends lost loses lose paid pays won wins fell falls
    grew grows drew draws broke breaks chose chooses spent spends rose rises threw throws understood
    understands wants want seems seem seemed appears appear remains remain includes include contains contain
    continues consists belongs exists happens lies knows hears heard hear argues argue asks ask insists insist
    agrees agree admits admit denies deny adds add explains explain describes describe tries try became sought
    seeks seek fought caught taught bought built sold bore wore swore tore shook flew knew blew hid struck
    stuck swung sang sank swam withdrew overcame forgot forbade arose awoke shows suggest suggests allow allows
    require requires provide provides create creates expect expects need needs got gotten been done gone known
    taken given shown seen let lets put puts puts set hit cost quit shut spread beat let's leads became
    prevent prevents protect protects reduce reduces refuse refuses receive receives reflect reflects
    represent represents deserve deserves exist occur occurs involve involves improve increase increases
    decide decides determine determines develop develops enable enables ensure ensures establish join joins
    learn learns lived lives maintain maintains mention mentions persuade prefer prefers prepare pursue
    pursues reject rejects rely relies remember remembers remove removes resolve respond responds serve serves
    solve solves speak stay stays succeed suffer suffers survive tend tends threaten threatens win"""

_SUFFIXES_OF_NOUNS = ("eed", "ared", "cred")
_NOT_ING = frozenset(
    [
        "king",
        "thing",
        "something",
        "nothing",
        "anything",
        "everything",
        "morning",
        "evening",
        "spring",
        "string",
        "ring",
        "wing",
        "building",
        "meeting",
        "during",
        "being",
        "according",
        "including",
        "hearing",
        "briefing",
        "beijing",
        "rating",
        "wedding",
        "sing",
        "bring",
        "'ing",
        "housing",
        "funding",
        "ceiling",
        "sterling",
        "gatherings",
        "wyoming",
        "stirling",
    ]
)
_NOT_ED = frozenset(
    [
        "need",
        "seed",
        "speed",
        "feed",
        "red",
        "bed",
        "united",
        "hundred",
        "indeed",
        "shed",
        "sled",
        "breed",
        "bleed",
        "exceed",
    ]
)
_NOT_LY = frozenset(
    [
        "family",
        "ally",
        "rally",
        "supply",
        "reply",
        "fly",
        "july",
        "italy",
        "monopoly",
        "assembly",
        "early",
        "only",
        "daily",
        "weekly",
        "monthly",
        "friendly",
        "likely",
        "unlikely",
        "elderly",
        "apply",
        "rely",
        "imply",
        "multiply",
        "kelly",
        "sally",
        "molly",
        "billy",
        "holly",
    ]
)

_TAGS = {word: tag for tag, words in _CLASSES.items() for word in words.split()}
_TAGS.update({word: "v" for word in _FINITE.split() if word not in _TAGS})
_TAGS.update({"'s": "z", "'": "z", "...": "...", '"': '"'})
_LIMIT = 100_000

# Prepositions whose phrase is seldom a part of a noun phrase.
_OUTSIDE = frozenset("after before since until till during despite except as than via like including".split())

# Nouns of time: they end an adverbial that may stand bare before or after a verb.
TIME_NOUNS = frozenset(
    [
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "weekend",
        "month",
        "year",
        "day",
        "hour",
        "minute",
        "moment",
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "weeks",
        "months",
        "years",
        "days",
        "hours",
        "minutes",
    ]
)


def tag(norm):
    """The class of a word by itself, one letter or the mark (see the module's list)."""
    found = _TAGS.get(norm)
    if found is None:
        found = _guess(norm)
        if len(_TAGS) < _LIMIT:
            _TAGS[norm] = found
    return found


def _guess(norm):
    first = norm[0]
    if not (first.isalnum() or norm[-1].isalnum()):
        return norm
    if first.isdigit():
        return "m"
    if norm.endswith("ly") and norm not in _NOT_LY and len(norm) > 4:
        return "b"
    if norm.endswith("ing") and norm not in _NOT_ING and len(norm) > 4:
        return "g"
    if norm.endswith("ed") and norm not in _NOT_ED and len(norm) > 3:
        return "e"
    return "n"


def tag_tokens(tokens):
    """list[str]: the class of each token, with what its neighbours decide."""
    known = _TAGS
    tags = [known.get(token.norm) or tag(token.norm) for token in tokens]
    for i, letter in enumerate(tags):
        if letter == "n":
            if tokens[i].norm[-1] == "s" and _is_third_person(tokens, tags, i):
                tags[i] = "v"
        elif letter == "z":
            if tokens[i].norm == "'s" and i and tags[i - 1] in "rwb":
                tags[i] = "x"  # he's, who's, here's
        elif letter == "p" and tokens[i].norm == "to" and i + 1 < len(tags) and _is_base(tokens, tags, i + 1):
            tags[i] = "i"
    return tags


def _is_third_person(tokens, tags, i):
    """Whether a word in -s between a noun and a determiner is a verb: "the senator favors a plan"."""
    if not 0 < i < len(tags) - 1 or tags[i - 1] not in "nr" or tags[i + 1] != "d":
        return False
    return tokens[i + 1].norm not in ("that", "this", "all", "both", "each")


def _is_base(tokens, tags, i):
    """Whether the word after "to" can be a verb's base form."""
    while i + 1 < len(tags) and tags[i] in 'b"':
        i += 1
    return tokens[i].norm in ("be", "have", "do") or (tags[i] in "nv" and not tokens[i].norm.endswith("s"))


def skip_back(tags, i, lo, over):
    """The index at or before `i` whose class is not in `over`, or lo - 1."""
    while i >= lo and tags[i] in over:
        i -= 1
    return i


def find_back(tags, i, lo, letter):
    """The index at or before `i`, not before `lo`, whose class is `letter`, or `lo`."""
    while i > lo and tags[i] != letter:
        i -= 1
    return i


def noun_phrase_start(tokens, tags, last, lo, reach=30):
    """Where the noun phrase that ends with the token `last` begins: an index, `last + 1` if there is none.

    Prepositional phrases are taken in ("the head of the party"), coordination too unless the part before
    it is the object of a verb.
    """
    lo = max(lo, last - reach)
    i = last
    while i >= lo:
        letter = tags[i]
        if letter == "r":
            if i == last or tags[i + 1] in "pzwc,(e":
                i -= 1
            break
        if letter in "ndmtz":
            if letter == "d" and i > lo and tags[i - 1] in "nmt" and i != last:
                break
            i -= 1
        elif letter == "e":
            if i == last or tags[i + 1] in "dr" or (i > lo and tags[i - 1] in "br"):
                break
            i -= 1
        elif letter == "g":
            if i == last and i > lo and tags[i - 1] not in "ndz":
                break
            if i < last and tags[i + 1] in "dr":
                break
            i -= 1
        elif letter == "p":
            if i > lo and tags[i - 1] in "nmteg" and i < last and tokens[i].norm not in _OUTSIDE:
                i -= 1
            else:
                break
        elif letter == "b":
            if i < last and tags[i + 1] in "nemg" and i > lo and tags[i - 1] in "dp":
                i -= 1
            else:
                break
        elif letter == "c":
            if i < last and i > lo and tags[i - 1] in "nmtr" and _coordinates(tokens, tags, i, lo):
                i -= 1
            else:
                break
        elif (
            letter in "-./"
            and i > lo
            and i < last
            and tags[i - 1] in "nm"
            and tags[i + 1] in "nm"
            and tokens[i].start == tokens[i - 1].end
        ):
            i -= 1
        else:
            break
    start = i + 1
    return _without_adverbial(tokens, tags, start, last)


def _coordinates(tokens, tags, conjunction, lo):
    """Whether the conjunction joins two noun phrases rather than two clauses."""
    if tokens[conjunction].norm not in ("and", "or", "&"):
        return False
    before = noun_phrase_start(tokens, tags, conjunction - 1, max(lo, conjunction - 8), 8) - 1
    return before < lo or tags[before] not in "vexgpi"


def _without_adverbial(tokens, tags, start, last):
    """Drop a bare adverbial of time from the front: "[on] Thursday the senator" begins at "the"."""
    for i in range(start, last):
        if tags[i] == "t" or tokens[i].norm in TIME_NOUNS:
            after = i + 1
            if tags[after] == "m":
                after += 1
            if after <= last and tags[after] in "dr":
                return after
        elif tags[i] not in "ndmt":
            break
    return start


def clause_start(tags, i, lo):
    """Where the clause begins that holds the token `i`: after the last mark, subordinator or relative."""
    while i > lo and tags[i - 1] not in ('"', ";", ":", "s", "w", "-", "("):
        i -= 1
    return i


def first_noun_phrase(tokens, tags, lo, hi):
    """(start, end) of the first noun phrase between `lo` and `hi` that can be a subject, or None.

    What leads in is passed over: conjunctions, adverbs, and prepositional or participial phrases up to
    their comma.
    """
    i = lo
    while i < hi:
        letter = tags[i]
        if letter in "cb," or letter in ('"', "-", "...", "("):
            i += 1
        elif letter in "psgei" or (letter == "w" and i == lo):
            comma = i
            while comma < hi and tags[comma] != ",":
                comma += 1
            if comma >= hi:
                return None if letter != "p" else _after_preposition(tokens, tags, i + 1, hi)
            i = comma + 1
        elif letter in "dnmtr":
            return i, noun_phrase_end(tokens, tags, i, hi)
        else:
            return None
    return None


def _after_preposition(tokens, tags, i, hi):
    while i < hi and tags[i] in "dnmtbz":
        i += 1


def noun_phrase_end(tokens, tags, i, hi, reach=25):
    """The index after the noun phrase that begins at `i`, its prepositional phrases included."""
    hi = min(hi, i + reach)
    if i < hi and tags[i] == "r":
        if (
            i + 2 < hi
            and tokens[i + 1].norm == "and"
            and tags[i + 2] in "dnr"
            and tokens[i].norm in ("he", "she", "they")
        ):
            return noun_phrase_end(tokens, tags, i + 2, hi, 10)
        return i + 1
    start = i
    while i < hi:
        letter = tags[i]
        if letter in "ndmtz":
            if letter == "d" and i > start and tags[i - 1] in "nmt":
                break
        elif letter in "eg":
            if i > start and (i + 1 >= hi or tags[i + 1] not in "n" or tags[i - 1] in "nmt"):
                break
        elif letter == "p":
            if i == start or i + 1 >= hi or tags[i + 1] not in "ndmtrg" or tokens[i].norm in _OUTSIDE:
                break
        elif letter == "b":
            if i + 1 >= hi or tags[i + 1] not in "neg" or tags[i - 1] not in "dp":
                break
        elif letter == "c":
            if i + 1 >= hi or tags[i + 1] not in "ndm" or tokens[i].norm not in ("and", "or", "&"):
                break
        else:
            break
        i += 1
    while i > start and tags[i - 1] in "pcdb":
        i -= 1
    return i


def has_verb(tags, lo, hi):
    """Whether a finite verb or auxiliary stands between `lo` and `hi`."""
    return any(letter in "vx" for letter in tags[lo:hi]) or any(
        tags[i] == "e" and i > lo and tags[i - 1] in "nrmtb" for i in range(lo, hi)
    )


def head_noun(tokens, tags, last, lo):
    """The index of the head of the noun phrase that ends with the token `last`, or None.

    It is the noun before the phrase's first preposition: "polls" in "polls in the northern states".
    """
    start = noun_phrase_start(tokens, tags, last, lo)
    if start > last:
        return None
    for i in range(start + 1, last + 1):
        if tags[i] in "pw":
            return i - 1
    return last
