"""The data folder, and the TOML files in it that people edit: codebooks and `story.toml`."""

import os
import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from copydesk.errors import InputError

# What a person writes by hand has a hundredth of this: a longer file is something else, and would take minutes.
MOST_BYTES = 1_000_000


def data_folder():
    """The `data` folder: `COPYDESK_DATA` where it is set, else the one of this checkout."""
    named = os.environ.get("COPYDESK_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "data"
    if not folder.is_dir():
        raise InputError(
            f"The data folder {folder} is not there; run from a checkout of Copydesk, "
            "or set COPYDESK_DATA to its data folder."
        )
    return folder


@cache
def load(name, model):
    """The codebook `data/codebooks/NAME.toml`, checked against its pydantic model.

    name: such as "sanctions". model: the pydantic class that says what the file may hold.
    Returns an instance of `model`, read once a process. Raises InputError with file, place and fix.
    """
    return read_toml(data_folder() / "codebooks" / f"{name}.toml", model)


def read_toml(path, model):
    """An instance of `model` from the TOML file at `path`, or an InputError that names the place."""
    path = Path(path)
    try:
        content = tomllib.loads(read_text(path, MOST_BYTES))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from None
    except RecursionError:
        raise InputError(f"{path} is nested too deeply; write no list in a list in a list.") from None
    return check(content, model, path)


def read_text(path, most=None):
    """The text of a UTF-8 file with its line ends as they are, or an InputError. most: the bytes that it may have."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if most and size > most:
            raise InputError(
                f"{path} has {size:,} bytes, and at most {most:,} are read; take out what is too long."
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} is not there; check the name.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder where a file is wanted.") from None
    except PermissionError:
        raise InputError(f"{path} cannot be read; check its permissions.") from None
    except OSError as error:  # a circle of links, a disk that fails
        raise InputError(f"{path} cannot be read ({error.strerror or error}).") from None
    if b"\0" in content:
        raise InputError(f"{path} is a binary file (byte {content.index(0)} is NUL); give plain text.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 (byte {error.start} is 0x{content[error.start]:02x}); save it as UTF-8."
        ) from None
    return text


def check(content, model, path):
    """`content` (a dict) as an instance of `model`; the first fault becomes an InputError."""
    from pydantic import ValidationError

    try:
        return model.model_validate(content)
    except ValidationError as error:
        # A misspelt key is two faults, an unknown one and a missing one: the first tells more.
        fault = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        place = _place(fault["loc"], content)
        raise InputError(f"{path}, {place or 'top level'}: {_explain(fault, model)}") from None


def _place(parts, content):
    """Where a fault is, for people: `versions 2 ('longer'), date`. Entries of a list count from one."""
    told = []
    for part in parts:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            content = None
        if isinstance(part, int) and told:
            own_id = content.get("id") if isinstance(content, dict) else None
            told[-1] += f" {part + 1}" + (f" ('{own_id}')" if own_id else "")
        else:
            told.append(str(part))
    return ", ".join(told)


def _explain(fault, model):
    if fault["type"] == "extra_forbidden":
        key = str(fault["loc"][-1])
        near = get_close_matches(key, _keys(model, fault["loc"][:-1]), n=1)
        return f"unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else "; remove it.")
    if fault["type"] == "missing":
        return f"the key '{fault['loc'][-1]}' is missing; add it."
    if fault["type"] == "value_error":
        return f"{fault['ctx']['error']}".rstrip(".") + "."
    message = fault["msg"].rstrip(".")
    return f"{message[0].lower()}{message[1:]}, not {fault['input']!r}."


def _keys(model, place):
    """The keys that the model allows at `place` (a tuple of keys and indices)."""
    from typing import get_args

    for part in place:
        field = getattr(model, "model_fields", {}).get(part)
        kind = field.annotation if field else model
        while not hasattr(kind, "model_fields") and get_args(kind):
            kind = next((k for k in get_args(kind) if hasattr(k, "model_fields")), get_args(kind)[-1])
        model = kind
    return list(getattr(model, "model_fields", {}))
