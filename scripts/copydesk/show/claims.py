"""Claims: what a sentence says that a reader could check, searched for before it is printed.

Whatever says *only*, *alone*, *added*, *cut*, *not heard* or *the same* is built here. What one version is said to
have alone is looked up in the other version's whole file, the set-apart text included, by its words as written and
by every other name of it. What stands there in the article is withheld; what stands there outside the article is said
to do so.
"""

import csv
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from rapidfuzz.distance import OSA

from copydesk.engine.language import grammar
from copydesk.engine.language import names as name_rules
from copydesk.engine.language.actor_names import Lexicon, lexicon
from copydesk.engine.language.english import english
from copydesk.engine.language.spelling import amount_at, is_spoken, key
from copydesk.engine.language.tags import tag
from copydesk.engine.spans import Span, write_spans
from copydesk.engine.text import Document, is_word, read
from copydesk.show.tables import write_csv
from copydesk.stories.csv_rows import write_csv_rows

COLUMNS = ["finding", "sentence", "claim", "version", "item", "names", "spans"]
_PARTS = "claims"  # the folder of what one finding each says
KINDS = ("only in", "only in article", "added", "deleted", "count", "same")

# A sentence of fewer letters and digits than this may stand in another text by chance.
_LEAST_LETTERS = 20
# A stretch of which two sentences of another text have this share of the words may be told there.
_MOST_RETOLD = 0.6
# The same of a sentence that is linked to none. Of 161 such in 16 pairs of versions, 28 have it, among them all but one that
# a reader found told in other words.
MAY_BE_RETOLD = 0.5
_MOST_ALIKE, _LEAST_ALIKE = 0.75, 5  # one sentence of it with this share of so many words and more has it
_ROUNDED = (
    0.08  # by how much of it a rounded number differs at most: nearly 32 for 31.8, about 1,500 for 1,420
)
_LEAST_AMOUNTS = 2
_LEAST_RESPELT, _LONG_NAME = 5, 9  # letters of a name with which one may be wrong, or two
_STEM = 4  # letters by which words are compared there, so that inflection changes little


class Claim(NamedTuple):
    """One thing that a finding says. `spans`: its evidence in `version`; see `KINDS` for `claim`.

    names: other surface forms of the item, which were looked up too; in a table they are joined by ` | `.
    """

    claim: str
    version: str
    item: str
    spans: tuple[Span, ...]
    names: tuple[str, ...] = ()


class Finding(str):
    """A sentence for readers, with the `claims` that it makes and the `name` under which they are kept.

    cited: the ids of the findings that it tells of.
    """

    claims: tuple[Claim, ...]
    name: str
    cited: tuple[str, ...]

    def __new__(
        cls, sentence: str, claims: Iterable[Claim] = (), name: str = "", cited: Iterable[str] = ()
    ) -> Self:
        made = super().__new__(cls, sentence)
        made.claims = tuple(claim for claim in claims if claim.spans)  # no claim without evidence
        made.name = name
        made.cited = tuple(cited)
        return made


def claims_table(finding: Finding) -> Any:
    """DataFrame of COLUMNS: a row for each claim of a finding."""
    import pandas as pd

    rows = [
        (
            finding.name,
            str(finding),
            one.claim,
            one.version,
            one.item,
            " | ".join(one.names),
            write_spans(one.spans),
        )
        for one in finding.claims
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def keep_claims(table: Any, name: str, folder: Path) -> None:
    """Keep the claims of one finding in a report's folder, as a part of `tables/claims.csv`.

    The notebooks of a report run beside each other: each finding has a file of its own until `gather_claims` is called.
    """
    parts = folder / "tables" / _PARTS
    parts.mkdir(parents=True, exist_ok=True)
    write_csv(table, parts / f"{name}.csv")
    _join(parts)


def gather_claims(folder: Path) -> None:
    """Make `tables/claims.csv` of what the notebooks of a report have kept, and put the parts away."""
    parts = folder / "tables" / _PARTS
    parts.mkdir(parents=True, exist_ok=True)
    _join(parts)
    shutil.rmtree(parts)


def _join(parts: Path) -> None:
    rows: list[list[str]] = [COLUMNS]
    for path in sorted(parts.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.reader(file))[1:]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=parts, delete=False) as joined:
        write_csv_rows(joined, rows)
    Path(joined.name).chmod(0o644)
    Path(joined.name).replace(parts.parent / "claims.csv")


