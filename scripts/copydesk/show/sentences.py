"""Findings in a sentence, made from the tables: what each notebook leads with.

Each function takes tables and returns a `Finding`: a str with the claims that it makes, each of which was looked up in
the other version before it was printed (`copydesk.show.claims`). A number in a sentence is a number of a table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from copydesk.engine.language import grammar
from copydesk.engine.language.spelling import is_magnitude, key
from copydesk.engine.language.tags import NOUN, tags_of
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.speakers import NO_ACTOR, UNRESOLVED
from copydesk.engine.speakers.memory import DOCUMENT
from copydesk.show.claims import (
    MAY_BE_RETOLD,
    Claim,
    Finding,
    actor_forms,
    actor_of,
    coined_forms,
    has_its_name,
    initials_of,
    is_respelt,
    is_retold,
    name_forms,
    names_a_group,
    only_in,
    only_number,
    opens_with_name,
    stands_alone,
    whole_name,
)
from copydesk.show.counts_and_lists import capital, count, few, inside, listing
from copydesk.stories.resolved import is_by_rule
from copydesk.stories.statistics import least_attainable_p, once
from copydesk.stories.tables import by_voice, is_left_open

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Version

_MOST_ACTORS = 8  # in one sentence
_LEAST_MEASURES = 2  # that a version of a story about sanctions reports
_APART = {UNRESOLVED: "speakers that are unresolved", DOCUMENT: "documents"}
_LEAST_NAME = 3  # letters; two are a title or a label as often: MP, QC
_LEFT_OUT = "Most numbers in words, names that only open a sentence and pieces of longer names are left out."
_ONLY, _OUTSIDE = "only in", "only in article"


def of_set_apart(versions: Iterable[Any]) -> str | None:
    """Where much of a version (of Versions) is set apart as no part of its article, how much; or None."""
    parts = [f"{v.share_set_apart:.0%} of the {v.label}" for v in versions if v.much_is_set_apart]
    if not parts:
        return None
    return (
        f"Of the words behind the lead, {listing(parts)} are set apart as no part of the article: "
        "see in the table that none of them is the article's."
    )


# --- what changed -----------------------------------------------------------------------------------


def counted_links(comparison: Any) -> "dict[str, pd.DataFrame]":
    """The links that each number of `of_revision` counts, by what it says of them."""
    links = comparison.links
    linked = links.dropna(subset=["before", "after"])
    same = linked["relation"] == "identical"
    changed = linked[~same & (linked["change"] == "substance")]
    restyled = linked[~same & ~linked["before"].isin(changed["before"])]
    found = {"kept word for word": linked[same], "changed": changed, "reworded in style only": restyled}
    for version, other, side, relation in (
        (comparison.before, comparison.after, "before", "deleted"),
        (comparison.after, comparison.before, "after", "added"),
    ):
        rows = links[links["relation"] == relation]
        found[f"of the {version.label} without a counterpart"] = rows[
            list(map(bool, _alone(version, other, rows[side], relation)))
        ]
    return found


def of_revision(comparison: Any) -> Finding:
    """What became of the earlier version's sentences, what the later one added, and how many words that were."""
    links, before, after = comparison.links, comparison.before, comparison.after
    name = f"revision-{before.id}-{after.id}"
    total, counts = len(before.sentences), counted_links(comparison)
    kept, changed, restyled = (set(rows["before"]) for rows in list(counts.values())[:3])
    added = _alone(after, before, links.loc[links["relation"] == "added", "after"], "added")
    cut = _alone(before, after, links.loc[links["relation"] == "deleted", "before"], "deleted")
    claims = [claim for claim in (*added, *cut) if claim]
    headlines = _headlines(before, after)
    heads = " The headlines differ." * bool(headlines)
    if not kept | changed | restyled and len(claims) == len(added) + len(cut) and not _outside(claims):
        return Finding(f"The {after.label} and the {before.label} have no sentence in common.", claims, name)
    if len(kept) == total and not len(added):
        whole = Claim("same", after.id, f"all {count(total, 'sentence')}", tuple(after.document.sentences))
        same = f"The article of the {after.label} is that of the {before.label}, word for word."
        return Finding(f"{same}{heads}", [whole, *headlines], name)
    claims += [
        Claim("count", before.id, f"{len(ids)} {told}", _spans(before, ids))
        for told, ids in zip(counts, (kept, changed, restyled), strict=False)
        if ids
    ]
    told = f"Of the {count(total, 'sentence')} of the {before.label}, the {after.label} "
    deeds = [f"keeps {len(kept) or 'none'} word for word"]
    deeds += [f"changes {len(changed) or 'none'}"] * bool(changed or not restyled)
    deeds += [f"rewords {len(restyled)} in style only"] * bool(restyled)
    n_cut, n_added = sum(map(bool, cut)), sum(map(bool, added))
    sure = [one for one in claims if not _may_be_retold(one, before, after)]
    if len(sure) == len(claims):
        deeds.append(f"drops {n_cut or 'none'}")
        told += f"{listing(deeds)}; it adds {count(n_added, 'sentence')}."
    else:
        # Some may have gone into others in new words: what is linked to none is then not said to be added or cut.
        ones = [f"{n_cut} of them"] * bool(n_cut) + [
            f"{count(n_added, 'sentence')} of the {after.label}"
        ] * bool(n_added)
        told += f"{listing(deeds)}."
        told += f" No counterpart was found for {', nor for '.join(ones)}." * bool(ones)
    told = " ".join([told, *_elsewhere(added, before, "added"), *_elsewhere(cut, after, "cut")])
    told = " ".join(filter(None, [told, _of_words(comparison)]))
    return Finding(f"{told}{heads}", [*sure, *headlines], name)


