"""The lessons: their parts, their checks and what nbgrader makes of them."""

import io
import math
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import copydesk as cd
import nbformat
import pandas as pd
import pytest
from copydesk.classroom import Hint, attempt, check, lessons
from copydesk.classroom.checks import judge
from copydesk.classroom.tasks import tasks

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "teaching" / "lessons").glob("*.ipynb"))
WORKBOOKS = ROOT / "notebooks" / "lessons"


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(scope="module")
def story():
    return cd.read_story("north-korea-sanctions")


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def grading(cell):
    return cell.metadata.get("nbgrader", {})


# --- what each lesson has --------------------------------------------------------------------------------


def test_there_are_four_lessons():
    assert [path.stem[:2] for path in LESSONS] == ["1-", "2-", "3-", "4-"]


def test_is_valid_and_stored_without_outputs(lesson):
    nbformat.validate(lesson)
    assert not any(cell.outputs or cell.execution_count for cell in code(lesson))


def test_has_all_parts_in_order(lesson):
    text = prose(lesson)
    parts = [
        "**You will be able to**", "**Time**: 45 minutes", "**To know**", "**You need**", "away from the screen",
        "### Exercise 1", "## To discuss", "## What this lesson cannot tell", "## To read",
    ]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_one_parameters_cell_that_names_the_story(lesson):
    tagged = [cell for cell in code(lesson) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1 and tagged[0] is code(lesson)[0]
    assert re.fullmatch(r'story: str = "[\w-]*"  # [^=]+', tagged[0].source)


def test_every_exercise_is_an_answer_and_a_check_with_points(lesson):
    cells = code(lesson)
    answers = [cell for cell in cells if grading(cell).get("solution")]
    exercises = re.findall(r"^### Exercise (\d)", prose(lesson), re.MULTILINE)
    assert exercises == [str(n) for n in range(1, len(answers) + 1)]
    for answer in answers:
        name = grading(answer)["grade_id"]
        after = next(cell for cell in cells[cells.index(answer) + 1 :] if grading(cell).get("grade"))
        assert grading(after)["grade_id"] == f"{name}-check" and grading(after)["points"] > 0
        assert f'check("{name}", ' in after.source
        assert answer.source.count("### BEGIN SOLUTION") == answer.source.count("### END SOLUTION") == 1


def test_needs_no_internals(lesson):
    for cell in code(lesson):
        seen = re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", cell.source, flags=re.DOTALL)
        for module in re.findall(r"^(?:from|import) (\S+)", seen, re.MULTILINE):
            assert module in {
                "copydesk", "copydesk.classroom", "collections", "math", "pathlib", "re", "tempfile",
            }, module  # fmt: skip
        assert not re.search(r"\._\w", cell.source), cell.source


def test_a_student_needs_no_teachers_packages():
    code = (
        "import sys\nfor name in ('nbgrader', 'openpyxl', 'pypandoc', 'typst'): sys.modules[name] = None\n"
        "from copydesk.classroom import check\ncheck('least_p', lambda a, b: (1 + (a == b)) / __import__('math').comb(a + b, b))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.startswith("Right."), done.stderr


# --- wrong answers meet the right hint ---------------------------------------------------------------------


def words(sentence):
    return set(re.findall(r"\w+", sentence.lower()))


def overlap(one, other):
    one, other = words(one), words(other)
    return len(one & other) / len(one | other) if one | other else 0


def align(before, after, threshold):
    pairs = []
    for i, sentence in enumerate(before):
        j = max(range(len(after)), key=lambda place: overlap(sentence, after[place]))
        if overlap(sentence, after[j]) >= threshold:
            pairs.append((i, j))
    return pairs


def first_above(before, after, threshold):
    found = []
    for i, sentence in enumerate(before):
        for j, other in enumerate(after):
            if overlap(sentence, other) >= threshold:
                found.append((i, j))
                break
    return found


before = ["The story's own."]


def never_back(b, a, threshold):
    pairs, best, most = [], None, 0
    for i, sentence in enumerate(b):
        for j, other in enumerate(a):
            if overlap(sentence, other) > most:
                best, most = j, overlap(sentence, other)
        if most >= threshold:
            pairs.append((i, best))
    return pairs


def every_above(before, after, threshold):
    return [
        (i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
        if overlap(one, other) >= threshold
    ]


def quotations(text):
    return re.findall(r'["“]([^"“”]*)["”]', text)


def concordance(tokens, word, width=6):
    lines = []
    for i, token in enumerate(tokens):
        if token.lower() == word.lower():
            lines.append(
                (" ".join(tokens[max(0, i - width) : i]), token, " ".join(tokens[i + 1 : i + 1 + width]))
            )
    return lines


def alpha(one, other, *, draw_again=False):
    bag = [*one, *other]
    n = len(bag)
    less = 0 if draw_again else 1
    expected = 1 - sum(m / n * (m - less) / (n - less) for m in Counter(bag).values())
    observed = sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
    return 1 - observed / expected if expected else float("nan")


def kappa(one, other):
    n = len(one)
    chance = sum(one.count(code) / n * other.count(code) / n for code in {*one, *other})
    return 1 - sum(a != b for a, b in zip(one, other, strict=True)) / n / (1 - chance)


def share_equal(one, other):
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return sum(a == b for a, b in both) / len(both)


def counts_of(one, other):
    return len(words(one) & words(other)), len(words(one)), len(words(other)), len(words(one) | words(other))


def share(numerator, denominator):
    def made(one, other):
        shared, n_one, n_other, union = counts_of(one, other)
        values = {
            "shared": shared,
            "one": n_one,
            "other": n_other,
            "sum": n_one + n_other,
            "union": union,
            "1": 1,
        }
        values["twice"] = 2 * shared
        return values[numerator] / values[denominator]

    return made


def nltk_overlap(one, other):
    """As a student writes it who has NLTK from another course: its data is not there."""
    raise LookupError(
        "\n"
        + 20 * "*\n"
        + "  Resource punkt_tab not found.\n  Please use the NLTK Downloader:\n>>> import nltk\n"
    )


WRONG = [
    ("overlap", share("shared", "1"), "Divide it"),
    ("overlap", lambda a, b: None if a else 0, "gives nothing back"),
    ("overlap", lambda a, b: a.nothing, "AttributeError"),
    ("overlap", 0.43, "by its name"),
    ("overlap", lambda a, b: nltk_overlap(a, b), "nothing is downloaded here"),
    ("overlap", share("shared", "one"), "first sentence only"),
    ("overlap", share("shared", "other"), "second sentence only"),
    ("overlap", share("shared", "sum"), "count twice"),
    ("overlap", share("twice", "sum"), "Dice"),
    ("overlap", share("union", "shared"), "upside down"),
    ("overlap", lambda a, b: len(set(a) & set(b)) / len(set(a) | set(b)), "sets of characters"),
    ("overlap", share("shared", "union"), "divides by zero"),
    ("overlap", lambda a, b: words(a) & words(b), "a number is wanted"),
    ("align", first_above, "a better one comes behind it"),
    ("align", every_above, "two links"),
    ("align", lambda b, a, t: align(b, a, -1), "best overlap reaches the threshold"),
    ("align", lambda b, a, t: [(j, i) for i, j in align(b, a, t)], "wrong way round"),
    ("align", lambda b, a, t: [(i + 1, j + 1) for i, j in align(b, a, t)], "count from 1"),
    ("align", lambda b, a, t: [(b[i], a[j]) for i, j in align(b, a, t)], "sentences themselves"),
    ("align", lambda b, a, t: [(i, j, 0.5) for i, j in align(b, a, t)], "pair of two numbers"),
    ("align", lambda b, a, t: [], "Nothing is linked"),
    ("align", lambda b, a, t: [(i, dict(align(b, a, t)).get(i)) for i in range(len(b))], "None says that nothing"),
    ("align", lambda b, a, t: [(None, j) for j in range(len(a))], "None says that nothing"),
    ("align", lambda b, a, t: [(i, {j}) for i, j in align(b, a, t)], "a pair of two places"),
    ("align", lambda b, a, t: align(b, a, 0.3), "1.1"),
    ("align", lambda b, a, t: [(i, j) for i, j in align(b, a, t) if overlap(b[i], a[j]) > t], "equals the threshold reaches it"),
    ("align", never_back, "still there when the next one begins"),
    ("align", lambda b, a, t: [(i, 0) for i, _ in enumerate(before)], "the story's own list 'before'"),
    ("overlap", lambda one, other: 0.5, "Whatever the sentences are, it gives 0.50"),
    ("overlap", lambda one, other: round(overlap(one, other), 1), "do not round"),
    ("share_equal", lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)), "divide it by how many"),
    ("share_equal", lambda a, b: 100 * share_equal(a, b), "from 0 to 1"),
    ("share_equal", lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)) / len(a), "no agreement"),
    ("share_equal", lambda a, b: len(set(a) & set(b)) / len(set(a) | set(b)), "unit by unit"),
    (
        "share_equal",
        lambda a, b: sum(x == y and x is not None for x, y in zip(a, b, strict=True)) / len(a),
        "Leave out the others",
    ),
    ("alpha", share_equal, "chance is not taken off"),
    ("alpha", kappa, "Cohen's kappa"),
    ("alpha", lambda a, b: alpha(a, b, draw_again=True), "Scott's pi"),
    ("alpha", lambda a, b: 1 - share_equal(a, b), "divide it by the expected one"),
    ("alpha", lambda a, b: 1 - alpha(a, b), "Take it from 1"),
    ("alpha", lambda a, b: 1.0 if len({*a, *b}) == 1 else alpha(a, b), "one code only"),
    ("find_quotations", lambda t: re.findall(r'"(.*)"', t), "runs from the first mark to the last"),
    ("find_quotations", lambda t: re.findall(r'"[^"]*"', t), "round brackets"),
    ("find_quotations", lambda t: re.findall(r'"([^"]*)"', t), "Curly marks"),
    ("find_quotations", lambda t: re.findall(r'["“](.*?)["”]', t), "line end"),
    ("find_quotations", lambda t: [re.search(r'"(.*?)"', t).group(1)], "re.search stops"),
    ("find_quotations", lambda t: str(quotations(t)), "a list of strings is wanted"),
    ("find_quotations", lambda t: re.finditer(r'"([^"]*)"', t), "match.group(1)"),
    ("find_quotations", lambda t: re.findall(r'[^"]', t), "single letters"),
    ("find_quotations", lambda t: [1, 2], "one of yours is 1"),
    ("concordance", lambda t, w, n: "We hope it ends", "a list of lines is wanted"),
    ("concordance", lambda t, w, n: concordance([*" ".join(t)], w, n), "Nothing is found"),
    ("align", lambda b, a, t: [(i, j) for i in range(3) for j in range(4)], "wrong number of answers"),
    ("concordance", lambda t, w, n: [line for line in concordance(t, w, n) if line[1] == w], "head of a sentence"),
    ("concordance", lambda t, w, n: [" ".join(line) for line in concordance(t, w, n)], "three parts"),
    (
        "concordance",
        lambda t, w, n: [(" ".join(t[i - n : i]), x, " ".join(t[i + 1 : i + 1 + n])) for i, x in enumerate(t) if x.lower() == w],
        "turns around",
    ),
    (
        "concordance",
        lambda t, w, n: [(left, x, f"{x} {right}") for left, x, right in concordance(t, w, n)],
        "begins at i + 1",
    ),
    ("concordance", lambda t, w, n: [(left, w, right) for left, _, right in concordance(t, w, n)], "as it stands"),
    ("concordance", lambda t, w, n: [], "Nothing is found"),
    ("least_p", lambda a, b: math.comb(a + b, a), "1 divided by it"),
    ("least_p", lambda a, b: 1 / math.factorial(a + b), "You count orders"),
    ("least_p", lambda a, b: 2 / math.comb(a + b, a), "2 and 1 are not"),
    ("least_p", lambda a, b: 1 / 2 ** (a + b), "toss a coin"),
    ("least_p", lambda a, b: 1 / math.comb(a + b, a), "mirror image"),
    ("supported", "A", "list of letters"),
    ("overlap", lambda a, b: 100 * overlap(a, b), "leave out the 100"),
    ("align", lambda b, a, t: dict(align(b, a, t)), "gives a dict, and a list"),
    ("align", lambda b, a, t: [(i, max(overlap(s, o) for o in a)) for i, s in enumerate(b)], "how like two sentences"),
    ("alpha", lambda a, b: math.nan, "two codes in the bag"),
    ("find_quotations", lambda t: re.findall(r'"(.*?)"|“(.*?)”', t, re.DOTALL), "two pairs of round brackets"),
    ("concordance", lambda t, w, n: [(x, y, " ".join(z.split()[:-1])) for x, y, z in concordance(t, w, n)], "a word short"),
    ("concordance", lambda t, w, n: concordance(["hope" if "hopef" in x else x for x in t], w, n), "with =="),
]  # fmt: skip


