"""Sanctions measures against codings: precision, recall, the fields, and time against NLTK's tokeniser.

Without --gold: the rules against the resolved coding of a story of the project. The rules were developed on the
bundled story, so that its score says only that they still do what they did.

FILE is a coding of other texts, a CSV with a row a measure (document, spans, type, status, …, umbrella, optional), with
`texts/DOCUMENT.txt` and `index.csv` (id, sender, year) beside. A coded measure is found where a row shares at least half
of the shorter one's characters with it, one to one; umbrellas are left out on both sides, and optional rows neither
missed nor false. The first table is by the weights of the codebook, which were fitted on such stories; in the second
each story is scored by weights that were fitted without the stories of its sender. FOLDER holds texts (`*.txt`) that
report no measure; how many rows the rules find in them is printed. With --fit the weights are fitted anew on FILE, FOLDER
and our own texts (`tests/measure_texts.py`, the bundled story) and written into the codebook's table of weights.
With --wordnet the nouns of data/codebooks/nouns.toml are derived anew from the data files of WordNet 3.1 in FOLDER.
"""

import math
import re
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import click
from copydesk.engine import toml_files
from copydesk.engine.measures import candidate_rows
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import codebook, load_nouns
from copydesk.engine.spans import read_spans, write_spans
from copydesk.engine.toml_files import read_text
from copydesk.errors import InputError

from benches.common import PATH, SMALL, SWEEP, print_table, run_in_turns, sweep

FIELDS = ("type", "status", "change", "binding_after", "quantity")
COLUMNS = ["coded", "P", "R", "F1", *FIELDS]
_OVERLAP = 0.5  # the share of the shorter one's characters from which two rows tell of one measure
# What the fit expects of a feature before it has seen an example: what is not so, or only wished for, is no measure.
PRIOR = {
    "negated": -4, "question": -4, "called for": -4, "judged": -3, "rejected": -4, "law": -4, "own choice": -3,
    "unreal": -4, "procedure": -4, "target acts": -3, "unknown governor": -2, "other acts": -1, "supposed": -1,
    "listed in passing": -2, "ordinary story": -1, "domestic": -2.5, "placeless": -1.5, "own trade": -3, "own conduct": -3,
    "vague and domestic": -2, "acts alone": -1, "weak in ordinary story": -1, "sender or target wanting": -4,
    "answers": -3, "undertaken": -6, "domestic in ordinary story": -1, "weak deed of another": -1,
}  # fmt: skip


@click.command(help=__doc__)
@SMALL
@click.option("--story", default="north-korea-sanctions", help="A story with a resolved coding.")
@click.option(
    "--gold",
    type=PATH,
    metavar="FILE",
    multiple=True,
    help="A coding of other texts, a CSV file; may be repeated.",
)
@click.option("--plain", type=PATH, metavar="FOLDER", help="Texts (*.txt) that report no measure.")
@click.option("--fit", "is_fitted", is_flag=True, help="Fit the codebook's weights anew on all of these.")
@click.option("--wordnet", type=PATH, metavar="FOLDER", help="Derive the codebook's nouns from WordNet.")
@SWEEP
@click.option("--rounds", default=30, show_default=True, help="Runs of which the median is taken.")
def bench(small, story, gold, rounds, **given):
    if given["is_fitted"] and not gold:
        raise InputError("--fit needs coded stories; give them with --gold FILE.")
    if given["sweep"]:
        _sweep(gold)
        return
    if given["wordnet"]:
        _write_nouns(Path(given["wordnet"]))
        return
    if gold:
        _score_gold(gold, given["plain"], given["is_fitted"])
    else:
        _score_story(story)
    _time(story, 5 if small else rounds)


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


def _score_gold(paths, plain, is_fitted):
    files = {path: _read_gold(path) for path in paths}
    texts = _plain_texts(plain)
    fits = _Fits([story for stories in files.values() for story in stories], texts)
    if is_fitted:
        _write_weights(fits.on(fits.stories))
    for path, stories in files.items():
        left_out = _scores(stories, fits.without)
        for title, scores in (
            ("by the codebook's weights", _scores(stories, lambda story: codebook().weights)),
            ("each sender's stories left out of the fit", left_out),
        ):
            rows = [_row(name, own) for name, own in _groups(stories, scores)]
            print_table(f"{path.name}: {title}", ["stories", "n", *COLUMNS], rows)
        for story, score in zip(stories, left_out, strict=True):
            for kind, name, words in score.errors:
                print(f"{story.id}\t{kind}\t{name}\t{words[:90]}")
    if texts:
        false = sum(len(_rows_of(candidates, codebook().weights)) for candidates in texts)
        print(f"{false} rows in {len(texts)} texts that report no measure")