def _headlines(before: Any, after: Any) -> list[Claim]:
    """The claims that each version's headline stands in it alone; none where a version has no headline or several lines of it."""
    claims = []
    for version, other in ((before, after), (after, before)):
        lines = version.boilerplate[version.boilerplate["kind"] == "headline"]
        spans = [Span(int(a), int(b)) for a, b in zip(lines["start"], lines["end"], strict=True)]
        words = _one_line(version, spans[0]) if len(spans) == 1 else ""
        claims.append(only_in(version, other, spans, words) if words else None)
    return [claim for claim in claims if claim] if all(one and one.claim == _ONLY for one in claims) else []


def _may_be_retold(claim: Claim, before: Any, after: Any) -> bool:
    """Whether what is claimed to stand in one version alone may be told in the other in other words."""
    if claim.claim not in ("added", "deleted"):
        return False
    version, other = (after, before) if claim.claim == "added" else (before, after)
    return any(is_retold(version, other, span, MAY_BE_RETOLD) for span in claim.spans)


def _alone(version: Any, other: Any, ids: Iterable[str], claim: str) -> list[Claim | None]:
    """The claim that each of these sentences stands in `version` alone, or None where it does not."""
    spans = {one.sentence: Span(one.start, one.end) for one in version.sentences.itertuples(index=False)}
    return [stands_alone(version, other, spans[one], claim) for one in ids]


def _one_line(version: Any, span: Span) -> str:
    return " ".join(version.shown[slice(*span)].split())


def _spans(version: Any, ids: set[str]) -> tuple[Span, ...]:
    rows = version.sentences
    rows = rows[rows["sentence"].isin(ids)]
    return tuple(Span(int(start), int(end)) for start, end in zip(rows["start"], rows["end"], strict=True))


def _outside(claims: Iterable[Claim | None]) -> list[Claim]:
    return [claim for claim in claims if claim and claim.claim == _OUTSIDE]


def _elsewhere(claims: list[Claim | None], other: Any, counted: str) -> list[str]:
    """Sentences on those that are linked to nothing and still stand in the other file; `counted`: as what their words are."""
    around, inside_it = len(_outside(claims)), claims.count(None)
    told = []
    if around:
        told.append(
            f"{_numbered(around)} of these stand{'s' * (around == 1)} outside the article of the {other.label}."
        )
    if inside_it:
        told.append(
            f"{_numbered(inside_it)} more stand{'s' * (inside_it == 1)} in the {other.label} too, in these or nearly these "
            f"words, which are counted among those {counted}."
        )
    return told


def _numbered(number: int) -> str:
    return "One" if number == 1 else f"{number:,}"


def words_changed(comparison: Any) -> dict[str, int]:
    """How many words the later version adds, cuts, replaces, and has in their place (`added`, `cut`, `replaced`, `new`)."""
    summary = comparison.summary
    rows = summary[summary["unit"] == "words"].set_index(["measure", "version"])["count"]
    before, after = comparison.before.id, comparison.after.id
    places = {
        "added": ("added", after),
        "cut": ("cut", before),
        "replaced": ("reworded", before),
        "new": ("reworded", after),
    }
    return {name: int(rows.get(place, 0)) for name, place in places.items()}


