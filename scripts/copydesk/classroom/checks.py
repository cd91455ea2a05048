"""Checks for the exercises of the lessons: they say what is wrong with an answer, not just that it is wrong.

A lesson calls `check("overlap", overlap)`. A right answer is told so; a wrong one raises a `Hint`, of which a
notebook shows the one sentence, without a traceback. nbgrader counts it as a failed test like any other.

What is right is worked out from invented sentences or from the story that the lesson reads, so that no
answer for a particular story stands here.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from numbers import Real
from typing import get_args

from copydesk.errors import InputError

CHECKS = {}


class Hint(AssertionError):
    """What is wrong with an answer, in a sentence or two for the one who gave it."""

    def _render_traceback_(self):
        return [f"Not yet. {self}"]


def check(exercise, answer, *more):
    """Say that an answer is right, or raise a `Hint` that says what is wrong.

    exercise: the name of the exercise, as it stands in the lesson. answer, more: what the lesson hands over.
    """
    if exercise not in CHECKS:
        raise InputError(f"There is no exercise '{exercise}'; there are {', '.join(CHECKS)}.")
    if answer is None or answer is ...:
        raise Hint("There is no answer yet: write it into the cell above, run that cell, then this one.")
    print(f"Right. {CHECKS[exercise](answer, *more)}")


def exercise(name):
    """Enter a function as the check of an exercise; it returns what to say of a right answer."""

    def enter(function):
        CHECKS[name] = function
        return function

    return enter


def _hint_if(wrong, hint):
    if wrong:
        raise Hint(hint)


def _call(function, *arguments):
    """What a student's function returns; what it raises, and a missing return, become a hint."""
    _hint_if(
        not callable(function), "Hand over the function itself, by its name, without brackets behind it."
    )
    shown = f"{function.__name__}({', '.join(_brief(one) for one in arguments)})"
    try:
        found = function(*arguments)
    except Hint:
        raise
    except ZeroDivisionError:
        raise Hint(
            f"{shown} divides by zero: say first what you return when there is nothing to count."
        ) from None
    except Exception as error:  # noqa: BLE001 - whatever a student's function raises is to be told
        raise Hint(f"{shown} stops with {type(error).__name__}: {error}.") from None
    _hint_if(
        found is None,
        f"{shown} gives nothing back: the last line of the function begins with return (print only shows).",
    )
    return found, shown


def _brief(value):
    string = repr(value)
    return string if len(string) <= 70 else f"{string[:67]}..."


def _hint_if_missing(asked, answer):
    gone = [one for one in asked if one not in answer]
    _hint_if(gone, f"{', '.join(map(repr, gone))}: not in your dict any more. Put it back, as it stood.")


def _close(one, other):
    return math.isclose(one, other, abs_tol=0.006)


def _number(value, shown):
    _hint_if(
        not isinstance(value, Real) or isinstance(value, bool),
        f"{shown} gives {_brief(value)}, and a number is wanted.",
    )
    return float(value)


def _mapping(answer, what):
    """A dict of a dict or a pandas Series."""
    found = answer.to_dict() if hasattr(answer, "to_dict") else answer
    _hint_if(not isinstance(found, Mapping), f"{what}; this is {_brief(answer)}.")
    return dict(found)


# --- lesson 1: what changed -----------------------------------------------------------------------------


@exercise("words")
def _words(words):
    sentence = "The deal, she said, WAS dead."
    found, shown = _call(words, sentence)
    _hint_if(isinstance(found, str), f"{shown} gives one string; cut it into words, and make a set of them.")
    _hint_if(
        not isinstance(found, AbstractSet),
        f"{shown} gives a {type(found).__name__}; a set is wanted, in which each word stands once: set(...).",
    )
    _hint_if(
        any(word != word.lower() for word in found),
        "Capitals are left in: one of the versions is in small letters throughout, and 'The' would not match "
        "'the'. Use .lower().",
    )
    _hint_if(
        any(re.search(r"[,.]", word) for word in found),
        "Commas and full stops stick to words ('deal,'): .split() alone cuts at spaces. Take the runs of letters, "
        r"with re.findall(r'\w+', ...).",
    )
    _hint_if(
        any(len(word) == 1 for word in found), "These are single letters: a string was made a set as it is."
    )
    wanted = {"the", "deal", "she", "said", "was", "dead"}
    _hint_if(set(found) != wanted, f"{shown} gives {_brief(found)}, and {_brief(wanted)} is wanted.")
    loose, _ = _call(words, "dead ! “ said")
    _hint_if(
        set(loose) != {"dead", "said"},
        f"Marks that stand by themselves become words: of 'dead ! “ said' you make {_brief(set(loose))}. One of the "
        r"versions is full of them; take the runs of letters, with re.findall(r'\w+', ...).",
    )
    found, _ = _call(words, "17 ships")
    _hint_if(
        "17" not in found, "Numbers are lost, and how many ships there are is news: let digits count too."
    )
    return "Each word once, in small letters, without the marks around it."


