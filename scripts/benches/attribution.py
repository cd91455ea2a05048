"""Statements against annotated articles: precision, recall, the right speaker, and what they cost.

Without --gold: what the rules cost on the bundled story, repeated to 100,000 words. FILE is JSON:
[{"doc_id", "text", "attributions": [{"source_spans", "cue_spans", "content_spans", "type"}]}], spans as
[start, end] in code points, `type` one of direct, mixed, indirect. `--tokenised` reads the texts as some archives
keep them, with a blank before and behind every mark; what is found is scored at its place in FILE's text.

A statement is found when its content shares half of its words with an annotated content (intersection over
union of word positions at least .5), one to one in each article, the closest pairs first. Its speaker is right
when the two sources share a word. `joint` counts only statements found with the right speaker (where nobody is
annotated as the source, any is taken as right).
"""

import json
import random
import re
from bisect import bisect_left
from collections import Counter
from types import SimpleNamespace

import click
from copydesk.engine.toml_files import read_text
from copydesk.errors import InputError

from benches.common import PATH, SMALL, SWEEP, print_table, run_in_turns, save_figure, sweep

KINDS = ("direct", "mixed", "indirect")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")


@click.command(help=__doc__)
@SMALL
@click.option("--gold", type=PATH, metavar="FILE", help="Annotated articles, a JSON file.")
@click.option("--quoted-only", is_flag=True, help="Score direct and mixed statements only.")
@click.option("--lower-case", is_flag=True, help="Read the texts without their capitals.")
@click.option("--tokenised", is_flag=True, help="Read the texts with blanks around marks.")
@SWEEP
@click.option("--overlap", default=0.5, show_default=True, help="Least overlap of contents.")
@click.option("--resamples", default=1000, show_default=True, help="Bootstrap resamples.")
@click.option("--predictions", type=PATH, metavar="FILE", help="Write what was found to this JSON file.")
@click.option("--rounds", default=9, show_default=True, help="Runs whose median time is taken.")
def bench(**given):
    options = SimpleNamespace(**given)
    if options.sweep:
        vary(options)
        return
    if options.gold:
        score(options)
    time_it(options)


def vary(args):
    """F1 and joint F1 with each limit of the rules halved, doubled and a thousandfold, the others as they are."""
    from copydesk.engine.language.limits import LIMITS

    if not args.gold:
        raise InputError("--sweep varies the limits on annotated articles; give them with --gold FILE.")
    articles = read_gold(args.gold)

    def read():
        found = (_kept(predict(one), args) for one in articles)
        return [
            count(one["text"], _kept(one, args), own, args.overlap)
            for one, own in zip(articles, found, strict=True)
        ]

    def shown(tallies):
        return [f"{value:.4f}" for value in figures(sum(tallies, Counter()))[2:]]

    sweep(args.gold.name, LIMITS, "copydesk.engine.language", read, ["F1", "joint F1"], shown)


def score(args):
    articles = read_gold(args.gold)
    found = [predict(article, args.lower_case, args.tokenised) for article in articles]
    if args.predictions:
        args.predictions.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    counts = [
        count(article["text"], _kept(article, args), _kept(prediction, args), args.overlap)
        for article, prediction in zip(articles, found, strict=True)
    ]
    report(counts, args.resamples)


def read_gold(path):
    """The annotated articles of a file, as a list of dicts. Raises InputError with the place and the fix."""
    try:
        articles = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path} is not JSON (line {error.lineno}: {error.msg}); give the annotated articles."
        ) from None
    if not isinstance(articles, list) or not articles:
        raise InputError(
            f"{path} holds no list of articles; give a JSON list of objects with doc_id and text."
        )
    for number, article in enumerate(articles, 1):
        for key in ("doc_id", "text", "attributions"):
            if not isinstance(article, dict) or key not in article:
                raise InputError(f"{path}, article {number}: the key '{key}' is missing; add it.")
    return articles


