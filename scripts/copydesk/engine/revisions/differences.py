"""The differences between two sequences of words: whole words, exact, and such as a reader can follow.

Works on lists of normal forms (`copydesk.engine.text.Token.norm`) and knows nothing of versions or offsets.
"""

from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from copydesk.engine.language import grammar
from copydesk.engine.language.spelling import is_spoken, key, same_words
from copydesk.engine.revisions.limits import LIMITS


class Difference(NamedTuple):
    """What changed at one place: `before[before_start:before_end]` became `after[after_start:after_end]`.

    kind: "insert", "delete", "replace", or "move" (the same words, at another place).
    level: "wording"; "spelling" (the same words, spelt otherwise); "typography" (no word differs).
    """

    before_start: int
    before_end: int
    after_start: int
    after_end: int
    kind: str
    level: str


def find_differences(before, after):
    """What turns one list of words into another.

    before, after: lists of normal forms. Returns list[Difference], ordered by place in `after` and then in
    `before`. What no difference touches is equal and in the same order on both sides, so that
    `apply_differences` makes `after` out of `before`. Swapping the lists swaps each difference.

    A longest common subsequence of words (Levenshtein's insertions and deletions; spelling variants count as
    one word) is cleaned for reading: words in common that weigh less than the changes on both their sides
    are taken into the change (the idea of Fraser's semantic cleanup, on words instead of letters); a change
    that could stand at several places stands where a phrase begins; a phrase that is deleted here and
    inserted there is one move.
    """
    if before == after:
        return []
    if before <= after:
        found = _differences(before, after)
    else:
        found = [_swapped(difference) for difference in _differences(after, before)]
    return sorted(found, key=lambda d: (d.after_start, d.after_end, d.before_start, d.before_end))


def apply_differences(before, differences, after):
    """The words that `differences` make out of `before`; of `after` only the words they put in are read."""
    taken = set()
    put = {}
    for difference in differences:
        taken.update(range(difference.before_start, difference.before_end))
        put.update((place, after[place]) for place in range(difference.after_start, difference.after_end))
    kept = iter([word for place, word in enumerate(before) if place not in taken])
    length = len(before) - len(taken) + len(put)
    return [put[place] if place in put else next(kept) for place in range(length)]


_SWAPPED = {"insert": "delete", "delete": "insert", "replace": "replace", "move": "move"}


def _swapped(d):
    return Difference(d.after_start, d.after_end, d.before_start, d.before_end, _SWAPPED[d.kind], d.level)


class _Change(NamedTuple):
    """A stretch of both sides between words in common; `cut` and `put`: what of it is no moved phrase."""

    before: range
    after: range
    cut: tuple
    put: tuple
    moves: bool


def _differences(before, after):
    keys = [key(word) for word in before], [key(word) for word in after]
    islands, exact = _common(*keys)
    changes = _changes(islands, len(before), len(after))
    moves = []
    if exact and sum(n for _, _, n in islands) >= LIMITS.shared * min(len(before), len(after)):
        # In a sentence written anew, the same phrase at two places is chance.
        moves = [*_moves(before, keys, changes), *_moved_words(before, keys, changes)]
    changes = [_without_moves(change, moves) for change in changes]
    if exact:
        islands, changes = _clean(before, after, islands, changes)
    found = [Difference(i, i + n, j, j + n, "move", "wording") for i, j, n in moves]
    for i, j, n in islands:
        for k in range(n):
            if before[i + k] != after[j + k]:
                found.append(_replace(before, after, i + k, i + k + 1, j + k, j + k + 1))
    room = 0
    for change, (_, _, n) in zip(changes, [*islands, (0, 0, 0)], strict=True):
        pieces, slid = _split(before, after, keys, change, room, n)
        found.extend(pieces)
        room = n - slid
    return found


def _common(before, after):
    """([(place in before, place in after, length)] of the words in common, whether they are a longest)."""
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    left, right = before[head : len(before) - tail], after[head : len(after) - tail]
    exact = len(left) * len(right) <= LIMITS.pairs
    islands = [(0, 0, head)] if head else []
    if left and right and exact:
        # Numbers instead of strings: what is common must not depend on Python's hash of a string.
        ids = {}
        left = [ids.setdefault(word, len(ids)) for word in left]
        right = [ids.setdefault(word, len(ids)) for word in right]
        for tag, start, end, other, _ in Indel.opcodes(left, right):
            if tag == "equal":
                islands.append((head + start, head + other, end - start))
    if tail:
        islands.append((len(before) - tail, len(after) - tail, tail))
    return islands, exact