def _sweep(paths):
    if not paths:
        raise InputError("--sweep varies the limits on coded stories; give them with --gold FILE.")
    stories = [story for path in paths for story in _read_gold(path)]

    def read():
        own = (story._replace(candidates=candidate_rows(story.text)) for story in stories)
        return [_score(story, codebook().weights) for story in own]

    title = f"{paths[0].name}: by the codebook's weights, one limit at a time"
    sweep(title, LIMITS, "copydesk.engine.measures", read, COLUMNS, lambda scores: _row("", scores)[2:])


def _plain_texts(folder):
    """The candidates of each text in a folder."""
    return [candidate_rows(read_text(path)) for path in sorted(folder.glob("*.txt"))] if folder else []


def _write_weights(weights):
    """Put a table of weights in the place of the codebook's, the heaviest first, and read the codebook anew."""
    path = toml_files.data_folder() / "codebooks" / "sanctions.toml"
    text = read_text(path)
    start = text.index("[weights]\n") + len("[weights]\n")
    end = text.index("\n[language]", start)
    lines = (
        f"{name if name.isalpha() else chr(34) + name + chr(34)} = {value:.2f}\n"
        for name, value in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    )
    path.write_text(text[:start] + "".join(lines) + text[end:], encoding="utf-8")
    toml_files.load.cache_clear()


class Story(NamedTuple):
    """A coded story: its rows as dicts of strings, and the candidates that the rules find in it."""

    id: str
    sender: str
    decade: str
    gold: list
    candidates: list
    text: str


class Score(NamedTuple):
    """found, false, missed: counts; right: of each field how often the matched units have it right."""

    found: int
    false: int
    missed: int
    right: dict
    errors: list


def _read_gold(path):
    """The stories of a coding in CSV: FILE has a row a measure, `texts/DOCUMENT.txt` and `index.csv` stand beside."""
    import csv

    def table(name):
        return list(csv.DictReader(read_text(name).splitlines()))

    index = {row["id"]: row for row in table(path.with_name("index.csv"))}
    gold = {}
    for row in table(path):
        gold.setdefault(row["document"], []).append(row)
    stories = []
    for name, rows in gold.items():
        about = index.get(name, {"sender": path.stem, "year": "0"})
        text = read_text(path.parent / "texts" / f"{name}.txt")
        counted = [row for row in rows if row["umbrella"] != "yes" and row["type"] != "none"]
        decade = f"{about['year'][:3]}0s"
        stories.append(Story(name, about["sender"], decade, counted, candidate_rows(text), text))
    return stories


def _cover(spans):
    return {k for start, end in spans for k in range(start, end)}


def _share(one, other):
    return len(one & other) / max(1, min(len(one), len(other)))


class _Fits:
    """The weights fitted without one sender's stories, each once."""

    def __init__(self, stories, plain):
        self.stories, self.known = stories, {}
        self.own = _own_examples() + [one for candidates in plain for one in _examples(candidates, ())]

    def without(self, story):
        if story.sender not in self.known:
            self.known[story.sender] = self.on([one for one in self.stories if one.sender != story.sender])
        return self.known[story.sender]

    def on(self, stories):
        """The weights fitted on some stories, our own texts and those without measures."""
        examples = [example for one in stories for example in _examples(one.candidates, one.gold)]
        return fit(self.own + examples)


def _examples(candidates, gold):
    """(features, whether it is a measure) of each candidate; what a coder may leave out is neither."""
    covers = [(_cover(read_spans(row["spans"])), row.get("optional") == "yes") for row in gold]
    found = []
    for row in candidates:
        if row["umbrella"]:
            continue
        cover = _cover(row["spans"])
        met = [optional for own, optional in covers if _share(cover, own) >= _OVERLAP]
        if not (met and all(met)):
            found.append((row["features"], bool(met)))
    return found


