"""The link by which a class opens this repository on Binder, made from the repository's own address."""

import re
import subprocess

from copydesk.engine.toml_files import data_folder
from copydesk.errors import InputError

# Binder's name of a place that keeps repositories, by its host.
_PLACES = {"github.com": "gh", "gitlab.com": "gl"}
_ADDRESS = re.compile(
    r"(?:https?://|ssh://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+)[:/](?P<path>[\w.~-]+(?:/[\w.~-]+)+?)(?:\.git)?/?"
)


def own_address() -> str:
    """The address of this clone's origin, as git is set to it; raises InputError where there is none."""
    command = ["git", "-C", str(data_folder().parent), "config", "--get", "remote.origin.url"]
    try:
        found = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False
        ).stdout.strip()
    except OSError:
        found = ""
    if not found:
        raise InputError(
            "This copy does not know its repository's address: set it with git remote add origin ADDRESS, or give it with "
            "--address."
        )
    return found


def binder_link(address: str) -> str:
    """Binder's link to the notebooks of a repository. Raises InputError for an address that Binder cannot open by itself."""
    match = _ADDRESS.fullmatch(address.strip().rstrip("/").removesuffix(".git"))
    place = _PLACES.get(match["host"].lower()) if match else None
    if place is None:
        raise InputError(
            f"'{address}' is not an address on {' or '.join(_PLACES)}; give the one where the repository is public."
        )
    path = match["path"] if place == "gh" else match["path"].replace("/", "%2F")
    return f"https://mybinder.org/v2/{place}/{path}/HEAD?urlpath=lab/tree/notebooks"
