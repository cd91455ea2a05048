"""The collection's notebooks, the parameters that they declare, and whether what is given fits."""

from functools import cache
from pathlib import Path
from typing import Any

from copydesk.engine import toml_files
from copydesk.errors import InputError
from copydesk.pages.parameters import check_name, declared_in, from_text, suggestion

# What is given otherwise than as a parameter.
_ELSEWHERE = {"story": "as an argument", "output": "with --output", "corpus": "with --corpus"}


def notebooks_folder() -> Path:
    """The folder of the notebooks, beside `data`."""
    folder = toml_files.data_folder().parent / "notebooks"
    if not folder.is_dir():
        raise InputError(f"The notebooks folder {folder} is not there; it belongs beside the data folder.")
    return folder


def find_notebooks(only=()) -> list[Path]:
    """The paths of the collection's notebooks in order; `only` picks some by name, part of a name, or number."""
    every = sorted(notebooks_folder().glob("[0-9]*.ipynb"))
    if not only:
        return every
    chosen = []
    for wanted in only:
        stem = Path(wanted).name.removesuffix(".ipynb")
        match = [path for path in every if path.stem == stem or path.stem.split("-")[0] == stem]
        match = match or [path for path in every if stem in path.stem]
        if len(match) != 1:
            raise InputError(
                f"There is no notebook '{wanted}'; {suggestion(stem, [path.stem for path in every])}"
            )
        chosen += match
    return [path for path in every if path in chosen]


@cache
def parameters_of(path: Path) -> dict[str, str]:
    """A notebook's parameters and their types, as its cell tagged `parameters` declares them."""
    import json

    text = toml_files.read_text(path)
    try:
        cells = json.loads(text)["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        return declared_in("".join(tagged[0]["source"])) if tagged else {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{path} is not a notebook that can be read; restore it, as from git.") from None


def read_parameters(path: Path) -> dict[str, Any]:
    """The parameters in a YAML file. Raises InputError."""
    import yaml

    text = toml_files.read_text(Path(path), toml_files.MOST_BYTES)
    try:
        found = yaml.safe_load(text)
    except RecursionError:
        raise InputError(f"{path} is nested too deeply; write a line NAME: VALUE for each.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise InputError(
            f"{path}{place}: this is not valid YAML; write a line NAME: VALUE for each."
        ) from None
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise InputError(f"{path} holds no parameters; write a line NAME: VALUE for each.")
    return found


def check_parameters(paths: list[Path], given: dict[str, Any]) -> dict[Path, dict[str, Any]]:
    """The parameters for each notebook, as the types that the notebook declares.

    A name that no notebook has, or a value of another type, is an InputError before anything runs.
    """
    declared = {path: parameters_of(path) for path in paths}
    known = {name for parameters in declared.values() for name in parameters} - set(_ELSEWHERE)
    for name in given:
        if name in _ELSEWHERE:
            raise InputError(f"'{name}' is not set as a parameter; give it {_ELSEWHERE[name]}.")
        check_name(name, sorted(known), "The notebooks have")
    return {
        path: {n: from_text(n, v, kinds[n]) for n, v in given.items() if n in kinds}
        for path, kinds in declared.items()
    }