def _of_words(comparison: Any) -> str:
    """`The longer version adds 135 words, cuts 2 and replaces 16 words with 35 others.`; "" where no word changed."""
    n = words_changed(comparison)
    parts = [f"adds {count(n['added'], 'word')}"] * bool(n["added"])
    parts += [f"cuts {n['cut']:,}" if parts else f"cuts {count(n['cut'], 'word')}"] * bool(n["cut"])
    parts += [f"replaces {count(n['replaced'], 'word')} with {count(n['new'], 'other')}"] * bool(
        n["replaced"]
    )
    return f"The {comparison.after.label} {listing(parts)}." if parts else ""


def of_additions(comparison: Any, items: Any, labels: Mapping[str, str], extra: Any = ()) -> Finding:
    """Which names and numbers one version has and the other has nowhere.

    items: of `revisions.names_and_numbers`. labels: a name in small letters and its actor's label. extra: the story's
    `extra_actors`. A name of which the other version has another form (the actor's, the initials, the surname) is left out,
    and so is what stands outside the other's article. Numbers in words are given where a magnitude
    follows: eight billion.
    """
    parts, claims = [], []
    for version, other, change in (
        (comparison.after, comparison.before, "new"),
        (comparison.before, comparison.after, "vanished"),
    ):
        rows = items[items["change"] == change]
        names, numbers = (
            [one for one in found if one.claim == _ONLY]
            for found in (_names(version, other, rows, extra), _numbers(version, other, rows))
        )
        claims += [*names, *numbers]
        told = [_label(version, one, labels, extra) for one in names]
        has = [f"names {few(told)}"] if told else []
        figures = list(dict.fromkeys(_figure(version, one.spans[0]) for one in numbers))
        dates = [one for one in figures if _is_date(one)]
        figures = [one for one in figures if one not in dates]
        given = [
            f"the {noun}{'s' * (len(some) > 1)} {few(some)}"
            for noun, some in (("figure", figures), ("date", dates))
            if some
        ]
        has += [f"gives {' and '.join(given)}"] if given else []
        parts += [f"only the {version.label} {listing(has)}"] if has else []
    if not parts:
        none = "No name or number was found that one version has and the other has nowhere."
        return Finding(f"{none} {_LEFT_OUT}")
    return Finding(f"{capital('; '.join(parts))}. {_LEFT_OUT}", claims, "additions")


def _names(version: Any, other: Any, rows: Any, extra: Any) -> list[Claim]:
    """The claims that hold of the names, a part of a name that is claimed as a whole left out."""
    found: dict[str, Claim] = {}
    for row in rows[rows["kind"] == "name"].itertuples(index=False):
        span = whole_name(version, Span(int(row.start), int(row.end)), extra)
        if span is None or len(version.shown[slice(*span)]) < _LEAST_NAME:
            continue
        if is_respelt(version, other, span, extra):
            continue
        item = _one_line(version, span)
        claim = only_in(
            version, other, [span], item, name_forms(version, other, span, extra), coined_forms(version, span)
        )
        if claim:
            found.setdefault(item.casefold(), claim)
    last = {key: key.split()[-1] for key in found}
    initials = {key: initials_of(one.item) for key, one in found.items()}
    return [
        one
        for key, one in found.items()
        if not any(
            f" {key} " in f" {longer} "
            or (
                len(key) < len(longer)
                and (last[key] == last[longer] or key.replace(".", "").upper() in initials[longer])
            )
            for longer in found
            if longer != key
        )
    ]


