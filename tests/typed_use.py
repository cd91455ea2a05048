"""How a program uses the package: not run, but read by mypy, so that an editor knows what each name gives back."""

from typing import assert_type

import copydesk as cd
import pandas as pd
from copydesk.engine.alignment import Link

assert_type(cd.__version__, str)
assert_type(cd.align_sentences(["One."], ["One."], preset="revision"), list[Link])
assert_type(cd.corpus.Run("run").read("summary"), pd.DataFrame)
assert_type(cd.charts.fates_by_kind(pd.DataFrame(), "name", "what").title, str)
