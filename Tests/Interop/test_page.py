"""The hub's page in a real browser (headless Chromium), against a real federation.

A running hub elsewhere is tested with ATLES_PAGE=http://…; ATLES_PICTURES=1 renews docs/pictures/page.png.
"""
import json
import os
import pathlib
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

PICTURES = pathlib.Path(__file__).resolve().parents[2] / "docs/pictures"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(request) -> str:
    return os.environ.get("ATLES_PAGE") or request.getfixturevalue("federation").page_url


@pytest.fixture
def open_page(browser, address):
    """Opens pages, and fails the test where one of them complains or asks another place for anything."""
    contexts, complaints = [], []

    def opened(path="/", expected_errors=(), **options):
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()

        def console(message):
            if message.type in ("error", "warning") and not any(e in message.text for e in expected_errors):
                complaints.append(message.text)

        def request(request):
            if not request.url.startswith(address + "/"):
                complaints.append(f"asked another place: {request.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", request)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def answer_of(page, address) -> dict:
    """The answer for programs to the question that the page shows."""
    with urllib.request.urlopen(urllib.parse.urljoin(address, page.locator("#json").get_attribute("href"))) as document:
        return json.load(document)


def grouped(number: int) -> str:
    return f"{number:,}"


def range_text(known: dict) -> str:
    low, high = known["low"], known.get("high")
    if high is None:
        return "≥ " + grouped(low)
    if high == low:
        return grouped(low)
    return "<" + grouped(high + 1) if low == 0 else f"{grouped(low)}–{grouped(high)}"


def count_text(name: str, count: dict) -> str:
    if "about" in count:
        return "≈" + grouped(count["about"])
    (kind, number), = count.items()
    if kind == "fewerThan" and name != "patients":
        return "hidden"
    return {"count": "", "fewerThan": "<", "moreThan": ">"}[kind] + grouped(number)


def expected_totals(answer: dict) -> dict[str, str]:
    """What the page should show of an answer; studies, series and images are hidden behind bounds that say nothing."""
    shown = {}
    for name in ("patients", "studies", "series", "images"):
        known = answer["total"][name]
        shown[name] = range_text(known)
        if name != "patients" and known["low"] != known.get("high"):
            shown[name] = "≥ " + grouped(known["low"]) if known["low"] else "hidden"
    return shown


def totals(page) -> dict[str, str]:
    return {name: page.locator(f"[data-total={name}]").inner_text() for name in ("patients", "studies", "series", "images")}


def site_rows(page) -> list[list[str]]:
    return [
        [re.sub(r"\s+", " ", cell.inner_text()).strip() for cell in row.locator("[data-is]").all()]
        for row in page.locator("#site-rows tr").all()
    ]


def bars(page) -> dict[str, list[tuple[str, str]]]:
    return {
        facet.get_attribute("data-facet"): [
            (bar.locator("[data-is=label]").inner_text(), bar.locator("[data-is=count]").inner_text())
            for bar in facet.locator("li").all() if bar.is_visible()
        ]
        for facet in page.locator("#facets .facet").all()
    }


def wait_until_settled(page) -> None:
    expect(page.locator("#status")).to_contain_text("answered", timeout=60_000)
    expect(page.locator("#status")).not_to_contain_text("still counting", timeout=60_000)