def _figure(version: Any, span: Span) -> str:
    """A number with what makes it a day, a sum or a share: `May 6`, `$1.2 billion`, `7 percent`; the 27 of `27-year-old`."""
    doc = version.document
    first, last = doc.token_range(*span)
    norms = [token.norm for token in doc.tokens]
    day = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", norms[first])
    behind = last + (norms[last : last + 1] == ["of"])  # 3 March, the 3rd of March
    if day and norms[first - 1] == "the" and _is_month(doc, first - 2):
        words = f"{version.shown[slice(*doc.tokens[first - 2][:2])]} {day[1]}"  # September [the] 11[th]
        return words.lower() if doc.caseless else words
    if norms[first - 1 : first] in [[mark] for mark in "$€£¥"] or (day and _is_month(doc, first - 1)):
        first -= 1
    elif day and _is_month(doc, behind):
        last = behind + 1
    while last < len(norms) and is_magnitude(norms[last]):
        last += 1
    is_per_cent = norms[last : last + 2] == ["per", "cent"]
    if is_per_cent or (last < len(norms) and key(norms[last]) == key("percent")):
        last += 1 + is_per_cent
    words = " ".join(version.shown[doc.tokens[first].start : doc.tokens[last - 1].end].split())
    words = re.sub(r"(?<=\d)-[^\W\d].*", "", words)
    if version.shown[span.start].isalpha():  # Four hundred, at the head of a sentence
        words = words[:1].lower() + words[1:]
    if re.fullmatch(r"[\d.,]+", words) and (noun := _counted(doc, last)):
        words += f" {noun}"
    return words.lower() if doc.caseless else words


def _counted(doc: Any, place: int) -> str:
    """What a number counts: the word behind it, where that is a noun in the plural (`12 days`, `260,000 crowns`)."""
    if place >= len(doc.tokens) or tags_of(doc)[place] != NOUN:
        return ""
    start, end = doc.tokens[place][:2]
    word = doc.text[start:end]
    return word if re.fullmatch(r"[^\W\d_]+[^\Wsu]s", word) and word[0].islower() else ""


def _is_month(doc: Any, place: int) -> bool:
    if not 0 <= place < len(doc.tokens):
        return False
    token = doc.tokens[place]
    may = token.norm == "may" and (doc.caseless or doc.text[token.start].isupper())
    return may or token.norm in grammar.words().months


def _is_date(figure: str) -> bool:
    """Whether a number is a year or stands beside a month: `1987`, `May 6`."""
    words = set(figure.lower().split())
    return bool(re.fullmatch(r"(1[89]|20)\d\d", figure)) or not words.isdisjoint(
        grammar.words().months | {"may"}
    )


def _numbers(version: Any, other: Any, rows: Any) -> list[Claim]:
    found = []
    for row in rows[rows["kind"] == "number"].itertuples(index=False):
        span = Span(int(row.start), int(row.end))
        first, last = version.document.token_range(*span)
        if _is_part_of_more(version, first, last):
            continue
        if not version.shown[span.start].isdigit():
            in_words = takewhile(lambda token: is_magnitude(token.norm), version.document.tokens[last:])
            span = Span(span.start, max([token.end for token in in_words], default=span.start))
        found.append(only_number(version, other, span) if span.end > span.start else None)
    return [claim for claim in found if claim]


def _is_part_of_more(version: Any, first: int, last: int) -> bool:
    """Whether a number is part of a fraction (`72-5/8`) or of a name (`Radio 4`, `Flight 93`), not one that is given."""
    doc = version.document
    around = {doc.tokens[n].norm for n in (first - 1, last) if 0 <= n < len(doc.tokens)}
    if not first or "/" in around or doc.caseless:
        return "/" in around
    before = doc.tokens[first - 1]
    is_dated = before.norm in grammar.words().days or _is_month(doc, first - 1)
    opens = before.start in {start for start, _ in doc.sentences}
    return version.shown[before.start].isupper() and not is_dated and not opens


def _label(version: Any, claim: Claim, labels: Mapping[str, str], extra: Any) -> str:
    """What readers see of a name: its actor's label, or the words as written, with capitals where the text has none.

    Where the text has an adjective alone, that stands behind the label: Peru (“Peruvian”).
    """
    if claim.item[:1].isdigit():
        return _figure(version, claim.spans[0])
    written = str.title(claim.item) if version.document.caseless else claim.item
    how, label = has_its_name(version, claim.spans[0], extra), labels.get(claim.item.casefold(), written)
    if how == "demonym" and label != written:
        return f"{label} (“{written}”)"
    return label if how else written


# --- measures ---------------------------------------------------------------------------------------


