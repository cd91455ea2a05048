"""Findings in a sentence, made from the tables: what each notebook leads with.

Each function takes tables and returns str. A number in a sentence is a number of a table.
"""

import re

from copydesk.show.phrasing import capital, count, inside, listing
from copydesk.stories.statistics import least_attainable_p, once
from copydesk.stories.tables import by_voice

_MOST_ACTORS = 8  # in one sentence


def of_set_apart(versions):
    """Where much of a version (of Versions) is set apart as no part of its article, how much; or None."""
    parts = [
        f"of the words behind the lead of the {version.label}, {version.share_set_apart:.0%} are set apart"
        for version in versions
        if version.much_is_set_apart
    ]
    if not parts:
        return None
    return f"{capital(listing(parts))}: see in the table that none of them is the article's."


def of_revision(comparison):
    """What became of the earlier version's sentences, and what the later one added."""
    links = comparison.links
    before, after = comparison.before, comparison.after
    n = links["relation"].value_counts()
    kept = links.loc[links["relation"] == "identical", "before"].nunique()
    linked = links.dropna(subset=["before", "after"])
    touched = linked.loc[linked["relation"] != "identical", "before"].nunique()
    total = len(before.sentences)
    if not len(linked):
        return f"The {after.label} and the {before.label} have no sentence in common."
    if kept == total and not n.get("added", 0):
        return f"The {after.label} says what the {before.label} says, word for word."
    added = count(int(n.get("added", 0)), "sentence")
    return (
        f"Of the {count(total, 'sentence')} of the {before.label}, the {after.label} keeps {kept} word for word, "
        f"rewords {touched} and drops {n.get('deleted', 0) or 'none'}; it adds {added}. "
        f"In words: {_words_told(comparison)}."
    )


def _words_told(comparison):
    """`135 added, 2 cut, 16 replaced by 35`."""
    summary = comparison.summary
    rows = summary[summary["unit"] == "words"].set_index(["measure", "version"])["count"]
    before, after = comparison.before.id, comparison.after.id
    added, cut = int(rows.get(("added", after), 0)), int(rows.get(("cut", before), 0))
    old, new = int(rows.get(("reworded", before), 0)), int(rows.get(("reworded", after), 0))
    parts = [f"{added:,} added" if added else "none added", f"{cut:,} cut" if cut else "none cut"]
    return ", ".join(parts + [f"{old:,} replaced by {new:,}"] * bool(old or new))


def of_additions(comparison, items, labels):
    """Which names and numbers one version has and the other has nowhere.

    items: of `revisions.names_and_numbers`. labels: dict of a name in small letters and its actor's label.
    A name in a text without capitals is given capitals here; the table has it as it is written. What stands
    on the page around the other article is no part of that article, and is said.
    """

    def pick(kind, change):
        rows = items[(items["kind"] == kind) & (items["change"] == change)]
        version = comparison.after if change == "new" else comparison.before
        written = [str.title(item) if version.document.caseless else item for item in rows["item"]]
        return list(dict.fromkeys(labels.get(item.lower(), item) for item in written))

    parts, around = [], []
    for version, other, change in (
        (comparison.after, comparison.before, "new"),
        (comparison.before, comparison.after, "vanished"),
    ):
        names, numbers = pick("name", change), pick("number", change)
        has = [f"names {listing(names)}"] if names else []
        has += (
            [f"gives the {'number' if len(numbers) == 1 else 'numbers'} {listing(numbers)}"]
            if numbers
            else []
        )
        if has:
            parts.append(f"only the {version.label} {listing(has)}")
        page = " ".join(other.boilerplate["text"]).lower()
        seen = [name for name in names if re.search(rf"\b{re.escape(name.lower())}\b", page)]
        around += [f"the page around the article of the {other.label} has {listing(seen)} too"] * bool(seen)
    if not parts:
        return "Neither version has a name or a number that the other has nowhere."
    return f"{capital('; '.join(parts + around))}."


def of_measures(measures, before, after):
    """Whether the versions report the same measures, and how many of them."""
    counted = measures[~measures["umbrella"]]
    kinds = {v.id: _measure_keys(counted, v.id) for v in (before, after)}
    only_before, only_after = (
        kinds[before.id] - kinds[after.id],
        kinds[after.id] - kinds[before.id],
    )
    n = len(counted[counted["version"] == after.id])
    if counted.empty:
        return "Neither version reports a sanctions measure."
    if not only_before and not only_after:
        return f"Both versions report the same {count(n, 'measure')}: the editing left the measures alone."
    parts = []
    for version, only in ((before, only_before), (after, only_after)):
        if only:
            parts.append(f"only the {version.label} reports {listing(sorted(key[0] for key in only))}")
    return f"{capital('; '.join(parts))}."


