"""Who reports a measure: the statement whose words hold it."""

from copydesk.engine.spans import overlaps, read_spans


def statement_finder(statements):
    """A function from a span to the id of the statement that holds most of it, "" where none does.

    statements: pairs (id, content spans as `12-40;55-80`).
    """
    places = [(span, number) for number, spans in statements for span in read_spans(spans)]
    overlapping = overlaps([span for span, _ in places])

    def holder(span):
        held = (places[n] for n in overlapping(*span))
        shared = [(min(span[1], end) - max(span[0], start), -start, number) for (start, end), number in held]
        best = max(shared, default=(0, 0, ""))
        return best[2] if best[0] * 2 > span[1] - span[0] else ""

    return holder
