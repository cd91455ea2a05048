"""The pages of a report in a real browser: accessible, offline, without a script, on a phone, on paper."""

import csv
import random
import re

import pytest
from browser import needs_browser, open_browser
from copydesk.engine.spans import read_spans
from copydesk.engine.text import count_words
from copydesk.show.marked_text import anchor
from copydesk.stories.story import read_story

STORIES = ["north-korea-sanctions", "harbour-ferry"]
LOOKS = [
    ("light", 1280),
    pytest.param(("light", 390), marks=pytest.mark.slow),
    pytest.param(("dark", 1280), marks=pytest.mark.slow),
    pytest.param(("dark", 390), marks=pytest.mark.slow),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = needs_browser()


@pytest.fixture(scope="module", params=STORIES)
def report(request, rendered):
    return rendered(request.param)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as one:
        yield one


def opened(browser, look=("light", 1280), **options):
    scheme, width = look
    return browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)


def visit(page, report):
    """Each page of a report in turn."""
    for path in sorted(report.glob("*.html")):
        page.goto(path.as_uri())
        yield path.name


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_no_violation(look, report, browser):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, look)
    for name in visit(page, report):
        unfold(page)
        found = Axe().run(page, options={"runOnly": RULES}).response
        assert not found["violations"], (
            name,
            [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]],
        )
        assert len(found["passes"]) > 20
    page.close()


def test_no_request_leaves_a_page_and_its_script_runs(report, browser):
    page = opened(browser)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    names = list(visit(page, report))
    assert [url.rpartition("/")[2] for url in asked] == names
    assert said == []
    page.close()


@pytest.mark.parametrize(
    "look", [("light", 1920), ("light", 1280), ("light", 768), ("light", 390), ("light", 320)], ids=str
)
def test_no_page_is_wider_than_the_window(look, report, browser):
    page = opened(browser, look)
    for name in visit(page, report):
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= look[1], name
        cut = page.evaluate(
            """() => [...document.querySelectorAll('table, svg')].filter((one) => {
                 const box = one.closest('.picture, .other') || one.parentElement;
                 const scrolls = ['auto', 'scroll'].includes(getComputedStyle(box).overflowX);
                 return !scrolls && one.getBoundingClientRect().right > innerWidth + 1;
               }).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert not cut, (name, cut)
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_no_word_of_the_measures_is_broken(width, rendered, browser):
    page = opened(browser, ("light", width))
    page.goto((rendered(STORIES[0]) / "sanctions.html").as_uri())
    broken = page.evaluate(
        """() => {
             const found = [], walker = document.createTreeWalker(
               document.querySelector('.measures table'), NodeFilter.SHOW_TEXT);
             for (let node = walker.nextNode(); node; node = walker.nextNode())
               for (const word of node.parentElement.closest('thead') ? [] : node.data.matchAll(/[A-Za-z]{2,}/g)) {
                 const range = document.createRange();
                 range.setStart(node, word.index);
                 range.setEnd(node, word.index + word[0].length);
                 if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) found.push(word[0]);
               }
             return found;
           }"""
    )
    assert broken == []
    page.close()


def test_words_on_a_phone_are_large_enough(report, browser):
    page = opened(browser, ("light", 390))
    for name in visit(page, report):
        small = page.evaluate(
            """() => [...document.querySelectorAll('td, tbody th, p, li, blockquote')]
                 .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 11.5)
                 .map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert not small, (name, small[:3])
    page.close()


def test_without_a_script_a_page_has_everything_and_the_layouts_work(report, browser):
    page = opened(browser, java_script_enabled=False)
    page.goto((report / "words.html").as_uri())
    assert (
        page.get_by_label("All", exact=True).count() == 0
        or not page.get_by_label("All", exact=True).is_visible()
    )
    page.locator("details.run summary").first.click()
    assert page.locator("details.run .sentence").first.is_visible()
    spliced = page.locator(".spliced").first
    assert not spliced.is_visible()
    page.get_by_label("As one text").check()
    assert spliced.is_visible()
    page.get_by_label("speakers").check()
    assert page.locator(".statement-note").first.is_visible()
    page.close()


def test_all_sentences_are_a_click_away(report, browser):
    page = opened(browser)
    page.goto((report / "words.html").as_uri())
    hidden = page.locator("details.run .sentence").last
    assert not hidden.is_visible()
    page.get_by_label("All", exact=True).check()
    assert hidden.is_visible()
    page.close()


def test_a_statement_leads_to_its_words_all_of_them_lit_and_they_lead_back(report, browser):
    page = opened(browser)
    page.goto((report / "voices.html").as_uri())
    card = page.locator("blockquote[id^='card-']").first
    place = card.get_attribute("id")
    card.locator("footer a").click()
    name = place.replace("card", "statement", 1)
    page.wait_for_url(f"**/words.html#{name}")
    words = page.locator(f"[data-of='{name}']:not(a)")
    assert words.count() >= 1
    page.wait_for_function(f"document.getElementById('{name}').classList.contains('lit')")
    assert all("lit" in one.get_attribute("class") for one in words.all())
    assert 0 <= words.first.bounding_box()["y"] < 900
    page.get_by_label("speakers").check()
    page.locator(f"a.statement-note[data-of='{name}']").click()
    page.wait_for_url(f"**/voices.html#{place}")
    page.close()


