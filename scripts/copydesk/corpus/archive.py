"""Archives whose edits are known: stories from templates of our own, edited version by version by the generator.

They are for counting, for tests and for measuring speed; what a machine has cut up reads accordingly.
"""

import json
import tomllib
from functools import cache
from pathlib import Path

from copydesk.corpus.generator import Rates, _Draw, edit_sentences
from copydesk.corpus.readers import corpora_folder
from copydesk.errors import InputError

# A newsroom touches some sentences at a time: fewer than the generator's own rates do.
RATES = Rates(cut=0.05, insert=0.15, move=0.02, split=0.03, merge=0.02, reword=0.2, strength=0.2)
ARCHIVE, TRUTH = "archive.jsonl", "truth.jsonl"
_PLACES = ("town", "town2", "state", "state2", "p1", "p2", "day", "day2", "road")


def make_archive(folder, stories, *, seed=1, templates=1, versions=None):
    """Write an archive and the truth about it: `archive.jsonl` and `truth.jsonl` in `folder`.

    stories: how many. templates: of how many templates a story is put together; one gives about thirteen
    sentences. versions: how many each story has; without it two to five. The same arguments give the same
    bytes. In the truth a row is a pair of neighbouring versions: `links` are pairs of line numbers from 0,
    `moved` those of moved blocks; `words_added` and `words_cut` tell what the edits put in and took out,
    `words_shifted` what they put elsewhere inside its sentence.
    """
    if stories < 1 or templates < 1:
        raise InputError("An archive needs at least one story of at least one template.")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        open(folder / ARCHIVE, "w", encoding="utf-8", newline="\n") as archive,
        open(folder / TRUTH, "w", encoding="utf-8", newline="\n") as truth,
    ):
        for number in range(stories):
            rows, known = _story(number, seed, templates, versions)
            archive.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            truth.writelines(json.dumps(row) + "\n" for row in known)
    return folder


def _story(number, seed, templates, versions):
    """(rows of the archive, rows of the truth) of one story."""
    draw = _Draw(seed * 1_000_003 + number)
    names = list(_templates())
    chosen = [names[(number + k) % len(names)] for k in range(templates)]
    sentences, donors = [], []
    for name in chosen:
        first, later = _templates()[name]
        values = _values(draw)
        sentences += [line.format_map(values) for line in first]
        donors += [line.format_map(values) for line in later]
    n_versions = versions or _versions(draw.share())
    texts, pairs = [sentences], []
    for _ in range(1, n_versions):
        waiting = [line for line in donors if not any(line in text for text in texts)]
        pair = edit_sentences(texts[-1], draw.below(2**31), RATES, waiting)
        pairs.append(pair)
        texts.append(pair.after)
    story = f"{chosen[0]}-{number:05d}"
    minutes, published = draw.below(1440 * 90), []
    for _ in texts:
        published.append(minutes)
        minutes += 10 + draw.below(30 * 2 ** draw.below(6))
    title = sentences[0].split(" after ")[0].split(", ")[0][:70]
    rows = [
        {"story": story, "version": k, "published": _time(at), "title": title, "text": "\n".join(text) + "\n"}
        for k, (text, at) in enumerate(zip(texts, published, strict=True))
    ]
    known = [
        {"story": story, "comparison": k, "links": pair.links, "moved": pair.crossing,
         **{f"words_{what}": pair.words[what] for what in ("added", "cut", "shifted")}}
        for k, pair in enumerate(pairs, 1)
    ]  # fmt: skip
    return rows, known


def _versions(share):
    return 2 if share < 0.6 else 3 if share < 0.85 else 4 if share < 0.95 else 5


def _time(minutes):
    """A time in the first months of 2026, of minutes since its beginning."""
    day, minute = divmod(minutes, 1440)
    month, day = (
        (1, day) if day < 31 else (2, day - 31) if day < 59 else (3, day - 59) if day < 90 else (4, day - 90)
    )
    return f"2026-{month:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02}:00+00:00"


@cache
def _templates():
    """dict from name to (sentences of the first version, sentences that may come later)."""
    found = {}
    for path in sorted((corpora_folder() / "templates").glob("*.txt")):
        first, _, later = path.read_text(encoding="utf-8").partition("---\n")
        found[path.stem] = first.splitlines(), later.splitlines()
    return found


@cache
def _slots():
    return tomllib.loads((corpora_folder() / "templates" / "slots.toml").read_text(encoding="utf-8"))


def _values(draw):
    """What a story's slots hold; two of one kind are never the same."""
    values, taken = {}, set()
    for place in _PLACES:
        kind = "person" if place[0] == "p" else place.rstrip("2")
        left = [one for one in _slots()[kind] if one not in taken]
        values[place] = draw.pick(left)
        taken.add(values[place])
    values |= {f"{one}s": values[one].split()[-1] for one in ("p1", "p2")}
    low = {"n1": (3, 9), "n2": (200, 900), "n3": (12, 40)}
    values |= {name: start + draw.below(end - start) for name, (start, end) in low.items()}
    return values | {"year": 1990 + draw.below(30)}