@exercise("overlap")
def _overlap(overlap):
    one, other = "the deal is dead", "the deal is off for good"
    found, shown = _call(overlap, one, other)
    value = _number(found, shown)
    known = [
        (
            3.0,
            "3 is how many words they share. Divide it by how many different words there are in both together.",
        ),
        (
            3 / 4,
            (
                "You divide by the words of the first sentence only, or of the shorter one. Then a short sentence fits into every long one; "
                "divide by all different words of both together."
            ),
        ),
        (
            3 / 6,
            (
                "You divide by the words of the second sentence only, or of the longer one; divide by all different "
                "words of both together."
            ),
        ),
        (
            3 / 10,
            (
                "You divide by the two lengths added up, so that shared words count twice below and even the same "
                "sentence reaches one half. The union (|) counts each word once."
            ),
        ),
        (
            6 / 10,
            (
                "That is Dice's coefficient, a good measure too. Here the union (|) is wanted below the line: 3 of "
                "7 words."
            ),
        ),
        (7 / 3, "The fraction is upside down: shared words above the line, all words below."),
        (300 / 7, "A share runs from 0 to 1; leave out the 100."),
        (43.0, "A share runs from 0 to 1; leave out the 100, and do not round."),
    ]
    for wrong, hint in known:
        _hint_if(_close(value, wrong), hint)
    _hint_if(
        not _close(value, 3 / 7),
        f"{shown} gives {value:.2f}, and 3 of 7 words (0.43) is wanted. Do you compare words(one) with "
        "words(other), or letters?",
    )
    back, _ = _call(overlap, other, one)
    _hint_if(
        not _close(back, value), "The two sentences change places, and the number changes too. It must not."
    )
    same, shown = _call(overlap, "It rained.", "it rained .")
    _hint_if(not _close(same, 1), f"{shown} gives {same}: sentences of the same words should reach 1.")
    empty, shown = _call(overlap, "", "")
    _hint_if(not _close(_number(empty, shown), 0), f"{shown} gives {empty}: with no words at all, return 0.")
    return "0 for nothing in common, 1 for the same words. (Jaccard's coefficient.)"


_BEFORE = ["The mayor opened the bridge.", "Nobody came.", "The ferry stops in May."]
_AFTER = [
    "Rain fell.",
    "The mayor opened the old bridge on Monday.",
    "The mayor opened the bridge.",
    "In May the ferry stops.",
]
_PAIRS = {(0, 2), (2, 3)}


@exercise("align")
def _align(align):
    found, _ = _call(align, _BEFORE, _AFTER, 0.3)
    _hint_if(
        isinstance(found, (str, Mapping)) or not hasattr(found, "__iter__"),
        f"A list of pairs is wanted; yours is a {type(found).__name__}.",
    )
    pairs = [tuple(pair) if isinstance(pair, (tuple, list)) else pair for pair in found]
    _hint_if(
        any(not isinstance(pair, tuple) or len(pair) != 2 for pair in pairs),
        f"Each entry is a pair of two numbers, (before, after); one of yours is "
        f"{_brief(next((p for p in pairs if not isinstance(p, tuple) or len(p) != 2), ''))}.",
    )
    _hint_if(
        any(isinstance(part, str) for pair in pairs for part in pair),
        "These are the sentences themselves; their places in the lists are wanted, as enumerate counts them.",
    )
    odd = next((part for pair in pairs for part in pair if isinstance(part, float)), None)
    _hint_if(
        odd is not None,
        f"{odd} is how like two sentences are; the place of the sentence in its list is wanted, as range counts it.",
    )
    pairs = {(int(i), int(j)) for i, j in pairs}
    _hint_if(
        not pairs,
        "Nothing is linked, though the first sentence stands in both versions. Is the pair appended?",
    )
    _hint_if(pairs == {(i + 1, j + 1) for i, j in _PAIRS}, "You count from 1; Python's lists begin with 0.")
    _hint_if(
        pairs == {(j, i) for i, j in _PAIRS}, "The pairs are the wrong way round: before first, after second."
    )
    _hint_if(
        any(i == 1 for i, _ in pairs),
        f"'{_BEFORE[1]}' is linked, and nothing in the other version answers it. Link a sentence only when its best "
        "overlap reaches the threshold.",
    )
    _hint_if(
        {(0, 1), (0, 2)} <= pairs,
        "The first sentence has two links. Of all sentences that reach the threshold, only the best one is to be "
        "linked.",
    )
    _hint_if(
        (0, 1) in pairs,
        "The first sentence is linked to the first one that is like enough, and a better one comes behind it. Look at "
        "all of them, and take the best (max with key=...).",
    )
    _hint_if(pairs != _PAIRS, f"You link {_brief(sorted(pairs))}, and {sorted(_PAIRS)} is wanted.")
    strict, _ = _call(align, _BEFORE, _AFTER, 1.1)
    _hint_if(
        len(list(strict)),
        "A threshold of 1.1 can never be reached, and yet there are links: is it compared with?",
    )
    return "Each sentence with its best answer, if that is like enough."


