"""The class of each word of a text, by a light guess: closed classes, verb forms, suffixes, capitals.

Capital letters are asked only where a text has them, so that cased and lower-case text read alike.
"""

from weakref import WeakKeyDictionary

from copydesk.engine.language.english import english

# The classes, as they stand in a list of tags; a mark is its own class.
DETERMINER = "d"  # or a possessive pronoun
PRONOUN = "r"  # a personal pronoun, or what can stand for one as a subject
NOUN = "n"  # or an adjective, or a word that is not known
NUMBER = "m"  # in words or figures
DAY = "t"  # a weekday or a month
PREPOSITION = "p"
CONJUNCTION = "c"  # and, or, but
SUBORDINATOR = "s"  # because, while
RELATIVE = "w"  # or interrogative
AUXILIARY = "x"
ADVERB = "b"  # not, and words in -ly
INFINITIVE = "i"  # the "to" of an infinitive
VERB = "v"  # finite for certain
PARTICIPLE = "e"  # a form in -ed, or a participle
GERUND = "g"  # a form in -ing
POSSESSIVE = "z"  # 's

# Sets of them, by what they are asked for.
FINITE = frozenset((VERB, AUXILIARY))  # a finite verb for certain
VERBAL = frozenset((VERB, AUXILIARY, PARTICIPLE))  # a finite verb, or what can be one
DEEDS = frozenset((VERB, AUXILIARY, GERUND, INFINITIVE))  # a verb with what belongs to it
LEAVES = frozenset((VERB, AUXILIARY, PARTICIPLE, RELATIVE))  # where a main clause goes on behind a comma
PREDICATE = frozenset((VERB, AUXILIARY, PARTICIPLE, ADVERB))  # what can follow a subject
GROUP = frozenset((AUXILIARY, ADVERB))  # inside a verb group
OBJECT = frozenset((DETERMINER, NUMBER, PRONOUN, NOUN, PREPOSITION, INFINITIVE))  # what can follow a verb
BEGINS = frozenset((DETERMINER, NOUN, NUMBER, DAY, PRONOUN))  # what a noun phrase begins with
NOUN_BEGINS = frozenset((DETERMINER, NOUN, NUMBER, DAY))  # the same, and no pronoun
REFERS = frozenset((DETERMINER, PRONOUN))  # what begins a new noun phrase for certain
COUNTED = frozenset((DETERMINER, NUMBER, PRONOUN))  # the same, numbers with it
ANY_PHRASE = frozenset(
    (DETERMINER, NOUN, NUMBER, DAY, PRONOUN, GERUND, PARTICIPLE, RELATIVE)
)  # what a noun phrase or a clause for one begins with
CLAUSE_BEGINS = frozenset(
    (DETERMINER, NOUN, NUMBER, DAY, PRONOUN, GERUND, INFINITIVE)
)  # what a clause without "that" begins with
HEAD = frozenset((NOUN, NUMBER, DAY))  # what a noun phrase ends with
NOMINAL = frozenset((NOUN, NUMBER, DAY, PRONOUN))  # the same, pronouns with it
SUBJECT_END = frozenset((NOUN, NUMBER, DAY, PRONOUN, ADVERB))  # what can stand before the verb of a subject
INSIDE = frozenset((NOUN, DETERMINER, NUMBER, DAY, POSSESSIVE))  # inside a noun phrase at any place
MODIFIER = frozenset((NOUN, PARTICIPLE, GERUND, NUMBER))  # what can stand before a noun
MODIFIED = frozenset((NOUN, PARTICIPLE, NUMBER, ADVERB))  # the same with adverbs
QUALIFIED = frozenset((NOUN, DETERMINER, NUMBER, ADVERB, PARTICIPLE))  # before a noun, with its article
POSTMODIFIED = frozenset(
    (NOUN, NUMBER, DAY, PARTICIPLE, GERUND)
)  # what a preposition can follow inside a noun phrase
REDUCED = frozenset((PARTICIPLE, ADVERB))  # what can stand before a preposition behind its noun
FORMS = frozenset((PARTICIPLE, GERUND))  # forms of a verb that can be adjectives
OWNED = frozenset((DETERMINER, POSSESSIVE))  # before a noun for certain
BEFORE_NOUN = frozenset((PREPOSITION, POSSESSIVE))  # before a noun phrase, or inside one
LINKS = frozenset((DETERMINER, PREPOSITION))  # before an adjective
LEADS = frozenset((CONJUNCTION, ADVERB))  # what can lead in a clause
LEADS_IN = frozenset((CONJUNCTION, ADVERB, ","))  # the same with a comma
LISTS = frozenset((CONJUNCTION, ","))  # between the parts of a list
FRONTED = frozenset((SUBORDINATOR, RELATIVE, GERUND))  # what a clause before its main clause begins with
NEW_CLAUSE = frozenset((RELATIVE, DETERMINER, PRONOUN, SUBORDINATOR))  # where another clause begins
CLAUSE_BREAKS = frozenset((RELATIVE, SUBORDINATOR, CONJUNCTION, ","))  # where a clause is left
JOINS = frozenset((CONJUNCTION, SUBORDINATOR))  # what joins clauses
NO_SUBJECT = frozenset(
    (VERB, AUXILIARY, PREPOSITION, CONJUNCTION, ",")
)  # no beginning of a clause behind "that"
GOES_ON = frozenset(
    (SUBORDINATOR, AUXILIARY, VERB, PARTICIPLE, PREPOSITION, ADVERB, INFINITIVE)
)  # with what an interrupted clause goes on
WHEN = frozenset((ADVERB, DAY))  # adverbs and days
ADVERBIAL = frozenset((PREPOSITION, DAY, ADVERB, ","))  # what can begin or end an adverbial
INSIDE_NAME = frozenset(("-", ".", "/"))  # marks that a name can have inside
STOPS = frozenset((".", "?", "!", ";"))  # the end of a sentence
PAUSES = frozenset((",", '"'))  # a comma, or a mark of quotation
BREAKS = frozenset((",", '"', "-"))  # the same, and dashes
DIVIDES = frozenset((",", ";", ":", "-"))  # marks inside a sentence
BEHIND_CLAUSE = frozenset((",", ":", CONJUNCTION, ADVERB))  # before a quotation that goes on
TRIMMED = frozenset((".", ",", ";", ":", "-"))  # marks that a content neither begins nor ends with
LOOSE = frozenset((",", CONJUNCTION, ";", "-", SUBORDINATOR))  # what a content that is cut does not end with
CUT = frozenset((",", CONJUNCTION, ";", "-"))  # what is left over where a content is cut
OUT_OF_NAME = frozenset(
    (
        ",",
        ";",
        ":",
        ".",
        "?",
        "!",
        '"',
        "-",
        RELATIVE,
        SUBORDINATOR,
        AUXILIARY,
        VERB,
        INFINITIVE,
        CONJUNCTION,
        "(",
        ")",
    )
)  # what no name is without
RESUMES = frozenset((",", VERB, AUXILIARY, '"'))  # where the search for a clause that goes on ends
TURN_ENDS = frozenset((".", "?", "!", '"', "-"))  # the end of a turn
CUE_ENDS = frozenset((".", ",", ADVERB, PREPOSITION, DAY))  # what can follow a reporting clause
SPACED = frozenset(
    (ADVERB, PREPOSITION, CONJUNCTION, NOUN, DAY, NUMBER)
)  # what can stand between a noun phrase and its verb
NOT_PLAIN = frozenset(
    (CONJUNCTION, PREPOSITION, "(", ")", ".", DETERMINER, ",")
)  # what a heading of few words is without
ADJUNCT = frozenset((DETERMINER, NOUN, NUMBER, DAY, ADVERB, POSSESSIVE))  # inside a phrase with a preposition
QUOTED_BEGINS = frozenset((DETERMINER, NOUN, PRONOUN, '"'))  # what an interrupted clause begins with
INSERTED = frozenset(
    (PARTICIPLE, GERUND, PREPOSITION, ADVERB)
)  # what an insertion that names nobody begins with
VERBLIKE = frozenset((PARTICIPLE, VERB, GERUND, ADVERB))  # what a name can be taken for
SIGNATURE = frozenset(
    (NOUN, DETERMINER, DAY, NUMBER, PREPOSITION, ADVERB, POSSESSIVE, ",")
)  # inside a name below a quotation
LABEL = frozenset(
    (NOUN, NUMBER, DAY, DETERMINER, POSSESSIVE, CONJUNCTION, PREPOSITION, "(", ")", ".", ",")
)  # inside a label before a colon
DATELINE = frozenset((NOUN, DAY, NUMBER, ",", "(", ")", "."))  # inside a place and date
TRAILING = frozenset((PREPOSITION, CONJUNCTION, DETERMINER, ADVERB))  # what a noun phrase does not end with
SUBORDINATE = frozenset(
    (PREPOSITION, SUBORDINATOR, GERUND, PARTICIPLE, INFINITIVE)
)  # what leads in before a comma
GOVERNS = frozenset(
    (PREPOSITION, VERB, PARTICIPLE, INFINITIVE, RELATIVE, AUXILIARY, GERUND)
)  # what has a noun phrase behind it
BEHIND_PRONOUN = frozenset(
    (PREPOSITION, POSSESSIVE, RELATIVE, CONJUNCTION, ",", "(", PARTICIPLE)
)  # what can follow a pronoun inside a noun phrase
OTHER_CLAUSE = frozenset((PRONOUN, VERB, AUXILIARY, PARTICIPLE))  # where something else is told
BEFORE_VERB = frozenset((PRONOUN, RELATIVE, CONJUNCTION, ","))  # before a verb for certain
TAKES_OBJECT = frozenset(
    (VERB, PARTICIPLE, AUXILIARY, GERUND, PREPOSITION, INFINITIVE)
)  # what has an object or a complement behind it
LATE_STOPS = frozenset(
    (VERB, AUXILIARY, RELATIVE, SUBORDINATOR, ",", ";", ".", "?", "!")
)  # where the search for a late complement ends
APPOSED = frozenset(
    (RELATIVE, DETERMINER, NOUN, NUMBER, PREPOSITION, PARTICIPLE, GERUND, DAY, ADVERB)
)  # what an apposition begins with
NAMED = frozenset((NOUN, DETERMINER, POSSESSIVE))  # inside one name of a list
BEFORE_S_FORM = frozenset((NOUN, DAY, PARTICIPLE, ")", '"'))  # before a verb in -s
BEHIND_S_FORM = CLAUSE_BEGINS | {ADVERB, RELATIVE, '"', ":"}  # behind it
CLAUSE_EDGES = frozenset((RELATIVE, CONJUNCTION, ",", ";", ":", '"'))  # at either side of a relative clause
CLAUSE_STARTS = frozenset((SUBORDINATOR, RELATIVE, ";", ":", '"', "-", "("))  # behind which a clause begins