def test_a_link_into_folded_sentences_unfolds_them(report, browser):
    page = opened(browser)
    page.goto((report / "words.html").as_uri())
    place = page.locator("details.run .sentence").first.get_attribute("id")
    page.goto(f"{(report / 'words.html').as_uri()}#{place}")
    page.reload()
    page.wait_for_function(f"document.getElementById('{place}').checkVisibility()")
    page.close()


def test_on_a_phone_rows_are_cards_and_the_versions_one_text(report, browser):
    page = opened(browser, ("light", 390))
    page.goto((report / "words.html").as_uri())
    boxes = [one.bounding_box() for one in page.locator(".pair.reworded .before").all()]
    assert boxes and all(box["height"] < 2 for box in boxes)
    assert page.locator(".spliced").first.is_visible()
    page.goto((report / "voices.html").as_uri())
    unfold(page)
    cells = page.locator("td[data-head]").first
    assert cells.evaluate("one => getComputedStyle(one).display") == "block"
    page.close()


def test_a_mark_of_a_figure_leads_to_its_words(report, browser):
    page = opened(browser)
    page.goto((report / "index.html").as_uri())
    links = page.locator("figure svg a[href]")
    assert links.count() > 10
    href = links.first.get_attribute("href")
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{href}")
    assert page.locator(f"#{href.partition('#')[2]}").is_visible()
    page.close()


# What a page counts and leads to: what it says, the numbers that it prints, and where its links lead.
COUNTS = """() => {
  const links = (one) => [...new Set([...one.querySelectorAll("a[href*='#']")].map((a) => a.getAttribute("href")))];
  const evidence = [...document.querySelectorAll("[data-count]")].map((one) => (
    [one.dataset.count, [parseInt(one.dataset.count)], links(one)]));
  const rows = [...document.querySelectorAll("table:not(.measures table) tbody tr:has(td.cited a)")].map((row) => {
    const heads = [...row.querySelectorAll("td.number")].filter((td) => !/words/.test(td.dataset.head));
    return [row.textContent, heads.map((td) => Number(td.textContent)), links(row.querySelector("td.cited"))];
  });
  const groups = [...document.querySelectorAll("section.voices, tbody:has(tr.group)")].map((one) => (
    [one.querySelector(".count").textContent, [parseInt(one.querySelector(".count").textContent)],
     [...one.querySelectorAll("blockquote, tr:not(.group)")].map((two) => two.id)]));
  return [...evidence, ...rows.filter(([, numbers]) => numbers.length), ...groups];
}"""
# The words to which a link of `words.html` leads, every part of them.
LIT = """(id) => {
  const to = document.getElementById(id);
  const parts = [...document.querySelectorAll(`[data-of="${to.dataset.of || id}"]:not(a)`)];
  return (parts.length ? parts : [to]).map((part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(".spliced, .place, .note-of, .sr").forEach((one) => one.remove());
    return [copy.textContent, part.classList.contains("lit"), part.checkVisibility()];
  });
}"""


def counts(page, report):
    """(what is said, numbers, links) of all pages, of what counts sentences, statements and measures."""
    for _ in visit(page, report):
        for told, numbers, links in page.evaluate(COUNTS):
            # A sentence is what a count of words leads to.
            if not (links and "#sentence" in links[0] and len(numbers) > 1):
                yield told, numbers, links


def test_each_count_leads_to_exactly_as_many_as_it_says(report, browser):
    page = opened(browser)
    found = list(counts(page, report))
    assert len(found) > 6
    assert not [(told, numbers, links) for told, numbers, links in found if sum(numbers) != len(links)]
    page.goto((report / "index.html").as_uri())
    names = page.locator("#figure-revision .wide title").all_text_contents()
    folded = [int(name.split()[0]) for name in names if re.fullmatch(r"\d+ unchanged", name)]
    assert 2 * sum(folded) == sum(bool(re.match(r"S\d+, unchanged:", name)) for name in names) > 0
    parts = [re.fullmatch(r"(\d+) words? (?:quoted|paraphrased): (.+)", name, re.DOTALL)
             for name in page.locator("#figure-voices .wide title").all_text_contents()]  # fmt: skip
    parts = [part for part in parts if part]
    assert parts and not [part[0] for part in parts if count_words(part[2]) != int(part[1])]
    page.close()


def letters(text):
    return "".join(filter(str.isalnum, text.casefold()))