def predict(article, lower_case=False, tokenised=False):
    """What the rules find in an article, in the form of the annotated ones."""
    from copydesk.engine.language import limits
    from copydesk.engine.statements import find_statements

    text = article["text"]
    if lower_case:  # letter by letter, so that offsets hold
        text = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    places = range(len(text))
    if tokenised:
        text, places = with_blanks(text)

    def back(span):
        return [places[span.start], places[span.end - 1] + 1]

    found = [
        {
            "source_spans": [back(statement.source)] if statement.source else [],
            "cue_spans": [back(statement.cue)] if statement.cue else [],
            "content_spans": [back(span) for span in statement.content],
            "type": statement.quotation,
        }
        for statement in find_statements(text, limits.LIMITS)
    ]
    return {"doc_id": article["doc_id"], "attributions": found}


_MARK = re.compile(
    r"""''|``|[“”‘’"„«»`(),;:?!\[\]…—–]|'(?:s|re|ll|ve|d|m)\b|'(?=\W|$)|(?<=\W)'|\.(?=["”’')]*(?:\s|$))"""
)


def with_blanks(text):
    """(the text with a blank before and behind every mark, the place in `text` of each of its characters).

    A full stop is set apart where a sentence can end: not in "U.S. officials" and not behind an abbreviation.
    """
    from copydesk.engine.language.english import english

    made, places = [], []

    def add(characters, place):
        made.append(characters)
        places.extend(range(place, place + len(characters)))

    def blank(place):
        if made and not made[-1][-1].isspace():
            made.append(" ")
            places.append(place)

    words = english().words
    abbreviations = words.abbreviations | words.names_abbreviated
    done = 0
    for match in _MARK.finditer(text):
        start, end = match.span()
        word = re.search(r"[\w.]*$", text[max(0, start - 20) : start])[0]
        if match[0] == "." and (word.lower() in abbreviations or "." in word or len(word) == 1):
            continue
        if start > done:
            add(text[done:start], done)
        blank(start - 1)
        add(match[0], start)
        if end < len(text) and not text[end].isspace():
            made.append(" ")
            places.append(start)
        done = end
    if done < len(text):
        add(text[done:], done)
    return "".join(made), places


def _kept(article, args):
    kinds = ("direct", "mixed") if args.quoted_only else KINDS
    return [one for one in article["attributions"] if one.get("type") in kinds or not args.quoted_only]


def count(text, gold, found, least):
    """A Counter of one article: statements annotated, found, matched, with the right speaker, by kind."""
    spans = [match.span() for match in _WORD.finditer(text)]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    gold = [item for item in (_positions(one, starts, ends) for one in gold) if item["content"]]
    found = [item for item in (_positions(one, starts, ends) for one in found) if item["content"]]
    tally = Counter(articles=1, gold=len(gold), found=len(found))
    tally.update(f"gold {item['type']}" for item in gold)
    for g, f in match(gold, found, least):
        right = bool(gold[g]["source"] & found[f]["source"])
        tally.update(["matched", f"matched {gold[g]['type']}"])
        tally["joint"] += right or not gold[g]["source"]
        tally["with speaker"] += bool(gold[g]["source"])
        tally["right speaker"] += right
    return tally


def _positions(one, starts, ends):
    """The word positions that the spans of each role touch."""
    touched = {"type": one.get("type")}
    for role in ("source", "content"):
        words = set()
        for start, end in one.get(f"{role}_spans") or []:
            first = bisect_left(ends, start + 1)
            words.update(range(first, bisect_left(starts, end)))
        touched[role] = words
    return touched


def match(gold, found, least):
    """[(index in gold, index in found)]: one to one, the greatest overlap first."""
    pairs = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = len(one["content"] & other["content"])
            if shared:
                overlap = shared / len(one["content"] | other["content"])
                if overlap >= least:
                    pairs.append((-overlap, g, f))
    taken_gold, taken_found, matched = set(), set(), []
    for _, g, f in sorted(pairs):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            matched.append((g, f))
    return matched


