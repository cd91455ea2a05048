"""Lesson 1: what changed."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from numbers import Integral, Real
from types import SimpleNamespace

from copydesk.classroom.checks.tables import (  # fmt: skip
    Exercise,
    Hint,
    Step,
    a_list,
    a_mapping,
    a_number,
    brief,
    function,
    is_near,
    near,
    run,
)

_OVERLAP = [
    (
        lambda f: f.found == run(f.function, "the boat sank", "the boat")[0] == run(f.function, "it rained", "it rained")[0],
        "Whatever the sentences are, it gives {found:.2f}. What it gives has to come from one and other.",
    ),
    near(0.4, "{shown} gives 0.4, and 3 of 7 is 0.43: do not round."),
    near(3, "3 is how many words they share. Divide it by how many different words there are in both together."),
    near(
        3 / 4,
        "You divide by the words of the first sentence only, or of the shorter one. Then a short sentence fits into every "
        "long one; divide by all different words of both together.",
    ),
    near(
        3 / 6,
        "You divide by the words of the second sentence only, or of the longer one; divide by all different words of both "
        "together.",
    ),
    near(
        3 / 10,
        "You divide by the two lengths added up, so that shared words count twice below and even the same sentence reaches "
        "one half. The union (|) counts each word once.",
    ),
    near(6 / 10, "That is Dice's coefficient, a good measure too. Here the union (|) is wanted below the line: 3 of 7 words."),
    near(7 / 3, "The fraction is upside down: shared words above the line, all words below."),
    near(300 / 7, "A share runs from 0 to 1; leave out the 100."),
    near(43, "A share runs from 0 to 1; leave out the 100, and do not round."),
    (
        lambda f: not is_near(f.found, 3 / 7),
        ("{shown} gives {found:.2f}, and 3 of 7 words (0.43) is wanted. Do you compare words(one) with words(other), or "
        "sets of characters? set(sentence) is a set of letters."),
    ),
    (
        lambda f: not is_near(run(f.function, "the deal is off for good", "the deal is dead")[0], f.found),
        "The two sentences change places, and the number changes too. It must not.",
    ),
]  # fmt: skip

_BEFORE = ["The mayor opened the bridge.", "Nobody came.", "The ferry stops in May."]
_AFTER = ["Rain fell.", "The mayor opened the old bridge on Monday.", "The mayor opened the bridge.", "In May the ferry stops."]  # fmt: skip
_PAIRS = {(0, 2), (2, 3)}


def _pairs(given, shown):
    found = a_list("pairs (before, after)")(given, shown)
    pairs = [tuple(pair) if isinstance(pair, (tuple, list)) else pair for pair in found]
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise Hint(
                f"Each entry is a pair of two numbers, (before, after); one of yours is {brief(pair)}."
            )
        if any(isinstance(part, str) for part in pair):
            raise Hint(
                "These are the sentences themselves; their places in the lists are wanted, as enumerate counts them."
            )
        odd = next((part for part in pair if isinstance(part, float)), None)
        if odd is not None:
            raise Hint(
                f"{odd} is how like two sentences are; the place of the sentence in its list is wanted, as enumerate counts it."
            )
        if None in pair:
            raise Hint(
                f"One of yours is {brief(pair)}: None says that nothing is like enough. Keep a pair only where there is a best "
                "sentence that reaches the threshold."
            )
        if not all(isinstance(part, Integral) for part in pair):
            raise Hint(
                f"Each entry is a pair of two places, as enumerate counts them; one of yours is {brief(pair)}."
            )
    if len(pairs) > len(_BEFORE) + len(_AFTER):
        raise Hint(
            f"That is a wrong number of answers: {len(pairs)} pairs of {len(_BEFORE)} and {len(_AFTER)} sentences."
        )
    return {(int(i), int(j)) for i, j in pairs}


_ALIGN = [
    (
        lambda f: next((name for name in ("before", "after") if name in getattr(f.function, "__code__", f).co_names), None),
        "Your function looks at the story's own list '{told}', whatever it is called with: take the names in its brackets.",
    ),
    (lambda f: not f.found, "Nothing is linked, though the first sentence stands in both versions. Is the pair appended?"),
    (lambda f: f.found == {(i + 1, j + 1) for i, j in _PAIRS}, "You count from 1; Python's lists begin with 0."),
    (lambda f: f.found == {(j, i) for i, j in _PAIRS}, "The pairs are the wrong way round: before first, after second."),
    (
        lambda f: {(0, 2), (1, 2)} <= f.found,
        "The best answer to one sentence is still there when the next one begins: set it back to none for each sentence.",
    ),
    (
        lambda f: any(i == 1 for i, _ in f.found),
        (f"'{_BEFORE[1]}' is linked, and nothing in the other version answers it. Link a sentence only when its best overlap "
        "reaches the threshold."),
    ),
    (
        lambda f: {(0, 1), (0, 2)} <= f.found,
        "The first sentence has two links. Of all sentences that reach the threshold, only the best one is to be linked.",
    ),
    (
        lambda f: (0, 1) in f.found,
        ("The first sentence is linked to the first one that is like enough, and a better one comes behind it. Look at all of "
        "them, and keep the best so far."),
    ),
    (lambda f: f.found != _PAIRS, f"You link {{found}}, and {sorted(_PAIRS)} is wanted."),
]  # fmt: skip


def _missed(missed, mine, ours):
    if isinstance(missed, Real):
        raise Hint("A number; the pairs themselves are wanted, so that you can read them.")
    if isinstance(missed, Mapping) or not isinstance(missed, (AbstractSet, list, tuple)):
        raise Hint("A set of pairs is wanted, and {} is a dict.")
    mine, ours = ({(int(i), int(j)) for i, j, *_ in links} for links in (mine, ours))
    try:
        found = {(int(pair[0]), int(pair[1])) for pair in missed}
    except (TypeError, ValueError, IndexError, KeyError):
        raise Hint("A set of pairs of places is wanted, such as {(3, 4)}.") from None
    wanted = ours - mine
    n, is_one = len(found), "is" if len(found) == 1 else "are"
    return SimpleNamespace(found=found, mine=mine, ours=ours, wanted=wanted, is_wrong=found != wanted, n=n, n_wanted=len(wanted), are=is_one)  # fmt: skip


_MISSED = [
    (lambda f: not f.found and f.wanted, "Your set is empty, though some of our links are not among yours."),
    (
        lambda f: f.is_wrong and f.found == f.mine - f.ours,
        "These are the pairs that only yours has. What it missed are those that only ours has: mind the order.",
    ),
    (lambda f: f.is_wrong and f.found == f.mine & f.ours, "These are the pairs that both have; & keeps what is common."),
    (
        lambda f: f.is_wrong and f.found == f.mine ^ f.ours,
        "^ takes what only one of the two has, whichever it is. Wanted are those of ours that yours lacks.",
    ),
    (lambda f: f.is_wrong, "You name {n} pairs, and {n_wanted} of our links are not among yours."),
]  # fmt: skip

_EASE = "Flesch reading ease"


def _shift(shift, story):
    from copydesk.stories.readability import raw_readability_table, readability_table

    answer = a_mapping(shift, "A number for each version is wanted, by the version's id")
    ids = [*story.versions]
    if set(answer) != set(ids):
        raise Hint(
            f"It is indexed by {brief(list(answer))}; a number for each of {', '.join(ids)} is wanted: "
            "set_index('version') before you take the column score."
        )
    values = {one: a_number(answer[one], f"shift of {one}") for one in ids}
    raw, fair = (
        {(row.formula, row.version): row.score for row in table(story).itertuples()}
        for table in (raw_readability_table, readability_table)
    )
    wanted = {one: raw[_EASE, one] - fair[_EASE, one] for one in ids}
    # Rounded to a decimal will do.
    wrong = next((one for one in ids if abs(values[one] - wanted[one]) > 0.06), None)

    def is_like(other):
        return wrong is not None and all(is_near(values[one], other(one)) for one in ids)

    formulas = sorted({name for name, _ in raw} - {_EASE})
    return SimpleNamespace(
        wrong=wrong, value=values.get(wrong, 0), is_like=is_like, raw=raw, fair=fair, wanted=wanted, formulas=formulas,
        shown=", ".join(f"{one} {value:+.1f}" for one, value in wanted.items()),
        between=fair[_EASE, ids[-1]] - fair[_EASE, ids[0]],
    )  # fmt: skip


_SHIFT = [
    (
        lambda f: f.is_like(lambda one: -f.wanted[one]),
        "The signs are the other way round: the score of the file as it is, less that of the article alone.",
    ),
    (lambda f: f.is_like(lambda one: f.raw[_EASE, one]), "These are the raw scores; subtract the fair ones."),
    (lambda f: f.is_like(lambda one: f.fair[_EASE, one]), "These are the fair scores; take them from the raw ones."),
    (
        lambda f: next((x for x in f.formulas if f.is_like(lambda one, x=x: f.raw[x, one] - f.fair[x, one])), None),
        f"That is the shift of {{told}}; {_EASE} is asked for.",
    ),
    (lambda f: f.wrong, f"For {{wrong}} you have {{value:.2f}}. Take {_EASE} from both tables, and subtract fair from raw."),
]  # fmt: skip

EXERCISES = {
    "overlap": function(
        "0 for nothing in common, 1 for the same words. (Jaccard's coefficient.)",
        (("the deal is dead", "the deal is off for good"), a_number, _OVERLAP),
        (("It rained.", "it rained ."), a_number, [(lambda f: not is_near(f.found, 1), "{shown} gives {found}: sentences of the same words should reach 1.")]),
        (("", ""), a_number, [(lambda f: not is_near(f.found, 0), "{shown} gives {found}: with no words at all, return 0.")]),
    ),
    "align": function(
        "Each sentence with its best answer, if that is like enough.",
        ((_BEFORE, _AFTER, 0.3), _pairs, _ALIGN),
        ((["It rained."], ["It rained."], 0.5), _pairs, [(lambda f: not f.found, "A link to the first sentence is lost: its place is 0, which Python takes for false. Ask whether there 'is not None'.")]),
        ((_BEFORE, _AFTER, 1), _pairs, [(lambda f: f.found != _PAIRS, "With a threshold of 1, sentences of the very same words are to be linked: an overlap that equals the threshold reaches it.")]),
        ((_BEFORE, _AFTER, 1.1), _pairs, [(lambda f: f.found, "A threshold of 1.1 can never be reached, and yet there are links: is it compared with?")]),
    ),
    "missed": Exercise([Step(_missed, _MISSED)], "{n} of our links {are} not among yours. Read, and judge who is right."),
    "shift": Exercise([Step(_shift, _SHIFT)], "What the page and the tokeniser do: {shown}. What the editing did: {between:+.1f}."),
}  # fmt: skip
