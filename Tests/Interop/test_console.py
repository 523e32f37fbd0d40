"""The node's console in a real browser: signing in, looking at objects that wait, and deciding about them.

ATLES_PICTURES=1 renews docs/pictures/console.png.
"""
import http.client
import json
import os
import pathlib
import re
import sqlite3
import time
import urllib.parse

import pydicom
import pytest
from playwright.sync_api import expect

import waiting_objects as objects
from federation import ATLES, Service, atles, free_port

PICTURES = pathlib.Path(__file__).resolve().parents[2] / "docs/pictures"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 400, "height": 844}


class Console:
    """A node with objects that wait, and its console."""

    def __init__(self, folder: pathlib.Path, **waiting):
        self.folder, self.port = folder / "node", free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.originals = objects.write(folder / "originals", {"kept": objects.released(9), **waiting})
        atles("node", "init", "--standalone", "--folder", self.folder, "--title", "Ultrasound of Ponent")
        done = atles("node", "ingest", "--folder", self.folder, self.originals, "--json", check=False)
        assert done.returncode == 3, done.stderr
        self.taken_in = json.loads(done.stdout)
        self.service = Service(
            [ATLES, "node", "console", "--folder", str(self.folder), "--listen", f"127.0.0.1:{self.port}"],
            folder / "console.log")
        self.log = folder / "console.log"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.request("GET", "/sign-in")
                break
            except ConnectionError:
                time.sleep(0.1)

    @property
    def token(self) -> str:
        return (self.folder / "keys/console.token").read_text().strip()

    def request(self, method: str, path: str, cookie: str = "", host: str | None = None, **form):
        """One request as a program would send it: its status, its headers, its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": host or f"127.0.0.1:{self.port}"}
        if cookie:
            headers["Cookie"] = cookie
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urllib.parse.urlencode(form) if method == "POST" else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def session(self) -> tuple[str, str]:
        """A session of a program's own: its cookie, and the value that its forms carry."""
        status, headers, _ = self.request("POST", "/sign-in", token=self.token)
        assert status == 303
        cookie = headers["Set-Cookie"].split(";")[0]
        page = self.request("GET", "/", cookie)[2].decode()
        return cookie, re.search(r'name="form" value="([^"]+)"', page)[1]

    def waiting(self) -> dict[str, dict]:
        """What waits, by the name of its original."""
        listed = json.loads(atles("node", "review", "list", "--folder", self.folder, "--json").stdout)
        names = {file["id"]: pathlib.Path(file["path"]).stem for file in self.taken_in["review"]["files"]}
        return {names[entry["id"]]: entry for entry in listed if entry["state"] == "waiting"}

    def objects(self) -> dict[str, pathlib.Path]:
        """The node's objects by their new UIDs, as index and store both have them."""
        with sqlite3.connect(self.folder / "index.sqlite") as index:
            indexed = dict(index.execute("SELECT lower(hex(digest)), uid FROM instance").fetchall())
        stored = {file.stem: file for file in (self.folder / "store/objects").rglob("*.dcm")}
        assert indexed.keys() == stored.keys(), "index and store differ"
        return {indexed[digest]: file for digest, file in stored.items()}

    def events(self) -> list[str]:
        log = self.folder / "audit.log"
        if not log.exists():
            return []
        atles("audit", "verify", log)
        return re.findall(r"review\.\w+", log.read_text())


@pytest.fixture
def console(tmp_path):
    running = Console(
        tmp_path, named=objects.named_body_part(1), video=objects.video(2), second=objects.named_body_part(3))
    yield running
    running.service.stop()