@pytest.mark.parametrize(
    "name, answer, hint", WRONG, ids=lambda value: value if isinstance(value, str) else ""
)
def test_wrong_answers_meet_their_hint(name, answer, hint):
    more = ["ferry-pier"] if name == "supported" else []
    with pytest.raises(Hint, match=re.escape(hint)):
        judge(name, answer, *more)


@pytest.mark.parametrize(
    "name, answer",
    [
        ("overlap", overlap),
        ("align", align),
        ("share_equal", share_equal),
        ("alpha", alpha),
        ("find_quotations", quotations),
        ("find_quotations", lambda t: re.findall(r'["“](.*?)["”]', t, re.DOTALL)),
        ("concordance", concordance),
        ("concordance", lambda t, w, n: [(x.split(), y, z.split()) for x, y, z in concordance(t, w, n)]),
        ("least_p", lambda a, b: (1 + (a == b)) / math.comb(a + b, b)),
    ],
)
def test_right_answers_are_told_so(name, answer):
    assert judge(name, answer)


def test_a_hint_shows_without_a_traceback():
    with pytest.raises(Hint) as caught:
        judge("overlap", None)
    assert caught.value._render_traceback_() == [f"Not yet. {caught.value}"]


def test_an_unknown_exercise_is_the_teachers_mistake():
    with pytest.raises(cd.InputError, match="There is no exercise 'wards'"):
        judge("wards", 1)


