"""Lesson 3: who speaks."""

import math
import re
from types import SimpleNamespace

from copydesk.classroom.checks.tables import (  # fmt: skip
    Exercise,
    Hint,
    Slip,
    Step,
    a_form,
    a_list,
    a_number,
    as_it_is,
    brief,
    function,
    is_near,
    near,
)


def _quotations(given, shown):
    found = a_list("strings")(given, shown)
    if any(isinstance(one, tuple) for one in found):
        raise Hint(
            "Each find is a pair, since the pattern has two pairs of round brackets. One pair will do: put the marks that "
            'open into ["“], and those that close into ["”].'
        )
    odd = next((one for one in found if not isinstance(one, str)), None)
    if odd is not None:
        raise Hint(f"A list of strings is wanted; one of yours is {brief(odd)}.")
    return found


_QUOTED = ["plan", "Nobody mourns it."]
_QUOTATIONS = [
    (
        lambda f: any('" is dead' in one for one in f.found),
        ("One find runs from the first mark to the last: .* takes as much as it can. Let it take anything but a mark, as "
        '[^"]* does, or as little as it can, with .*?'),
    ),
    (
        lambda f: any(one[:1] in '"“' for one in f.found if one),
        "The marks are in what you found; put round brackets in the pattern around what is between them.",
    ),
    (
        lambda f: [one for one in f.found if one.strip()] == ["plan"] or f.found == ["Nobody mourns it."],
        "There are two quotations, and you found one: re.search stops at the first, re.findall does not.",
    ),
    (
        lambda f: len(f.found) > 2 and all(len(one) == 1 for one in f.found),
        ("These are single letters: the pattern takes one character of the set in square brackets; a star behind it, [^\"]*, takes "
        "as many as there are."),
    ),
    (lambda f: f.found != _QUOTED, "{shown} gives {found}; two quotations are wanted: plan, and Nobody mourns it."),
]  # fmt: skip
_CURLY = [
    (lambda f: not f.found, "Curly marks (“ ”) are not found, and one of the versions has no others."),
    (lambda f: [one.strip() for one in f.found] != ["we hope so"], "Of “ we hope so ” you make {found}."),
]
_LINES = [
    (
        lambda f: not f.found,
        'A quotation that runs over a line end is lost: the dot stops there ([^"] does not).',
    )
]
_NONE = [(lambda f: f.found, "Something is found where nothing is quoted.")]


def _unquoted(answer, statements, version):
    try:
        k, n = answer
    except (TypeError, ValueError):
        raise Hint("Two numbers are wanted, k and n: (k, n).") from None
    mine = statements[statements["version"].eq(version)]
    indirect, own = statements["quotation"].eq("indirect"), mine["quotation"].eq("indirect")
    right = int(own.sum()), len(mine)
    known = {  # of two that are alike the first
        (right[0], right[1]): "",
        (int(indirect.sum()), len(statements)): "That is both versions together; count those of {version} alone, so that none counts twice.",
        right[::-1]: "The numbers are the wrong way round: k of n, the part first.",
        (int(mine.loc[own, "words"].sum()), int(mine["words"].sum())): "These are words; count statements.",
        (int(mine["quotation"].ne("direct").sum()), right[1]): "'mixed' has a quotation in it, which yours can find; count 'indirect' alone.",
        (right[1] - right[0], right[1]): "Those are the ones with a quotation in them; count the others.",
    }  # fmt: skip
    given = (a_number(k, "k"), a_number(n, "n"))
    told = "" if given == right else known.get(given, "")
    return SimpleNamespace(
        k=given[0], n=given[1], right=right, version=version, told_of=told.format(version=version)
    )


_UNQUOTED = [
    (lambda f: f.told_of, "{told}"),
    (lambda f: f.n != f.right[1], "n is all statements of {version}: {right[1]}, not {n:g}."),
    (lambda f: f.k != f.right[0], "k is the number of statements whose quotation is 'indirect'; yours is {k:g}."),
]  # fmt: skip


def _whose(whose, story, version):
    """The first phrase that is not yet right: `phrase`, who is `given`, whether it `is_quoted`; and the ids of the `people`."""
    from copydesk.classroom.tasks import is_right, phrases_of
    from copydesk.engine.spans import read_spans
    from copydesk.stories.tables import statements_table

    phrases = phrases_of(story.name)
    if not phrases:
        raise Hint(f"No phrases of the story {story.name} are asked about; data/lessons has those that are.")
    answer = a_form(whose, "For each phrase say whose words they are", phrases)
    statements = statements_table(story)
    mine = statements[statements["version"].eq(version)]
    people = sorted({*mine["source_id"]} - {"", "unresolved"})
    for words, given in answer.items():
        if words not in phrases:
            raise Hint(f"'{words}' is none of the phrases that are asked about.")
        given = "" if given in (None, ...) else str(given)
        if not is_right(story.name, words, given):
            place = re.search(r"\s+".join(map(re.escape, words.split())), story.versions[version].text)
            is_quoted = any(
                a <= place.start() < b for spans in mine["quoted_spans"] for a, b in read_spans(spans)
            )
            return SimpleNamespace(phrase=words, given=given, is_quoted=is_quoted, people=people)
    return SimpleNamespace(phrase="", given="reporter", is_quoted=True, people=people)


