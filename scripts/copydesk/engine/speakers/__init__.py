"""From a source as it is written to the actor it speaks for, by rules; the names are in `actors.toml`.

A source is a noun phrase: "Swedish deputy envoy Anna Lind", "the Danish official", "it". It is
taken apart into its office, its names and what stands around them; an office speaks for the state or body
that fills it, a name or a pronoun for the person or body it takes up. Every answer carries the rule that
gave it, and what no rule settles is `unresolved`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.engine.language.actor_names import actor_labels, lexicon
from copydesk.engine.speakers.memory import DOCUMENT, NOBODY, UNRESOLVED
from copydesk.engine.speakers.who_speaks import Voice, find_voices
from copydesk.engine.text import Document, read

if TYPE_CHECKING:
    from copydesk.engine.statements import Statement

__all__ = ["NOBODY", "NO_ACTOR", "UNRESOLVED", "Mention", "Voice", "actor_labels", "find_actors", "resolve"]

# What stands in the column `actor` where nobody is known to speak: no rule says who does, or a document does.
NO_ACTOR = (NOBODY, UNRESOLVED, DOCUMENT)


class Mention(NamedTuple):
    """A name of the codebook in a text: its span, the actor's id and kind, and how it is named.

    how: "name", "demonym", "capital", "seat" or "body".
    """

    start: int
    end: int
    actor: str
    kind: str
    how: str


def find_actors(text: str | Document, extra: Sequence[Any] = ()) -> list[Mention]:
    """The actors named in a text, the longest name first where names overlap.

    text: str or Document. extra: a story's `extra_actors`. Returns list[Mention] in textual order.
    """
    doc = read(text)
    hits = lexicon(extra).find(doc, 0, len(doc.tokens))
    return [
        Mention(doc.tokens[hit.first].start, doc.tokens[hit.last - 1].end, hit.actor, hit.kind, hit.how)
        for hit in hits
    ]


def resolve(
    statements: Sequence["Statement"],
    text: str | Document,
    extra: Sequence[Any] = (),
    month: str | None = None,
) -> list[Voice]:
    """Who speaks in each statement of a text.

    statements: list[Statement] of that text. extra: a story's `extra_actors`. month: when the text was written,
    such as "2016-02", so that whoever held an office then is known by name alone. Returns list[Voice], one a
    statement and in their order. Linear in the text: each phrase is read once, and a pronoun or a surname
    is looked up in an index of those who were mentioned before it.
    """
    return find_voices(read(text), lexicon(extra), statements, month)
