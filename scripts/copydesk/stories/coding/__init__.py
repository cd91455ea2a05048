"""Hand codings: who coded what, how far the coders agree, what was resolved, and how the rules compare.

A coding is a table that somebody made by reading: `coding/CODER/TABLE.csv` in a story's folder, with
`coding/resolved/TABLE.csv` for what the coders settled on (its column `reason` says why) and
`coding/coders.csv` for who they are. Rows are keyed by spans of a version's text, never by the ids that
the rules give, so that a coding outlives every change of the rules.

Agreement is told in two steps, units before values: first whether two coders found the same units, then, on
the units that both found, how far they gave them the same values.
"""

from copydesk.stories.coding.coding_csv import read_file
from copydesk.stories.coding.comparing import (
    AGREEMENT_COLUMNS,
    DISAGREEMENT_COLUMNS,
    RULES,
    against_rules,
    agreement,
    alpha,
    as_coding,
    compare,
    differences,
    disagreements,
    field_agreement,
    match,
)
from copydesk.stories.coding.provenance import UNCHECKED, check_sheet, provenance_sentence
from copydesk.stories.coding.row_models import RESOLVED, TABLES
from copydesk.stories.coding.story_codings import coders, codings, enter_coder, read_coding, resolved, write

__all__ = [
    "AGREEMENT_COLUMNS",
    "DISAGREEMENT_COLUMNS",
    "RESOLVED",
    "RULES",
    "TABLES",
    "UNCHECKED",
    "against_rules",
    "agreement",
    "alpha",
    "as_coding",
    "check_sheet",
    "coders",
    "codings",
    "compare",
    "differences",
    "disagreements",
    "enter_coder",
    "field_agreement",
    "match",
    "provenance_sentence",
    "read_coding",
    "read_file",
    "resolved",
    "write",
]
