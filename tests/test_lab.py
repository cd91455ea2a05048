"""JupyterLab as the script opens it, driven in a real browser: notebooks, widgets, and codes that stay."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
LAB = ROOT / "scripts" / "lab.py"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
PATIENCE = 240  # seconds; a laptop needs a tenth of it

PLAY = (
    """
import copydesk as cd
from copydesk.pages.story_page import StoryPage
story = cd.read_story("north-korea-sanctions")
page = StoryPage(story, *story.versions.values(), {"preset": "revision", "threshold": 0.0, "actors": []})
comparison = cd.compare_versions(page.before, page.after)
""",
    "cd.controls.threshold(page, comparison)",
    "cd.controls.pair(page, comparison)",
)
EXPLORE = ('import copydesk as cd\ncd.explore("north-korea-sanctions", coder="anna")',)
BRING = ("import copydesk as cd\ncd.bring()",)
LINKS = ('import copydesk as cd\ncd.explore("north-korea-sanctions", coder="bert")', "0")


# --- without a browser ------------------------------------------------------------------------------


@pytest.mark.slow
def test_check_says_in_one_line_that_all_is_ready():
    done = subprocess.run([sys.executable, str(LAB), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 1 and done.stdout.startswith("Ready: Python 3.")


@pytest.mark.slow
def test_check_says_what_is_missing(tmp_path):
    shutil.copytree(ROOT / "data" / "codebooks", tmp_path / "codebooks")
    environment = {**os.environ, "COPYDESK_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(LAB), "--check"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith("Not ready: There is no story 'north-korea-sanctions'")


@pytest.mark.slow
def test_check_says_of_a_spoiled_codebook(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with open(tmp_path / "data" / "codebooks" / "sanctions.toml", "a", encoding="utf-8") as file:
        file.write("[[[\n")
    environment = {**os.environ, "COPYDESK_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, str(LAB), "--check"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith("Not ready: ") and "sanctions.toml" in done.stdout


def test_check_names_every_package_that_is_missing_and_the_mend(monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import lab

    monkeypatch.setitem(sys.modules, "textstat", None)
    monkeypatch.setitem(sys.modules, "ipykernel", None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert lab.check() == 1
    told = capsys.readouterr().out
    assert told.startswith("Not ready: these packages cannot be used: ipykernel (") and "textstat (" in told
    assert told.count(sys.prefix) == 1 and len(told.splitlines()) == 1


def test_check_takes_nothing_else():
    done = subprocess.run(
        [sys.executable, str(LAB), "--check", "--colour"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "--check takes no other argument, and got --colour; lab.py --help lists what there is.\n"
    )


def test_an_option_that_the_command_line_gives_goes_before_ours(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import lab

    assert any(one.startswith("--ServerApp.root_dir=") for one in lab.lab_options())
    assert not any("root_dir" in one for one in lab.lab_options(["--ServerApp.root_dir=elsewhere"]))
    environment = lab.lab_environment()
    assert environment["JUPYTER_PREFER_ENV_PATH"] == "1" and "JUPYTER_PATH" not in environment
    for settings in (lab.LAB_SETTINGS / "overrides.json", lab.LAB_SETTINGS / "page_config.json"):
        assert json.loads(settings.read_text(encoding="utf-8"))


# --- in a browser -----------------------------------------------------------------------------------


def chromium():
    found = next(
        (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None
    )
    return found or pytest.skip("no Chromium on this machine, to drive JupyterLab in")


class Lab:
    """A JupyterLab that the script started, in a folder of its own, and a page on it."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(ROOT / "data", folder / "data")
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        for name, cells in (("play", PLAY), ("explore", EXPLORE), ("links", LINKS), ("bring", BRING)):
            spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            notebook = nbformat.v4.new_notebook(metadata=spec)
            notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
            nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
        self.coding = folder / "data" / "stories" / "north-korea-sanctions" / "coding"
        self._set_a_trap()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def _set_a_trap(self):
        """A kernel of the user's own under the same name, which does not start."""
        spec = self.folder / "home" / ".local" / "share" / "jupyter" / "kernels" / "python3"
        spec.mkdir(parents=True)
        trap = {"argv": ["no-such-python", "{connection_file}"], "display_name": "Mine", "language": "python"}
        (spec / "kernel.json").write_text(json.dumps(trap), encoding="utf-8")

    def start(self):
        environment = {
            **os.environ,
            "COPYDESK_DATA": str(self.folder / "data"),
            "HOME": str(self.folder / "home"),
            "JUPYTER_PATH": str(self.folder / "home" / ".local" / "share" / "jupyter"),
        }
        for name in ("JPY_SESSION_NAME", "COPYDESK_WIDGETS", "XDG_DATA_HOME", "JUPYTER_DATA_DIR"):
            environment.pop(name, None)
        command = [
            sys.executable, str(LAB), "--no-browser", "--port", str(self.port),
            f"--ServerApp.root_dir={self.folder / 'notebooks'}", "--IdentityProvider.token=", "--allow-root",
            "--ServerApp.port_retries=0", "--expose-app-in-browser",
        ]  # fmt: skip
        self.log = open(self.folder / "lab.log", "wb")  # noqa: SIM115 - closed by stop
        self.process = subprocess.Popen(
            command, env=environment, stdout=self.log, stderr=self.log, cwd=self.folder
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urlopen(f"{self.address}/api/status", timeout=5).close()
                return
            except (URLError, OSError):
                time.sleep(0.3)
        raise AssertionError((self.folder / "lab.log").read_text(encoding="utf-8"))

    def stop(self):
        import psutil

        everyone = psutil.Process(self.process.pid).children(recursive=True)
        for one in [*everyone, self.process]:
            try:
                one.terminate()
            except psutil.NoSuchProcess:
                continue
        self.process.wait(30)
        self.log.close()

    def kernels(self):
        """The processes of the kernels that run."""
        import psutil

        children = psutil.Process(self.process.pid).children(recursive=True)
        return [one for one in children if "ipykernel_launcher" in " ".join(one.cmdline())]

    def open(self, page, name):
        page.goto(f"{self.address}/lab/tree/{name}?reset")
        page.wait_for_function(
            f"window.jupyterapp?.shell.currentWidget?.context?.path === '{name}'", timeout=PATIENCE * 1000
        )
        page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.context.isReady"
            " && window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'",
            timeout=PATIENCE * 1000,
        )

    def run_all(self, page):
        """Restart the kernel and run all, by the menu, and wait; returns the errors that cells showed."""
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.locator("[role=menuitem]").filter(has_text="Restart Kernel and Run All Cells").click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        page.wait_for_function(
            """() => { const widget = window.jupyterapp.shell.currentWidget;
              const cells = [...widget.content.model.cells].filter((cell) => cell.type === 'code');
              return widget.sessionContext.session?.kernel?.status === 'idle' && cells.some((c) => c.executionCount)
                && (cells.every((c) => c.executionCount || !c.sharedModel.source.trim())
                || cells.some((c) => c.outputs.toJSON().some((o) => o.output_type === 'error'))); }""",
            timeout=PATIENCE * 1000,
        )
        return page.evaluate(
            """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
              .filter((cell) => cell.type === 'code').flatMap((cell) => cell.outputs.toJSON())
              .filter((output) => output.output_type === 'error').map((output) => output.evalue)"""
        )


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    chromium()
    pytest.importorskip("psutil")
    lab = Lab(tmp_path_factory.mktemp("lab"))
    try:
        lab.start()
        yield lab
    finally:
        lab.stop()


