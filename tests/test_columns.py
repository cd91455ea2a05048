"""What a table's function says of it: `help` lists every column."""

import copydesk as cd
import pytest

STORY = "north-korea-sanctions"


@pytest.fixture(scope="module")
def story():
    return cd.read_story(STORY)


TABLES = {
    "statements_table": lambda story: (cd.statements_table, cd.statements_table(story)),
    "markers_table": lambda story: (cd.markers_table, cd.markers_table(story)),
    "measures_table": lambda story: (cd.measures_table, cd.measures_table(story, cd.statements_table(story))),
    "suggest_stances": lambda story: (cd.suggest_stances, cd.suggest_stances(story)),
    "vader_table": lambda story: (cd.vader_table, cd.vader_table(story)),
    "outcome_table": lambda story: (cd.outcome_table, cd.outcome_table(story)),
    "find_measures": lambda story: (cd.find_measures, cd.find_measures("The council banned all exports of coal.")),
    "measures_glossary": lambda story: (cd.measures_glossary, cd.measures_glossary(["coal ban"])),
    "readability_table": lambda story: (cd.readability.readability_table, cd.readability.readability_table(story)),
    "raw_readability_table": lambda story: (cd.readability.raw_readability_table, cd.readability.raw_readability_table(story)),
    "agreement": lambda story: (cd.coding.agreement, cd.coding.agreement(story, "measures")),
    "disagreements": lambda story: (cd.coding.disagreements, cd.coding.disagreements(story, "measures")),
    "coders": lambda story: (cd.coding.coders, cd.coding.coders(story)),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_docstring_lists_the_columns(name, story):
    function, table = TABLES[name](story)
    missing = [column for column in table.columns if column not in (function.__doc__ or "")]
    assert not missing, f"{name}: {missing}"