@pytest.mark.parametrize(
    "missed, hint",
    [({(0, 0)}, "only yours has"), ({(1, 1)}, "both have"), ({(0, 0), (2, 2)}, r"\^ takes"), (1, "A number")],
)
def test_hints_on_missed(missed, hint):
    mine, ours = {(0, 0), (1, 1)}, {(1, 1), (2, 2)}
    judge("missed", {(2, 2)}, mine, ours)
    judge("missed", [(2, 2)], mine, ours)
    with pytest.raises(Hint, match=hint):
        judge("missed", missed, mine, ours)


def test_hints_on_shift(story):
    formula = "Flesch reading ease"

    def ease(table, which=formula):
        return table[table["formula"].eq(which)].set_index("version")["score"]

    raw, fair = cd.readability.raw_readability_table(story), cd.readability.readability_table(story)
    judge("shift", ease(raw) - ease(fair), story)
    judge("shift", (ease(raw) - ease(fair)).to_dict(), story)
    wrong = {
        "other way round": ease(fair) - ease(raw),
        "raw scores": ease(raw),
        "fair scores": ease(fair),
        "shift of SMOG": ease(raw, "SMOG") - ease(fair, "SMOG"),
        "set_index": (ease(raw) - ease(fair)).reset_index(drop=True),
        "A number for each version": 5.0,
    }
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            judge("shift", answer, story)


