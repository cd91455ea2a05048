"""The class of each word of a text, by a light guess: closed classes, verb forms, suffixes, capitals.

Capital letters are asked only where a text has them, so that cased and lower-case text read alike.
"""

from weakref import WeakKeyDictionary

from copydesk.engine.language.english import english

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
        return "m"
    if len(norm) > 3 and norm.endswith("ed"):
        return "n" if norm in english().words.not_ed else "e"
    if len(norm) > 4 and norm.endswith("ly"):
        return "n" if norm in english().words.not_ly else "b"
    if len(norm) > 4 and norm.endswith("ing"):
        return "n" if norm in english().words.not_ing else "g"
    return "n"


_tags = WeakKeyDictionary()


def tags_of(doc):
    """The classes of a document's tokens, guessed once however many modules ask; not to be changed."""
    found = _tags.get(doc)
    if found is None:
        found = _tags[doc] = tag_tokens(doc.tokens, names_of(doc))
    return found


_names = WeakKeyDictionary()


def names_of(doc):
    """The tokens that can only be names, by their capitals, as a frozenset of indices.

    A word in the midst of a sentence with a capital, or with two and more at any place, in a sentence that is
    written small for the most part: a headline in capitals says nothing of its words.
    """
    found = _names.get(doc)
    if found is None:
        found = _names[doc] = frozenset(() if doc.caseless else _capitalised(doc))
    return found


def _capitalised(doc):
    text, tokens, known = doc.text, doc.tokens, english().classes
    for span in doc.sentences:
        lo, hi = doc.token_range(*span)
        high, small, opens = [], 0, True
        for i in range(lo, hi):
            start, end, norm = tokens[i]
            first = text[start]
            if first.isupper():
                if norm == "i":
                    opens = False
                    continue
                capitals = end - start > 1 and text[start:end].isupper()
                if (capitals and norm[-1] != ".") or not (opens or known.get(norm) in _KEEPS_CLASS):
                    high.append(i)
                opens = False
            elif first.islower():
                small += 1
                opens = False
            elif not first.isdigit():
                opens = norm in _OPENERS
        if small > len(high):
            yield from high


# Marks behind which a capital is no more than the beginning of a sentence; classes that keep theirs in a name.
_OPENERS = frozenset(('"', ":", "-", "...", "(", ".", "?", "!", "["))
_KEEPS_CLASS = frozenset("dpct")


def tag_tokens(tokens, names=()):
    """list[str]: the class of each token, with what its neighbours decide. names: indices of names for certain."""
    known = english().classes
    tags = [known.get(token.norm) or tag(token.norm) for token in tokens]
    for i in names:
        if tags[i] in "rxvegbsw" or (tags[i] in "dpc" and tokens[i].end - tokens[i].start > 1):
            tags[i] = "n"
    for i, letter in enumerate(tags):
        if letter == "n":
            if tokens[i].norm[-1] == "s" and _is_third_person(tokens, tags, i):
                tags[i] = "v"
        elif letter == "r":
            if tokens[i].norm == "there" and not (i + 1 < len(tags) and tags[i + 1] in "xvebz"):
                tags[i] = "b"  # "an engineer there, who …"
        elif letter == "z":
            if tokens[i].norm == "'s" and i and tags[i - 1] in "rwb":
                tags[i] = "x"  # he's, who's, here's
        elif letter == "x":
            if (
                tokens[i].norm == "may"
                and i
                and (tags[i - 1] == "p" or tokens[i - 1].norm in ("last", "next"))
            ):
                tags[i] = "t"  # the month
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
    norm = tokens[i].norm
    if "-" in norm and not norm.partition("-")[0] + "-" in english().words.base_prefixes:
        return False  # "to non-proliferation"
    return norm in ("be", "have", "do") or (tags[i] in "nv" and not norm.endswith("s"))