def words_by_place(report):
    """dict: where the words of a sentence, statement or measure stand, and the words, as the version's file has them."""
    story, found = read_story(report.name), {}
    for table, column in (("sentences", None), ("statements", "content_spans"), ("measures", "spans")):
        with open(report / "tables" / f"{table}.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                spans = read_spans(row[column]) if column else [(int(row["start"]), int(row["end"]))]
                text = story.versions[row["version"]].text
                kind = table.removesuffix("s")
                found[anchor(kind, row[kind])] = "".join(text[start:end] for start, end in spans)
    return found


def test_ten_numbers_at_random_lead_to_exactly_their_words(report, browser):
    page, words = opened(browser), words_by_place(report)
    numbers = [one for one in counts(page, report) if one[2][0].startswith("words.html#")]
    for told, _, links in random.Random(20160225).sample(numbers, min(10, len(numbers))):
        for link in links:
            page.goto(f"{report.as_uri()}/{link}")
            page.reload()
            place = link.partition("#")[2]
            page.wait_for_function("(id) => document.getElementById(id)?.checkVisibility()", arg=place)
            parts = page.evaluate(LIT, place)
            assert all(is_lit and is_seen for _, is_lit, is_seen in parts), (told, link)
            assert letters("".join(part for part, _, _ in parts)) == letters(words[place]), (told, link)
    page.close()


def test_each_count_of_words_lights_up_as_many_words(report, browser):
    page = opened(browser)
    page.goto((report / "index.html").as_uri())
    links = page.locator("a[href*='#words-']").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('href'), one.textContent])"
    )
    assert links
    for link, told in links:
        page.goto(f"{report.as_uri()}/{link}")
        page.reload()
        page.wait_for_selector(".versions .lit")
        parts = page.evaluate(
            """() => [...document.querySelectorAll(".lit")].map((part) => {
              const copy = part.cloneNode(true);
              copy.querySelectorAll(".spliced, .sr").forEach((one) => one.remove());
              return copy.textContent;
            })"""
        )
        assert sum(map(count_words, parts)) == sum(map(int, re.findall(r"\d+", told))), told
    page.close()


def test_a_figure_is_one_tab_stop_and_arrow_keys_walk_it(report, browser):
    page = opened(browser)
    page.goto((report / "index.html").as_uri())
    figure = page.locator("figure svg:visible").first
    links = figure.locator("a[href]")
    assert links.count() > 2 and figure.locator("a[tabindex='0']").count() == 1
    links.first.focus()
    page.keyboard.press("ArrowRight")
    assert links.nth(1).evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowLeft")
    assert links.first.evaluate("one => one === document.activeElement")
    page.close()


def test_every_part_is_reached_by_keyboard_and_the_focus_is_seen(report, browser):
    page = opened(browser)
    for name in visit(page, report):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        assert page.locator(".skip").bounding_box()["x"] >= 0
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        assert set(seen) == {"solid"}, (name, seen)
        stuck = page.evaluate(
            """() => [...document.querySelectorAll('.picture, pre')]
                 .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth && one.tabIndex < 0)
                 .map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert not stuck, (name, stuck)
    page.close()


# axe passes over SVG: its letters and the names in it are looked at here. What stands behind a letter is found by
# asking the browser what is painted at its middle.
_LETTERS = """() => {
  const parse = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const over = (top, under, share) => top.map((v, n) => v * share + under[n] * (1 - share));
  const found = [];
  for (const text of document.querySelectorAll('figure svg text, figure svg tspan')) {
    if (text.querySelector('tspan')) continue;
    const box = text.getBoundingClientRect();
    if (!box.width || !text.checkVisibility()) continue;
    const style = getComputedStyle(text);
    const behind = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .filter((one) => one instanceof SVGGeometryElement).reverse();
    let ground = parse(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);
    for (const one of behind) {
      const look = getComputedStyle(one), fill = parse(look.fill);
      if (look.fill !== 'none' && fill.length >= 3)
        ground = over(fill.slice(0, 3), ground, (fill[3] ?? 1) * look.fillOpacity * look.opacity);
    }
    const ink = over(parse(style.fill).slice(0, 3), ground, style.fillOpacity * style.opacity);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) found.push([text.textContent, contrast.toFixed(2), style.fill, ground.map(Math.round)]);
  }
  return found }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_in_figures_stand_out(scheme, report, browser):
    page = opened(browser, (scheme, 1280))
    for name in visit(page, report):
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": 1280, "height": height})
        assert page.evaluate(_LETTERS) == [], name
        page.set_viewport_size({"width": 1280, "height": 900})
    page.close()


def test_every_figure_and_every_mark_has_a_name(report, browser):
    page = opened(browser)
    for name in visit(page, report):
        for svg in page.locator("figure svg:visible").all():
            tree = svg.aria_snapshot()
            assert re.match(r"- '?(img|group) \"", tree), (name, tree[:80])
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('svg a')]
                 .filter((one) => !(one.getAttribute('aria-label') || '').trim()).length"""
        )
        assert nameless == 0, name
    page.close()


def test_on_paper_nothing_is_cut(report, browser):
    page = opened(browser, ("dark", 680))
    page.emulate_media(media="print", color_scheme="dark")
    for name in visit(page, report):
        assert (
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        assert not page.locator("header nav").is_visible()
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.table, .picture')]
                 .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowX !== 'visible')
                 .map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert not cut, (name, cut)
    page.close()
