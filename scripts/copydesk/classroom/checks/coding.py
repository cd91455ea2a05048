"""Lesson 2: from prose to a table."""

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import get_args

from copydesk.classroom.checks.tables import (  # fmt: skip
    Exercise,
    Hint,
    Step,
    a_form,
    a_number,
    as_it_is,
    brief,
    function,
    is_near,
    near,
)

_CODED = ("status", "binding_before", "binding_after")

# What to say of a code that is not the one on which the coders settled: (field, code given) -> hint.
_WHY_NOT = {
    "status": {
        "in force": "Does the measure hold today, or does a draft ask for it?",
        "adopted": "Has anybody voted yet? A draft proposes.",
        "proposed": "Is it the draft that asks for this, or does it hold already ('currently', 'is not')?",
        "threatened": "Is it held out in case somebody does not obey? Else it is asked for, or holds already.",
        "lifted": "Does anything end here?",
        "not stated": "The story does say: look whether a draft asks for it, or whether it holds already.",
    },
    "binding_before": {
        "not stated": "The story does say how it was before: look for 'previously', 'not just', 'unprecedented', or for what "
        "is already in force.",
        "none": "'None' is a finding: the story says that there was no such duty. Where it keeps silent, the code is 'not "
        "stated'.",
        "mandatory": "Do not fill in what you know: was it binding before, in the words of the story?",
        "recommended": "'Recommended' is for what states were urged or encouraged to do. What did they have to do before, "
        "and in which case?",
        "conditional": "'Conditional' is for a duty that held only if something was so.",
    },
    "binding_after": {
        "not stated": "A ban, a listing, a freeze and a requirement bind, whether or not the word is used.",
        "conditional": "The condition belongs to how it was before; does one remain?",
        "recommended": "'Required' and 'banned' are more than urged.",
        "none": "'None' is for a duty that is lifted. What must or may nobody do here?",
    },
}  # fmt: skip
# The same, where the right code matters too: (field, code given, right code), None for any.
_WHY_NOT_THIS = {
    ("status", "adopted", "in force"): "Was it decided in this story, or before it? Look for 'currently' and 'is not allowed'.",
    ("binding_before", None, "not stated"): "The story does not say how it was before, and what you know from elsewhere does "
    "not count.",
}  # fmt: skip


def why_not(field: str, value: str, right: str) -> str:
    for key in ((field, value, right), (field, None, right)):
        if key in _WHY_NOT_THIS:
            return _WHY_NOT_THIS[key]
    return _WHY_NOT[field].get(value, "Read the codebook's line on it again.")


def resolved(story, table):
    from copydesk.stories import coding

    coded = coding.resolved(story, table)
    if coded is None:
        raise Hint(f"Nobody has coded the {table} of this story: compare with your neighbour instead.")
    return coded


def _codes(codes, story, asked=()):
    """The cells of the answer, one after the other: (measure, field, code given, codes allowed, right code, its words)."""
    from copydesk.stories.coding.row_models import TABLES

    answer = a_form(codes, "A dict of codes for each measure is wanted", asked)
    coded = {}
    for row in resolved(story, "measures").to_dict("records"):
        coded.setdefault(row["type"], row)  # the first version that has it
    fields = TABLES["measures"].model.model_fields
    cells = []
    for name, given in answer.items():
        if name not in coded:
            raise Hint(f"There is no measure of the type '{name}' in this story.")
        if not isinstance(given, Mapping):
            raise Hint(f"For '{name}', write a dict with {', '.join(_CODED)}.")
        for field in _CODED:
            allowed = [one for one in get_args(fields[field].annotation) if one]
            value = given.get(field)
            value = "" if value in (None, ...) else str(value).strip().lower()
            cells.append((name, field, value, allowed, coded[name][field], coded[name]["text"]))
    return SimpleNamespace(cells=cells)


def _first(test, told):
    """A slip of the first cell of which `test` is true; `told` makes the hint of it."""
    return (lambda f: next((told(*cell) for cell in f.cells if test(*cell)), None), "{told}")


_CODES = [
    _first(
        lambda name, field, value, allowed, right, words: not value,
        lambda name, field, value, allowed, right, words: f"'{name}' has no {field} yet; choose from {', '.join(allowed)}.",
    ),
    _first(
        lambda name, field, value, allowed, right, words: value not in allowed,
        lambda name, field, value, allowed, right, words: f"'{value}' is no code of {field}; the codebook has {', '.join(allowed)}.",
    ),
    _first(
        lambda name, field, value, allowed, right, words: value != right,
        lambda name, field, value, allowed, right, words: f"'{name}', {field}: you wrote '{value}', and the coders settled on "
        f'another code. {why_not(field, value, right)} The words: "{words}"',
    ),
]  # fmt: skip