@pytest.fixture
def open_page(browser, console):
    """Opens the console, and fails the test where a page complains or asks another place for anything."""
    contexts, complaints = [], []

    def opened(path="/", expected_errors=(), signed_in=True, **options):
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()

        def said(message):
            if message.type in ("error", "warning") and not any(e in message.text for e in expected_errors):
                complaints.append(message.text)

        def asked(request):
            if not request.url.startswith(console.address + "/"):
                complaints.append(f"asked another place: {request.url}")

        page.on("console", said)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", asked)
        page.goto(console.address + path)
        if signed_in:
            sign_in(page, console)
            page.goto(console.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page, console) -> None:
    page.get_by_label("Token").fill(console.token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def article(page, name: str, console):
    return page.locator(f"article[aria-labelledby='t-{console.waiting()[name]['id']}']")


def test_nobody_sees_anything_without_the_token(console, open_page):
    identity = console.waiting()["named"]["id"]
    for path in ("/", f"/review/{identity}", f"/review/{identity}/0/before"):
        status, headers, body = console.request("GET", path)
        assert (status, headers["Location"], body) == (303, "/sign-in", b""), path
    page = open_page(expected_errors=["403"], signed_in=False)
    expect(page).to_have_url(console.address + "/sign-in")
    expect(page.locator("body")).to_contain_text(str(console.folder / "keys/console.token"))
    page.get_by_label("Token").fill("a guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the token of this node.")
    sign_in(page, console)
    expect(page.get_by_role("heading", level=1)).to_have_text("Objects that wait for you")
    assert (console.folder / "keys/console.token").stat().st_mode & 0o777 == 0o600
    assert console.token not in console.log.read_text()


def test_guessing_the_token_is_slow(console):
    answers = [console.request("POST", "/sign-in", token=f"guess {n}")[0] for n in range(6)]
    assert answers == [403] * 5 + [429]
    assert console.request("POST", "/sign-in", token=console.token)[0] == 429, "the right one is not looked at either"


def test_each_object_is_shown_with_what_was_found_before_and_after(console, open_page):
    page = open_page()
    assert page.locator("article").count() == 3
    named = article(page, "named", console)
    expect(named).to_contain_text("Identifier left in the object")
    for moment in ("before", "after"):
        picture = named.get_by_role("img", name=re.compile(moment))
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    # The band with the name: bright letters before, nothing after.
    bright = named.locator("img").evaluate_all(
        """images => images.map(image => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
            const drawing = canvas.getContext('2d');
            drawing.drawImage(image, 0, 0);
            const band = drawing.getImageData(0, 0, canvas.width * 200 / 640, canvas.height * 60 / 480).data;
            return band.filter((value, i) => i % 4 === 0 && value > 200).length;
        })""")
    assert bright[0] > 500 and bright[1] < bright[0] / 20, bright
    video = article(page, "video", console)
    expect(video).to_contain_text("Pixels that cannot be looked into")
    expect(video.get_by_role("img")).to_have_count(0)
    # Nothing on the page names the patient; where the original lies is said on the object's own page.
    for text in objects.IDENTIFYING:
        assert text.lower() not in page.content().lower()
    named.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("body")).to_contain_text(str(console.originals / "named.dcm"))


def test_a_person_releases_one_and_rejects_one(console, open_page):
    before, waiting = console.objects(), console.waiting()
    page = open_page()
    article(page, "named", console).get_by_role("link", name="Release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Release this object?")
    assert console.objects() == before and console.events() == [], "released by one click"
    page.get_by_role("button", name="Release it").click()
    assert console.objects() == before, "released without the tick"
    page.get_by_label("I have looked at it").check()
    page.get_by_role("button", name="Release it").click()
    expect(page.get_by_role("status")).to_contain_text("Released")
    after = console.objects()
    new, = set(after) - set(before)
    released = pydicom.dcmread(after[new])
    assert released.PatientID == waiting["named"]["patientID"] and released.SOPInstanceUID == new
    assert console.waiting().keys() == {"video", "second"}

    article(page, "video", console).get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    assert console.objects() == after and console.waiting().keys() == {"second"}
    left = {file.name for file in (console.folder / "review" / waiting["video"]["id"]).iterdir()}
    assert left == {"entry.json", "origin.sealed"}
    assert console.events() == ["review.released", "review.rejected"]

    # A second intake of the same folder asks nobody again, and brings nothing back.
    again = json.loads(atles("node", "ingest", "--folder", console.folder, console.originals, "--json", check=False).stdout)
    assert (again["accepted"], again["alreadyThere"]) == (0, 2)
    assert (again["review"]["waiting"], again["review"]["rejected"]) == (1, 1)
    assert console.objects() == after

    # Who decides twice is told, and nothing happens.
    cookie, form = console.session()
    for name in ("named", "video"):
        status, _, body = console.request("POST", f"/review/{waiting[name]['id']}/release", cookie, form=form, looked="yes")
        assert status == 409 and b"This did not work" in body
    assert console.objects() == after and len(console.events()) == 2

    article(page, "second", console).get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")


def test_a_decision_needs_the_sessions_own_value(console):
    identity = console.waiting()["named"]["id"]
    cookie, form = console.session()
    other = console.session()[1]
    before = console.objects()
    for arguments in ({}, {"form": ""}, {"form": other}, {"form": form[:-1]}):
        for decision in ("release", "reject"):
            assert console.request("POST", f"/review/{identity}/{decision}", cookie, looked="yes", **arguments)[0] == 403
    assert console.request("POST", f"/review/{identity}/release", form=form, looked="yes")[0] == 403, "without the cookie"
    assert console.request("GET", f"/review/{identity}/reject", cookie)[0] == 404, "a link decides nothing"
    for arguments in ({}, {"looked": "no"}):
        status, _, page = console.request("POST", f"/review/{identity}/release", cookie, form=form, **arguments)
        assert status == 400 and b"Nothing was released" in page, "without the tick"
    assert console.request("GET", f"/review/{identity}/release?looked=yes&form={form}", cookie)[0] == 200
    assert console.objects() == before and len(console.waiting()) == 3 and console.events() == []
    assert console.request("POST", f"/review/{identity}/release", cookie, form=form, looked="yes")[0] == 303
    assert len(console.objects()) == len(before) + 1