_LIMIT = 100_000  # words remembered


def tag(norm):
    """The class of a word by itself, one letter or the mark (see the module's list)."""
    known = english().classes
    found = known.get(norm)
    if found is None:
        found = _guess(norm)
        if len(known) < _LIMIT:
            known[norm] = found
    return found


def _guess(norm):
    first = norm[0]
    if not (first.isalnum() or norm[-1].isalnum()):
        return norm
    if first.isdigit():
        return NUMBER
    if len(norm) > 3 and norm.endswith("ed"):
        return NOUN if norm in english().words.not_ed else PARTICIPLE
    if len(norm) > 4 and norm.endswith("ly"):
        return NOUN if norm in english().words.not_ly or "-" in norm else ADVERB
    if len(norm) > 4 and norm.endswith("ing"):
        return NOUN if norm in english().words.not_ing else GERUND
    return NOUN


_tags = WeakKeyDictionary()


def tags_of(doc):
    """The classes of a document's tokens, guessed once however many modules ask; not to be changed."""
    found = _tags.get(doc)
    if found is None:
        found = _tags[doc] = tag_tokens(doc.tokens, names_of(doc))
    return found


_names = WeakKeyDictionary()

# Marks behind which a capital is no more than the beginning of a sentence; classes that keep theirs in a name.
_OPENERS = frozenset(('"', ":", "-", "...", "(", ".", "?", "!", "["))
_KEEPS_CLASS = frozenset((DETERMINER, PREPOSITION, CONJUNCTION, DAY))


