"""What became of the measures that a story reports: facts from elsewhere, kept in the story's folder."""

import csv
import io
from typing import TYPE_CHECKING

from copydesk.engine import toml_files
from copydesk.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story

COLUMNS = [
    *("type", "topic", "in_story", "adopted", "quantity", "unit", "exemption", "difference", "paragraph"),
    "sources",
]


def outcome_table(story: "Story") -> "pd.DataFrame":
    """The rows of the story's `outcome.csv`, or none: DataFrame with the columns

    `story, type, topic, in_story, adopted, quantity, unit, exemption, difference, paragraph, sources`.

    A row says what was adopted of one type of measure, from which sources. `in_story` is "yes" or "no";
    `quantity` a number or missing. What no source gives is empty. Raises InputError for other columns, or a
    quantity that is no number.
    """
    import pandas as pd

    path = story.folder / "outcome.csv" if story.folder else None
    rows = []
    if path and path.is_file():
        reader = csv.DictReader(io.StringIO(toml_files.read_text(path).removeprefix("\ufeff"), newline=""))
        if reader.fieldnames != COLUMNS:
            raise InputError(f"{path}, row 1: the columns must be {', '.join(COLUMNS)}.")
        for row in reader:
            quantity = row["quantity"]
            if quantity and not quantity.replace(".", "", 1).isdigit():
                raise InputError(f"{path}, row {reader.line_num}: the quantity '{quantity}' is no number.")
            rows.append({**row, "story": story.name, "quantity": float(quantity) if quantity else None})
    return pd.DataFrame(rows, columns=["story", *COLUMNS]).astype({"quantity": "Float64"})