def figures(tally):
    """(precision, recall, F1, joint F1) of a tally."""
    precision = _ratio(tally["matched"], tally["found"])
    recall = _ratio(tally["matched"], tally["gold"])
    total = tally["gold"] + tally["found"]
    return precision, recall, _ratio(2 * tally["matched"], total), _ratio(2 * tally["joint"], total)


def _ratio(part, whole):
    return part / whole if whole else 0.0


def report(counts, resamples):
    """Print the figures of all articles, each with its 95% interval over resampled articles."""
    total = sum(counts, Counter())
    names = ("precision", "recall", "F1", "joint F1")
    rows = []
    for place, (name, value) in enumerate(zip(names, figures(total), strict=True)):
        low, high = interval(counts, place, resamples)
        of = str(total["found" if name == "precision" else "gold"])
        rows.append((name, f"{value:.3f}", f"{low:.3f}–{high:.3f}" if resamples else "", of))
    for kind in KINDS:
        if total[f"gold {kind}"]:
            share = _ratio(total[f"matched {kind}"], total[f"gold {kind}"])
            rows.append((f"recall, {kind}", f"{share:.3f}", "", str(total[f"gold {kind}"])))
    share = _ratio(total["right speaker"], total["with speaker"])
    rows.append(("right speaker, of those matched", f"{share:.3f}", "", str(total["with speaker"])))
    title = f"{total['articles']} articles, {total['gold']} statements annotated, {total['found']} found"
    print_table(title, ("", "", "95% by articles", "of"), rows)


def interval(counts, place, resamples, seed=0):
    """The 2.5th and 97.5th percentile of a figure over resampled articles."""
    if not resamples:
        return float("nan"), float("nan")
    draw = random.Random(seed)
    values = sorted(
        figures(sum(draw.choices(counts, k=len(counts)), Counter()))[place] for _ in range(resamples)
    )
    return values[int(0.025 * (resamples - 1))], values[int(0.975 * (resamples - 1))]


def time_it(args):
    """The time for texts of 1,000 to 100,000 words, in turns with NLTK's word tokenizer."""
    from copydesk.engine.statements import find_statements
    from nltk.tokenize import NLTKWordTokenizer

    texts = [article["text"] for article in read_gold(args.gold)] if args.gold else _bundled()
    sizes = (1_000, 3_000, 10_000) if args.small else (1_000, 3_000, 10_000, 30_000, 100_000)
    methods = {"statements": find_statements, "NLTKWordTokenizer": NLTKWordTokenizer().tokenize}
    find_statements("She said it was so.")  # the codebooks are read once a process
    _, times = run_in_turns(
        methods, [_of_length(texts, words) for words in sizes], 3 if args.small else args.rounds
    )
    rows = [
        (str(words), f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.1f}")
        for words, ours, theirs in zip(sizes, *times.values(), strict=True)
    ]
    print_table("Milliseconds, tokens and sentences included", ("words", *methods, "ratio"), rows)
    if not args.small:
        save_figure(_curve(sizes, times), "attribution-time")


def _bundled():
    """The bodies of the bundled story's versions."""
    from copydesk.stories.story import read_story

    return [version.body for version in read_story("north-korea-sanctions").versions.values()]


def _of_length(texts, words):
    """The texts one after the other, again and again, up to so many words."""
    joined = re.sub(r"  +", " ", "\n\n".join(texts))  # without the blanks that stand for boilerplate
    joined = "\n\n".join([joined] * (words // max(1, len(joined.split())) + 1))
    return joined[: [match.end() for match in re.finditer(r"\S+", joined)][words - 1]]


def _curve(sizes, times):
    """Time against length, both on logarithmic axes: a straight line of slope one is linear."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    for (name, values), marker in zip(times.items(), "os", strict=True):
        axes.loglog(sizes, values, marker=marker, label=name)
    axes.set_xlabel("words")
    axes.set_ylabel("milliseconds")
    axes.legend(frameon=False)
    return figure