def names_of(doc):
    """The tokens that can only be names, by their capitals, as a frozenset of indices.

    A word in the midst of a sentence with a capital, or with two and more at any place, in a sentence that is
    written small for the most part: a headline in capitals says nothing of its words.
    """
    found = _names.get(doc)
    if found is None:
        found = _names[doc] = frozenset(() if doc.caseless else _capitalised(doc))
    return found


def initials_of(doc):
    """The first character of each token, in one string."""
    text = doc.text
    return "".join([text[start] for start in doc.token_starts])


def _capitalised(doc):
    initials = initials_of(doc)
    for lo, hi in doc.sentence_ranges:
        names = [i for i in range(lo, hi) if initials[i].isupper() and _is_name(doc, initials, i, lo)]
        if len(names) < sum(map(str.islower, initials[lo:hi])):
            yield from names


def _is_name(doc, initials, i, lo):
    start, end, norm = doc.tokens[i]
    if norm == "i":
        return False
    if end - start > 1 and norm[-1] != "." and doc.text[start:end].isupper():
        return True
    before = i - 1
    while before >= lo and initials[before].isdigit():
        before -= 1
    opens = before < lo or doc.tokens[before].norm in _OPENERS
    return not opens and english().classes.get(norm) not in _KEEPS_CLASS