@exercise("missed")
def _missed(missed, mine, ours):
    _hint_if(
        isinstance(missed, Real), "A number; the pairs themselves are wanted, so that you can read them."
    )
    _hint_if(
        not isinstance(missed, (AbstractSet, list, tuple)), "A set of pairs is wanted, and {} is a dict."
    )
    mine, ours = ({(int(i), int(j)) for i, j, *_ in links} for links in (mine, ours))
    try:
        found = {(int(pair[0]), int(pair[1])) for pair in missed}
    except (TypeError, ValueError, IndexError, KeyError):
        raise Hint("A set of pairs of places is wanted, such as {(3, 4)}.") from None
    wanted = ours - mine
    _hint_if(not found and wanted, "Your set is empty, though some of our links are not among yours.")
    _hint_if(
        found == mine - ours and found != wanted,
        "These are the pairs that only yours has. What it missed are those that only ours has: mind the order.",
    )
    _hint_if(
        found == mine & ours and found != wanted,
        "These are the pairs that both have; & keeps what is common.",
    )
    _hint_if(
        found == mine ^ ours and found != wanted,
        "^ takes what only one of the two has, whichever it is. Wanted are those of ours that yours lacks.",
    )
    _hint_if(
        found != wanted, f"You name {len(found)} pairs, and {len(wanted)} of our links are not among yours."
    )
    return f"{len(found)} of our links {'is' if len(found) == 1 else 'are'} not among yours. Read, and judge who is right."


@exercise("shift")
def _shift(shift, story):
    from copydesk.stories.readability import raw_readability_table, readability_table

    answer = _mapping(shift, "A number for each version is wanted, by the version's id")
    raw, fair = (_scores(table(story)) for table in (raw_readability_table, readability_table))
    ease = "Flesch reading ease"
    _hint_if(
        set(answer) != set(story.versions),
        f"It is indexed by {_brief(list(answer))}; a number for each of {', '.join(story.versions)} is wanted: "
        "set_index('version') before you take the column score.",
    )
    wanted = {one: raw[ease, one] - fair[ease, one] for one in story.versions}
    values = {one: _number(value, f"shift of {one}") for one, value in answer.items()}

    def is_like(other):
        return all(_close(values[one], other[one]) for one in values)

    _hint_if(
        is_like({one: -value for one, value in wanted.items()}),
        "The signs are the other way round: the score of the file as it is, less that of the article alone.",
    )
    _hint_if(
        is_like({one: raw[ease, one] for one in values}), "These are the raw scores; subtract the fair ones."
    )
    _hint_if(
        is_like({one: fair[ease, one] for one in values}),
        "These are the fair scores; take them from the raw ones.",
    )
    for formula in {name for name, _ in raw} - {ease}:
        other = {one: raw[formula, one] - fair[formula, one] for one in values}
        _hint_if(is_like(other), f"That is the shift of {formula}; {ease} is asked for.")
    # Rounded to a decimal will do.
    wrong = next((one for one in values if abs(values[one] - wanted[one]) > 0.06), None)
    _hint_if(
        wrong is not None,
        f"For {wrong} you have {values.get(wrong, 0):.2f}. Take {ease} from both tables, and subtract fair from raw.",
    )
    shown = ", ".join(f"{one} {value:+.1f}" for one, value in wanted.items())
    between = fair[ease, list(story.versions)[-1]] - fair[ease, next(iter(story.versions))]
    return f"What the page and the tokeniser do: {shown}. What the editing did: {between:+.1f}."


def _scores(table):
    return {(row.formula, row.version): row.score for row in table.itertuples()}


# --- lesson 2: from prose to a table --------------------------------------------------------------------


@exercise("counts")
def _counts(counts, story, asked=()):
    """asked: the ids of the sentences."""
    answer = _mapping(counts, "A number for each sentence is wanted, by the sentence's id")
    _hint_if_missing(asked, answer)
    coded = _resolved(story, "measures")
    rows = [row for row in coded.to_dict("records") if not row["umbrella"]]
    places = {row["sentence"]: row for row in story.sentences.to_dict("records")}
    for sentence, count in answer.items():
        _hint_if(sentence not in places, f"There is no sentence {sentence}.")
        _hint_if(count is None or count is ..., f"How many measures stand in {sentence}? Write the number.")
        value, place = _number(count, sentence), places[sentence]
        inside = [
            r
            for r in rows
            if r["version"] == place["version"] and place["start"] <= r["start"] < place["end"]
        ]
        _hint_if(
            value < len(inside),
            f"In {sentence} you have {value:g}, fewer than the coders. A list shares its verb: each member with an object "
            "of another type is a measure of its own, and people, bodies and ships that are counted apart are so too.",
        )
        _hint_if(
            value > len(inside),
            f"In {sentence} you have {value:g}, more than the coders. What is named after 'including' or 'such as' "
            "is part of what was counted, and objects of one type under one verb (this or that) are one measure.",
        )
    return "You cut the list where the codebook cuts it."