RIGHT_CODES = {
    "cargo inspection": ("proposed", "conditional", "mandatory"),
    "catch-all ban": ("proposed", "none", "mandatory"),
    "fuel ban": ("proposed", "not stated", "mandatory"),
    "luxury goods ban": ("in force", "mandatory", "mandatory"),
    "asset freeze": ("proposed", "recommended", "mandatory"),
}


@pytest.mark.parametrize(
    "measure, place, value, hint",
    [
        ("luxury goods ban", 0, "proposed", "does it hold already"),
        ("fuel ban", 0, "adopted", "Has anybody voted"),
        ("fuel ban", 0, "in force", "Does the measure hold today"),
        ("fuel ban", 1, "none", "does not say how it was before"),
        ("catch-all ban", 1, "not stated", "look for"),
        ("cargo inspection", 1, "mandatory", "Do not fill in what you know"),
        ("asset freeze", 1, "conditional", "only if something was so"),
        ("cargo inspection", 2, "conditional", "how it was before"),
        ("asset freeze", 2, "recommended", "more than urged"),
        ("asset freeze", 2, "mandatry", "is no code"),
        ("asset freeze", 2, "none", "for a duty that is lifted"),
        ("luxury goods ban", 0, "adopted", "or before it"),
        ("fuel ban", 0, "not stated", "whether a draft asks"),
        ("asset freeze", 2, "", "no binding_after yet"),
    ],
)
def test_hints_on_codes(story, measure, place, value, hint):
    def as_dicts(codes):
        fields = ("status", "binding_before", "binding_after")
        return {name: dict(zip(fields, values, strict=True)) for name, values in codes.items()}

    judge("codes", as_dicts(RIGHT_CODES), story)
    wrong = [*RIGHT_CODES[measure]]
    wrong[place] = value
    with pytest.raises(Hint, match=hint):
        judge("codes", as_dicts(RIGHT_CODES | {measure: wrong}), story)


def test_an_answer_that_was_taken_out_is_none(story):
    with pytest.raises(Hint, match="not in your dict any more"):
        judge("codes", {}, story, ["fuel ban"])
    with pytest.raises(Hint, match="'unprecedented ban', .*: not in your dict"):
        judge(
            "whose",
            {"harsh punitive measures": "reporter", "deserves the punishment": "global-times"},
            story,
            "longer",
        )


def test_hints_on_weakest(story):
    rates = cd.coding.agreement(story, "measures")
    rates = rates[rates["note"].eq("") & rates["alpha"].notna()]
    right = rates.loc[rates["alpha"].idxmin(), "field"]
    raw = rates.loc[rates["agreement"].idxmin(), "field"]
    judge("weakest", right, story)
    with pytest.raises(Hint, match="allows for chance" if raw != right else "one is lower"):
        judge("weakest", raw if raw != right else "status", story)
    with pytest.raises(Hint, match="one is lower"):
        judge("weakest", "status", story)
    with pytest.raises(Hint, match="in quotation marks"):
        judge("weakest", 3, story)


def test_hints_on_unquoted(story):
    rows = [
        ("a", "indirect", 5),
        ("a", "indirect", 4),
        ("a", "mixed", 9),
        ("a", "direct", 7),
        ("b", "direct", 3),
    ]
    statements = pd.DataFrame(rows, columns=["version", "quotation", "words"])
    judge("unquoted", (2, 4), statements, "a")
    wrong = {
        "both versions": (2, 5), "wrong way round": (4, 2), "These are words": (9, 25),
        "'mixed' has": (3, 4), "n is all": (2, 9), "yours is 1": (1, 4), "Two numbers": 2,
    }  # fmt: skip
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            judge("unquoted", answer, statements, "a")


@pytest.mark.parametrize(
    "phrase, answer, hint",
    [
        ("harsh punitive measures", "united-states", "a paraphrase is in the words"),
        ("deserves the punishment", "reporter", "inside quotation marks"),
        ("deserves the punishment", "china", "speaks for itself"),
        ("unprecedented ban", "united-states", "no quotation mark stands around"),
        ("unswerving goodwill", "beijing", "is nobody here"),
        ("unheard of", "reporter", "none of the phrases"),
        ("unswerving goodwill", None, "Whose words are"),
    ],
)
def test_hints_on_whose(story, phrase, answer, hint):
    right = dict(zip(tasks(story.name).phrases, lessons.answers()[story.name].whose, strict=True))
    judge("whose", right, story, "longer")
    with pytest.raises(Hint, match=hint):
        judge("whose", {**right, phrase: answer}, story, "longer")


GOOD_TOML = """title = "T"
[[versions]]
id = "one"
file = "one.txt"
label = "One"
date = "2024-01-01"
[[versions]]
id = "two"
file = "two.txt"
label = "Two"
date = "2024-01-02"
"""


@pytest.mark.parametrize(
    "old, new, hint",
    [
        ('title = "T"', "", "no title"),
        ('"T"', "T", "no proper TOML"),
        ("[[versions]]", "[versions]", "no proper TOML|one table"),
        ('file = "two.txt"', 'file = "too.txt"', "is not there; there are one.txt, two.txt"),
        ('date = "2024-01-02"', "", "no date"),
        ('date = "2024-01-02"', 'date = "2023-01-02"', "earlier one first"),
        ('label = "Two"', "", "no label"),
        ('id = "two"', "", "no id"),
        ('id = "two"', 'id = "one"', "one"),
    ],
)
def test_hints_on_story_toml(tmp_path, old, new, hint):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("It rained all day.\n", encoding="utf-8", newline="\n")
    judge("story_toml", GOOD_TOML, tmp_path)
    with pytest.raises(Hint, match=hint):
        judge("story_toml", GOOD_TOML.replace(old, new), tmp_path)