@pytest.fixture(scope="module")
def browser():
    path = chromium()
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1200})
    page.set_default_timeout(PATIENCE * 1000)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    page.close()


def outside(page, lab):
    """The addresses that the page asked beyond our server."""
    return [
        url
        for url in page.asked
        if not url.startswith((lab.address, f"ws://127.0.0.1:{lab.port}", "data:", "blob:"))
    ]


@pytest.mark.slow
def test_it_opens_on_the_notebooks_with_nothing_to_answer(lab, page):
    page.goto(f"{lab.address}/lab?reset")
    page.locator(".jp-DirListing-item").filter(has_text=NOTEBOOKS[0][:8]).wait_for()
    page.wait_for_timeout(3000)  # in which a prompt for news or for a build would have come
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".Toastify__toast").count() == 0
    assert outside(page, lab) == []


SCROLLING = """() => [...document.querySelectorAll('.jp-OutputArea-output, .jp-OutputArea-output .widget-box')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.textContent.slice(0, 80))"""


def scrolling(page):
    """The beginnings of the outputs that have a scroll bar of their own, all of the notebook being drawn."""
    page.wait_for_timeout(1000)
    inner = "window.jupyterapp.shell.currentWidget.node.querySelector('.jp-WindowedPanel-outer')"
    found = set(page.evaluate(SCROLLING))
    for part in range(20):
        page.evaluate(f"{inner}.scrollTop = {inner}.scrollHeight * {part} / 20")
        page.wait_for_timeout(100)
        found |= set(page.evaluate(SCROLLING))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_runs_with_restart_kernel_and_run_all(lab, page, name):
    lab.open(page, name)
    assert lab.run_all(page) == []
    prefix = page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.kernelDisplayName")
    assert prefix != "Mine", "a user's own kernel was taken for ours"
    assert outside(page, lab) == []
    assert scrolling(page) == set()
    streams = page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
          .filter((cell) => cell.type === 'code').flatMap((cell) => cell.outputs.toJSON())
          .filter((output) => output.output_type === 'stream' || !('text/html' in (output.data ?? {})))
          .map((output) => output.text ?? output.data)"""
    )
    assert streams == [], "a warning, or the plain text of an object"


@pytest.mark.slow
def test_the_widgets_answer(lab, page):
    lab.open(page, "play.ipynb")
    assert lab.run_all(page) == []
    answer = page.locator(".copydesk-part .answer").first
    answer.filter(has_text="27 links at 0.10").wait_for()
    page.locator(".widget-hslider .noUi-handle").first.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    answer.filter(has_text="26 links at 0.50; 1 fewer").wait_for()
    before = page.get_by_label("before", exact=True)
    before.select_option(index=0)
    page.get_by_label("after", exact=True).select_option(index=0)
    page.locator(".answer").filter(has_text="Linked: it is the likeliest pair").wait_for()
    before.focus()
    page.keyboard.press("d")
    page.keyboard.press("d")
    assert page.evaluate("window.jupyterapp.shell.currentWidget.content.model.cells.length") == len(PLAY)


@pytest.mark.slow
def test_a_notebook_that_is_sent_round_shows_its_parts_without_a_kernel(lab, page):
    path = lab.folder / "notebooks" / "play.ipynb"
    lab.open(page, "play.ipynb")
    assert lab.run_all(page) == []
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n# from another hand"
    nbformat.write(notebook, path.with_name("sent.ipynb"))
    lab.open(page, "sent.ipynb")
    page.get_by_text("Links at each threshold").wait_for()
    shown = page.locator(".jp-OutputArea").all_inner_texts()
    assert not any("object at 0x" in text or "IPython" in text or "widget" in text for text in shown)


@pytest.mark.slow
def test_links_are_coded_by_keyboard_and_stay_when_the_kernel_kills_itself(lab, page):
    lab.open(page, "links.ipynb")
    assert lab.run_all(page) == []
    page.get_by_text("bert: no rows of links").wait_for()
    page.get_by_placeholder("8 and Enter").focus()
    for typed, rows in (("1", 1), ("2", 2), ("3", 3), ("0", 4)):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.get_by_text(f"Saved. bert: {rows} row").wait_for()
    assert scrolling(page) == set()
    draft = lab.coding / "bert" / "links.draft.csv"
    kept = draft.read_bytes()
    assert [line.split(",")[6] for line in kept.decode().splitlines()[1:]] == [
        "reworded",
        "identical",
        "identical",
        "added",
    ]
    page.evaluate(
        """() => { const notebook = window.jupyterapp.shell.currentWidget.content;
          notebook.activeCellIndex = 1;
          notebook.activeCell.model.sharedModel.setSource('import os, signal; os.kill(os.getpid(), 9)');
          window.jupyterapp.commands.execute('notebook:run-cell'); }"""
    )
    page.get_by_text("appears to have died").wait_for()
    assert draft.read_bytes() == kept


@pytest.mark.slow
def test_a_code_is_on_disk_after_the_kernel_is_killed(lab, page):
    others = {path: path.read_bytes() for path in lab.coding.rglob("*.csv")}
    lab.open(page, "explore.ipynb")
    assert lab.run_all(page) == []
    page.get_by_role("button", name="stances", exact=True).click()
    page.get_by_role("button", name="opposed", exact=True).click()
    page.get_by_text("Saved. anna: 1 row of stances").wait_for()
    keys = page.get_by_placeholder("s2 and Enter")
    keys.fill("o3")
    keys.press("Enter")
    draft = lab.coding / "anna" / "stances.draft.csv"
    deadline = time.monotonic() + PATIENCE
    while ",opposed,3," not in draft.read_text(encoding="utf-8") and time.monotonic() < deadline:
        time.sleep(0.2)
    for kernel in lab.kernels():
        kernel.kill()
    assert ",opposed,3," in draft.read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in others} == others
    page.wait_for_timeout(1000)
    lab.open(page, "explore.ipynb")
    if page.locator(".jp-Dialog .jp-mod-accept").count():
        page.locator(".jp-Dialog .jp-mod-accept").click()
    assert lab.run_all(page) == []
    page.get_by_role("button", name="stances", exact=True).click()
    page.get_by_text("anna: 1 row of stances in coding/anna/stances.draft.csv").wait_for()


@pytest.mark.slow
def test_a_story_is_brought_by_a_cell_and_two_boxes_and_its_notebook_runs(lab, page):
    lab.open(page, "bring.ipynb")
    assert lab.run_all(page) == []
    page.get_by_placeholder("my-story: small letters").fill("quay")
    for which, last in (("earlier", "Nobody objected."), ("later", "Two members objected.")):
        text = f"The council will close the old quay in May, it said on Monday.\n\n{last}\n"
        page.get_by_placeholder(f"Paste the {which} version here").fill(text)
    page.get_by_role("button", name="Bring it").click()
    page.get_by_role("link", name="1-compare-versions.ipynb").wait_for()
    page.get_by_role("button", name="Save story.toml").click()
    page.get_by_text("Saved; run the notebooks once more.").wait_for()
    lab.open(page, "stories/quay/1-compare-versions.ipynb")
    assert lab.run_all(page) == []
    assert "quay" in page.evaluate(
        "window.jupyterapp.shell.currentWidget.content.model.cells.get(1).sharedModel.source"
    )


@pytest.mark.slow
def test_an_untouched_workbook_runs_to_its_end_and_shows_no_solution_and_no_menu_of_nbgraders(lab, page):
    lab.open(page, "lessons/1-what-changed.ipynb")
    assert lab.run_all(page) == []
    assert page.get_by_text("There is no answer yet").count() > 0
    assert page.get_by_role("menuitem", name="Kernel", exact=True).count() == 1
    assert page.get_by_role("menuitem", name="Nbgrader").count() == 0
    shown = "".join(path.read_text("utf-8") for path in (lab.folder / "notebooks").rglob("*.ipynb"))
    assert "BEGIN SOLUTION" not in shown
