"""Opens the notebooks in JupyterLab, with the right kernel and nothing to configure.

python3 scripts/lab.py               in the browser
python3 scripts/lab.py --check       says in one line whether all is ready
python3 scripts/lab.py --no-browser --port 9000   other arguments go to JupyterLab
"""

import sys

from _environment import ROOT, ensure


def _make_ready(checking):
    """`ensure`; a check says of a failure that all is not ready, and leaves with 1."""
    try:
        ensure()
    except SystemExit as stop:
        if checking and stop.code == 2:
            print("Not ready: the environment could not be made (the reason is above).")
            sys.exit(1)
        raise


_make_ready("--check" in sys.argv[1:])

import os
import shutil
import subprocess
import tempfile
import webbrowser
from pathlib import Path

import click
from _command import BUNDLED, SETTINGS, run
from copydesk.errors import InputError

NOTEBOOKS = ROOT / "notebooks"
LAB_SETTINGS = Path(__file__).resolve().parent / "lab-settings"


@click.command(context_settings={**SETTINGS, "ignore_unknown_options": True})
@click.option(
    "--check", "checking", is_flag=True, help="Say in one line whether all is ready (0) or not (1)."
)
@click.argument("others", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB'S OPTIONS]")
def main(checking, others):
    """Open the notebooks in JupyterLab.

    Any other argument is handed to JupyterLab, such as --no-browser or --port 9000.
    """
    if checking and others:
        raise click.UsageError(f"--check takes no other argument, and got {' '.join(others)}")
    if checking:
        return check()
    _try_folders()
    command = [sys.executable, "-m", "jupyterlab", *lab_options(others), *others]
    try:
        return subprocess.call(command, env=lab_environment(), cwd=str(NOTEBOOKS))
    except KeyboardInterrupt:
        return 0  # JupyterLab has asked, and has been told to end


def lab_options(given=()):
    """JupyterLab's options: our folder, no news, no builds, nothing asked of the network.

    given: the options of the command line, which go before ours where they set the same.
    """
    ours = [
        f"--ServerApp.root_dir={NOTEBOOKS}",
        f"--LabApp.app_settings_dir={LAB_SETTINGS}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--KernelManager.transport_encryption=auto",  # without it each kernel prints a warning
    ]
    names = {one.partition("=")[0] for one in given}
    return [one for one in ours if one.partition("=")[0] not in names]


def lab_environment():
    """The environment for JupyterLab: this interpreter's kernel goes before any kernel that a user has."""
    environment = dict(os.environ, JUPYTER_PREFER_ENV_PATH="1")
    for name in _MISLEADING:
        environment.pop(name, None)
    return environment


# Each could put another kernel, setting or package before ours.
_MISLEADING = ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "PYTHONHOME", "PYTHONPATH")


def check():
    """Print one line on whether a class could begin; return 0 where it could, else 1."""
    os.environ.update(lab_environment())
    for name in _MISLEADING:
        os.environ.pop(name, None)
    found = ["Python {}.{}.{}".format(*sys.version_info[:3])]
    for test in (_check_packages, _check_folders, _check_story, _check_kernel):
        try:
            found.append(test())
        except Exception as error:  # noqa: BLE001 - whatever it is, it keeps the class from beginning
            # What comes behind it would fail for the same reason, and say it less well.
            print("Not ready: {}.".format(" ".join(f"{error}".split()).rstrip(".") or type(error).__name__))
            return 1
    found.append(_browser())
    print("Ready: {}.".format("; ".join(found)))
    return 0


_PACKAGES = ("copydesk", "ipykernel", "ipywidgets", "jupyterlab", "nltk", "pandas", "papermill", "textstat")
_AGAIN = (
    "delete {} and start this again, with a network"
    if Path(sys.prefix).parent.name == ".venvs"
    else "make {} anew, from environment.yml or requirements.lock"
).format(sys.prefix)


def _check_packages():
    from importlib import import_module

    missing = []
    for name in _PACKAGES:
        try:
            import_module(name)
        except Exception as error:  # noqa: BLE001 - a package that is half there fails in its own way
            missing.append(f"{name} ({error})")
    if missing:
        raise ImportError("these packages cannot be used: {}; {}".format(", ".join(missing), _AGAIN))
    return "all packages"


def _check_folders():
    for folder in (NOTEBOOKS, ROOT / "data" / "stories"):
        if not folder.is_dir():
            raise OSError(f"{folder} is not there; get Copydesk anew")
    _try_folders()
    return "folders that can be written"


def _try_folders():
    """Write a little wherever JupyterLab will: on a full disk it would end in a traceback. Raises InputError."""
    from jupyter_core.paths import jupyter_config_dir, jupyter_runtime_dir

    for folder in (
        jupyter_config_dir(),
        jupyter_runtime_dir(),
        str(NOTEBOOKS),
        str(ROOT / "data" / "stories"),
    ):
        try:
            os.makedirs(folder, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(65_536))
        except OSError as error:
            raise InputError(
                f"{folder} cannot be written ({error.strerror}); make room or let yourself write there, and start again."
            ) from None


def _check_story():
    """Read the bundled story with all the rules, so that a spoiled codebook shows before the class."""
    import copydesk as cd

    story = cd.read_story(BUNDLED)
    statements = cd.statements_table(story)
    cd.markers_table(story, statements)
    cd.measures_table(story, statements)
    return f"the story with its {len(story.versions)} versions"


def _check_kernel():
    """Start the kernel that JupyterLab would start, and let it import the package and the widgets."""
    from jupyter_client.manager import KernelManager
    from traitlets.config import Config

    config = Config(
        {"KernelManager": {"transport_encryption": "auto"}}
    )  # without it a kernel prints a warning
    manager = KernelManager(kernel_name="python3", config=config)
    try:
        manager.start_kernel(cwd=str(NOTEBOOKS), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=90)
        except RuntimeError as error:
            raise RuntimeError(f"the kernel does not start ({error}); {_AGAIN}") from None
        said = []
        code = "import copydesk, ipywidgets, sys; copydesk.read_story; print(sys.prefix)"
        reply = client.execute_interactive(
            code, timeout=90, output_hook=lambda message: said.append(message["content"].get("text", ""))
        )["content"]
        if reply["status"] != "ok":
            raise RuntimeError("the kernel says {}: {}".format(reply["ename"], reply["evalue"]))
        prefix = "".join(said).strip()
        if not os.path.samefile(prefix, sys.prefix):
            raise RuntimeError(f"the kernel runs in {prefix}, not in {sys.prefix}")
        client.stop_channels()
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
    return "the kernel starts"


# Where Python's webbrowser sees none, as without a screen, one may be there all the same.
_BROWSERS = (
    "firefox", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser",
    "opera", "vivaldi", "safari",
)  # fmt: skip


def _browser():
    try:
        name = os.path.basename(webbrowser.get().name or "")
    except webbrowser.Error:
        name = next(filter(shutil.which, _BROWSERS), None)
        if name is None:
            return "no browser found, so open the printed address in one"
        return f"a browser ({name}), which may have to be given the printed address"
    return f"a browser ({name})" if name else "a browser"


if __name__ == "__main__":
    sys.exit(run(main))