_CODED = ("status", "binding_before", "binding_after")


@exercise("codes")
def _codes(codes, story, asked=()):
    """asked: the types of the measures."""
    from copydesk.stories.coding.tables import TABLES

    answer = _mapping(codes, "A dict of codes for each measure is wanted")
    _hint_if_missing(asked, answer)
    coded = {}
    for row in _resolved(story, "measures").to_dict("records"):
        coded.setdefault(row["type"], row)  # the first version that has it
    fields = TABLES["measures"].model.model_fields
    for name, given in answer.items():
        _hint_if(name not in coded, f"There is no measure of the type '{name}' in this story.")
        _hint_if(not isinstance(given, Mapping), f"For '{name}', write a dict with {', '.join(_CODED)}.")
        for field in _CODED:
            value, allowed = given.get(field), [one for one in get_args(fields[field].annotation) if one]
            _hint_if(
                not value or value is ..., f"'{name}' has no {field} yet; choose from {', '.join(allowed)}."
            )
            value = str(value).strip().lower()
            _hint_if(
                value not in allowed,
                f"'{value}' is no code of {field}; the codebook has {', '.join(allowed)}.",
            )
            right = coded[name][field]
            _hint_if(
                value != right,
                f"'{name}', {field}: you wrote '{value}', and the coders settled on another code. "
                f'{_why_not(field, value, right)} The words: "{coded[name]["text"]}"',
            )
    return "The same codes as those on which the coders settled."


_RULES = {
    "status": {
        "in force": "Does the measure hold today, or does a draft ask for it?",
        "adopted": "Has anybody voted yet? A draft proposes.",
        "proposed": "Is it the draft that asks for this, or does it hold already ('currently', 'is not')?",
        "threatened": "Is it held out in case somebody does not obey? Else it is asked for, or holds already.",
        "lifted": "Does anything end here?",
        "not stated": "The story does say: look whether a draft asks for it, or whether it holds already.",
    },
    "binding_before": {
        "not stated": "The story does say how it was before: look for 'previously', 'not just', "
        "'unprecedented', or for what is already in force.",
        "none": "'None' is a finding: the story says that there was no such duty. Where it keeps "
        "silent, the code is 'not stated'.",
        "mandatory": "Do not fill in what you know: was it binding before, in the words of the story?",
        "recommended": "'Recommended' is for what states were urged or encouraged to do. What did they "
        "have to do before, and in which case?",
        "conditional": "'Conditional' is for a duty that held only if something was so.",
    },
    "binding_after": {
        "not stated": "A ban, a listing, a freeze and a requirement bind, whether or not the word is used.",
        "conditional": "The condition belongs to how it was before; does one remain?",
        "recommended": "'Required' and 'banned' are more than urged.",
        "none": "'None' is for a duty that is lifted. What must or may nobody do here?",
    },
}


def _why_not(field, value, right):
    if (field, right) == ("binding_before", "not stated"):
        return "The story does not say how it was before, and what you know from elsewhere does not count."
    if (value, right) == ("adopted", "in force"):
        return "Was it decided in this story, or before it? Look for 'currently' and 'is not allowed'."
    return _RULES[field].get(value, "Read the codebook's line on it again.")


@exercise("share_equal")
def _share_equal(share_equal):
    one, other = ["yes", "no", "yes", "yes"], ["yes", "yes", "yes", "no"]
    found, shown = _call(share_equal, one, other)
    value = _number(found, shown)
    _hint_if(value == 2, "2 is how often they agree; divide it by how many units both coded.")
    _hint_if(_close(value, 50), "A share runs from 0 to 1; leave out the 100.")
    _hint_if(
        _close(value, 0.75) or _close(value, 1.0),
        "You compare how often each code comes, or which codes come; compare unit by unit, with zip.",
    )
    _hint_if(not _close(value, 0.5), f"{shown} gives {value:g}; two of four units have the same code.")
    found, shown = _call(share_equal, ["a", None, "b"], ["a", None, "c"])
    _hint_if(
        _close(_number(found, shown), 2 / 3),
        "A unit that neither coded (None) is no agreement; leave out units of which either code is None.",
    )
    _hint_if(
        not _close(found, 0.5),
        f"{shown} gives {found:.2f}: one of the two units that both coded has the same code. "
        "Leave out the others above the line and below it.",
    )
    return "The share of equal codes, among the units that both coded."