def test_hints_on_finding():
    class Comparison:
        links = pd.DataFrame({"relation": ["reworded", "reworded", "added", "identical"]})

    for right in (
        "2 sentences were reworded, 1 was added.", "Two sentences were reworded and one was added.",
        "2 new sentences were reworded and 1 added to the later edition.", "Reworded: 2, added: 1.", "1 was added; 2 were reworded.",
        "The editor reworded 2 sentences and added 1.", "The editor reworded 2 sentences, and 1 was added.",
    ):  # fmt: skip
        said = judge("finding", right, Comparison)
        assert "2 reworded, 1 added" in said and "all that was compared" in said
    judge("finding", "The editor reworded two sentences and added a sentence.", Comparison)
    for none in ("Two were reworded and none added.", "2 were reworded and no sentence was added."):

        class NoneAdded:
            links = Comparison.links.query("relation != 'added'")

        judge("finding", none, NoneAdded)
    for swapped in (
        "Reworded: 1, added: 2.",
        "One sentence was reworded and two were added.",
        "2 were added and 1 reworded.",
    ):
        with pytest.raises(Hint):
            judge("finding", swapped, Comparison)
    wrong = {
        "speak of sentences that were added": "2 were reworded.",
        "ties 3 to that word": "3 were reworded, 1 added.",
        "have changed places": "1 sentence was reworded and 2 were added.",
        "ties no number": "Sentences were reworded, and some added.",
        "The braces stand": "{counts['reworded']} were reworded and {counts['added']} added.",
        "Two versions show a difference": "2 were reworded and 1 added because of pressure.",
        "A sentence is wanted": 2,
    }
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            judge("finding", answer, Comparison)


@pytest.mark.parametrize(
    "answer, hint",
    [
        ("2 sentences were reworded and 1 added; 4 were cut.", "more: 2, 1, 4"),
        ("Of 9 sentences 2 were reworded and 1 was added.", "more: 9, 2, 1"),
        ("2 reworded, 1 added, five identical", "more: 2, 1, five"),
        ("2 were reworded, 1 was added, and most were cut.", "more: 2, 1, most"),
        ("2 sentences, or 50%, were reworded and 1 added", "more: 2, 50, 1, %"),
        ("2 sentences were never reworded, and 1 was added.", "'never' turns"),
        ("2 sentences were reworded and 1 wasn't added.", "'n't' turns"),
        ("It is untrue that 2 were reworded and 1 added.", "'untrue' turns"),
        ("2 headlines were reworded and 1 sentence added.", "stands 'headlines'"),
        ("2 sentences were reworded and 1 photograph was added.", "stands 'photograph'"),
        ("2 sentences were reworded and 1 added to please the owner.", "'to please' says"),
        ("2 were reworded and 1 added on the order of the council.", "'on the order' says"),
        ("2 were reworded and 1 added so that nobody would ask.", "'so that' says"),
    ],
)
def test_a_finding_that_says_more_than_its_two_numbers_is_not_approved(answer, hint):
    class Comparison:
        links = pd.DataFrame({"relation": ["reworded", "reworded", "added", "identical"]})

    with pytest.raises(Hint, match=re.escape(hint)):
        judge("finding", answer, Comparison)


def test_hints_on_checked():
    sources = ["Mayor Ines Calder", "Ferry workers", "the pier in January, Tom Varga"]
    sheet = pd.DataFrame({"source": sources, "right": "", "note": ""})
    judge(
        "checked",
        sheet.assign(right=["yes", "yes", "no"], note=["", "", "it begins with An engineer"]),
        sheet,
        "ferry-pier",
    )
    reason = "the content lacks the words on the vote"
    judge(
        "checked",
        sheet.assign(right=["yes", "no", "no"], note=["", reason, "it begins with An engineer"]),
        sheet,
        "ferry-pier",
    )
    wrong = {
        "not checked yet": sheet,
        "neither yes nor no": sheet.assign(right=["maybe", "yes", "no"]),
        "write into its note": sheet.assign(right=["yes", "yes", "no"]),
        "from its first": sheet.assign(right="yes"),
        "no to every row": sheet.assign(right="no", note="all wrong"),
        "one word is no reason": sheet.assign(right=["yes", "yes", "no"], note="wrong!"),
        "What is your reason": sheet.assign(right=["yes", "no", "no"], note="is wrong"),
        "it needs no correction": sheet.assign(
            right=["no", "yes", "no"],
            note=["the source should read Tom Varga", "", "it begins with An engineer"],
        ),
        "speaks of another part": sheet.assign(
            right=["yes", "yes", "no"], note=["", "", "the cue should read danger"]
        ),
        "how it should read, in the words": sheet.assign(
            right=["yes", "yes", "no"], note=["", "", "it should read Ines Calder"]
        ),
        "check every row": sheet.head(1).assign(right="yes"),
        "notes needs as many": ["yes", "no", "no"],
        "table itself": "yes, no, no",
        "wrong number of answers": ["yes", "no"],
    }
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            judge("checked", answer, sheet, "ferry-pier")