def test_a_question_is_built_by_mouse_and_counts_arrive_site_by_site(open_page, address):
    page = open_page()
    first = page.get_by_role("group", name="Condition 1")
    first.get_by_label("Attribute").select_option(label="Modality")
    first.get_by_label("Operation").select_option(label="is one of")
    first.get_by_role("button", name="OT", exact=True).click()
    first.get_by_role("button", name="CT", exact=True).click()
    page.get_by_role("button", name="Add a condition").click()
    second = page.get_by_role("group", name="Condition 2")
    second.get_by_label("Attribute").select_option(label="Rows")
    second.get_by_label("Operation").select_option(label="at least")
    second.get_by_label("Value").fill("16")
    assert page.locator("#where").input_value() == "modality in (OT, CT) and rows >= 16"

    page.evaluate(
        """() => {
            window.seen = [];
            const status = document.getElementById('status');
            new MutationObserver(() => window.seen.push(status.textContent)).observe(status, {childList: true, subtree: true});
        }""")
    page.get_by_role("button", name="Count").click()
    wait_until_settled(page)
    assert len({text for text in page.evaluate("window.seen") if "answered" in text}) >= 2, "the sites came all at once"

    answer = answer_of(page, address)
    assert totals(page) == expected_totals(answer)
    rows = {row[0]: row for row in site_rows(page)}
    for result in answer["results"]:
        row = rows[result["site"]["name"]]
        if result["state"] == "answered":
            counts = result["answer"]["counts"]
            assert row[-4:] == [count_text(name, counts[name]) for name in ("patients", "studies", "series", "images")]
    expect(page).to_have_url(re.compile(r"/query\?where=modality.*&id="))
    assert "modality in (OT, CT) and rows >= 16" in page.title()


def test_rows_and_text_stay_in_step_and_the_text_wins_where_it_is_richer(open_page):
    page = open_page()
    text, conditions = page.locator("#where"), page.locator(".condition")
    text.fill('not (bodyPart = "LEFT BREAST") or sliceThickness between 1 mm and 2.5 mm or exists echoTime')
    expect(conditions).to_have_count(3)
    expect(page.get_by_role("radio", name="any")).to_be_checked()
    expect(conditions.nth(0).get_by_label("not")).to_be_checked()
    expect(conditions.nth(0).get_by_label("Value")).to_have_value("LEFT BREAST")
    expect(conditions.nth(1).get_by_label("From", exact=True)).to_have_value("1")
    expect(conditions.nth(1).get_by_label("To", exact=True)).to_have_value("2.5")
    conditions.nth(0).get_by_label("not").uncheck()
    page.get_by_role("radio", name="all").check()
    expect(text).to_have_value('bodyPart = "LEFT BREAST" and sliceThickness between 1 mm and 2.5 mm and exists echoTime')
    conditions.nth(1).get_by_role("button", name="Remove this condition").click()
    expect(text).to_have_value('bodyPart = "LEFT BREAST" and exists echoTime')

    text.fill("modality = MR and (sex = F or age >= 50)")
    expect(page.locator("#builder")).to_be_hidden()
    expect(page.get_by_text("This text says more than rows can show")).to_be_visible()
    page.get_by_role("button", name="Start again with rows").click()
    expect(text).to_have_value("")
    expect(conditions).to_have_count(1)


