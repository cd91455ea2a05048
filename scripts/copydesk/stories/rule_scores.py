"""How often the rules are right on texts that they were not made on, as measured: data/codebooks/rule-scores.toml."""

from pydantic import BaseModel, ConfigDict, Field, RootModel

from copydesk.engine import toml_files


class RuleScore(BaseModel):
    """One measurement: shares from 0 to 1, and a sentence on how they came about."""

    model_config = ConfigDict(extra="forbid")
    texts: int = Field(gt=0)
    units: int = Field(gt=0)
    precision: float = Field(ge=0, le=1)
    recall: float | None = Field(default=None, ge=0, le=1)
    fields: dict[str, float] = {}
    how: str


class _Scores(RootModel[dict[str, RuleScore]]):
    """A table for each kind of finding."""


def score_sentence(task: str) -> str:
    """What a page says beside rows by rule that nobody checked; "" where it was not measured.

    task: "links", "measures", "statements" or "markers". Raises InputError where the file is faulty.
    """
    if not (toml_files.data_folder() / "codebooks" / "rule-scores.toml").is_file():
        return ""
    score = toml_files.load("rule-scores", _Scores).root.get(task)
    if score is None:
        return ""
    missed = "" if score.recall is None else f"; {1 - score.recall:.0%} of what stands there was missed"
    wrong = f"{1 - score.precision:.0%}" if score.precision < 1 else "none"
    kind = f"; {1 - score.fields['change']:.0%} had another kind of change" if task == "links" else ""
    return f"Elsewhere {wrong} of such rows were wrong{missed}{kind}: {score.how}."