@exercise("alpha")
def _alpha(alpha):
    from copydesk.stories import coding

    one = list("pppppfpp")
    other = list("ppffpfpf")
    right = coding.alpha(list(zip(one, other, strict=True)))
    found, shown = _call(alpha, one, other)
    value = _number(found, shown)
    n, apart = len(one), sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
    pooled = {code: (one + other).count(code) / (2 * n) for code in "pf"}
    kappa = sum(one.count(code) / n * (other.count(code) / n) for code in "pf")
    _hint_if(
        math.isnan(value),
        f"{shown} gives nan, though there are two codes in the bag. Keep nan for when there is one.",
    )
    known = [
        (1 - apart, "That is the share of equal codes; chance is not taken off yet."),
        (
            1 - apart / (1 - sum(share**2 for share in pooled.values())),
            (
                "You draw the second code from all 16, the first "
                "one among them (that is Scott's pi). One code is gone when the second is drawn: 15 are left."
            ),
        ),
        (
            1 - apart / (1 - kappa),
            (
                "That is Cohen's kappa, which gives each coder chances of their own. Here "
                "the codes of both go into one bag."
            ),
        ),
        (
            apart,
            "That is the disagreement that was observed; divide it by the expected one, and take it from 1.",
        ),
        (1 - right, "Take it from 1: alpha is 1 minus observed over expected disagreement."),
    ]
    for wrong, hint in known:
        _hint_if(_close(value, wrong) and not _close(value, right), hint)
    _hint_if(
        not _close(value, right),
        f"{shown} gives {value:.3f}, and {right:.3f} is wanted. Expected disagreement: put all codes of both coders "
        "into one bag, and ask how often two drawn from it, one after the other, differ.",
    )
    try:
        constant = alpha(["p", "p"], ["p", "p"])
    except ZeroDivisionError:
        raise Hint(
            "When both coders use one code only, no disagreement can be expected and you divide by zero; return "
            "float('nan') then."
        ) from None
    _hint_if(
        not isinstance(constant, Real) or not math.isnan(constant),
        f"When both coders use one code only, yours gives {constant}. Nothing then tells agreement from habit; return "
        "float('nan').",
    )
    return "Krippendorff's alpha, as our package has it."


@exercise("weakest")
def _weakest(weakest, story):
    from copydesk.stories import coding

    rates = coding.agreement(story, "measures").dropna(subset=["alpha"])
    _hint_if(rates.empty, "Fewer than two have coded this story's measures; take another one.")
    informative = rates[rates["note"].eq("")]
    right = informative.loc[informative["alpha"].idxmin(), "field"]
    raw = informative.loc[informative["agreement"].idxmin(), "field"]
    _hint_if(
        not isinstance(weakest, str),
        f"Name the field, as a text in quotation marks; this is {_brief(weakest)}.",
    )
    _hint_if(
        weakest == raw != right,
        f"{raw} has the lowest share of equal codes. By alpha, which allows for chance, another field is weaker.",
    )
    _hint_if(
        weakest not in set(rates["field"]),
        f"No field '{weakest}' has an alpha; take one from the column field.",
    )
    _hint_if(
        weakest != right, f"{weakest} has an alpha of {_alpha_of(rates, weakest):.2f}, and one is lower."
    )
    return f"alpha {_alpha_of(rates, right):.2f}. Read what the coders wrote there before you blame them."


def _alpha_of(rates, field):
    return rates.loc[rates["field"].eq(field), "alpha"].iloc[0]


def _resolved(story, table):
    from copydesk.stories import coding

    coded = coding.resolved(story, table)
    _hint_if(
        coded is None, f"Nobody has coded the {table} of this story: compare with your neighbour instead."
    )
    return coded


# --- lesson 3: who speaks ---------------------------------------------------------------------------------