def _own_examples():
    """The examples of our own texts: those of tests/measure_texts.py, and the bundled story by its resolved coding."""
    import sys

    from copydesk.stories import resolved
    from copydesk.stories.story import read_story

    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
    from measure_texts import BLIND, LOOK_ALIKES, PAIRS, STORIES, TALK, read_marked

    found = []
    stories = (*STORIES.values(), *BLIND.values())
    for marked in (*(text for pair in PAIRS for text in pair), *stories, *LOOK_ALIKES, *TALK):
        text, rows = read_marked(marked)
        gold = [
            {"spans": write_spans(row["spans"]), "optional": "yes" if row["optional"] else "no"}
            for row in rows
        ]
        found += _examples(candidate_rows(text), gold)
    story = read_story("north-korea-sanctions")
    coded = resolved.measures(story)
    for name, version in story.versions.items():
        own = coded[coded["version"].eq(name) & ~coded["umbrella"]]
        found += _examples(candidate_rows(version.document.text), own.to_dict("records"))
    return found


def fit(examples, ridge=1.0, rounds=60):
    """Weights of features by logistic regression with a ridge towards `PRIOR`: dict from name to weight.

    examples: pairs (features, whether it is a measure). Newton's method, its steps halved until they gain.
    """
    import numpy as np

    names = sorted({name for features, _ in examples for name in features})
    x = np.array([[name in features for name in names] for features, _ in examples], float)
    y = np.array([label for _, label in examples], float)
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    strength = np.array([0.05 if name == "bias" else ridge for name in names])

    def loss(w):
        z = x @ w
        return (np.logaddexp(0, z) - y * z).sum() + 0.5 * (strength * (w - prior) ** 2).sum()

    w = np.zeros(len(names))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + strength * (w - prior)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(strength), gradient)
        length = 1.0
        while loss(w - length * step) > loss(w) and length > 1e-6:
            length /= 2
        w = w - length * step
        if np.abs(length * step).max() < 1e-6:
            break
    return dict(zip(names, w.tolist(), strict=True))


def _scores(stories, weights_of):
    return [_score(story, weights_of(story)) for story in stories]


def _score(story, weights):
    rows = _rows_of(story.candidates, weights)
    pairs = _pairs(rows, story.gold)
    errors, right, found = [], dict.fromkeys(FIELDS, 0), 0
    for i, row in enumerate(rows):
        words = " … ".join(story.text[start:end] for start, end in sorted(row["spans"]))
        if i not in pairs:
            errors.append(("false", row["type"], words))
        elif story.gold[pairs[i]]["optional"] != "yes":
            found += 1
            for field in FIELDS:
                same = _same(row[field], story.gold[pairs[i]][field])
                right[field] += same
                if not same and field in ("type", "status", "quantity"):
                    errors.append((field, f"{row[field]}, coded {story.gold[pairs[i]][field]}", words))
    lost = [
        gold for k, gold in enumerate(story.gold) if k not in pairs.values() and gold["optional"] != "yes"
    ]
    errors += [("missed", gold["type"], gold["text"]) for gold in lost]
    return Score(found, sum(kind == "false" for kind, *_ in errors), len(lost), right, errors)


def _rows_of(candidates, weights):
    """The rows that some weights accept, umbrellas left out."""
    from copy import deepcopy

    from copydesk.engine.measures.merging import merge

    accepted = [
        row for row in candidates if round(math.fsum(weights.get(f, 0) for f in row["features"]), 6) > 0
    ]
    return [row for row in merge(deepcopy(accepted)) if not row["umbrella"]]


def _pairs(rows, gold):
    """{row: coded row}: one to one, those of one type first, then by the share of the shorter one's characters, then
    those of like length."""
    covers = [_cover(read_spans(one["spans"])) for one in gold]
    own = [_cover(row["spans"]) for row in rows]
    ranked = sorted(
        (
            (row["type"] == gold[k]["type"], _share(own[i], cover), -abs(len(own[i]) - len(cover)), -i, -k)
            for i, row in enumerate(rows)
            for k, cover in enumerate(covers)
        ),
        reverse=True,
    )
    pairs = {}
    for _, share, _, i, k in ranked:
        if share >= _OVERLAP and -i not in pairs and -k not in pairs.values():
            pairs[-i] = -k
    return pairs