_WHOSE: list[Slip] = [
    (lambda f: not f.given, "Whose words are '{phrase}'?"),
    (lambda f: f.given not in {*f.people, "reporter"}, "'{given}' is nobody here; choose from reporter, {people}."),
    (
        lambda f: not f.is_quoted,
        ("'{phrase}': no quotation mark stands around the words. Whoever is named as having said it, a paraphrase is in the "
        "words of the one who wrote it; and so is plain narration."),
    ),
    (
        lambda f: f.phrase and f.given == "reporter",
        "'{phrase}': it stands inside quotation marks, so that the words are the source's own.",
    ),
    (
        lambda f: f.phrase,
        ("'{phrase}': go back from the words to the verb that reports them: who is its subject? A newspaper, mind, speaks for "
        "itself and not for its country's government."),
    ),
]  # fmt: skip


def _lines(given, shown):
    found = [
        tuple(line) if isinstance(line, (tuple, list)) else line for line in a_list("lines")(given, shown)
    ]
    if any(not isinstance(line, tuple) or len(line) != 3 for line in found):
        raise Hint("Each line has three parts: (what stands left, the word, what stands right).")
    return [tuple(part if isinstance(part, str) else " ".join(part) for part in line) for line in found]


_TOKENS = "We hope it ends . They hope so . Hope is free .".split()
_COMPANY = [("We", "hope", "it ends"), (". They", "hope", "so ."), ("so .", "Hope", "is free")]
_CONCORDANCE = [
    (lambda f: not f.found, "Nothing is found. Do you compare each token with the word?"),
    (
        lambda f: f.found == _COMPANY[:2],
        "'Hope' at the head of a sentence is missed: compare in small letters, and show the word as it stands.",
    ),
    (
        lambda f: len(f.found) == 1 or len({line[0] for line in f.found}) == 1 < len(f.found),
        "Only the first place is found, again and again: tokens.index stops there. Go through them with enumerate.",
    ),
    (
        lambda f: f.found[0][0] == "",
        ("The left side of the first line is empty, and 'We' stands there. tokens[i - 2:i] turns around when i - 2 is below 0; "
        "begin at max(0, i - 2)."),
    ),
    (
        lambda f: any(line[2].lower().split()[:1] == ["hope"] for line in f.found),
        "The word itself stands in the right side again: that begins at i + 1.",
    ),
    (
        lambda f: len(f.found) == 3 and f.found != _COMPANY and [x[1] for x in f.found] == ["hope"] * 3,
        "Show the word as it stands in the text (Hope), though you compare in small letters.",
    ),
    (
        lambda f: [line[2] for line in f.found] == ["it", "so", "is"],
        "The right side is a word short: a slice stops before its end, so that it must run to i + 1 + width.",
    ),
    (
        lambda f: any(re.search(r"\w \w \w", " ".join(line)) and len(line[2].split()) > 2 for line in f.found),
        "The sides are cut into letters: tokens is a list of words; join them with ' '.join(...), once.",
    ),
    (lambda f: f.found != _COMPANY, f"{{shown}} gives {{found}}, and {_COMPANY} is wanted."),
]  # fmt: skip
_LONGER = [
    (lambda f: len(f.found) != 1, "'hopeful' is found as well: ask whether the token is the word, with ==.")
]

_OF_THREE = [
    near(3, "3 is how many ways there are; the most extreme is one of them: 1 divided by it."),
    near(1 / 6, "You count orders (3 x 2 x 1 = 6). Who is in which group matters, not in which order: math.comb."),
    near(2 / 3, "Only when the groups are of equal size is the mirror image as extreme, so that two ways count; 2 and 1 are not."),
    near(1 / 8, "You toss a coin for each voice. The sizes of the groups are given; deal the three voices out: math.comb(3, 2)."),
    (lambda f: not is_near(f.found, 1 / 3), "{shown} gives {found:.3f}. Three voices, two of them in one group: how many ways?"),
]  # fmt: skip
_OF_FOUR = [
    near(1 / 6, "{shown} gives 1/6. With equal groups the mirror image (all in the other group) is as extreme: two of six ways."),
    (lambda f: not is_near(f.found, 1 / 3), "{shown} gives {found:.3f}, and 1/3 is wanted: two of six ways."),
]  # fmt: skip


def _of_sizes(a, b):
    right = (2 if a == b else 1) / math.comb(a + b, a)
    wrong = f"{{shown}} gives {{found:.4f}}, and {right:.4f} is wanted: ways that are as extreme as can be, over all ways."
    return (a, b), a_number, [(lambda f: not math.isclose(f.found, right, rel_tol=0.01), wrong)]


EXERCISES = {
    "find_quotations": function(
        "Whatever stands between quotation marks. Now see what it cannot find.",
        (('The "plan" is dead, she said. "Nobody mourns it."',), _quotations, _QUOTATIONS),
        (("He said “ we hope so ” and left.",), _quotations, _CURLY),
        (('"One line,\nthen another," he said.',), _quotations, _LINES),
        (("The mayor urged harsh measures.",), _quotations, _NONE),
    ),
    "unquoted": Exercise([Step(_unquoted, _UNQUOTED)], "{k:g} of {n:g} statements have no quotation marks at all: no pattern of marks finds them."),
    "whose": Exercise([Step(_whose, _WHOSE)], "Quoted words are the source's; paraphrase and narration are the reporter's."),
    "concordance": function(
        "Every place of the word, with its company.",
        ((_TOKENS, "hope", 2), _lines, _CONCORDANCE),
        ((["hopeful", "hope"], "hope", 2), as_it_is, _LONGER),
    ),
    "least_p": function(
        "Two voices against one cannot go below 1/3, whatever they say: no test on them could ever reach 0.05.",
        ((2, 1), a_number, _OF_THREE),
        ((2, 2), a_number, _OF_FOUR),
        _of_sizes(3, 1), _of_sizes(6, 3), _of_sizes(3, 3),
    ),
}  # fmt: skip