def _measure_keys(measures, version):
    fields = ["label", "type", "status", "binding_before", "binding_after", "quantity"]
    mine = measures[measures["version"] == version]
    return {tuple(str(value) for value in row) for row in mine[fields].itertuples(index=False)}


def of_status(measures, version):
    """How many measures of a version are proposed, in force, and so on, and how many would bind harder; or None."""
    mine = measures[(measures["version"] == version.id) & ~measures["umbrella"]]
    if mine.empty:
        return None
    n = mine["status"].value_counts()
    parts = [f"{number} {'is' if number == 1 else 'are'} {status}" for status, number in n.items()]
    harder = mine[mine["binding_before"].isin(["none", "recommended", "conditional"])]
    tail = f"; {len(harder)} would bind harder than before" if len(harder) else ""
    return f"Of the {count(len(mine), 'measure')} of the {version.label}, {listing(parts)}{tail}."


def of_outcome(measures, outcome, version):
    """Which numbers of a version were others when the measures were adopted, and what it leaves out; or None."""
    if measures.empty and outcome.empty:
        return None
    mine = measures[(measures["version"] == version.id) & measures["quantity"].notna()]
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
    return f"What was adopted: {listing(parts) if parts else 'the numbers are those of the story'}."


def of_voices(statements, labels, before, after):
    """Whose voices stand in the later version alone, and what share of its quoted words they have."""
    spoken = by_voice(statements[statements["actor"] != "document"])
    # A source that no rule resolves is a voice of its own, under the name that the story gives it.
    spoken = spoken.assign(
        voice=spoken["actor"].where(spoken["actor"] != "unresolved", spoken["source_id"]),
        name=spoken["actor"]
        .where(spoken["actor"] != "unresolved")
        .map(labels)
        .fillna(spoken["source"].map(inside)),
    )
    mine = {v.id: spoken[spoken["version"] == v.id] for v in (before, after)}
    heard = {one: list(rows["voice"].drop_duplicates()) for one, rows in mine.items()}
    only = [voice for voice in heard[after.id] if voice not in heard[before.id]]
    lost = [voice for voice in heard[before.id] if voice not in heard[after.id]]
    if not only and not lost:
        return f"Both versions let the same {count(len(heard[after.id]), 'voice')} speak."
    parts = []
    for version, other, actors in ((after, before, only), (before, after, lost)):
        if actors:
            rows = mine[version.id].groupby("voice")
            rows = rows.agg(name=("name", "first"), size=("name", "size"), sum=("words", "sum"))
            voices = [
                f"{name} ({count(int(n), 'statement')}, {count(int(words), 'word')})"
                for _, name, n, words in rows.loc[actors].itertuples()
            ]
            parts.append(
                f"Heard in the {version.label} alone: {listing(voices)}; "
                f"readers of the {other.label} do not hear {'it' if len(actors) == 1 else 'them'}"
            )
    return ". ".join(parts) + "."


def of_speakers(statements, labels):
    """How many sources and statements each actor of `labels` (dict) has, each statement counted once.

    Those of whom nothing is heard are named too; of more than eight actors, the rest is counted together.
    """
    single = once(by_voice(statements))
    parts = []
    labels, rest = dict(list(labels.items())[:_MOST_ACTORS]), list(labels)[_MOST_ACTORS:]
    for actor, name in labels.items():
        rows = single[single["actor"] == actor]
        sources = rows["source_id"].nunique()
        parts.append(f"{name} {len(rows)} (by {count(sources, 'source')})" if len(rows) else f"{name} none")
    others = int(single["actor"].isin(rest).sum())
    parts += [f"{len(rest)} others {others}"] * bool(rest)
    return f"Statements, each counted once though it stand in both versions: {listing(parts)}."


def of_power(statements, labels):
    """The least p that a test between the two best-sourced actors of `labels` could ever reach."""
    single = once(by_voice(statements))
    sources = single[single["actor"].isin(labels)].groupby("actor")["source_id"].nunique()
    most = sources.sort_values(ascending=False, kind="stable").head(2)
    if len(most) < 2:
        return (
            "Fewer than two of the charted actors are heard: there is nothing to compare, let alone to test."
        )
    (first, n_a), (second, n_b) = most.items()
    least = least_attainable_p(int(n_a), int(n_b))
    return (
        f"{labels[first]} speaks through {count(int(n_a), 'source')}, {labels[second]} through {n_b}: "
        f"whatever they had said, no exact test of a difference between them could give a p below {least:.2f}. "
        "So nothing is tested here."
    )
