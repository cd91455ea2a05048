"""The parameters of a notebook: what it declares, and whether what it is given fits."""

import ast
from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import Any

from copydesk.errors import InputError

_TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
    "dict": dict,
}
_EXAMPLES = {
    "str": "a text",
    "int": "a whole number, such as 5",
    "float": "a number, such as 0.3",
    "bool": "true or false",
    "list": "a list, such as china,united-states",
    "dict": "names and values, such as {a: 1}",
}


def declared_in(source: str) -> dict[str, str]:
    """The parameters that a cell declares, `name: type = default`: their names and types."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return {}
    return {
        node.target.id: node.annotation.id
        for node in body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.annotation, ast.Name)
        and node.annotation.id in _TYPES
    }


def check_cells(cells: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook's page is given, checked against what its cells (IPython's `In`) declare and inject.

    Texts become what the parameters cell declares, for papermill's `-r threshold 0.3` hands over "0.3". A name that
    papermill injected and the notebook does not have, which papermill itself would only warn of, and a value of
    another type than the parameters cell says, raise InputError.
    """
    ran = list(cells)
    injected = _injected(ran)
    for name in injected:
        check_name(name, given, "The notebook has")
    for cell in reversed(ran[:-1]):
        declared = {name: kind for name, kind in declared_in(cell).items() if name in given}
        if declared:
            read = {
                name: (from_text if name in injected else check_value)(name, given[name], kind)
                for name, kind in declared.items()
            }
            _hand_back({name: value for name, value in read.items() if value != given[name]})
            return {**given, **read}
    return dict(given)


def _hand_back(read):
    """Give the notebook the numbers in place of their texts, for its cells use them by name."""
    from IPython import get_ipython

    if read and (shell := get_ipython()):
        shell.user_ns.update(read)


def _injected(cells):
    """The names assigned in papermill's cell, where it is the one that ran just before this one."""
    before = cells[-2] if len(cells) > 1 else ""
    if not before.startswith("# Parameters\n"):
        return []
    return [
        target.id
        for node in ast.parse(before).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def check_name(name: str, known: Iterable[str], whose: str) -> None:
    """Raise InputError for a parameter that nobody knows. whose: `The notebook has`."""
    if name not in known:
        raise InputError(f"{whose} no parameter '{name}'; {suggestion(name, known)}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write in a word's place: the one that is near, or what there is to choose from."""
    known = list(known)
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"choose from {', '.join(known)}."


def check_value(name: str, value: Any, kind: str) -> Any:
    """A parameter's value, if it is of the type that the notebook declares; else InputError."""
    if not isinstance(value, _TYPES.get(kind, object)) or (
        isinstance(value, bool) and kind in ("int", "float")
    ):
        raise InputError(f"The parameter '{name}' is {value!r}; give {_EXAMPLES[kind]}.")
    return value


# A value of a parameter: how deep its lists may stand in one another, and how much it may hold.
_MOST_DEPTH, _MOST_VALUES = 4, 10_000
_NESTED = "The parameter '{}' is nested too deeply or too long; give a value, or a list of values."


def _refuse_nested(name, value):
    """Raise InputError where a value is nested without end, or repeats itself by YAML's references."""
    level, held = [value], 0
    for _ in range(_MOST_DEPTH):
        inner = (
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))
        )
        level = list(islice((value for values in inner for value in values), _MOST_VALUES + 1))
        held += len(level)
        if not level:
            return
        if held > _MOST_VALUES:
            break
    raise InputError(_NESTED.format(name))


def from_text(name: str, value: Any, kind: str) -> Any:
    """A value given as text on the command line or in a file, as the type that the notebook declares.

    Raises InputError where it is none.
    """
    import yaml

    if kind == "str":
        return str(value)
    parsed = value
    if isinstance(value, str):
        try:
            parsed = yaml.safe_load(value)
        except yaml.YAMLError:
            pass
        except RecursionError:
            raise InputError(_NESTED.format(name)) from None
    _refuse_nested(name, parsed)
    if kind == "float" and isinstance(parsed, str):
        with suppress(ValueError):  # YAML takes 1e-3 for a text
            parsed = float(parsed)
    if kind == "list" and isinstance(parsed, str):
        parsed = [part.strip() for part in parsed.split(",") if part.strip()]
    try:
        return check_value(name, parsed, kind)
    except InputError:
        raise InputError(f"The parameter '{name}' is {value!r}; give {_EXAMPLES[kind]}.") from None