def _changes(islands, n_before, n_after):
    """[(range of before, range of after)]: before, between and after the islands; the outer can be empty."""
    starts = [(0, 0), *((i + n, j + n) for i, j, n in islands)]
    ends = [*((i, j) for i, j, _ in islands), (n_before, n_after)]
    return [(range(a, c), range(b, d)) for (a, b), (c, d) in zip(starts, ends, strict=True)]


# --- moves ------------------------------------------------------------------------------------------


def _moves(before, keys, changes):
    """[(place in before, place in after, length)]: phrases deleted at one place and inserted at another."""
    cut = [i for change, _ in changes for i in change]
    put = [j for _, change in changes for j in change]
    if len(cut) < 2 or len(put) < 2 or len(cut) * len(put) > LIMITS.move_pairs:
        return []
    cut, put = set(cut), set(put)
    pairs = {}
    for j in put:
        if j + 1 in put:
            pairs.setdefault((keys[1][j], keys[1][j + 1]), []).append(j)
    runs = {
        _trimmed(before, _run(keys, cut, put, i, j))
        for i in cut
        if i + 1 in cut
        for j in pairs.get((keys[0][i], keys[0][i + 1]), ())
    }
    chosen, used = [], (set(), set())
    for i, j, n in sorted(runs, key=lambda run: (-run[2], run[0], run[1])):
        places = range(i, i + n), range(j, j + n)
        if _is_phrase(before[i : i + n]) and not any(map(set.intersection, used, map(set, places))):
            chosen.append((i, j, n))
            used[0].update(places[0])
            used[1].update(places[1])
    return sorted(chosen)


def _moved_words(before, keys, changes):
    """Moves of one word, `[said] Weber` to `Weber [said]`: the whole of two neighbouring changes."""
    moves, taken = [], -1
    for number, ((cut, put), (next_cut, next_put)) in enumerate(pairwise(changes)):
        if number == taken:
            continue
        if len(cut) == len(next_put) == 1 and not put and not next_cut:
            i, j = cut.start, next_put.start
        elif len(put) == len(next_cut) == 1 and not cut and not next_put:
            i, j = next_cut.start, put.start
        else:
            continue
        if keys[0][i] == keys[1][j] and is_spoken(before[i]) and before[i] not in grammar.words().grammar:
            moves.append((i, j, 1))
            taken = number + 1
    return moves


def _run(keys, cut, put, i, j):
    """The whole run of equal words around the places i and j, as far as they are deleted and inserted."""
    while i - 1 in cut and j - 1 in put and keys[0][i - 1] == keys[1][j - 1]:
        i, j = i - 1, j - 1
    n = 1
    while i + n in cut and j + n in put and keys[0][i + n] == keys[1][j + n]:
        n += 1
    return i, j, n


def _trimmed(before, run):
    """The run without punctuation at its ends."""
    i, j, n = run
    while n and not is_spoken(before[i]):
        i, j, n = i + 1, j + 1, n - 1
    while n and not is_spoken(before[i + n - 1]):
        n -= 1
    return i, j, n


def _is_phrase(words):
    return any(is_spoken(word) and word not in grammar.words().grammar for word in words)


def _without_moves(change, moves):
    """A `_Change` whose `cut` and `put` are the stretches of it that no moved phrase covers."""
    before, after = change
    cut = _uncovered(before, [(i, n) for i, _, n in moves])
    put = _uncovered(after, [(j, n) for _, j, n in moves])
    whole = sum(map(len, cut)) == len(before) and sum(map(len, put)) == len(after)
    return _Change(before, after, cut, put, not whole)


def _uncovered(stretch, covers):
    pieces, place = [], stretch.start
    for start, n in sorted(covers):
        if stretch.start <= start < stretch.stop:
            pieces.append(range(place, start))
            place = start + n
    pieces.append(range(place, stretch.stop))
    return tuple(piece for piece in pieces if piece)


# --- cleaning for reading ---------------------------------------------------------------------------


def _weight(word):
    """What a word weighs in a change; punctuation nothing."""
    if not is_spoken(word):
        return 0
    return LIMITS.grammar_weight if word in grammar.words().grammar else 1


def _clean(before, after, islands, changes):
    """Take islands of chance into the changes around them; from left to right, each looked at again when
    the change on its right has grown."""
    kept, current = [], changes[0]
    for island, following in zip(islands, changes[1:], strict=True):
        kept.append((current, island))
        current = following
        while kept and _is_chance(before, after, kept[-1][0], kept[-1][1], current):
            left, _ = kept.pop()
            outer = range(left.before.start, current.before.stop), range(left.after.start, current.after.stop)
            current = _Change(*outer, (outer[0],), (outer[1],), False)
    return [island for _, island in kept], [*(change for change, _ in kept), current]