@exercise("find_quotations")
def _find_quotations(find_quotations):
    text = 'The "plan" is dead, she said. "Nobody mourns it."'
    found, shown = _call(find_quotations, text)
    _hint_if(
        isinstance(found, str) or not hasattr(found, "__iter__"), "A list of strings is wanted: re.findall."
    )
    found = list(found)
    _hint_if(
        any(isinstance(one, tuple) for one in found),
        "Each find is a pair, since the pattern has two pairs of round brackets. One pair will do: put the marks that "
        'open into ["“], and those that close into ["”].',
    )
    _hint_if(
        any('" is dead' in one for one in found),
        "One find runs from the first mark to the last: .* takes as much as it can. Let it take anything but a mark, "
        'as [^"]* does, or as little as it can, with .*?',
    )
    _hint_if(
        any(one[:1] in '"“' for one in found if isinstance(one, str)),
        "The marks are in what you found; put round brackets in the pattern around what is between them.",
    )
    _hint_if(
        found == ["plan"] or found == ["Nobody mourns it."],
        "There are two quotations, and you found one: re.search stops at the first, re.findall does not.",
    )
    _hint_if(
        found != ["plan", "Nobody mourns it."], f"{shown} gives {_brief(found)}; two quotations are wanted."
    )
    curly, _ = _call(find_quotations, "He said “ we hope so ” and left.")
    curly = [one.strip() for one in curly]
    _hint_if(not curly, "Curly marks (“ ”) are not found, and one of the versions has no others.")
    _hint_if(curly != ["we hope so"], f"Of “ we hope so ” you make {_brief(curly)}.")
    lines, _ = _call(find_quotations, '"One line,\nthen another," he said.')
    _hint_if(
        not list(lines), 'A quotation that runs over a line end is lost: the dot stops there ([^"] does not).'
    )
    none, _ = _call(find_quotations, "The mayor urged harsh measures.")
    _hint_if(list(none), "Something is found where nothing is quoted.")
    return "Whatever stands between quotation marks. Now see what it cannot find."


@exercise("unquoted")
def _unquoted(answer, statements, version):
    try:
        k, n = answer
    except (TypeError, ValueError):
        raise Hint("Two numbers are wanted, k and n: (k, n).") from None
    mine = statements[statements["version"].eq(version)]
    right = int(mine["quotation"].eq("indirect").sum()), len(mine)
    both = int(statements["quotation"].eq("indirect").sum()), len(statements)
    k, n = _number(k, "k"), _number(n, "n")
    mine_words = int(mine.loc[mine["quotation"].eq("indirect"), "words"].sum()), int(mine["words"].sum())
    known = [
        (both, f"That is both versions together; count those of {version} alone, so that none counts twice."),
        (right[::-1], "The numbers are the wrong way round: k of n, the part first."),
        (mine_words, "These are words; count statements."),
        (
            (int(mine["quotation"].ne("direct").sum()), right[1]),
            "'mixed' has a quotation in it, which yours can find; count 'indirect' alone.",
        ),
        (
            (right[1] - right[0], right[1]),
            "Those are the ones with a quotation in them; count the others.",
        ),
    ]
    for wrong, hint in known:
        _hint_if((k, n) == wrong != right, hint)
    _hint_if(n != right[1], f"n is all statements of {version}: {right[1]}, not {n:g}.")
    _hint_if(k != right[0], f"k is the number of statements whose quotation is 'indirect'; yours is {k:g}.")
    return (
        f"{right[0]} of {right[1]} statements have no quotation marks at all: no pattern of marks finds them."
    )


@exercise("whose")
def _whose(whose, story, version, asked=()):
    """asked: the phrases."""
    answer = _mapping(whose, "For each phrase say whose words they are")
    _hint_if_missing(asked, answer)
    statements = _resolved(story, "statements")
    mine = statements[statements["version"].eq(version)]
    text = story.versions[version].text
    people = set(mine["source_id"])
    for phrase, given in answer.items():
        start = text.find(phrase)
        _hint_if(start < 0, f"'{phrase}' does not stand in this version.")
        _hint_if(given is None or given is ..., f"Whose words are '{phrase}'?")
        right, said_by = _speaker(mine, text, start, start + len(phrase))
        _hint_if(
            given not in people | {"reporter"},
            f"'{given}' is nobody here; choose from reporter, {', '.join(sorted(people))}.",
        )
        where = f"'{phrase}': "
        _hint_if(
            right == "reporter" and given == said_by,
            f"{where}the view is theirs, but no quotation mark stands around the words. A paraphrase is in the words of "
            "whoever wrote it: the reporter.",
        )
        _hint_if(
            right == "reporter" and said_by is None and given != "reporter",
            f"{where}nobody is named as having said it. In plain narration the words are the reporter's.",
        )
        _hint_if(
            right != "reporter" and given == "reporter",
            f"{where}it stands inside quotation marks, so that the words are the source's own.",
        )
        _hint_if(
            given != right,
            f"{where}go back from the words to the verb that reports them: who is its subject? A newspaper, mind, speaks "
            "for itself and not for its country's government.",
        )
    return "Quoted words are the source's; paraphrase and narration are the reporter's."


def _speaker(statements, text, start, end):
    """(whose words a phrase is, who is reported with it or None)."""
    for row in statements.to_dict("records"):
        if any(a <= start and end <= b for a, b in row["content_spans"]):
            quoted = row["quotation"] == "direct" or (
                row["quotation"] == "mixed" and _in_marks(text, row["content_spans"], start)
            )
            return (row["source_id"] if quoted else "reporter"), row["source_id"]
    return "reporter", None


