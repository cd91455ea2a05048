"""The lessons: their parts, their checks and what nbgrader makes of them."""

import math
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import copydesk as cd
import nbformat
import pandas as pd
import pytest
from copydesk.classroom import Hint, check

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks" / "lessons").glob("*.ipynb"))


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
        for module in re.findall(r"^(?:from|import) (\S+)", cell.source, re.MULTILINE):
            assert module in {
                "copydesk", "copydesk.classroom", "collections", "math", "nltk", "pathlib", "re", "tempfile",
            }, module  # fmt: skip
        assert not re.search(r"\._\w", cell.source), cell.source


def test_a_student_needs_no_teachers_packages():
    code = (
        "import sys\nfor name in ('nbgrader', 'openpyxl', 'pypandoc', 'typst'): sys.modules[name] = None\n"
        "from copydesk.classroom import check\ncheck('words', lambda s: set(__import__('re').findall(r'\\w+', s.lower())))"
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


@pytest.mark.parametrize(
    "answer",
    [words, lambda s: frozenset(words(s)), lambda s: {w.strip(",.!“") for w in s.lower().split()} - {""}],
)
def test_right_words(answer, capsys):
    check("words", answer)
    assert capsys.readouterr().out.startswith("Right.")


WRONG = [
    ("words", lambda s: None, "gives nothing back"),
    ("words", lambda s: s.lower().split(), "a set is wanted"),
    ("words", lambda s: s.lower(), "cut it into words"),
    ("words", lambda s: set(re.findall(r"\w+", s)), "Capitals"),
    ("words", lambda s: set(s.lower().split()), "stick to words"),
    ("words", lambda s: set(s.lower()), "stick to words"),
    ("words", lambda s: set(re.sub(r"[,.]", "", s.lower())), "single letters"),
    ("words", lambda s: set(re.findall(r"[a-z]+", s.lower())), "Numbers are lost"),
    ("words", lambda s: s.nothing, "AttributeError"),
    ("words", words("a b"), "by its name"),
    ("words", None, "no answer yet"),
    ("overlap", share("shared", "1"), "Divide it"),
    ("overlap", share("shared", "one"), "first sentence only"),
    ("overlap", share("shared", "other"), "second sentence only"),
    ("overlap", share("shared", "sum"), "count twice"),
    ("overlap", share("twice", "sum"), "Dice"),
    ("overlap", share("union", "shared"), "upside down"),
    ("overlap", lambda a, b: len(set(a) & set(b)) / len(set(a) | set(b)), "or letters?"),
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
    ("align", lambda b, a, t: align(b, a, 0.3), "1.1"),
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
    ("find_quotations", lambda t: str(quotations(t)), "A list of strings"),
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
    ("words", lambda s: {w.strip(",.") for w in s.lower().split()}, "stand by themselves"),
    ("overlap", lambda a, b: 100 * overlap(a, b), "leave out the 100"),
    ("align", lambda b, a, t: dict(align(b, a, t)), "yours is a dict"),
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
    more = [{"A": (True, "")}] if name == "supported" else []
    with pytest.raises(Hint, match=re.escape(hint)):
        check(name, answer, *more)


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
def test_right_answers_are_told_so(name, answer, capsys):
    check(name, answer)
    assert capsys.readouterr().out.startswith("Right.")


def test_a_hint_shows_without_a_traceback():
    with pytest.raises(Hint) as caught:
        check("words", None)
    assert caught.value._render_traceback_() == [f"Not yet. {caught.value}"]


def test_an_unknown_exercise_is_the_teachers_mistake():
    with pytest.raises(cd.InputError, match="There is no exercise 'wards'"):
        check("wards", 1)


@pytest.mark.parametrize(
    "missed, hint",
    [({(0, 0)}, "only yours has"), ({(1, 1)}, "both have"), ({(0, 0), (2, 2)}, r"\^ takes"), (1, "A number")],
)
def test_hints_on_missed(missed, hint):
    mine, ours = {(0, 0), (1, 1)}, {(1, 1), (2, 2)}
    check("missed", {(2, 2)}, mine, ours)
    check("missed", [(2, 2)], mine, ours)
    with pytest.raises(Hint, match=hint):
        check("missed", missed, mine, ours)


def test_hints_on_shift(story):
    formula = "Flesch reading ease"

    def ease(table, which=formula):
        return table[table["formula"].eq(which)].set_index("version")["score"]

    raw, fair = cd.readability.raw_readability_table(story), cd.readability.readability_table(story)
    check("shift", ease(raw) - ease(fair), story)
    check("shift", (ease(raw) - ease(fair)).to_dict(), story)
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
            check("shift", answer, story)


@pytest.mark.parametrize(
    "counts, hint",
    [
        ({"aol:S0006": 3, "aol:S0027": 3}, "fewer than the coders"),
        ({"aol:S0006": 5, "aol:S0027": 3}, "'including'"),
        ({"aol:S0006": 4, "aol:S0027": 4}, "one type under one verb"),
        ({"aol:S0006": 4, "aol:S0027": None}, "Write the number"),
        ({"aol:S0906": 4}, "no sentence"),
    ],
)
def test_hints_on_counts(story, counts, hint):
    check("counts", {"aol:S0006": 4, "aol:S0027": 3}, story)
    with pytest.raises(Hint, match=hint):
        check("counts", counts, story)


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

    check("codes", as_dicts(RIGHT_CODES), story)
    wrong = [*RIGHT_CODES[measure]]
    wrong[place] = value
    with pytest.raises(Hint, match=hint):
        check("codes", as_dicts(RIGHT_CODES | {measure: wrong}), story)


def test_an_answer_that_was_taken_out_is_none(story):
    for name, asked in {"counts": ["aol:S0006"], "codes": ["fuel ban"]}.items():
        with pytest.raises(Hint, match="not in your dict any more"):
            check(name, {}, story, asked)
    with pytest.raises(Hint, match="'harsh': not in your dict"):
        check("whose", {}, story, "longer", ["harsh"])


def test_every_lesson_says_what_it_asks():
    """An emptied dict scores nothing: the check cells name what the answer cells hold."""
    for number, name in ((2, "counts"), (2, "codes"), (3, "whose")):
        cells = code(nbformat.read(LESSONS[number - 1], as_version=4))
        answer, test = (
            next(cell.source for cell in cells if grading(cell).get("grade_id") == wanted)
            for wanted in (name, f"{name}-check")
        )
        keys = re.findall(r'^    "([^"]+)":|[{,] ?"([^"]+)": None', answer.split("###")[0], re.MULTILINE)
        assert keys and all(f'"{one or other}"' in test for one, other in keys), name


def test_hints_on_weakest(story):
    rates = cd.coding.agreement(story, "measures")
    rates = rates[rates["note"].eq("") & rates["alpha"].notna()]
    right = rates.loc[rates["alpha"].idxmin(), "field"]
    raw = rates.loc[rates["agreement"].idxmin(), "field"]
    check("weakest", right, story)
    with pytest.raises(Hint, match="allows for chance" if raw != right else "one is lower"):
        check("weakest", raw if raw != right else "status", story)
    with pytest.raises(Hint, match="one is lower"):
        check("weakest", "status", story)
    with pytest.raises(Hint, match="in quotation marks"):
        check("weakest", 3, story)


def test_hints_on_unquoted(story):
    rows = [
        ("a", "indirect", 5),
        ("a", "indirect", 4),
        ("a", "mixed", 9),
        ("a", "direct", 7),
        ("b", "direct", 3),
    ]
    statements = pd.DataFrame(rows, columns=["version", "quotation", "words"])
    check("unquoted", (2, 4), statements, "a")
    wrong = {
        "both versions": (2, 5), "wrong way round": (4, 2), "These are words": (9, 25),
        "'mixed' has": (3, 4), "n is all": (2, 9), "yours is 1": (1, 4), "Two numbers": 2,
    }  # fmt: skip
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            check("unquoted", answer, statements, "a")


@pytest.mark.parametrize(
    "phrase, answer, hint",
    [
        ("harsh punitive measures", "united-states", "A paraphrase is in the words"),
        ("deserves the punishment", "reporter", "inside quotation marks"),
        ("deserves the punishment", "china", "speaks for itself"),
        ("unprecedented ban", "united-states", "nobody is named"),
        ("unswerving goodwill", "beijing", "is nobody here"),
        ("unheard of", "reporter", "does not stand"),
        ("unswerving goodwill", None, "Whose words are"),
    ],
)
def test_hints_on_whose(story, phrase, answer, hint):
    right = {"harsh punitive measures": "reporter", "unswerving goodwill": "global-times"}
    check("whose", right, story, "longer")
    with pytest.raises(Hint, match=hint):
        check("whose", {**right, phrase: answer}, story, "longer")


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
    check("story_toml", GOOD_TOML, tmp_path)
    with pytest.raises(Hint, match=hint):
        check("story_toml", GOOD_TOML.replace(old, new), tmp_path)


def test_hints_on_finding():
    class Comparison:
        links = pd.DataFrame({"relation": ["reworded", "reworded", "added", "identical"]})

    check("finding", "2 sentences were reworded, 1 was added.", Comparison)
    wrong = {
        "speak of sentences that were added": "2 were reworded.",
        "the sentence has the numbers": "3 were reworded, 1 added.",
        "Two versions show a difference": "2 were reworded and 1 added because of pressure.",
        "A sentence is wanted": 2,
    }
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            check("finding", answer, Comparison)


def test_hints_on_checked():
    sheet = pd.DataFrame({"source": ["Mayor Ines Calder", "the pier, Tom Varga"], "right": "", "note": ""})
    check("checked", sheet.assign(right=["yes", "no"], note=["", "cut off"]), sheet)
    wrong = {
        "not checked yet": sheet,
        "neither yes nor no": sheet.assign(right=["maybe", "no"]),
        "write into its note": sheet.assign(right=["yes", "no"]),
        "from its first": sheet.assign(right="yes"),
        "check every row": sheet.head(1).assign(right="yes"),
        "table itself": ["yes", "no"],
    }
    for hint, answer in wrong.items():
        with pytest.raises(Hint, match=hint):
            check("checked", answer, sheet)


def test_hints_on_supported():
    claims = {"A": (True, "look."), "B": (False, "why.")}
    check("supported", ["a"], claims)
    for hint, answer in {"further": ["A", "B"], "leave it out": [], "no claim Z": ["Z"]}.items():
        with pytest.raises(Hint, match=hint):
            check("supported", answer, claims)


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
    from copydesk.classroom import lessons

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


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_solution_runs_and_the_empty_workbook_fails_at_its_checks_alone(path, tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    from copydesk.classroom import lessons

    source = nbformat.read(path, as_version=4)
    solved = run(lessons.solution(source), tmp_path)
    assert [errors(cell) for cell in code(solved) if errors(cell)] == []
    empty = run(lessons.workbook(source), tmp_path)
    for cell in code(empty):
        assert errors(cell) == (["Hint"] if grading(cell).get("grade") else []), cell.source


@pytest.mark.slow
def test_nbgrader_gives_solutions_full_marks_and_empty_workbooks_none(tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    from copydesk.classroom import lessons
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

    for path in LESSONS:
        source = tmp_path / "source" / path.stem / path.name
        source.parent.mkdir(parents=True)
        source.write_bytes(path.read_bytes())
        nbgrader("generate_assignment", path.stem)
        released = nbformat.read(tmp_path / "release" / path.stem / path.name, as_version=4)
        built = lessons.workbook(nbformat.read(path, as_version=4))
        assert [cell.source for cell in released.cells] == [cell.source for cell in built.cells]
        solved = lessons.solution(nbformat.read(path, as_version=4))
        for student, notebook in (("solved", solved), ("empty", built)):
            folder = tmp_path / "submitted" / student / path.stem
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / path.name)
        nbgrader("autograde", path.stem)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        for path in LESSONS:
            cells = code(nbformat.read(path, as_version=4))
            points = sum(grading(cell).get("points", 0) for cell in cells)
            solved, empty = (book.find_submission(path.stem, student) for student in ("solved", "empty"))
            assert (solved.score, solved.max_score) == (points, points), path.stem
            assert (empty.score, empty.max_score) == (0, points), path.stem


def test_the_answers_on_paper_are_what_comes_out(story):
    page = (ROOT / "notebooks" / "lessons" / "TEACHING.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d) \| (.*) \|$", page, re.MULTILINE))
    assert f"{len(words('The draft, diplomats said, was the second draft'))} words" in rows["1"]
    assert f"{overlap('Nobody came to the vote', 'Diplomats came to the vote late'):.2f}" in rows["1"]
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
    assert f"4: {alpha(list('ppff'), list('pppf')):.2f}" in rows["2"]
    task = prose(nbformat.read(LESSONS[1], as_version=4))
    assert "`p f p – p p` and `p p p f p f`" in task and "`p p f f` and `p p p f`" in task
    assert quotations(prose(nbformat.read(LESSONS[2], as_version=4)))[:3] == [
        "deserves the punishment", "cushion Washington's harsh sanctions to some extent.",
        "careful not to punish the North Korean people.",
    ]  # fmt: skip


def test_the_teachers_page_knows_the_lessons_and_their_points():
    page = (ROOT / "notebooks" / "lessons" / "TEACHING.md").read_text(encoding="utf-8")
    for path in LESSONS:
        points = sum(grading(cell).get("points", 0) for cell in code(nbformat.read(path, as_version=4)))
        assert re.search(rf"^\| `{path.stem}` \|.*\| {points} \|$", page, re.MULTILINE), path.stem
    for command in ("build", "collect FOLDER", "pack windows"):
        assert f"classroom.py {command}" in page
