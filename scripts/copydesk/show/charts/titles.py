"""The titles of all charts: what each chart's table shows, in a sentence computed from it."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from copydesk.engine.speakers import NO_ACTOR
from copydesk.show.claims import Finding
from copydesk.show.counts_and_lists import count, few, listing
from copydesk.show.sentences import voice_name, with_voices
from copydesk.stories.resolved import is_by_rule

_KINDS = {"identical": "unchanged", "added": "added", "deleted": "cut", "split": "split", "merged": "merged"}
PART_NAMES = {"lead": "lead third", "middle": "middle third", "end": "last third"}
# Intervals from fewer stories come out too narrow for a headline (Cameron, Gelbach and Miller 2008).
_FEWEST = 10


# --- what changed -------------------------------------------------------------------------------------


def ribbon_title(table, names) -> str:
    """How many sentences of the first version are unchanged and how many changed; how many are linked to none."""
    befores = _once(table.dropna(subset="before"), "before")
    afters = _once(table.dropna(subset="after"), "after")
    kinds = befores.value_counts()
    lone = [int((side == kind).sum()) for side, kind in ((befores, "cut"), (afters, "added"))]
    if lone == [len(befores), len(afters)]:
        return f"No sentence of the {names[0]} is linked to one of the {names[1]}"
    order = ("unchanged", "changed", "style only", "split", "merged")
    told = [
        f"{kinds[kind]} {'changed in style only' if kind == 'style only' else kind}"
        for kind in order
        if kind in kinds
    ]
    moved = int(befores.index.isin(table.before[table.moved]).sum())
    first, *others = told
    number, _, word = first.partition(" ")
    title = (
        f"{number} of {count(len(befores), 'sentence')} of the {names[0]} {'is' if number == '1' else 'are'} "
    )
    title += listing([word, *others]) + (f"; {moved} of them moved" if moved else "")
    lacking = [f"{n} of the {name}" for n, name in zip(lone, names, strict=True) if n]
    verb = "is" if sum(lone) == 1 else "are"
    return title + (f"; {listing(lacking)} {verb} linked to none" if lacking else "")


def _once(rows, side):
    """Series: the kind of each sentence of a version, by its id; of several, the one that changed most."""
    kinds = [kind_of(row) for row in rows.itertuples()]
    order = pd.Series(kinds, index=rows[side], dtype=object)
    order = order.iloc[order.map(lambda kind: kind == "unchanged").to_numpy().argsort(kind="stable")]
    return order[~order.index.duplicated()]


def kind_of(link) -> str:
    """What a reader calls the relation of two linked sentences: `unchanged`, `style only`, `changed`, `cut`."""
    return _KINDS.get(link.relation) or ("style only" if link.change in ("style", "none") else "changed")


def lives_title(table, versions) -> str:
    """How many sentences stand in every version."""
    lived = table.groupby("life").version.nunique()
    whole = int((lived == len(versions)).sum())
    verb = "lives" if whole == 1 else "live"
    return f"{whole} of {count(len(lived), 'sentence')} {verb} through all {len(versions)} versions"


def matrix_title(table) -> str:
    """How many pairs are linked, and how many more are at least half alike."""
    rivals = int((~table.linked & (table.similarity >= 0.5)).sum())
    return f"{count(int(table.linked.sum()), 'pair')} of sentences linked; {count(rivals, 'other pair')} at least half alike"


def position_title(table, named) -> str:
    """Which third of the last version holds most of what is new in it."""
    *_, (version, name) = named.items()
    last = table[table.version == version]
    changed = int(last.changed.sum())
    if not table.changed.sum():
        return f"No word of {listing(f'the {name}' for name in named.values())} was changed"
    if not changed:
        return f"No word of the {name} was added or put in place of another"
    top = last.loc[last.changed.idxmax()]
    if changed == 1:
        return f"The one word that the {name} adds or replaces stands in its {PART_NAMES.get(top.part, top.part)}"
    if top.changed * 2 > changed:
        share, part = _rounded(top.changed, changed), PART_NAMES.get(top.part, top.part)
        return f"{share} of the {changed:,} words that the {name} adds or replaces stand in its {part}"
    # About a third in each is what chance would do.
    shares = [
        f"{_rounded(row.changed, changed)} in the {PART_NAMES.get(row.part, row.part)}"
        for row in last.itertuples()
    ]
    return f"The {changed:,} words that the {name} adds or replaces are spread: {listing(shares)}"


def _rounded(part, whole):
    share = 100 * part / whole
    # Nearly all is not all, and nearly none is not none.
    return f"{min(max(round(share), 1), 99) if 0 < part < whole else round(share)}%"


# --- who speaks ---------------------------------------------------------------------------------------


def voice_title(table, heard, versions, named, by_rule: bool = False) -> str:
    """Who has most words, in each version; by rule, that the chart shows it. heard: the actors that have any."""
    totals = table.pivot_table(index="actor", columns="version", values="words", aggfunc="sum", sort=False)
    labels = dict(zip(table.actor, table.label, strict=True))
    heard = [actor for actor in heard if actor not in NO_ACTOR]
    if heard and by_rule:
        return "Words of each voice in each version, by rule"
    if not heard:
        return "No words were found of a speaker who is known"
    heard = totals.loc[heard]
    who = heard.sum(axis=1).idxmax()
    words = listing(f"{int(heard[version][who]):,} in the {named[version]}" for version in versions)
    return f"Most words: {labels[who]}, {words}"


def voices_alone_title(
    statements: Any, said: Finding, labels: Mapping[str, str], before: Any, after: Any
) -> str | None:
    """The title of `voice_words` for two versions: whose words one version alone has.

    None where that can be said of nobody, or was not coded by reading: the chart may show others of whom the rules
    are less sure. said: of `sentences.of_voices`, whose claims these are. labels: the voices' ids and labels.
    """
    if is_by_rule(statements):
        return None
    cited = with_voices(statements[statements["statement"].isin(said.cited)])
    for version in (after, before):
        words = cited[cited["version"] == version.id].groupby("voice", sort=False)["words"].sum()
        names = {
            voice: labels.get(voice) or voice_name({version.id: version}, cited[cited["voice"].eq(voice)])
            for voice in words.index
        }
        told = [f"{names[voice]} ({n:,})" for voice, n in words.items()]
        if told:
            return f"Words in the {version.label} alone: {few(told)}"
    return None


def strip_title(table, labels, versions, named, lengths, by_rule: bool = False) -> str:
    """Who is heard first in the last version, and who comes in last; by rule, that the chart shows it."""
    if by_rule:
        return "Where each of the speakers shown has words, by rule"
    firsts = table[~table.actor.isin(NO_ACTOR)].groupby(["version", "actor"]).first_word.min()
    heard = {v: [actor for actor in labels if (v, actor) in firsts.index] for v in versions}

    def told(version, actor):
        return f"{labels[actor]} ({share_of(firsts[version, actor], lengths[version])} into it)"

    last = versions[-1]
    if not heard[last]:
        return f"No words of the actors shown were found in the {named[last]}"
    order = sorted(heard[last], key=lambda actor: firsts[last, actor])
    if len(order) == 1:
        return f"One of the actors shown speaks in the {named[last]}: {told(last, order[0])}"
    return (
        f"Of the actors shown, the {named[last]} hears {told(last, order[0])} first; "
        f"the last to come in: {told(last, order[-1])}"
    )


def share_of(part, whole) -> str:
    return f"{round(100 * part / whole)}%" if whole else "0%"


def marker_title(table, labels, by_rule: bool = False) -> str:
    """How many words of stance each actor uses; by rule, that the chart shows them."""
    if by_rule:
        return "Words of stance of the speakers shown, by rule"
    totals = table.groupby("actor", sort=False)["count"].sum()
    words = table.drop_duplicates(["actor", "voice"]).groupby("actor", sort=False).words.sum()
    told = [f"{labels[actor]} {int(totals[actor])} in {count(int(words[actor]), 'word')}"
            for actor in labels if totals[actor]]  # fmt: skip
    return f"Words of stance found: {listing(told)}" if told else "No words of stance were found"


def stance_title(stances, lanes, target) -> str:
    """How many segments of each actor stand where. stances: [(label, the stance of each)]."""
    told = [
        f"{label} {', '.join(f'{found.count(lane)} {lane}' for lane in lanes if lane in found)}"
        for label, found in stances
        if set(found) & set(lanes)
    ]
    return f"Toward {target}: {'; '.join(told)}" if told else f"Nobody takes a stand toward {target}"


# --- many stories -------------------------------------------------------------------------------------


def histogram_title(shares, made: bool = False) -> str:
    """How much half of the revisions change at most. shares: Series, 0 to 1. made: whether a machine revised."""
    revision = "machine-made revision" if made else "revision"
    if len(shares) == 1:
        return f"In the only {revision}, {percent(shares.median())} of the words change"
    return f"In half of the {count(len(shares), revision)}, {percent(shares.median())} of the words change or less"


def interval_title(rows, what, unit, zero) -> str:
    """What the intervals bear out, and no more."""
    least, most = (estimate(end, unit) for end in (rows["estimate"].min(), rows["estimate"].max()))
    between = f"{least} to {most}" if least != most else least
    rows = rows[rows["n"] >= _FEWEST]
    if rows.empty:
        return f"{what}: {between}, from too few stories to tell"
    if zero:
        sure = rows[(rows["low"] > 0) | (rows["high"] < 0)]
        if sure.empty:
            return f"{what}: no interval leaves out zero"
        told = [f"{row.label} {'rises' if row.estimate > 0 else 'falls'}" for row in sure.itertuples()]
        return f"{what}: {listing(told)}"
    above, below = rows.loc[rows["low"].idxmax()], rows.loc[rows["high"].idxmin()]
    if above["low"] > below["high"]:
        more, less = (f"{row['label']} ({estimate(row['estimate'], unit)})" for row in (above, below))
        return f"{what}: {more} above {less}"
    return f"{what}: no difference that the intervals bear out, {between}"


def gains_title(rows, what) -> str:
    """Who gains most, and who loses most."""
    told = [
        f"{rows['label'].loc[rows[side].idxmax()]} {verb} most ({count(int(rows[side].max()), 'word')})"
        for side, verb in (("gained", "gains"), ("lost", "loses"))
        if rows[side].max() > 0
    ]
    return f"{what}: {listing(told)}"


def fates_title(rows, what, fates) -> str:
    """How many there are of each fate."""
    return f"{what}: {listing(f'{int(rows[fate].sum()):,} {fate}' for fate in fates)}"


def percent(share) -> str:
    return f"{100 * share:.0f}%"


def estimate(value, unit) -> str:
    """An estimate as a chart writes it, with its unit; a dash where there is none."""
    if math.isnan(value):
        return "–"
    if unit == "%":
        return f"{100 * value:.1f}%"
    return f"{value:+.2f}{unit}".replace("-", "−")