def _groups(stories, scores):
    """(name, scores) of all stories, of each sender's and of each decade's."""
    yield "all", scores
    for field in ("sender", "decade"):
        for name in sorted({getattr(story, field) for story in stories}):
            own = zip(stories, scores, strict=True)
            yield name, [score for story, score in own if getattr(story, field) == name]


def _row(name, scores):
    found, false, missed = (sum(getattr(s, part) for s in scores) for part in ("found", "false", "missed"))
    p, r = found / max(1, found + false), found / max(1, found + missed)
    fields = [f"{sum(s.right[field] for s in scores) / max(1, found):.2f}" for field in FIELDS]
    f1 = 2 * p * r / max(p + r, 1e-9)
    return [name, f"{len(scores)}", f"{found + missed}", f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}", *fields]


def _same(one, other):
    """Whether two cells say the same; a missing number is an empty one, and so is "not stated"."""
    empty = ("", "nan", "<NA>", "None", "not stated")
    one, other = ("" if str(value) in empty else value for value in (one, other))
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


# --- nouns of a class, from WordNet -----------------------------------------------------------------


def _write_nouns(folder):
    """Write the words of data/codebooks/nouns.toml anew, those below the roots that it names."""
    path = toml_files.data_folder() / "codebooks" / "nouns.toml"
    head, _, _ = path.read_text(encoding="utf-8").partition("[words]\n")
    book = codebook()
    known = {phrase for kind in book.types.values() for phrase in kind.objects}
    for action in book.actions.values():
        known |= {
            phrase.split("/")[0]
            for phrase in (*action.verbs, *action.weak, *action.nouns, *action.weak_nouns)
        }
    found = _nouns_below(folder, load_nouns().roots)
    lines = [
        f'{name} = """\n' + textwrap.fill(" ".join(sorted(words - known)), 118) + '\n"""\n'
        for name, words in found.items()
    ]
    path.write_text(head + "[words]\n" + "".join(lines), encoding="utf-8")


def _nouns_below(folder, roots):
    """{class: nouns} of WordNet's data files: those of whose use three fifths are below one of the class's roots."""
    below, names, sources = _synsets(folder)
    words = defaultdict(list)
    for line in read_text(folder / "index.sense").splitlines():
        key, synset, number, count = line.split()
        lemma, _, sense = key.partition("%")
        if sense.startswith("1"):
            words[lemma].append((int(number), synset, int(count)))
    classes = {}
    for name, own in roots.items():
        todo = [
            sorted(words[word])[int(number) - 1][1]
            for word, _, number in (root.partition("#") for root in own)
        ]
        while todo:
            synset = todo.pop()
            if synset not in classes:
                classes[synset] = name
                todo += below[synset]
    found = {name: set() for name in roots}
    for lemma, senses in words.items():
        if re.fullmatch("[a-z]{3,}", lemma) and names.isdisjoint(synset for _, synset, _ in senses):
            name = _class_of([one for one in senses if one[1] in classes or one[1] not in sources], classes)
            if name:
                found[name].add(lemma)
    return found


def _synsets(folder):
    """({synset: those below it}, synsets that are names, synsets of animals and plants, from which food is made)."""
    below, names, sources = defaultdict(list), set(), set()
    for line in read_text(folder / "data.noun").splitlines():
        if line.startswith(" "):
            continue
        cells = line.partition(" | ")[0].split()
        pointers = cells[5 + 2 * int(cells[3], 16) :]
        for kind, parent in zip(pointers[::4], pointers[1::4], strict=False):
            if kind == "@":
                below[parent].append(cells[0])
        if cells[4][0].isupper():
            names.add(cells[0])
        if cells[1] in ("05", "20"):
            sources.add(cells[0])
    return below, names, sources


def _class_of(senses, classes):
    """The class of three fifths of a noun's use; senses: (number, synset, how often it was counted)."""
    shares = defaultdict(float)
    for number, synset, count in senses:
        shares[classes.get(synset)] += count + 1 / number
    best = max(shares, key=lambda one: shares[one], default=None)
    return best if best and shares[best] >= 0.6 * sum(shares.values()) else None