def of_measures(measures: Any, before: Any, after: Any, *, coded: bool = False) -> Finding | None:
    """Whether the versions report the same measures, and how many of them.

    coded: whether people coded the measures by reading. Where the rules found them, of which they have a third wrong
    on stories that they do not know, the finding says how many there are and claims nothing of any of them; and it is
    None where no version has two, since one by itself is as often no measure at all.
    """
    counted = measures[~measures["umbrella"]]
    mine = {v.id: counted[counted["version"] == v.id] for v in (before, after)}
    if max(len(rows) for rows in mine.values()) < _LEAST_MEASURES:
        return None
    numbers = {v: len(mine[v.id]) for v in (before, after)}
    if not coded:
        claims = [Claim("count", v.id, count(n, "measure"), _places(mine[v.id])) for v, n in numbers.items()]
        told = listing(f"{count(n, 'measure')} in the {v.label}" for v, n in numbers.items())
        return Finding(f"The rules find {told}; nobody has checked them.", claims, "measures")
    claims, parts = [], []
    for version, other in ((before, after), (after, before)):
        missing = mine[version.id][~mine[version.id]["type"].isin(set(mine[other.id]["type"]))]
        found = [(row.label, _measure_claim(version, other, row)) for row in missing.itertuples(index=False)]
        claims += [claim for _, claim in found if claim]
        names = sorted({label for label, claim in found if claim and claim.claim == _ONLY})
        parts += [f"only the {version.label} reports {listing(names)}"] if names else []
    if parts:
        return Finding(f"{capital('; '.join(parts))}.", claims, "measures")
    n = len(mine[after.id])
    if len(mine[before.id]) == n and _measure_keys(mine[before.id]) == _measure_keys(mine[after.id]):
        claims = [Claim("same", v.id, count(n, "measure"), _places(mine[v.id])) for v in (before, after)]
        return Finding(
            f"Both versions report the same {count(n, 'measure')}: the editing left the measures alone.",
            claims,
            "measures",
        )
    claims = [
        Claim("count", v.id, count(len(mine[v.id]), "measure"), _places(mine[v.id])) for v in (before, after)
    ]
    told = [f"the {v.label} reports {count(len(mine[v.id]), 'measure')}" for v in (before, after)]
    return Finding(
        f"{capital(listing(told))}; which of them differ, the table below says.", claims, "measures"
    )


def _places(rows: Any) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in zip(rows["start"], rows["end"], strict=True))


def _measure_claim(version: Any, other: Any, row: Any) -> Claim | None:
    span = Span(int(row.start), int(row.end))
    return only_in(version, other, [span], _one_line(version, span), [row.label])


def _measure_keys(measures: Any) -> list[tuple[str, ...]]:
    fields = ["label", "type", "status", "binding_before", "binding_after", "quantity"]
    return sorted(tuple(str(value) for value in row) for row in measures[fields].itertuples(index=False))


def of_status(measures: "pd.DataFrame", version: "Version", *, coded: bool = False) -> str | None:
    """How many measures of a version are proposed, in force, and so on, and how many would bind harder; or None.

    coded: whether people coded the measures by reading; by rule, a quarter of these values are wrong.
    """
    if not coded:
        return None
    mine = measures[(measures["version"] == version.id) & ~measures["umbrella"]]
    if len(mine) < _LEAST_MEASURES:
        return None
    n = mine["status"].value_counts()
    parts = [f"{number} {'is' if number == 1 else 'are'} {status}" for status, number in n.items()]
    harder = mine[mine["binding_before"].isin(["none", "recommended", "conditional"])]
    tail = (
        f"; {len(harder)} would bind harder than before: {few(list(harder['label']))}" if len(harder) else ""
    )
    return f"Of the {count(len(mine), 'measure')} of the {version.label}, {listing(parts)}{tail}."


def of_outcome(measures: "pd.DataFrame", outcome: "pd.DataFrame", version: "Version") -> str | None:
    """Which numbers of a version were others when the measures were adopted, and what it leaves out; or None."""
    mine = measures[(measures["version"] == version.id) & ~measures["umbrella"]]
    if len(mine) < _LEAST_MEASURES and outcome.empty:
        return None
    mine = mine[mine["quantity"].notna()]
    both = mine.merge(outcome[outcome["quantity"].notna()], on="type", suffixes=("", "_adopted"))
    both = both[both["quantity"] != both["quantity_adopted"]]
    parts = [
        f"{row.quantity:g} {row.unit} in the story became {row.quantity_adopted:g}"
        for row in both.itertuples(index=False)
    ]
    left_out = outcome[(outcome["in_story"] == "no") & (outcome["type"] != "")]["topic"].tolist()
    if left_out:
        parts.append(f"measures on {listing(left_out)} were adopted that neither version has")
    if outcome.empty:
        return "What became of these measures is not known here."
    return f"What was adopted: {'; '.join(parts) or 'the numbers are those of the story'}."