def _in_marks(text, spans, place):
    begin = next(a for a, b in spans if a <= place < b)
    before = text[begin:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@exercise("concordance")
def _concordance(concordance):
    tokens = "We hope it ends . They hope so . Hope is free .".split()
    found, shown = _call(concordance, tokens, "hope", 2)
    found = [tuple(line) if isinstance(line, (tuple, list)) else line for line in found]
    _hint_if(
        any(not isinstance(line, tuple) or len(line) != 3 for line in found),
        "Each line has three parts: (what stands left, the word, what stands right).",
    )
    found = [tuple(part if isinstance(part, str) else " ".join(part) for part in line) for line in found]
    wanted = [("We", "hope", "it ends"), (". They", "hope", "so ."), ("so .", "Hope", "is free")]
    _hint_if(not found, "Nothing is found. Do you compare each token with the word?")
    _hint_if(
        len(found) == 2 and found == wanted[:2],
        "'Hope' at the head of a sentence is missed: compare in small letters, and show the word as it stands.",
    )
    _hint_if(
        len(found) == 1 or len({line[0] for line in found}) == 1 < len(found),
        "Only the first place is found, again and again: tokens.index stops there. Go through them with enumerate.",
    )
    _hint_if(
        found[0][0] == "",
        "The left side of the first line is empty, and 'We' stands there. tokens[i - 2:i] turns around when i - 2 is "
        "below 0; begin at max(0, i - 2).",
    )
    _hint_if(
        any("hope" in line[2].lower().split()[:1] for line in found),
        "The word itself stands in the right side again: that begins at i + 1.",
    )
    _hint_if(
        [line[1].lower() for line in found] == [line[1] for line in found]
        and found != wanted
        and len(found) == 3,
        "Show the word as it stands in the text (Hope), though you compare in small letters.",
    )
    _hint_if(
        [line[2] for line in found] == ["it", "so", "is"],
        "The right side is a word short: a slice stops before its end, so that it must run to i + 1 + width.",
    )
    _hint_if(found != wanted, f"{shown} gives {_brief(found)}, and {_brief(wanted)} is wanted.")
    longer, _ = _call(concordance, ["hopeful", "hope"], "hope", 2)
    _hint_if(
        len(list(longer)) != 1, "'hopeful' is found as well: ask whether the token is the word, with ==."
    )
    return "Every place of the word, with its company."


@exercise("least_p")
def _least_p(least_p):
    from copydesk.stories.statistics import least_attainable_p

    found, shown = _call(least_p, 2, 1)
    value = _number(found, shown)
    known = [
        (3.0, "3 is how many ways there are; the most extreme is one of them: 1 divided by it."),
        (
            1 / 6,
            "You count orders (3 x 2 x 1 = 6). Who is in which group matters, not in which order: math.comb.",
        ),
        (
            2 / 3,
            (
                "Only when the groups are of equal size is the mirror image as extreme, so that two ways count; "
                "2 and 1 are not."
            ),
        ),
        (
            1 / 8,
            "You toss a coin for each voice. The sizes of the groups are given; deal the three voices out: math.comb(3, 2).",
        ),
    ]
    for wrong, hint in known:
        _hint_if(_close(value, wrong), hint)
    _hint_if(
        not _close(value, 1 / 3),
        f"{shown} gives {value:.3f}. Three voices, two of them in one group: how many ways?",
    )
    found, shown = _call(least_p, 2, 2)
    _hint_if(
        _close(_number(found, shown), 1 / 6),
        f"{shown} gives 1/6. With equal groups the mirror image (all in the other group) is as extreme: two of six ways.",
    )
    for sizes in ((2, 2), (3, 1), (6, 3), (3, 3)):
        found, shown = _call(least_p, *sizes)
        right = least_attainable_p(*sizes)
        _hint_if(
            not math.isclose(_number(found, shown), right, rel_tol=0.01),
            f"{shown} gives {found:.4f}, and {right:.4f} is wanted: ways that are as extreme as can be, over all ways.",
        )
    return "Two voices against one cannot go below 1/3, whatever they say: no test on them could ever reach 0.05."


# --- lesson 4: your own story ---------------------------------------------------------------------------


@exercise("story_toml")
def _story_toml(text, folder):
    from pathlib import Path

    from copydesk.stories.story import read_story

    _hint_if(not isinstance(text, str), "The text of the file is wanted, between three quotation marks.")
    try:
        entry = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Hint(
            f'This is no proper TOML: {error}. Texts stand in quotation marks (title = "..."), and each version '
            "begins with a line [[versions]]."
        ) from None
    _hint_if("title" not in entry, 'The story has no title: title = "...", above the first [[versions]].')
    versions = entry.get("versions")
    _hint_if(
        isinstance(versions, dict), "[versions] is one table; write [[versions]], twice, for a list of two."
    )
    _hint_if(
        not versions or len(versions) < 2, "There should be two versions: a block [[versions]] for each."
    )
    for number, version in enumerate(versions, 1):
        for key, why in (
            ("id", "the short name that ids are made of"),
            ("file", "the name of its text file"),
        ):
            _hint_if(key not in version, f"Version {number} has no {key}: {why}.")
        path = Path(folder) / version["file"]
        _hint_if(
            not path.is_file(),
            f"Version {number} names the file '{version['file']}', which is not there; there are "
            f"{', '.join(sorted(one.name for one in Path(folder).glob('*.txt')))}.",
        )
        _hint_if(
            "label" not in version, f"Version {number} has no label, by which your readers will know it."
        )
        _hint_if(
            "date" not in version,
            f"Version {number} has no date. You know it here; a date is what makes the order more than a guess.",
        )
    dates = [str(version["date"]) for version in versions]
    _hint_if(dates != sorted(dates), "The later version comes first; put the earlier one first.")
    (Path(folder) / "story.toml").write_text(text, encoding="utf-8", newline="\n")
    try:
        story = read_story(folder)
    except InputError as error:
        raise Hint(str(error)) from None
    return f"{story.title}: {len(story.versions)} versions."


@exercise("finding")
def _finding(finding, comparison):
    _hint_if(not isinstance(finding, str), "A sentence is wanted, as a text.")
    relations = comparison.links["relation"].value_counts().to_dict()
    numbers = [int(one) for one in re.findall(r"\d+", finding)]
    words = finding.lower()
    for relation in ("reworded", "added"):
        _hint_if(relation not in words, f"The sentence does not speak of sentences that were {relation}.")
        count = relations.get(relation, 0)
        _hint_if(
            count not in numbers,
            f"The table has {count} {relation}; the sentence has the numbers {numbers or 'none'}. Let Python put the number in: "
            "an f-string with the count in braces.",
        )
    for loaded in (
        "because",
        "in order to",
        "wanted to",
        "censor",
        "bias",
        "hide",
        "hid ",
        "deliberate",
        "on purpose",
    ):
        _hint_if(
            loaded in words,
            f"'{loaded.strip()}' says why or by whose will. Two versions show a difference, not a reason.",
        )
    _hint_if("{" in finding, "The braces stand in the sentence: put an f before the first quotation mark.")
    return "A sentence that your table backs."


@exercise("supported")
def _supported(supported, claims):
    """claims: dict claim -> (whether the story backs it, why not)."""
    _hint_if(
        isinstance(supported, str) or not hasattr(supported, "__iter__"),
        "A list of letters is wanted: ['A', ...].",
    )
    given = {str(one).strip().upper() for one in supported}
    for letter in sorted(given):
        _hint_if(letter not in claims, f"There is no claim {letter}; there are {', '.join(claims)}.")
    for letter, (backed, why) in claims.items():
        _hint_if(letter in given and not backed, f"Claim {letter} goes further than your tables: {why}")
        _hint_if(letter not in given and backed, f"Claim {letter} is backed, and you leave it out: {why}")
    return "You claim what your tables show, and no more."


# How the sources of the practice story of lesson 4 begin, where a source is whole.
_PRACTICE_SOURCES = ("Mayor Ines Calder", "Ferry workers", "An engineer")


@exercise("checked")
def _checked(checked, sheet):
    """checked: the sheet with its column `right` filled in; returns k of n."""
    import pandas as pd

    _hint_if(
        not isinstance(checked, pd.DataFrame), "Hand over the table itself, with its column right filled in."
    )
    _hint_if("right" not in checked.columns, "The column right is gone.")
    _hint_if(
        len(checked) != len(sheet),
        f"The sheet has {len(sheet)} rows, and yours {len(checked)}: check every row.",
    )
    marks = [str(one).strip().lower() for one in checked["right"]]
    empty = [n for n, mark in enumerate(marks) if mark in ("", "nan", "none")]
    _hint_if(
        empty, f"Row {empty[0] if empty else 0} is not checked yet: read its words, and write yes or no."
    )
    odd = next((mark for mark in marks if mark not in ("yes", "no")), None)
    _hint_if(odd is not None, f"'{odd}' is neither yes nor no.")
    notes = [str(one).strip() for one in checked["note"]]
    bare = [
        n
        for n, (mark, note) in enumerate(zip(marks, notes, strict=True))
        if mark == "no" and note in ("", "nan")
    ]
    _hint_if(
        bare, f"Row {bare[0] if bare else 0} is wrong, you say; write into its note what is wrong with it."
    )
    for n, (mark, source) in enumerate(zip(marks, sheet["source"], strict=True)):
        whole = str(source).startswith(_PRACTICE_SOURCES)
        _hint_if(
            mark == "yes" and not whole,
            f"Row {n}: you say that it is right, and the source reads '{source}'. Read the sentence from its first "
            "word: who speaks, and is that all of it?",
        )
    return f"By hand, {marks.count('yes')} of {len(marks)} rows are right. That is for you to defend."
