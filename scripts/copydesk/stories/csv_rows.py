"""CSV that gives the words back, whatever they are."""

import csv


def write_csv_rows(file, rows):
    """Write rows (lists of cells) to an open text file, with LF at their ends.

    Python's writer leaves a carriage return bare where lines end otherwise, and its reader takes it for the
    end of a row; a row that holds one is therefore quoted whole.
    """
    plain = csv.writer(file, lineterminator="\n")
    quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        has_return = any("\r" in cell for cell in row if isinstance(cell, str))
        (quoted if has_return else plain).writerow(row)