def test_what_rows_write_is_what_the_hub_reads(open_page, address):
    """Every operation of every attribute, written by rows, is understood by the hub as it stands there."""
    page = open_page()
    texts = page.evaluate(
        """async () => {
            const {attributes, textOf, rowsOf} = await import(
                document.querySelector('script[src]').src.replace('atles.js', 'language.js'));
            const value = (a) => ({number: '2', age: '50', date: '2015-01-01'})[a.kind] || a.values[0]?.value || 'a "b" \\\\ and';
            return attributes.flatMap(attribute => attribute.operations.flatMap(operation => [false, true].map(not => {
                const v = value(attribute);
                const values = operation === 'exists' ? [] : operation === 'between' ? [v, v] : operation === 'oneOf' ? [v, v] : [v];
                const text = textOf({combine: 'and', rows: [{attribute, operation, values, not}]});
                const back = rowsOf(text);
                return {text, back: back && textOf(back)};
            })));
        }""")
    assert len(texts) > 100
    assert [written for written in texts if written["back"] != written["text"]] == []
    for start in range(0, len(texts), 50):
        where = " or ".join(written["text"] for written in texts[start:start + 50])
        request = urllib.request.Request(
            address + "/api/v1/queries", json.dumps({"where": where}).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 201


def test_a_mistake_is_shown_at_its_place_with_what_was_meant(open_page):
    page = open_page(expected_errors=["400"])
    page.locator("#where").fill("sex = F and modalty = MR")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert")
    expect(problem.locator("mark")).to_have_text("modalty")
    expect(page.locator("#where")).to_be_focused()
    expect(page.locator("#where")).to_have_attribute("aria-invalid", "true")
    problem.get_by_role("link").first.click()
    expect(problem).to_be_empty()
    assert re.fullmatch(r"sex = F and (series\.)?modality = MR", page.locator("#where").input_value())


def test_everything_works_by_keyboard_alone(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    def tab_to(locator, limit=40):
        for _ in range(limit):
            if locator.evaluate("node => node === document.activeElement"):
                outline = locator.evaluate("node => getComputedStyle(node).outlineStyle")
                assert outline != "none", "the focus cannot be seen"
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{locator} is not reached by the keyboard")

    condition = page.get_by_role("group", name="Condition 1")
    tab_to(condition.get_by_label("Attribute"))
    page.keyboard.type("Modality")
    tab_to(condition.get_by_label("Value"))
    page.keyboard.type("CT")
    expect(page.locator("#where")).to_have_value("modality = CT")
    page.keyboard.press("Enter")
    wait_until_settled(page)
    tab_to(page.locator("#share"))
    page.go_back()
    expect(page.locator("#glance")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()


def test_without_javascript_the_hub_renders_the_same_answer(open_page, address):
    plain = open_page(java_script_enabled=False)
    plain.locator("#where").fill("modality = CT")
    plain.get_by_role("button", name="Count").click()
    for _ in range(50):
        if "still counting" not in plain.locator("#status").inner_text():
            break
        plain.get_by_role("link", name="Look again").click()
    answer = answer_of(plain, address)
    assert totals(plain) == expected_totals(answer)

    live = open_page("/query?where=modality+%3D+CT")
    wait_until_settled(live)
    expect(live.locator(".condition")).to_have_count(1)
    assert totals(live) == totals(plain)
    assert site_rows(live) == site_rows(plain)
    assert live.locator("#status").inner_text() == plain.locator("#status").inner_text()
    assert bars(live) == bars(plain) != {}


def test_without_javascript_a_mistake_is_shown_too(open_page):
    page = open_page(java_script_enabled=False, expected_errors=["400"])
    page.locator("#where").fill("modalty = MR")
    page.get_by_role("button", name="Count").click()
    expect(page.locator("mark")).to_have_text("modalty")
    expect(page.locator("#where")).to_have_value("modalty = MR")


def test_a_bar_narrows_the_question(open_page):
    page = open_page("/query?where=modality+in+(CT,+MR)")
    wait_until_settled(page)
    bar = page.locator("[data-facet=modality] a").first
    condition = bar.get_attribute("data-condition")
    bar.click()
    expect(page.locator("#asked")).to_have_text(f"modality in (CT, MR) and {condition}")
    wait_until_settled(page)
    page.go_back()
    expect(page.locator("#asked")).to_have_text("modality in (CT, MR)")


def test_a_page_that_is_not_there_says_so(open_page):
    page = open_page("/no/such/page", expected_errors=["404"])
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.get_by_role("link", name="Go to the federation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cancer images")


def test_security_headers_go_with_every_page(address):
    for path in ("/", "/about", "/query?where=modality+%3D+CT", "/no/such/page"):
        try:
            answer = urllib.request.urlopen(address + path)
        except urllib.error.HTTPError as error:
            answer = error
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert len(answer.read()) < 100_000


PAGES = ("/", "/about", "/query?where=modality+in+(CT,+MR)", "/query?where=modalty")


@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way(open_page, path):
    page = open_page(path, expected_errors=["400"])
    if "modality" in path:
        wait_until_settled(page)
    found = page.evaluate(
        """() => {
            const shown = (n) => n.checkVisibility();
            const named = (n) => n.labels?.length || n.getAttribute('aria-label') || n.getAttribute('aria-labelledby');
            return {
                language: document.documentElement.lang,
                levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(shown).map(h => +h.tagName[1]),
                unnamed: [...document.querySelectorAll('input,select,textarea,progress,meter')].filter(n => !named(n)).map(n => n.outerHTML),
                silent: [...document.querySelectorAll('a,button')].filter(shown)
                    .filter(n => !n.textContent.trim() && !n.getAttribute('aria-label')).map(n => n.outerHTML),
                pictures: [...document.querySelectorAll('svg,img')]
                    .filter(n => n.getAttribute('aria-hidden') !== 'true' && !named(n) && !n.getAttribute('alt')).map(n => n.outerHTML.slice(0, 80)),
                landmarks: ['header', 'nav', 'main', 'footer'].filter(n => document.querySelectorAll(n).length !== 1),
                dangling: [...document.querySelectorAll('[aria-labelledby],[aria-describedby]')].flatMap(n =>
                    ((n.getAttribute('aria-labelledby') || '') + ' ' + (n.getAttribute('aria-describedby') || '')).split(/\\s+/))
                    .filter(id => id && !document.getElementById(id)),
                twice: [...document.querySelectorAll('[id]')].map(n => n.id).filter((id, i, all) => all.indexOf(id) !== i),
            };
        }""")
    assert found.pop("language") == "en"
    levels = found.pop("levels")
    assert levels[0] == 1 and levels.count(1) == 1, levels
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), levels
    assert not any(found.values()), found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path, scheme):
    """The rules of axe-core for WCAG 2.2 AA and for good practice."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(path, expected_errors=["400"], color_scheme=scheme, bypass_csp=True)
    if "modality" in path:
        wait_until_settled(page)
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_text_stands_out_from_its_ground(open_page, path, scheme):
    """WCAG 2.2, 1.4.3: contrast of 4.5, or 3 for large text."""
    page = open_page(path, expected_errors=["400"], color_scheme=scheme)
    if "modality" in path:
        wait_until_settled(page)
    faint = page.evaluate(
        """() => {
            const parsed = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
            const ground = (n) => {
                for (; n; n = n.parentElement) {
                    const c = parsed(getComputedStyle(n).backgroundColor);
                    if (c.length === 3 || c[3] === 1) return c;
                }
                return [255, 255, 255];
            };
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
            while (texts.nextNode()) {
                const n = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || n.closest('svg,script,template,noscript') || !n.checkVisibility()) continue;
                const style = getComputedStyle(n), size = parseFloat(style.fontSize);
                const [a, b] = [light(parsed(style.color)), light(ground(n))].sort((x, y) => y - x);
                const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
                if ((a + .05) / (b + .05) < least) faint.push([texts.currentNode.data.trim(), style.color, ground(n), (a + .05) / (b + .05)]);
            }
            return faint;
        }""")
    assert faint == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_everything_without_scrolling_sideways(open_page, path):
    page = open_page(path, expected_errors=["400"], viewport=PHONE, color_scheme="dark", is_mobile=True, has_touch=True)
    if "modality" in path:
        wait_until_settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.skipif(os.environ.get("ATLES_PICTURES") != "1", reason="pictures are renewed on demand: ATLES_PICTURES=1")
def test_the_picture_of_the_page_is_renewed(open_page):
    page = open_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1.5)
    patients = page.locator(".stats > div", has_text="patients").locator("dd")
    for _ in range(120):
        # A site describes its data set again shortly after an intake.
        if not patients.inner_text().startswith("<"):
            break
        page.wait_for_timeout(500)
        page.reload()
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "start.png")
    page.locator("#where").fill("modality in (CT, MR)")
    page.get_by_role("button", name="Count").click()
    wait_until_settled(page)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "page.png", full_page=True)