# --- voices -----------------------------------------------------------------------------------------


def of_voices(
    statements: Any, labels: Mapping[str, str], before: Any, after: Any, extra: Any = ()
) -> Finding:
    """Whose voices stand in one version alone; statements whose speakers are unresolved, apart.

    labels: the actors' ids and labels. A voice is an actor, else a person or body. One that the other version names
    without letting it speak is not said to be heard in one version alone; nor is a document or an unresolved source.
    The finding cites the statements of these voices. What nobody checked is said to be by rule, and without numbers.
    """
    spoken = statements[(statements["kind"] == "statement") & (statements["source_type"] != "document")]
    is_open = is_left_open(spoken)
    known, unresolved = with_voices(spoken[~is_open]), spoken[is_open]
    mine = {v.id: known[known["version"] == v.id] for v in (before, after)}
    parts, claims, cited = [], [], []
    for version, other in ((after, before), (before, after)):
        told = []
        for voice, rows, claim in _heard_alone(mine, version, other, extra):
            claims.append(claim)
            cited += list(rows["statement"])
            name = labels.get(voice) or _inside(version, claim, rows)
            words = f" ({count(len(rows), 'statement')}, {count(int(rows['words'].sum()), 'word')})"
            told.append(name + words * (not is_by_rule(statements)))
        if told:
            told = [name for name in told if not any(other.endswith(f" {name}") for other in told)]
            parts.append(f"Heard in the {version.label} alone{_by_rule(statements)}: {few(told)}")
    if not parts:
        parts, claims = _counted_voices(mine, unresolved, before, after)
    unresolved = unresolved[unresolved["version"].isin([before.id, after.id])]
    if parts and len(unresolved):
        opened = list(_left_open(unresolved, before, after, extra))
        claims += [claim for _, claim in opened]
        parts.append(
            f"Heard too, though for whom they speak is not known: {few(name for name, _ in opened)}"
            if opened
            else "Statements whose speaker is unresolved are not counted here"
        )
    if parts and cited and is_by_rule(statements):
        parts.append(
            "Others may be missing: listed are those whose names and words were not found in the other version"
        )
    return Finding("".join(f"{part}. " for part in parts).rstrip(), claims, "voices", cited)


def _by_rule(statements: Any) -> str:
    return ", by rule" * is_by_rule(statements)


def _left_open(unresolved: Any, before: Any, after: Any, extra: Any) -> Iterator[tuple[str, Claim]]:
    """Those in one version alone for whom nobody knows for whom they speak: their words with the version, the claim."""
    versions, apart = {v.id: v for v in (before, after)}, unresolved.assign(voice=unresolved["source_id"])
    mine = {one: apart[apart["version"] == one] for one in versions}
    for version, other in ((after, before), (before, after)):
        for _, rows, claim in _heard_alone(mine, version, other, extra):
            if name := voice_name(versions, rows):
                yield f"{name} ({version.label})", claim


def _heard_alone(
    mine: Mapping[str, Any], version: Any, other: Any, extra: Any
) -> Iterator[tuple[str, Any, Claim]]:
    """The voices that `version` alone hears: each with its statements and the claim that holds."""
    elsewhere = set(mine[other.id]["voice"])
    for voice, rows in mine[version.id].groupby("voice", sort=False):
        claim = None if voice in elsewhere else _voice_claim(version, other, voice, rows, extra)
        if claim and claim.claim == _ONLY:
            yield voice, rows, claim


def with_voices(spoken: Any) -> Any:
    """The statements with `voice`: the actor, or the person or body where there is none.

    By rule, a person is a voice of his or her own: whom a person speaks for is what the rules get wrong most.
    """
    has_actor = ~spoken["actor"].isin(NO_ACTOR)
    if is_by_rule(spoken):
        has_actor &= ~spoken["source_type"].str.startswith("named")
    return spoken.assign(voice=spoken["actor"].where(has_actor, spoken["source_id"]))