_SHARE = [
    (lambda f: f.found == 2, "2 is how often they agree; divide it by how many units both coded."),
    near(50, "A share runs from 0 to 1; leave out the 100."),
    (
        lambda f: is_near(f.found, 0.75) or is_near(f.found, 1),
        "You compare how often each code comes, or which codes come; compare unit by unit, with zip.",
    ),
    (lambda f: not is_near(f.found, 0.5), "{shown} gives {found:g}; two of four units have the same code."),
]  # fmt: skip
_SHARE_OF_SOME = [
    near(2 / 3, "A unit that neither coded (None) is no agreement; leave out units of which either code is None."),
    (
        lambda f: not is_near(f.found, 0.5),
        ("{shown} gives {found:.2f}: one of the two units that both coded has the same code. Leave out the others above the "
        "line and below it."),
    ),
]  # fmt: skip

_ONE, _OTHER = list("pppppfpp"), list("ppffpfpf")


def _alpha_slips():
    """The known wrong turns on the way to alpha, by the number that comes of each for the two coders above."""
    n, apart = len(_ONE), sum(a != b for a, b in zip(_ONE, _OTHER, strict=True)) / len(_ONE)
    bag = _ONE + _OTHER
    pooled = [bag.count(code) / (2 * n) for code in "pf"]
    by_chance = sum(_ONE.count(code) / n * (_OTHER.count(code) / n) for code in "pf")
    right = 1 - apart / (
        1 - sum(bag.count(one) * (bag.count(one) - 1) for one in "pf") / (2 * n * (2 * n - 1))
    )
    return [
        (lambda f: math.isnan(f.found), "{shown} gives nan, though there are two codes in the bag. Keep nan for when there is one."),
        near(1 - apart, "That is the share of equal codes; chance is not taken off yet."),
        near(
            1 - apart / (1 - sum(share**2 for share in pooled)),
            "You draw the second code from all 16, the first one among them (that is Scott's pi). One code is gone when the "
            "second is drawn: 15 are left.",
        ),
        near(
            1 - apart / (1 - by_chance),
            "That is Cohen's kappa, which gives each coder chances of their own. Here the codes of both go into one bag.",
        ),
        near(apart, "That is the disagreement that was observed; divide it by the expected one, and take it from 1."),
        near(1 - right, "Take it from 1: alpha is 1 minus observed over expected disagreement."),
        (
            lambda f: not is_near(f.found, right),
            (f"{{shown}} gives {{found:.3f}}, and {right:.3f} is wanted. Expected disagreement: put all codes of both coders into "
            "one bag, and ask how often two drawn from it, one after the other, differ."),
        ),
    ]  # fmt: skip


_CONSTANT = [
    (
        lambda f: not isinstance(f.found, float) or not math.isnan(f.found),
        (
            "When both coders use one code only, yours gives {found}. Nothing then tells agreement from habit; return "
            "float('nan')."
        ),
    )
]


def _weakest(weakest, story):
    from copydesk.stories import coding

    rates = coding.agreement(story, "measures").dropna(subset=["alpha"])
    if rates.empty:
        raise Hint("Fewer than two have coded this story's measures; take another one.")
    if not isinstance(weakest, str):
        raise Hint(f"Name the field, as a text in quotation marks; this is {brief(weakest)}.")
    alphas = dict(zip(rates["field"], rates["alpha"], strict=True))
    informative = rates[rates["note"].eq("")]
    right = informative.loc[informative["alpha"].idxmin(), "field"]
    raw = informative.loc[informative["agreement"].idxmin(), "field"]
    return SimpleNamespace(
        given=weakest, right=right, raw=raw, alphas=alphas, alpha=alphas.get(weakest, 0), least=alphas[right]
    )


_WEAKEST = [
    (
        lambda f: f.given == f.raw != f.right,
        "{raw} has the lowest share of equal codes. By alpha, which allows for chance, another field is weaker.",
    ),
    (lambda f: f.given not in f.alphas, "No field '{given}' has an alpha; take one from the column field."),
    (lambda f: f.given != f.right, "{given} has an alpha of {alpha:.2f}, and one is lower."),
]  # fmt: skip

EXERCISES = {
    "codes": Exercise([Step(_codes, _CODES)], "The same codes as those on which the coders settled."),
    "share_equal": function(
        "The share of equal codes, among the units that both coded.",
        ((["yes", "no", "yes", "yes"], ["yes", "yes", "yes", "no"]), a_number, _SHARE),
        ((["a", None, "b"], ["a", None, "c"]), a_number, _SHARE_OF_SOME),
    ),
    "alpha": function(
        "Krippendorff's alpha, as our package has it.",
        ((_ONE, _OTHER), a_number, _alpha_slips()),
        ((["p", "p"], ["p", "p"]), as_it_is, _CONSTANT),
    ),
    "weakest": Exercise([Step(_weakest, _WEAKEST)], "alpha {least:.2f}. Read what the coders wrote there before you blame them."),
}  # fmt: skip