def _is_chance(before, after, left, island, right):
    """Whether the words in common between two changes weigh less than either change."""
    if left.moves or right.moves:
        return False
    i, _, n = island
    words = before[i : i + n]
    spoken = sum(map(_weight, words))
    sizes = [
        max(sum(_weight(before[k]) for k in change.before), sum(_weight(after[k]) for k in change.after))
        for change in (left, right)
    ]
    if spoken == 0 and max(sizes) == 0:
        # Marks changed on both sides of a mark: `. ”` against `” .`
        return bool((left.before or left.after) and (right.before or right.after))
    # A comma in common divides two sentences alike: it holds as much as a word.
    weight = spoken + sum(1 for word in words if not is_spoken(word))
    return weight < LIMITS.kept and weight < min(sizes)


def _split(before, after, keys, change, room_left, room_right):
    """(the differences that a change is shown as, how far the last of them was slid to the right).

    The stretches that moved phrases leave of the change are paired in order, and trimmed of what they have
    in common. `room_left`, `room_right`: how many unchanged words stand on its sides, to slide along.
    """
    found, slid = [], 0
    nothing = range(change.before.stop, change.before.stop), range(change.after.stop, change.after.stop)
    for number in range(max(len(change.cut), len(change.put))):
        gone = change.cut[number] if number < len(change.cut) else nothing[0]
        come = change.put[number] if number < len(change.put) else nothing[1]
        i, p, j, q = _trim_common(keys, gone.start, gone.stop, come.start, come.stop)
        for k in range(i - gone.start):
            found.extend(_if_differs(before, after, gone.start + k, come.start + k))
        if i < p or j < q:
            offset = 0
            if not change.moves:
                room = room_left + i - gone.start, room_right + gone.stop - p
                offset = _best_offset(before, after, (i, p, j, q), room)
                slid = max(0, offset - (gone.stop - p))
            found.append(_replace(before, after, i + offset, p + offset, j + offset, q + offset))
        for k in range(gone.stop - p):
            found.extend(_if_differs(before, after, p + k, q + k))
    return found, slid


def _trim_common(keys, i, p, j, q):
    """The stretches before[i:p] and after[j:q] without what they have in common at their ends."""
    while i < p and j < q and keys[0][i] == keys[1][j]:
        i, j = i + 1, j + 1
    while i < p and j < q and keys[0][p - 1] == keys[1][q - 1]:
        p, q = p - 1, q - 1
    return i, p, j, q


def _if_differs(before, after, i, j):
    if before[i] != after[j]:
        yield _replace(before, after, i, i + 1, j, j + 1)


def _replace(before, after, i, p, j, q):
    kind = "insert" if i == p else "delete" if j == q else "replace"
    return Difference(i, p, j, q, kind, _level(before[i:p], after[j:q]))


def _level(before, after):
    spoken = [word for word in before if is_spoken(word)], [word for word in after if is_spoken(word)]
    if spoken[0] == spoken[1]:
        return "typography"
    return "spelling" if same_words(before, after) else "wording"


# --- where a change stands --------------------------------------------------------------------------


def _best_offset(before, after, stretch, room):
    """How far to slide an insertion or deletion, among the places where it makes the same text.

    In `the old [and the old] harbor` the same words could be marked one or two words further left; they are
    marked from where a phrase begins to where it ends. `room`: how many words it may go left and right.
    """
    i, p, j, q = stretch
    if (i == p) == (j == q):
        return 0
    words, start, stop = (after, j, q) if i == p else (before, i, p)
    other, place = (before, i) if i == p else (after, j)
    left = right = 0
    while left < room[0] and (words[start - left - 1] == words[stop - left - 1] == other[place - left - 1]):
        left += 1
    while right < room[1] and (words[start + right] == words[stop + right] == other[place + right]):
        right += 1
    return max(
        range(-left, right + 1),
        key=lambda offset: (_edge(words, start + offset) + _edge(words, stop + offset), -abs(offset), offset),
    )


def _edge(words, place):
    """How well a change can begin or end before the word at `place`, 0 to 5."""
    if place == 0 or place == len(words):
        return 5
    last, following = words[place - 1], words[place]
    if last in (".", "?", "!", "..."):
        return 5
    if not is_spoken(last) and last not in ('"', "(", "'", "$"):
        return 4
    if following in grammar.words().openers:
        return 3
    if not is_spoken(following) and following not in (".",):
        return 2
    return 1 if following in grammar.words().grammar or last not in grammar.words().grammar else 0