# --- looking up -------------------------------------------------------------------------------------


class _Index(NamedTuple):
    """A text made ready to be searched: words in small letters, their keys, letters and digits, words with capitals, amounts."""

    words: str
    keys: str
    letters: str
    written: frozenset[str]
    amounts: frozenset[float]
    rough: frozenset[float]  # those of the amounts that stand behind `about`, `nearly` and the like


@lru_cache(maxsize=64)
def _index(text: str) -> _Index:
    norms = [token.norm for token in Document(text).tokens]
    amounts = {place: amount_at(norms, place) for place in range(len(norms))}
    amounts = {place: amount for place, amount in amounts.items() if amount is not None}
    return _Index(
        _words(text),
        f" {' '.join(map(key, norms))} ",
        _letters(text),
        frozenset(re.findall(r"\w+", text)),
        frozenset(amounts.values()),
        frozenset(amount for place, amount in amounts.items() if _is_rough(norms, place)),
    )


def _is_rough(norms: Sequence[str], place: int) -> bool:
    """Whether a number is said to be a rough one: `about 40`, `nearly $32 million`."""
    before = [norm for norm in norms[max(0, place - 2) : place] if is_word(norm)]
    return bool(before) and before[-1] in grammar.words().approximations


def _words(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _holds(text: str, form: str) -> bool:
    """Whether a text has the words of `form`, in whatever case and spelling."""
    index = _index(text)
    keys = " ".join(key(token.norm) for token in read(form).tokens)
    return (bool(_words(form).strip()) and _words(form) in index.words) or (
        bool(keys) and f" {keys} " in index.keys
    )


def where(version: Any, forms: Iterable[str]) -> str | None:
    """Where a Version has one of the `forms`: "article", "around" it, or None for nowhere in its file."""
    forms = [form for form in forms if form.strip()]
    if not any(_holds(version.text, form) for form in forms):
        return None
    return "article" if any(_holds(version.body, form) for form in forms) else "around"


def only_in(
    version: Any,
    other: Any,
    spans: Sequence[Span],
    item: str,
    forms: Iterable[str] = (),
    coined: Iterable[str] = (),
) -> Claim | None:
    """The claim that `version` has an item that the article of `other` lacks; None where that is not so.

    spans: where `version` has it. forms: its other names. coined: forms that are looked up too, and that nobody may have
    written (`coined_forms`). The claim is "only in", or "only in article" where `other` has the item outside its article.
    """
    names = tuple(dict.fromkeys(form for form in forms if form.casefold() != item.casefold()))
    if not _words(item).strip() or not spans:
        return None
    found = where(other, [item, *names, *coined])
    if found == "article":
        return None
    return Claim("only in article" if found else "only in", version.id, item, tuple(spans), names)


def stands_alone(version: Any, other: Any, span: Span, claim: str) -> Claim | None:
    """The claim that a sentence was "added" to `version`, or "deleted" from it; None where the article of `other` has it.

    It has the sentence in these words, or one with nearly all of them.
    """
    sentence = version.text[slice(*span)]
    letters = _letters(sentence)
    if len(letters) > _LEAST_LETTERS and letters in _index(other.text).letters:
        if letters in _index(other.body).letters:
            return None
        claim = "only in article"
    elif is_retold(version, other, span, _MOST_ALIKE, beside=False):
        return None
    return Claim(claim, version.id, _one_line(version.shown[slice(*span)]), (span,))


def is_retold(
    version: Any, other: Any, span: Span, least: float = _MOST_RETOLD, *, beside: bool = True
) -> bool:
    """Whether a sentence of `other`, or two that stand side by side, have most of the words of a stretch of `version`.

    Words of grammar do not count. least: the share, 0 to 1, of the words that counts as most. beside: whether two
    sentences may have them together. A stretch that is told there in other words may have no link and no counterpart.
    A sentence that has two of its amounts or more, rounded or not, and at least half of them, tells it too.
    """
    if beside and _shares_amounts(version.document, span, other.document):
        return True
    light = grammar.words().grammar
    told = {
        key(norm)[:_STEM] for norm in version.document.words(span) if is_spoken(norm) and norm not in light
    }
    doc = other.document
    known = [{key(norm)[:_STEM] for norm in doc.words(sentence)} for sentence in doc.sentences]
    if not beside:
        return len(told) >= _LEAST_ALIKE and any(len(told & one) >= least * len(told) for one in known)
    pairs = zip(known, [*known[1:], set()], strict=True)
    return max((len(told & (one | two)) for one, two in pairs), default=0) >= least * max(1, len(told))


def _shares_amounts(doc: Document, span: Span, other: Document) -> bool:
    mine = _amounts(doc, span)
    if len(mine) < _LEAST_AMOUNTS:
        return False
    for sentence in other.sentences:
        theirs = _amounts(other, sentence)
        shared = sum(any(_is_about(one, some) for some in theirs) for one in mine)
        if shared >= max(_LEAST_AMOUNTS, len(mine) / 2):
            return True
    return False


def _amounts(doc: Document, span: Span) -> set[tuple[float, bool]]:
    """The amounts given in figures in a stretch, each with whether it is a rough one."""
    first, last = doc.token_range(*span)
    norms = [token.norm for token in doc.tokens[first:last]]
    found = ((amount_at(norms, n), _is_rough(norms, n)) for n, norm in enumerate(norms) if norm[0].isdigit())
    return {(amount, rough) for amount, rough in found if amount is not None}


def _is_about(one: tuple[float, bool], other: tuple[float, bool]) -> bool:
    """Whether two amounts are the same, or nearly so where one of them is a rough one."""
    return one[0] == other[0] or (
        (one[1] or other[1]) and abs(one[0] - other[0]) <= _ROUNDED * max(one[0], other[0])
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())


# --- names ------------------------------------------------------------------------------------------


def actor_forms(actor: str, other: Any, extra: Sequence[Any] = ()) -> tuple[str, ...]:
    """Every name of an actor that `other` may have: names, demonyms, capitals, seats and bodies.

    One that is an ordinary word in small letters (US, WHO) counts only where `other` writes it in capitals.
    """
    written = _index(other.text).written
    return tuple(
        form
        for form, is_sure in _all_forms(lexicon(extra)).get(actor, {}).items()
        if is_sure or form.upper() in written
    )


@lru_cache(maxsize=8)
def _all_forms(known: Lexicon) -> dict[str, dict[str, bool]]:
    """The names of each actor, and whether they can be no other word."""
    forms: dict[str, dict[str, bool]] = {}
    for names in known.by_first.values():
        for name in names:
            is_sure = not name.ordinary and name.capital != "all"
            forms.setdefault(name.actor, {})[" ".join(name.words)] = is_sure
    return forms


def actor_of(version: Any, span: Span, extra: Sequence[Any] = ()) -> str | None:
    """The actor that the words of a span name, if they name one and nothing else."""
    doc = version.document
    first, last = doc.token_range(*span)
    hits = lexicon(extra).find(doc, first, last, whole=True)
    return hits[0].actor if len(hits) == 1 and (hits[0].first, hits[0].last) == (first, last) else None


def has_its_name(version: Any, span: Span, extra: Sequence[Any] = ()) -> str:
    """How a version names what the words of a span stand for, where they are a capital: Moscow for Russia.

    It is "demonym" where that has an adjective alone (Russian), else "name", or empty: a seat or a body (the Kremlin, the
    Senate) is called by no other name than its own.
    """
    doc, known = version.document, lexicon(extra)
    hits = known.find(doc, *doc.token_range(*span), whole=True)
    if len(hits) != 1 or hits[0].how in ("seat", "body"):
        return ""
    every = {hit.how for hit in known.find(doc, 0, len(doc.tokens)) if hit.actor == hits[0].actor}
    if every == {"demonym"}:
        return "demonym"
    return "name" if {"name", "demonym"} & every else ""


def is_respelt(version: Any, other: Any, span: Span, extra: Sequence[Any] = ()) -> bool:
    """Whether `other` has a name that differs from one of `version` by a letter, or two of many: another spelling of it.

    The last words are compared. One that either text has in small letters is no name; a state's name has its spelling.
    """
    last = version.text[slice(*span)].split()[-1].rstrip(".")
    written = _index(other.text).written
    small = {last.casefold()} & (written | _index(version.text).written)
    if len(last) < _LEAST_RESPELT or last in written or small or actor_of(version, span, extra):
        return False
    most = 1 + (len(last) >= _LONG_NAME)
    return any(
        one[0] == last[0] and OSA.distance(one, last, score_cutoff=most) <= most
        for one in written
        if len(one) >= _LEAST_RESPELT
    )


def whole_name(version: Any, span: Span, extra: Sequence[Any] = ()) -> Span | None:
    """A name with the capitals that go on directly before and behind it; None for what may be no name, or a piece of one."""
    doc = version.document
    first, last = doc.token_range(*span)
    openings = {doc.token_range(*sentence)[0] for sentence in doc.sentences}
    if doc.caseless:
        return span
    if actor_of(version, span, extra):  # America's [Cup] is not America's
        return None if _owns_name(doc, last) else span
    hits = lexicon(extra).find(doc, first, last)
    if (
        hits
        and hits[0].first == first
        and hits[0].last < last
        and doc.tokens[hits[0].last - 1].norm.endswith(".")
    ):
        first = hits[0].last  # `… in the U.S. New York has …`
    else:
        first = _first_of_name(doc, first, openings, extra)
    while last < len(doc.tokens) and last not in openings:
        owned = doc.tokens[last].norm == "'s" and _is_capital(doc, last + 1) and last + 1 not in openings
        if not owned and not _is_next(doc, last, last - 1):
            break
        last += 2 if owned else 1  # the Women's Tennis Association
    owned = last - first == 1 and _owns_name(doc, first - 1)
    is_piece = owned or _is_piece(doc, first, last)
    last = _end_of_person(doc, first, last)
    span = Span(doc.tokens[first].start, doc.tokens[last - 1].end)
    if is_piece or re.match(r"\w-", version.text[slice(*span)]):
        return None
    return span if last - first > 1 or _stands_inside(doc, first, openings) else None


def _owns_name(doc: Document, place: int) -> bool:
    """Whether an 's stands between two words with capitals, and behind it is a single one that is no title."""
    norms = [token.norm for token in doc.tokens[place : place + 2]]
    is_owned = norms[:1] == ["'s"] and _is_capital(doc, place - 1) and _is_capital(doc, place + 1)
    return is_owned and not _is_next(doc, place + 2, place + 1) and norms[1] not in name_rules.leading()


def _end_of_person(doc: Document, first: int, last: int) -> int:
    """Where the name of a person ends: [Ana Brandt] of Malmö, where the text has her surname by itself too."""
    norms = [token.norm for token in doc.tokens]
    if "of" not in norms[first + 2 : last]:
        return last
    behind = norms.index("of", first + 2, last)
    alone = any(
        norm == norms[behind - 1] and _is_capital(doc, n) and norms[n + 1 : n + 2] != ["of"]
        for n, norm in enumerate(norms)
    )
    return behind if alone and norms[behind - 1] not in lexicon(()).body_words else last


def _first_of_name(doc: Document, first: int, openings: set[int], extra: Sequence[Any]) -> int:
    """The first token of the capitals that go on before a name, and of whoever owns it: the [Women's Tennis] Association."""
    while first - 1 not in openings and _is_next(doc, first - 1, first):
        first -= 1
    if (
        first > 1
        and doc.tokens[first - 1].norm == "'s"
        and _is_capital(doc, first - 2)
        and first - 2 not in openings
    ):
        owner = first - 2
        while owner - 1 not in openings and _is_next(doc, owner - 1, owner):
            owner -= 1
        if not lexicon(extra).find(doc, owner, first - 1):
            return owner
    return first


def _is_capital(doc: Document, n: int) -> bool:
    return 0 <= n < len(doc.tokens) and doc.text[doc.tokens[n].start].isupper()


def _is_next(doc: Document, n: int, name: int) -> bool:
    """Whether the token n is a word with a capital that stands directly beside the name's token."""
    if not _is_capital(doc, n) or doc.tokens[n].norm.endswith("."):
        return False
    one, other = sorted((doc.tokens[n], doc.tokens[name]))
    return not doc.text[one.end : other.start].strip()


def _is_piece(doc: Document, first: int, last: int) -> bool:
    """Whether a name goes on behind or began before a small word: `Food and [Drug Administration]`."""
    if re.match(r"[.@/:]\w", doc.text[doc.tokens[last - 1].end :]):
        return True  # an address
    bodies = lexicon(()).body_words
    norms = [token.norm for token in doc.tokens]
    for beside, beyond in ((first - 1, first - 2), (last, last + 1)):
        if not 0 <= beside < len(norms) or not _is_capital(doc, beyond):
            continue
        listed = min(first, beyond)  # Oslo, [Bergen and Hamar]
        while _is_next(doc, listed - 1, listed):
            listed -= 1
        if norms[beside] == "and" and norms[listed - 1 : listed] == [","]:
            continue
        nearby = norms[max(0, first - 6) : last + 6]
        is_joined = norms[beside] == "and" and (last - first == 1 or not bodies.isdisjoint(nearby))
        if norms[beside] in ("for", "of", "&") or is_joined:
            return True
    return False


def _stands_inside(doc: Document, place: int, openings: set[int]) -> bool:
    """Whether a word stands with its capital somewhere else than where a sentence or a quotation begins."""
    norm = doc.tokens[place].norm
    return any(
        n not in openings and doc.tokens[n - 1].norm not in ('"', "'", "-", ":")
        for n, token in enumerate(doc.tokens)
        if token.norm == norm and _is_capital(doc, n)
    )


def opens_with_name(version: Any, span: Span) -> bool:
    """Whether the first word of a span is one that keeps its capital: a name of the codebook, initials."""
    doc = version.document
    first, last = doc.token_range(*span)
    hits = lexicon(()).find(doc, first, last)
    word = version.text[doc.tokens[first].start : doc.tokens[first].end]
    return (
        bool(hits and hits[0].first == first)
        or word[1:2].isupper()
        or _stands_inside(doc, first, {doc.token_range(*sentence)[0] for sentence in doc.sentences})
    )


def names_a_group(source_id: str) -> bool:
    """Whether a group's id has a noun that the codebook knows as one of people: experts, officials, workers."""
    known = lexicon(()).groups
    return any(word in known and tag(word) == "n" for word in source_id.split("-"))


def name_forms(version: Any, other: Any, span: Span, extra: Sequence[Any] = ()) -> tuple[str, ...]:
    """The other forms by which `other` may have what a span of `version` names.

    They are every name of its actor, what initials stand for, the name without its first word, and its last word where
    `other` writes that with a capital: a surname.
    """
    item = version.text[slice(*span)]
    actor = actor_of(version, span, extra)
    forms = list(actor_forms(actor, other, extra)) if actor else []
    words = re.findall(r"[^\W_][\w.'’-]*", item)
    if len(words) > 1:
        forms += _beginnings(words, other, extra)
        forms += [" ".join(words[1:])] if len(words) > 2 else []
        if words[-1].casefold() in lexicon(extra).body_words:  # New South Elven [Coast Fire Service]
            forms += [" ".join(words[n:]) for n in range(2, len(words) - 2)]
        head, _, body = item.partition(" of ")
        forms += (
            [head, body] if body and lexicon(extra).body_words.isdisjoint(head.casefold().split()) else []
        )
        last = words[-1].rstrip(".")
        is_surname = last.casefold() not in lexicon(extra).body_words and not _is_state(last, extra)
        is_written = last in _index(other.text).written and is_surname
        forms += [last] if other.document.caseless or is_written else []
    else:
        letters = item.replace(".", "")
        for name in [*_written_out(version, letters), *_written_out(other, letters)] * letters.isupper():
            forms += [name, *[" ".join(name.split()[1:])] * (len(name.split()) > 2)]
    forms += [part for part in item.split("-") if part[:1].isupper() and part != item]
    return tuple(forms)


def _is_state(word: str, extra: Sequence[Any]) -> bool:
    doc = read(word)
    return any(hit.how == "name" for hit in lexicon(extra).find(doc, 0, len(doc.tokens), whole=True))


def coined_forms(version: Any, span: Span) -> tuple[str, ...]:
    """The initials of a name, or the plural or singular of one of a single word: looked up, though nobody may write so."""
    item = version.text[slice(*span)]
    if len(item.split()) < 2:
        return (item[:-1] if item.endswith("s") else f"{item}s",)
    dotted = re.search(r"(?:[A-Z]\.){2,} $", version.text[: span.start])  # the U.S. [Ice Service]
    name = (dotted.group() if dotted else "") + (item.title() if version.document.caseless else item)
    found = [one for one in initials_of(name) if len(one) > 2]
    return (*found, *(".".join(one) + "." for one in found))


def _beginnings(words: Sequence[str], other: Any, extra: Sequence[Any]) -> list[str]:
    """The beginnings by which `other` may name what has more words: Labour [Party], Sir Alan [Whitcombe], Halden [Foods].

    A first word by itself counts where `other` has it as a whole name somewhere.
    """
    is_sure = len(words) > 2 or words[-1].casefold() in lexicon(extra).body_words
    alone = tuple(token.norm for token in read(words[0]).tokens)
    named = name_rules.find_items(other.document, (alone,))
    is_alone = any(one.kind == "name" and one.words == alone for one in named)
    return [" ".join(words[:-1])] * is_sure + [words[0]] * is_alone


def _written_out(version: Any, initials: str) -> list[str]:
    """The names in a text that have these initials: words with capitals that stand side by side, small ones between them."""
    doc = version.document
    linking = english().words.inside_names | grammar.words().grammar | {"'s", "&", "-"}
    letters = [  # of each word, those of both parts of a hyphenated one
        (n, part)
        for n, token in enumerate(doc.tokens)
        if is_word(token.norm) and (token.norm not in linking or doc.text[token.start : token.end].isupper())
        for part in doc.text[token.start : token.end].split("-")
        for part in _as_initials(part, doc.caseless)
    ]
    found = []
    for k in range(len(letters) - len(initials) + 1):
        run = letters[k : k + len(initials)]
        if any(letter.upper() != one for (_, letter), one in zip(run, initials, strict=True)):
            continue
        places = [n for n, _ in run]
        between = set(range(places[0], places[-1])) - set(places)
        is_name = doc.caseless or all(letter.isupper() for _, letter in run)
        if is_name and all(doc.tokens[n].norm in linking for n in between):
            found.append(" ".join(doc.text[doc.tokens[places[0]].start : doc.tokens[places[-1]].end].split()))
    return found


def initials_of(name: str) -> tuple[str, ...]:
    """The initials of a name, and those that count both parts of a hyphenated word."""
    words = re.findall(r"[^\W_][\w.'’-]*", name)
    found = _initials(words), _initials("-".join(words).split("-"))
    return tuple(dict.fromkeys(found))


def _initials(words: Sequence[str]) -> str:
    return "".join(_as_initials(word) for word in words if word[:1].isupper())


def _as_initials(word: str, caseless: bool = False) -> str:
    """What a word gives to the initials of its name: its first letter, or all where it is such itself (US, U.S.)."""
    bare = word.replace(".", "")
    return bare if bare.isupper() and len(bare) < 4 and not caseless else word[:1]


def only_number(version: Any, other: Any, span: Span) -> Claim | None:
    """The claim that the article of `other` lacks the number of a span of `version`, in figures and in words; else None."""
    item = version.shown[slice(*span)]
    is_piece = version.text[: span.start][-1:] in tuple(".,:-") or version.text[: span.start][-1:].isalnum()
    if is_piece or _has_amount(version, other.body, span):
        return None
    claim = only_in(version, other, [span], item, number_forms(item))
    return (
        claim and claim._replace(claim="only in article") if _has_amount(version, other.text, span) else claim
    )


def _has_amount(version: Any, text: str, span: Span) -> bool:
    first, last = version.document.token_range(*span)
    norms = [token.norm for token in version.document.tokens]
    index, amount = _index(text), amount_at(norms[: last + 2], first)
    near = index.amounts if _is_rough(norms, first) else index.rough
    return (
        amount in index.amounts
        or amount_at(norms[: first + 1], first) in index.amounts
        or (amount is not None and any(abs(amount - one) <= _ROUNDED * amount for one in near))
    )


def number_forms(item: str) -> tuple[str, ...]:
    """The other forms of a number: `62` for `62-year-old`, `1718` for `1,718`."""
    figures = re.match(r"\d+(?:[.,:]\d+)*", item)
    if not figures:
        return ()
    return tuple(dict.fromkeys([figures.group(), figures.group().replace(",", "")]))