def test_hints_on_supported():
    judge("supported", ["a", "C"], "ferry-pier")
    for hint, answer in {"further": ["A", "B", "C"], "leave it out": [], "no claim Z": ["Z"]}.items():
        with pytest.raises(Hint, match=hint):
            judge("supported", answer, "ferry-pier")


def test_a_check_says_its_hint_and_the_notebook_goes_on_but_not_for_nbgrader(capsys, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    check("least_p", lambda a, b: 3)
    assert capsys.readouterr().out.startswith("Not yet. 3 is how many ways")
    assert attempt("least_p", lambda a, b: 3, 2, 1, otherwise="nothing") == "nothing"
    assert "goes on without it" in capsys.readouterr().out
    assert attempt("least_p", lambda a, b: (1 + (a == b)) / math.comb(a + b, b), 2, 1, otherwise=0) == 1 / 3
    for grading_by in ("autograde", "validate"):
        monkeypatch.setenv("NBGRADER_EXECUTION", grading_by)
        with pytest.raises(Hint):
            check("least_p", None)


def stub(one, other):
    """As a workbook has it."""


@pytest.mark.parametrize(
    "answer", [None, ..., "", " \n", {"a": {"b": ""}, "c": {"b": None}}, stub, lambda a, b: None]
)
def test_what_is_untouched_hears_that_there_is_no_answer_yet(answer):
    with pytest.raises(Hint, match="There is no answer yet"):
        judge("overlap", answer)


# --- workbooks, solutions, nbgrader --------------------------------------------------------------------------


def run(notebook, folder):
    """The notebook after all its cells ran, errors and all."""
    from nbclient import NotebookClient

    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(
        notebook, timeout=300, kernel_name="python3", allow_errors=True, resources=resources
    ).execute()


def errors(cell):
    return [output.ename for output in cell.outputs if output.output_type == "error"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_workbook_holds_no_solution(path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    source = nbformat.read(path, as_version=4)
    made = lessons.workbook(source)
    nbformat.validate(made)
    text = "\n".join(cell.source for cell in made.cells)
    assert "SOLUTION" not in text and "HIDDEN" not in text and "assert " not in text
    for cell in code(source):
        solved = re.search(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", cell.source, re.DOTALL)
        assert not solved or solved.group(1).strip() not in text
    assert text.count(lessons.STUB) == sum(bool(grading(cell).get("solution")) for cell in code(source))
    assert all(cell.metadata.get("editable") is False for cell in code(made) if grading(cell).get("grade"))
    whole = "\n".join(cell.source for cell in lessons.solution(source).cells)
    assert (
        "###" not in re.sub(r"^### .*$", "", prose(source), flags=re.MULTILINE) and "### BEGIN" not in whole
    )


def test_the_workbooks_in_jupyterlab_are_made_of_the_sources_and_hold_no_solution():
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    assert {path.name for path in WORKBOOKS.iterdir()} == {lessons.PRIMER, *(path.name for path in LESSONS)}
    for path in LESSONS:
        made = lessons.workbook(nbformat.read(path, as_version=4))
        kept = nbformat.read(WORKBOOKS / path.name, as_version=4)
        assert kept == made, "run: python3 scripts/classroom.py workbooks"
    shown = "".join(path.read_text("utf-8") for path in (ROOT / "notebooks").rglob("*.*"))
    assert "BEGIN SOLUTION" not in shown and "What comes out on paper" not in shown


def test_a_release_archive_holds_workbooks_only(tmp_path):
    if not (ROOT / ".git").exists():
        pytest.skip("no repository to make an archive of")
    git = ["git", "-C", str(ROOT)]
    tree = subprocess.run([*git, "write-tree"], check=True, capture_output=True, text=True).stdout.strip()
    made = subprocess.run(
        [*git, "archive", "--worktree-attributes", "--format=zip", tree], check=True, capture_output=True
    )
    with zipfile.ZipFile(io.BytesIO(made.stdout)) as archive:
        names = archive.namelist()
        notebooks = [archive.read(name).decode() for name in names if name.endswith(".ipynb")]
        asked = "".join(archive.read(name).decode() for name in names if name.startswith("data/lessons/"))
    assert asked and not re.search("^(?:whose|backed|sources) *=", asked, re.MULTILINE)
    assert f"notebooks/lessons/{LESSONS[0].name}" in names and not any("answers" in name for name in names)
    assert not any("BEGIN SOLUTION" in notebook or "HIDDEN TESTS" in notebook for notebook in notebooks)


def test_minutes_fit_into_a_lesson(lesson):
    text = prose(lesson)
    minutes = [int(n) for n in re.findall(r"^##.*?\((\d+) minutes", text, re.MULTILINE)]
    assert len(minutes) == 5 and sum(minutes) == 45
    core = re.findall(r"^### Exercise \d: .*\(\d+ minutes\)$", text, re.MULTILINE)
    further = re.findall(r"^### Exercise \d \(further\): ", text, re.MULTILINE)
    assert len(core) == 2 and len(core) + len(further) == text.count("### Exercise")
    assert text.index("### Worked example") < text.index("### Exercise 1") < text.index("### Exercise 2")


def test_what_is_read_further_has_an_address(lesson):
    read = prose(lesson).split("## To read")[1]
    entries = [line for line in read.splitlines() if line.startswith("- ")]
    assert len(entries) >= 4 and all(re.search(r"<https://\S+>$", line) for line in entries)


# --- real runs: untouched, naive and right answers -----------------------------------------------------------

# What students write at first: by exercise; the points that such answers get are none.
NAIVE = {
    "overlap": "def overlap(one, other):\n    return len(set(one) & set(other)) / len(set(one) | set(other))",
    "align": "def align(before, after, threshold):\n    return [(i, i) for i in range(len(before))]",
    "missed": "missed = mine - ours",
    "shift": "shift = 5",
    "codes": "codes = {name: dict.fromkeys(row, 'mandatory') for name, row in codes.items()} if 'codes' in dir() else 3",
    "share_equal": "def share_equal(one, other):\n    return sum(a == b for a, b in zip(one, other))",
    "alpha": "from collections import Counter\n\n\ndef alpha(one, other):\n    return 1.0",
    "weakest": "weakest = 'status'",
    "find_quotations": "def find_quotations(text):\n    return re.finditer(r'\"(.*)\"', text)",
    "whose": "whose = dict.fromkeys(phrases_of(the_story.name), 'china')",
    "unquoted": "unquoted = 4",
    "concordance": "import nltk\n\n\ndef concordance(tokens, word, width=6):\n    return nltk.word_tokenize(' '.join(tokens))",
    "least_p": "def least_p(a, b):\n    return 1 / (a + b)",
    "finding": "finding = '1 sentence was reworded and 2 were added'",
    "checked": "right, notes = ['no'] * len(sheet), ['x'] * len(sheet)\nchecked = sheet.assign(right=right, note=notes)",
    "supported": "supported = ['A', 'B', 'C', 'D', 'E']",
    "story_toml": "story_toml = 'title: my story'",
}


def naive(notebook):
    """A workbook filled in by somebody who is wrong everywhere."""
    for cell in code(notebook):
        if grading(cell).get("solution"):
            cell.source = NAIVE[grading(cell)["grade_id"]]
    return notebook


def answered(source):
    """{who: the notebook} of a lesson: untouched, naive, right."""
    return {
        "untouched": lessons.workbook(source),
        "naive": naive(lessons.workbook(source)),
        "right": lessons.solution(source),
    }


def said(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_untouched_and_naive_answers_get_a_hint_and_every_cell_runs(path, tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    for who, notebook in answered(nbformat.read(path, as_version=4)).items():
        done = run(notebook, tmp_path)
        assert [(cell.source, errors(cell)) for cell in code(done) if errors(cell)] == [], who
        for cell in code(done):
            if grading(cell).get("grade"):
                begin = {
                    "untouched": "Not yet. There is no answer yet",
                    "naive": "Not yet. ",
                    "right": "Right. ",
                }[who]
                assert said(cell).startswith(begin), (who, cell.source, said(cell))


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_second_story_is_one_parameter_away(number, tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    import papermill

    source = nbformat.read(LESSONS[number - 1], as_version=4)
    (tmp_path / "in.ipynb").write_text(nbformat.writes(lessons.solution(source)), encoding="utf-8")
    papermill.execute_notebook(
        tmp_path / "in.ipynb",
        tmp_path / "out.ipynb",
        {"story": "school-phones"},
        kernel_name="python3",
        progress_bar=False,
    )
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    checks = [said(cell) for cell in code(done) if grading(cell).get("grade")]
    assert len(checks) >= 4 and all(one.startswith("Right.") for one in checks), checks
    shown = " ".join(o.data.get("text/markdown", "") for c in code(done) for o in c.outputs if "data" in o)
    assert "tasks of its own" in shown
    of_phones = lessons.for_story(source, "school-phones")
    assert 'story: str = "school-phones"' in code(of_phones)[0].source
    words = prose(of_phones).split("## What this lesson cannot tell")[0]
    assert not re.search("Korea|Washington|Russia|China |Calder|iplomat|U\\.N\\.|anctions", words), number


@pytest.mark.slow
@pytest.mark.parametrize("story, n", [("north-korea-sanctions", 4), ("school-phones", 1)])
def test_nbgrader_gives_right_answers_full_marks_and_others_none(story, n, tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    from nbgrader.api import Gradebook

    (tmp_path / "nbgrader_config.py").write_text(lessons.CONFIG, encoding="utf-8", newline="\n")

    def nbgrader(*arguments):
        command = [sys.executable, "-m", "nbgrader", *arguments]
        # nbgrader starts alembic by its name alone.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=dict(os.environ, PATH=path),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]

    # What a kernel says of each answer in each story is tested above; here, that nbgrader counts it.
    every = {path.stem: lessons.for_story(nbformat.read(path, as_version=4), story) for path in LESSONS[:n]}
    every = {name: lesson for name, lesson in every.items() if lesson}
    assert len(every) == n
    for name, lesson in every.items():
        lessons.write(lesson, tmp_path / "source" / name / f"{name}.ipynb")
        nbgrader("generate_assignment", name)
        released = nbformat.read(tmp_path / "release" / name / f"{name}.ipynb", as_version=4)
        notebooks = answered(lesson)
        assert [cell.source for cell in released.cells] == [
            cell.source for cell in notebooks["untouched"].cells
        ]
        for student in ("naive", "right"):
            notebook = notebooks[student]
            lessons.write(notebook, tmp_path / "submitted" / student / name / f"{name}.ipynb")
        nbgrader("autograde", name)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        for name, lesson in every.items():
            points = sum(grading(cell).get("points", 0) for cell in code(lesson))
            for student in ("naive", "right"):
                made = book.find_submission(name, student)
                assert (made.score, made.max_score) == (points if student == "right" else 0, points), (
                    name,
                    student,
                )


def test_the_lesson_counts_the_voices_that_the_table_has(story):
    """Lesson 3 says of the earlier version: three sources for the United States, two for China."""
    statements = cd.statements_table(story)
    earlier = statements[statements["version"].eq(next(iter(story.versions)))]
    voices = earlier.groupby("actor")["source_id"].nunique()
    assert (voices["united-states"], voices["china"]) == (3, 2)
    text = prose(nbformat.read(LESSONS[2], as_version=4))
    assert "three sources speak for the United States" in text and "two for China" in text


def test_what_is_asked_of_a_story_stands_in_it():
    for path in (ROOT / "data" / "lessons").glob("*.toml"):
        asked = tasks(path.stem)
        if asked.phrases:
            later = [*cd.read_story(path.stem).versions.values()][-1]
            assert all(one in " ".join(later.text.split()) for one in asked.phrases), path.stem
        if asked.claims:
            texts = asked.texts or {v.id: v.text for v in cd.read_story(path.stem).versions.values()}
            own = lessons.answers()[path.stem]
            assert all(any(one in text for text in texts.values()) for one in own.sources), path.stem
    written = prose(nbformat.read(LESSONS[3], as_version=4))
    for text in tasks("ferry-pier").texts.values():
        assert all(f"> {line}" in written for line in text.splitlines() if line)
    for claim in tasks("ferry-pier").claims:
        assert f"- **{claim.letter}.** {claim.text}" in written


def test_what_lesson_1_says_of_its_reading_is_true_of_the_whole_texts(story):
    """A version that has several sentences on the negotiations is not said to have one: what is said is of those shown."""
    reading = prose(nbformat.read(LESSONS[0], as_version=4))
    many = [one for one in story.versions.values() if len(re.findall("negotiations", one.text)) > 1]
    assert many and "One sentence of each version" not in reading
    for label, sign in (("2", r"2\\."), ("b", r"b\.")):
        assert re.search(rf"> {sign} .*negotiations", reading), label
    assert "Sentences 2 and b speak of long negotiations" in reading


def test_the_answers_on_paper_are_what_comes_out(story):
    page = (ROOT / "teaching" / "answers.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d) \| (.*) \|$", page, re.MULTILINE))
    assert f"{len(words('The plan, they said, was the second plan'))} words" in rows["1"]
    assert f"{overlap('Nobody came to the vote', 'Teachers came to the vote late'):.2f}" in rows["1"]
    reading = nbformat.read(LESSONS[0], as_version=4).cells[1].source
    pair = dict(re.findall(r"^> (\w)\\?\. (.+)$", reading, re.MULTILINE))
    assert set(pair) == {*"1234abcd"}
    for one, other in ("1c", "3d", "4a"):
        assert f"{overlap(pair[one], pair[other]):.2f}" in rows["1"], one + other
    links = cd.compare_versions(*story.versions.values()).links
    texts = story.sentences.set_index("sentence")["text"]
    found = {
        (texts[row.before][:25], texts[row.after][:25])
        for row in links.dropna(subset=["before", "after"]).itertuples()
    }
    assert all((pair[one][:25], pair[other][:25]) in found for one, other in ("1c", "3d", "4a"))
    assert not any(other == pair["b"][:25] for _, other in found)
    scores = [206.8 - 1.015 * 100 / n - 84.6 * 1.6 for n in (4, 5)]
    assert all(f"{score:.1f}" in rows["1"] for score in (*scores, scores[1] - scores[0]))
    both = [(a, b) for a, b in zip("pfp–pp", "pppfpf", strict=True) if "–" not in a + b]
    assert (
        f"{sum(a == b for a, b in both)} of {len(both)}, {share_equal(*zip(*both, strict=True))}" in rows["2"]
    )
    assert f"3: {alpha(list('ppff'), list('pppf')):.2f}" in rows["2"]
    task = prose(nbformat.read(LESSONS[1], as_version=4))
    assert "`p f p – p p` and `p p p f p f`" in task and "`p p f f` and `p p p f`" in task
    assert quotations(nbformat.read(LESSONS[2], as_version=4).cells[1].source) == [
        "deserves the punishment", "cushion Washington's harsh sanctions to some extent.",
        "careful not to punish the North Korean people.",
    ]  # fmt: skip


def test_the_teachers_page_knows_the_lessons_and_their_points():
    page = (ROOT / "teaching" / "README.md").read_text(encoding="utf-8")
    for path in LESSONS:
        points = sum(grading(cell).get("points", 0) for cell in code(nbformat.read(path, as_version=4)))
        assert re.search(rf"^\| `{path.stem}` \|.*\| {points} \|$", page, re.MULTILINE), path.stem
    for command in ("build", "collect FOLDER", "pack windows"):
        assert f"classroom.py {command}" in page