def tag_tokens(tokens, names=()):
    """list[str]: the class of each token, with what its neighbours decide. names: indices of names for certain."""
    known = english().classes
    tags = [known.get(token.norm) or tag(token.norm) for token in tokens]
    for i in names:
        if tags[i].isalpha() and tags[i] not in (NUMBER, DAY) and tokens[i].end - tokens[i].start > 1:
            tags[i] = NOUN
    for i, letter in enumerate(tags):
        norm = tokens[i].norm
        if letter == NOUN and norm[-1] == "s" and _is_third_person(tokens, tags, i):
            tags[i] = VERB
        elif (
            norm == "cut"
            and i
            and tags[i - 1] == NOUN
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].norm in _OWN
        ):
            tags[i] = VERB  # "Holm Inc cut its forecast"
        elif norm == "'s" and i and tokens[i - 1].norm in english().words.time_nouns:
            tags[i - 1] = DAY  # "today's"
        elif norm in _READ_AGAIN:
            tags[i] = _class_beside(tokens, tags, i, names)
    return tags


_READ_AGAIN = frozenset(("may", "there", "'s", "to", "at"))


def _class_beside(tokens, tags, i, names=()):
    """The class of one of the words that their neighbours decide."""
    norm, before = tokens[i].norm, tags[i - 1] if i else ""
    after = tags[i + 1] if i + 1 < len(tags) else ""
    if norm == "may" and i and (before == PREPOSITION or after == NUMBER or tokens[i - 1].norm in _WHICH_MAY):
        return DAY  # the month
    if norm == "there" and after != POSSESSIVE and after not in PREDICATE:
        return ADVERB  # "an engineer there, who …"
    if norm == "at" and tags[i + 2 : i + 3] == [NUMBER] and tokens[i + 1].norm in ("least", "most"):
        return DETERMINER  # "at least three ministers"
    if norm == "'s" and (
        before in (PRONOUN, RELATIVE, ADVERB)
        or (tokens[i - 1].norm == "that" and tags[i - 2 : i - 1] == [CONJUNCTION])
    ):
        return AUXILIARY  # he's, who's, here's, and that's
    if norm == "to" and after and i + 1 not in names and _is_base(tokens, tags, i + 1):
        return INFINITIVE
    return tags[i]


_WHICH_MAY = ("last", "next")
_OWN = ("its", "his", "her", "their")


def _is_third_person(tokens, tags, i):
    """Whether a word in -s between a noun and a determiner is a verb: "the senator favors a plan"."""
    if not 0 < i < len(tags) - 1 or tags[i - 1] not in (NOUN, PRONOUN) or tags[i + 1] != DETERMINER:
        return False
    return tokens[i + 1].norm not in ("that", "this", "all", "both", "each")


def _is_base(tokens, tags, i):
    """Whether the word after "to" can be a verb's base form."""
    while i + 1 < len(tags) and tags[i] in (ADVERB, '"'):
        i += 1
    norm = tokens[i].norm
    if "-" in norm and not norm.partition("-")[0] + "-" in english().words.base_prefixes:
        return False  # "to non-proliferation"
    return norm in ("be", "have", "do") or (
        tags[i] in (NOUN, VERB) and (not norm.endswith("s") or norm.endswith("ss"))
    )
