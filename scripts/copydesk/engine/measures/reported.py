"""Who reports a measure: the statement whose words hold it."""

from bisect import bisect_right

from copydesk.engine.spans import read_spans


def statement_finder(statements):
    """A function from a span to the id of the statement that holds most of it, "" where none does.

    statements: pairs (id, content spans as `12-40;55-80`).
    """
    places = sorted((*span, number) for number, spans in statements for span in read_spans(spans))
    starts = [place[0] for place in places]

    def holder(span):
        reach = bisect_right(starts, span[1])
        shared = [
            (min(span[1], end) - max(span[0], start), -start, number) for start, end, number in places[:reach]
        ]
        best = max(shared, default=(0, 0, ""))
        return best[2] if best[0] * 2 > span[1] - span[0] else ""

    return holder
