"""How far coders, and then the rules, agree on a table, in a sentence."""

from copydesk.show.counts_and_lists import count
from copydesk.show.tables import is_missing


def agreement_told(rates, name: str) -> str:
    """A sentence on the rates of agreement on a table (links, statements, stances, measures).

    rates: the tables of `coding.agreement` and `coding.against_rules`, one behind the other.
    """
    told = []
    pairs = rates[["coder_a", "coder_b"]].drop_duplicates().itertuples(index=False)
    for one, other in pairs:
        rows = rates[(rates["coder_a"] == one) & (rates["coder_b"] == other)].to_dict("records")
        units = next((row for row in rows if row["field"] == "units"), None)
        fields = [row for row in rows if row["field"] != "units" and not is_missing(row["agreement"])]
        if units is None:
            continue
        rules = other == "rules"
        whole = int(units["n_a"]) if rules else max(int(units["n_a"]), int(units["n_b"]))
        matched, more = int(units["matched"]), int(units["n_b"] - units["matched"])
        found = "the rules find" if rules else "two coders agree on"
        found += f" {matched} of {count(whole, name.removesuffix('s'))}"
        if rules and more > 0:
            found += f" and {more} more"
        if fields:
            low = min(fields, key=lambda row: row["agreement"])
            found += f", and least on {low['field'].replace('_', ' ')} ({low['agreement']:.0%})"
            if low["agreement"] == 1:
                found = found.rpartition(", and least")[0] + ", with the same codes throughout"
        told.append(found)
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""