def test_another_name_for_the_console_is_refused(console):
    cookie, form = console.session()
    for host in ("evil.example", f"evil.example:{console.port}", "127.0.0.1", f"127.0.0.1:{console.port + 1}"):
        status, _, body = console.request("GET", "/", cookie, host=host)
        assert status == 421 and objects.FAMILY.encode() not in body and b"article" not in body, host
        assert console.request("POST", "/sign-in", host=host, token=console.token)[0] == 421
    assert console.request("GET", "/", cookie, host=f"localhost:{console.port}")[0] == 200
    for listen in ("0.0.0.0:8462", "192.0.2.7:8462", "8462", "127.0.0.1:0"):
        done = atles("node", "console", "--folder", console.folder, "--listen", listen, check=False)
        assert done.returncode not in (0, 3) and "this machine" in done.stderr, listen


def test_what_is_asked_for_cannot_lead_out_of_the_queue(console):
    cookie, _ = console.session()
    identity = console.waiting()["named"]["id"]
    for path in (
        "/review/..%2f..%2fkeys", "/review/" + "0" * 32, f"/review/{identity}/0/candidate", f"/review/{identity}/-1/before",
        f"/review/{identity}/99/before", f"/review/{identity.upper()}/0/before", "/assets/../keys/console.token", "/no/such",
    ):
        assert console.request("GET", path, cookie)[0] == 404, path


def test_signing_out_ends_the_session(console, open_page):
    page = open_page()
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    assert console.request("GET", "/", cookie)[0] == 200
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(console.address + "/sign-in")
    assert console.request("GET", "/", cookie)[0] == 303, "the old cookie still opens it"
    assert page.context.cookies() == []


def test_cookies_and_headers_are_strict(console):
    _, headers, _ = console.request("POST", "/sign-in", token=console.token)
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in headers["Set-Cookie"].split(";")}
    cookie, _ = console.session()
    identity = console.waiting()["named"]["id"]
    for path in ("/", "/sign-in", f"/review/{identity}", f"/review/{identity}/0/before", "/no/such"):
        _, headers, _ = console.request("GET", path, cookie)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in headers["Cache-Control"], path


def test_pictures_lie_sealed(console):
    for file in (console.folder / "review").rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file
    for file in (console.folder / "review").rglob("*.sealed"):
        content = file.read_bytes()
        assert not content.startswith((b"\x89PNG", b"\xff\xd8")) and str(console.originals).encode() not in content


PAGES = ("/sign-in", "/", "object", "object/release")


def path_of(page: str, console) -> str:
    return page.replace("object", f"/review/{console.waiting()['named']['id']}", 1) if page.startswith("object") else page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(console, open_page, scheme):
    """The rules of axe-core for WCAG 2.2 AA and for good practice."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for name in PAGES:
        page = open_page(path_of(name, console), signed_in=name != "/sign-in", color_scheme=scheme, bypass_csp=True)
        found = axe.Axe().run(page).response["violations"]
        assert [(name, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_shows_everything_without_scrolling_sideways(console, open_page, scheme):
    for name in PAGES:
        page = open_page(path_of(name, console), signed_in=name != "/sign-in", viewport=PHONE, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_everything_works_by_keyboard_alone(console, open_page):
    page = open_page(signed_in=False)
    expect(page.get_by_label("Token")).to_be_focused()
    page.keyboard.type(console.token)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    first = page.locator("article").first
    identity = first.get_attribute("aria-labelledby").removeprefix("t-")
    for _ in range(30):
        page.keyboard.press("Tab")
        if first.get_by_role("button", name="Reject").evaluate("node => node === document.activeElement"):
            break
    else:
        raise AssertionError("the button is not reached by the keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    assert identity not in {entry["id"] for entry in console.waiting().values()}


@pytest.mark.skipif(os.environ.get("ATLES_PICTURES") != "1", reason="pictures are renewed on demand: ATLES_PICTURES=1")
def test_the_picture_of_the_console_is_renewed(console, open_page):
    # What has pictures comes first.
    atles("node", "review", "reject", "--folder", console.folder, console.waiting()["video"]["id"])
    page = open_page(viewport={"width": 1280, "height": 1040})
    for image in page.locator("article img").all():
        image.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "console.png")
