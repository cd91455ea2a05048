"""Sanctions measures against codings: precision, recall, the fields, and time against NLTK's tokeniser.

    python3 scripts/bench.py measures [--story NAME] [--gold FILE] [--rounds N]

Without --gold: the rules against the resolved coding of a story of the project. The rules were developed on the
bundled story, so that its score says only that they still do what they did.

FILE is JSON, any other texts coded by reading: [{"text", "measures": [{"start", "end", "type", "status", ...}]}],
offsets in code points, the other fields as in data/codebooks/measures-coding.md. A measure is found when a row of
its type overlaps it, one to one; umbrellas are left out on both sides.
"""

import json
from pathlib import Path

from copydesk.engine.codebooks import read_text
from copydesk.errors import InputError

from benches.common import print_table, run_in_turns

FIELDS = ("status", "change", "binding_before", "binding_after", "quantity", "unit", "obligated_party")


def add_arguments(parser):
    parser.add_argument("--story", default="north-korea-sanctions", help="a story with a resolved coding")
    parser.add_argument("--gold", type=Path, help="other texts with their measures, a JSON file")
    parser.add_argument(
        "--rounds", type=int, default=30, help="runs of which the median is taken (default 30)"
    )


def run(args):
    if args.gold:
        _score_gold(args.gold)
    else:
        _score_story(args.story)
    _time(args.story, 5 if args.small else args.rounds)


def _score_story(name):
    from copydesk.stories.coding import against_rules
    from copydesk.stories.story import read_story
    from copydesk.stories.tables import measures_of_versions

    story = read_story(name)
    agreement, differences = against_rules(story, "measures", measures_of_versions(story))
    if agreement.empty:
        raise InputError(f"The story {name} has no resolved coding of measures; code it, or give --gold.")
    rows = []
    for row in agreement.itertuples():
        if row.field == "units":
            rows.append(["units", f"{row.n_a}", f"P {row.precision:.2f} R {row.recall:.2f}"])
        elif row.n:
            rows.append([row.field, f"{row.n}", f"{row.agreement:.2f}"])
    print_table(f"{name}: the rules against the resolved coding", ["field", "n", "agreement"], rows,
                "Rules developed on this story.")  # fmt: skip
    for row in differences.itertuples():
        print(f"{row.version} {row.start} {row.field}: {row.value_a} | {row.value_b}: {row.words[:80]}")


def _score_gold(path):
    from copydesk.stories.tables import find_measures

    try:
        texts = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not valid JSON: line {error.lineno}, {error.msg}.") from None
    matched, n_gold, n_found = [], 0, 0
    for number, item in enumerate(texts, 1):
        if not isinstance(item, dict) or not {"text", "measures"} <= item.keys():
            raise InputError(f"{path}, text {number}: give an object with 'text' and 'measures'.")
        table = find_measures(item["text"])
        found = table[~table["umbrella"]].to_dict("records")
        gold = [row for row in item["measures"] if row.get("umbrella") not in (True, "yes")]
        n_gold, n_found = n_gold + len(gold), n_found + len(found)
        matched += _match(gold, found)
    share = [len(matched) / (n_found or 1), len(matched) / (n_gold or 1)]
    rows = [["units", f"{n_gold}", f"P {share[0]:.2f} R {share[1]:.2f}"]]
    for field in FIELDS:
        pairs = [(one[field], other[field]) for one, other in matched if field in one]
        if pairs:
            equal = sum(_same(*pair) for pair in pairs)
            rows.append([field, f"{len(pairs)}", f"{equal / len(pairs):.2f}"])
    print_table(f"{path.name}: the rules against the coding", ["field", "n", "agreement"], rows)


def _match(gold, found):
    """Pairs of a coded measure and a row of its type that overlaps it, the most overlap first, one to one."""
    pairs = sorted(
        (
            (max(one["start"], other["start"]) - min(one["end"], other["end"]), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one["type"] == other["type"]
        ),
    )
    taken, matched = (set(), set()), []
    for gap, i, j in pairs:
        if gap < 0 and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matched.append((gold[i], found[j]))
    return matched


def _same(one, other):
    """Whether two cells say the same; a missing number is an empty one."""
    one, other = ("" if value is None or str(value) in ("nan", "<NA>") else value for value in (one, other))
    try:
        return float(one) == float(other)
    except ValueError:
        return str(one).casefold() == str(other).casefold()


def _time(name, rounds):
    from copydesk.engine.text import Document
    from copydesk.stories.story import read_story
    from copydesk.stories.tables import find_measures
    from nltk.tokenize import NLTKWordTokenizer

    texts = [version.document.text for version in read_story(name).versions.values()]
    methods = {
        "NLTKWordTokenizer": NLTKWordTokenizer().tokenize,
        "tokens and sentences": lambda text: Document(text).sentences,
        "find_measures, tokens and sentences included": find_measures,
    }
    run_in_turns(methods, texts)
    _, milliseconds = run_in_turns(methods, texts, rounds)
    base = sum(milliseconds["NLTKWordTokenizer"])
    rows = [
        [method, f"{sum(times) / len(times):.1f}", f"{sum(times) / base:.1f}"]
        for method, times in milliseconds.items()
    ]
    words = sum(len(text.split()) for text in texts) // len(texts)
    print_table(f"Time a text of {words} words", ["method", "ms", "times NLTK"], rows)