def _voice_claim(version: Any, other: Any, voice: str, rows: Any, extra: Any) -> Claim | None:
    """The claim that `other` neither hears nor names a voice; its words are the fullest with which it is introduced."""
    placed = rows[rows["source_start"].notna()]
    if rows["same_as"].ne("").any():
        return None  # the other version gives the same words to somebody
    if rows["source_type"].iloc[0] == "group" and not names_a_group(rows["source_id"].iloc[0]):
        return None
    spans = [Span(int(a), int(b)) for a, b in zip(placed["source_start"], placed["source_end"], strict=True)]
    cores = {span: core for span in spans if (core := _core(version, span, rows["source_id"].iloc[0]))}
    if not cores:
        return None
    core = cores[max(cores, key=lambda one: one.end - one.start)]
    is_named = rows["source_type"].iloc[0].startswith("named")
    forms = list(name_forms(version, other, core, extra))
    if is_by_rule(rows) and is_named:  # a person is looked up by the office, not by the state
        offices = [office.partition(" of ")[0] for office in rows["affiliation"].unique()]
        forms += [office for office in offices if " " in office]
    else:
        forms += [form for actor in rows["actor"].unique() for form in actor_forms(actor, other, extra)]
    said = [part for content in rows["content_spans"] for part in read_spans(content)]
    if any(_is_said(version, other, part) for part in said):
        return None
    retold = [is_retold(version, other, part) for part in said] if is_by_rule(rows) else [False]
    if all(retold) or (any(retold) and not is_named):
        return None
    return only_in(version, other, [core], _one_line(version, core), forms, coined_forms(version, core))


def _inside(version: Any, claim: Claim, rows: Any) -> str:
    """A voice's words as they stand inside a sentence: `aid workers` for `Aid workers`."""
    words = claim.item
    if rows["source_type"].iloc[0] == "group" and not opens_with_name(version, claim.spans[0]):
        words = words[:1].lower() + words[1:]
    words = _shown(version, words, rows["source_type"].iloc[0])
    has_article = re.search(r"\bthe\s+$", version.shown[: claim.spans[0].start], re.IGNORECASE)
    return f"the {words}" if has_article else inside(words)


def voice_name(versions: Mapping[str, Any], rows: Any) -> str:
    """What readers see of a voice that no codebook knows: its name as a source has it, else the first source up to a comma.

    versions: the Versions, by id. rows: the statements of the voice, of any version.
    """
    voice = by_voice(rows)["actor"]
    own = rows[rows["source_id"].eq(voice)]
    if voice.nunique() == 1 and not len(
        own
    ):  # a body that speaks by persons alone has its own name, not one of theirs
        for version in versions.values():
            if core := _words_of_id(version, Span(0, len(version.text)), voice.iloc[0]):
                return _shown(version, _one_line(version, core), "named")
    rows = own if len(own) else rows
    for row in rows[rows["source_start"].notna()].itertuples(index=False):
        version, span = versions[row.version], Span(int(row.source_start), int(row.source_end))
        core = _core(version, span, row.source_id)
        if core and row.source_type.startswith("named"):
            return _shown(version, _one_line(version, core), "named")
    told = rows[~rows["source"].map(grammar.points_back).astype(bool)]
    if not len(told):
        for row in rows.itertuples(index=False):
            version = versions[row.version]
            if core := _words_of_id(version, Span(0, len(version.text)), row.source_id):
                return inside(_shown(version, _one_line(version, core), row.source_type))
        return next((words for words in rows["source"] if " " in words), "")  # his mother
    first = told.iloc[0]
    return inside(_shown(versions[first["version"]], first["source"].partition(",")[0], first["source_type"]))


def _shown(version: Any, words: str, source_type: str) -> str:
    """The words of a voice as they are written; where the text has no capitals to go by, a name with them and a group without."""
    if not version.document.caseless:
        return words
    return words.lower() if source_type == "group" or source_type.startswith("anonymous") else words.title()


def _is_said(version: Any, other: Any, span: Span) -> bool:
    claim = stands_alone(version, other, span, "added")
    return claim is None or claim.claim == _OUTSIDE


def _core(version: Any, span: Span, source_id: str) -> Span | None:
    """Of the words of a source, those that its id is made of: the name of a person, a body, a group."""
    return _words_of_id(version, span, source_id) or (span if actor_of(version, span) else None)


def _words_of_id(version: Any, span: Span, source_id: str) -> Span | None:
    """Where a span first has the words that an id is made of."""
    doc, wanted = version.document, source_id.replace(".", "")
    first, last = doc.token_range(*span)
    norms = [token.norm.replace(".", "") for token in doc.tokens[first:last]]
    for start in range(len(norms)):
        joined = ""
        for end in range(start, len(norms) if norms[start] else start):
            joined += f"-{norms[end]}" if joined else norms[end]
            if joined == wanted:
                return Span(doc.tokens[first + start].start, doc.tokens[first + end].end)
            if not wanted.startswith(joined):
                break
    return None


def _counted_voices(
    mine: Mapping[str, Any], unresolved: Any, before: Any, after: Any
) -> tuple[list[str], list[Claim]]:
    """What can be said where no voice can be said to stand in one version alone; by rule, often nothing.

    That the voices are the same is said only where each statement whose speaker is unresolved stands in both versions.
    """
    rows = {v: mine[v.id] for v in (before, after)}
    coded = not any(is_by_rule(one) for one in rows.values())
    voices = [set(one["voice"]) for one in rows.values()]
    if voices[0] == voices[1] != set() and unresolved["same_as"].ne("").all():
        n = len(voices[0])
        claims = [Claim("same", v.id, count(n, "voice"), _sources(one)) for v, one in rows.items()]
        if coded:
            return [f"Both versions let the same {count(n, 'voice') if n > 1 else 'voice'} speak"], claims
        return ["By rule, whoever speaks in one version speaks in the other too"], claims
    if not any(voices):
        return ["No statement was found whose speaker is known"], []
    if not coded:
        return [], []
    counts = {v: count(len(one), "statement") for v, one in rows.items()}
    claims = [Claim("count", v.id, counts[v], _sources(one)) for v, one in rows.items()]
    told = listing(f"{number} in the {v.label}" for v, number in counts.items())
    return [f"Reading finds {told}, and nobody who can be said to be heard in one version alone"], claims


def _sources(rows: Any) -> tuple[Span, ...]:
    return tuple(span for content in rows["content_spans"] for span in read_spans(content))


def of_speakers(statements: "pd.DataFrame", labels: Mapping[str, str]) -> str | None:
    """How many sources and statements each actor of `labels` (dict) has, each statement counted once.

    Those of whom nothing is heard are named too; of more than eight actors, the rest is counted together. Documents and
    sources that are unresolved are no actors, and counted behind them.
    """
    single = once(by_voice(statements))
    labels = {actor: name for actor, name in labels.items() if actor not in NO_ACTOR}
    rest = list(labels)[_MOST_ACTORS:]
    parts = []
    for actor, name in list(labels.items())[:_MOST_ACTORS]:
        rows = single[single["actor"] == actor]
        sources = rows["source_id"].nunique()
        parts.append(f"{name} {len(rows)} (by {count(sources, 'source')})" if len(rows) else f"{name} none")
    others = int(single["actor"].isin(rest).sum())
    parts += [f"{count(len(rest), 'other')} {others or 'none'}"] * bool(rest)
    apart = [(int(single["actor"].eq(actor).sum()), of) for actor, of in _APART.items()]
    behind = [f"{n} of {of}" for n, of in apart if n]
    told = [
        f"Statements, each counted once though it stand in both versions{_by_rule(statements)}: {listing(parts)}"
    ]
    told += [f"Not counted with them: {listing(behind)}"] * bool(behind)
    return f"{'. '.join(told if parts else told[1:])}." if parts or behind else None


def of_power(statements: "pd.DataFrame", labels: Mapping[str, str]) -> str:
    """The least p that a test between the two best-sourced actors of `labels` could ever reach."""
    single = once(by_voice(statements))
    sources = single[single["actor"].isin(labels)].groupby("actor")["source_id"].nunique()
    most = sources.sort_values(ascending=False, kind="stable").head(2)
    if len(most) < 2:
        return (
            "Fewer than two of the charted actors are heard: there is nothing to compare, let alone to test."
        )
    (first, second), (n_a, n_b) = map(str, most.index), map(int, most)
    least = least_attainable_p(n_a, n_b)
    return (
        f"The most sources are {n_a} ({labels[first]}) and {n_b} ({labels[second]}): whatever they had said, no "
        f"exact test of a difference between the two could give a p below {least:.2f}. "
        "So nothing is tested here."
    )
