"""Requests for access in a real browser, without scripts: four people, three sites, and a clock that is moved.

ATLES_PICTURES=1 renews docs/pictures/request*.png.
"""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import struct
import time

import pytest

from federation import Federation, atles

PASSWORD = "three brown foxes sing"
PICTURES = pathlib.Path(__file__).resolve().parents[2] / "docs/pictures"
DAY = 86_400


def totp(secret: str, at: float) -> str:
    """RFC 6238, written here a second time."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Office:
    """A hub with three sites, the four people, and a browser for each."""

    def __init__(self, federation: Federation, browser):
        self.federation, self.browser = federation, browser
        self.offset, self.factors, self.contexts = 0, {}, []
        self.sites = {site["name"]: site["id"] for site in federation.overview()["sites"]}

    def restart(self, days: float = 0) -> None:
        """Starts the hub again with its clock moved; nobody's session lasts that long."""
        self.offset += days * DAY
        self.federation.hub.stop()
        base = self.federation.hub.command
        base = base[: base.index("--rehearse-clock-offset")] if "--rehearse-clock-offset" in base else base
        self.federation.hub.command = [*base, "--rehearse-clock-offset", str(self.offset)]
        self.federation.hub.start()
        self.federation.wait_for_hub()

    def page(self, login: str, width: int = 1440):
        """A page in which the person is signed in; scripts are off, so that everything works without."""
        context = self.browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
        self.contexts.append(context)
        page = context.new_page()
        page.goto(self.federation.page_url + "/sign-in")
        page.get_by_label("Sign-in name").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        now = time.time() + self.offset
        if page.locator("#totp-secret").count():
            self.factors[login] = [page.locator("#totp-secret").inner_text(), 0]
        if login in self.factors:
            secret, last = self.factors[login]
            # Each code is good once; one step ahead is taken too.
            step = max(int(now) // 30, last + 1)
            while step > (time.time() + self.offset) // 30 + 1:
                time.sleep(1)
            self.factors[login][1] = step
            page.get_by_role("textbox").last.fill(totp(secret, step * 30))
            page.locator("main button[type=submit]").click()
        page.goto(self.federation.page_url + "/requests")
        assert page.locator("h1").inner_text() == "My requests"
        return page

    def json(self, page, request: str) -> dict:
        return json.loads(page.request.get(f"{self.federation.page_url}/api/v1/requests/{request}").text())


@pytest.fixture(scope="module")
def office(tmp_path_factory, browser):
    with Federation(tmp_path_factory.mktemp("requests"), sites=3) as running:
        ids = {site["name"]: site["id"] for site in running.overview()["sites"]}
        first, second, third = sorted(ids.values())
        access = running.hub_folder / "access"
        access.mkdir(exist_ok=True)
        (access / "rules.yaml").write_text(f"sites:\n  {third}:\n    terms: [HMB, IRB]\n")
        roles = {
            "anna": ["researcher"], "oscar": ["federationOperator"],
            "carla": [f"committeeMember@{first}", f"committeeMember@{second}"], "dora": [f"committeeMember@{third}"]}
        for login, given in roles.items():
            atles("hub", "people", "add", login, "--name", login.capitalize(), "--email", f"{login}@example.org",
                  "--ask-password", "--folder", running.hub_folder, *(word for role in given for word in ("--role", role)),
                  input=PASSWORD + "\n")
        # A mail program that keeps what it is given.
        mails = running.folder / "mails"
        mails.mkdir()
        program = running.folder / "sendmail"
        program.write_text(f"#!/bin/sh\ncat > {mails}/$$.eml\n")
        program.chmod(0o755)
        settings = running.hub_folder / "hub.yaml"
        settings.write_text(settings.read_text() + f"\nmail:\n  from: hub@example.org\n  command: [{program}, -t]\n")
        desk = Office(running, browser)
        desk.mails, desk.order = mails, (first, second, third)
        desk.restart()
        yield desk
        for context in desk.contexts:
            context.close()


def fill_in(page, until: str = "2028-06-30", text: str = "Women with breast cancer, seen with MRI.") -> None:
    """Fills in every question of the form that comes with the program."""
    for box in page.locator("fieldset.checks input[type=checkbox][name='f.prohibited']").all():
        box.check()
    for name, value in {"kinds": "healthResearch", "outputs": "counts"}.items():
        page.locator(f"[name='f.{name}'][value='{value}']").check()
    for name, value in {
        "purpose": "e", "basis": "public", "commercial": "no", "ethics": "yes", "profit": "yes", "publish": "no",
        "returned": "yes", "together": "yes",
    }.items():
        page.locator(f"[name='f.{name}'][value='{value}']").check()
    for name in ("summary", "interest", "methods", "institutions", "funding", "project"):
        page.locator(f"[name='f.{name}']").fill(text)
    page.locator("[name='f.countries']").fill("ES")
    page.locator("[name='f.until']").fill(until)
    page.locator("[name='f.team.0.0']").fill(text[:100])


def begin(office: Office, page, title: str, sites=None, **answers) -> str:
    """From a question in the explorer to a request that is handed in; returns its name."""
    page.goto(office.federation.page_url + "/query?where=" + "modality%20%3D%20MR")
    page.get_by_role("link", name="Ask for access").click()
    page.get_by_label("Title").fill(title)
    for box in page.locator("input[name=site]").all():
        box.set_checked(sites is None or box.get_attribute("value") in sites)
    page.get_by_role("button", name="Begin").click()
    # What is missing is told by name before it is handed in.
    page.get_by_role("button", name="Save and look what is missing").click()
    assert page.locator(".field-problem").count() > 10
    fill_in(page, **answers)
    page.get_by_role("button", name="Save and look what is missing").click()
    assert page.get_by_role("status").inner_text() == "The form is saved."
    page.get_by_role("button", name="Hand it in").click()
    assert page.locator("#request-state").inner_text() == "Handed in", page.locator("main").inner_text()
    return re.search(r"/requests/([0-9a-f]{32})", page.url)[1]


def act(office: Office, page, request: str, button: str, site: str | None = None, words: str | None = None) -> None:
    page.goto(f"{office.federation.page_url}/requests/{request}")
    place = page.locator(f"[data-site={site}]") if site else page.locator("section[aria-labelledby=next-title]")
    if words is None:
        place.get_by_role("button", name=button, exact=True).click()
    else:
        act = place.locator("form.act", has=page.locator("summary", has_text=re.compile(f"^{button}$")))
        act.locator("summary").click()
        act.get_by_role("textbox").fill(words)
        act.get_by_role("button", name=button, exact=True).click()
    assert page.locator(".alert").count() == 0, page.locator(".alert").inner_text()
    assert page.get_by_role("status").inner_text() == "Done."


def words(page) -> dict[str, str]:
    return {
        stand.get_attribute("data-site"): stand.locator("[data-is=word]").inner_text() for stand in page.locator(".stand").all()}


def picture(page, name: str) -> None:
    """Renews the picture of the docs, where that was asked for."""
    if os.environ.get("ATLES_PICTURES"):
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_four_people_and_three_sites_from_the_question_to_the_grant(office):
    first, second, third = office.order
    anna, oscar, carla, dora = (office.page(login) for login in ("anna", "oscar", "carla", "dora"))
    request = begin(office, anna, "Breast MRI in three hospitals")
    assert set(words(anna).values()) == {"Handed in"}
    # The sites see it when the operator has passed it on.
    assert carla.request.get(f"{office.federation.page_url}/requests/{request}").status == 404
    act(office, oscar, request, "Pass it on to the sites")
    carla.goto(office.federation.page_url + "/committee")
    assert carla.get_by_role("link", name="Breast MRI in three hospitals").count() == 1
    picture(carla, "request-inbox")

    for site in (first, second):
        act(office, carla, request, "Take up the request", site)
        act(office, carla, request, "The data are here", site)
    act(office, carla, request, "Grant access", first)
    act(office, carla, request, "Set conditions", second, "Name us in the paper\nSend us the paper")
    act(office, dora, request, "Take up the request", third)
    act(office, dora, request, "The data are here", third)
    anna.goto(f"{office.federation.page_url}/requests/{request}")
    assert words(anna) == {first: "Granted", second: "Conditions", third: "In review"}
    assert anna.locator(f"[data-site={second}] .conditions-list li").all_inner_texts() == ["Name us in the paper", "Send us the paper"]
    assert "Allowed" in anna.locator(f"[data-site={third}] summary").first.inner_text()
    assert "You: Accept or decline the site's conditions" in anna.locator(".duties").inner_text()
    picture(anna, "request")
    act(office, anna, request, "Accept the conditions", second)
    act(office, carla, request, "Grant access", second)
    act(office, dora, request, "Grant access", third)
    anna.goto(f"{office.federation.page_url}/requests/{request}")
    assert anna.locator("#request-state").inner_text() == "Concluded"
    assert set(words(anna).values()) == {"Granted"}
    told = office.json(anna, request + "/negotiation")
    assert told["status"] == "CONCLUDED"
    assert {resource["currentState"] for resource in told["resources"]} == {"RESOURCE_MADE_AVAILABLE"}
    oscar.goto(office.federation.page_url + "/operator/requests")
    assert oscar.locator("table.pace tbody tr").count() == 3
    picture(oscar, "request-operator")


def test_who_must_act_is_written_to_and_the_mail_names_nobody(office):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any("carla@" in mail.read_text() for mail in office.mails.glob("*.eml")):
        time.sleep(0.2)
    mails = [mail.read_text() for mail in office.mails.glob("*.eml")]
    mine = [mail for mail in mails if "To: carla@example.org" in mail]
    assert mine
    body = base64.b64decode(mine[0].split("\n\n" if "\n\n" in mine[0] else "\r\n\r\n", 1)[1]).decode()
    assert "/requests/" in body and "Anna" not in body and "Breast" not in body


def test_a_refusal_says_why_and_where(office):
    third = office.order[2]
    anna, oscar, dora = (office.page(login) for login in ("anna", "oscar", "dora"))
    request = begin(office, anna, "Another question", sites=[third])
    act(office, oscar, request, "Pass it on to the sites")
    act(office, dora, request, "Take up the request", third)
    act(office, dora, request, "The data are here", third)
    act(office, dora, request, "Refuse", third, "The consent does not cover this.")
    anna.goto(f"{office.federation.page_url}/requests/{request}")
    assert words(anna) == {third: "Refused"}
    assert anna.locator(f"[data-site={third}] .quote").inner_text() == "The consent does not cover this."
    assert anna.locator("#request-state").inner_text() == "Concluded"


def test_a_purpose_that_the_terms_do_not_allow_cannot_be_handed_in(office):
    third = office.order[2]
    anna = office.page("anna")
    anna.goto(office.federation.page_url + "/requests/new")
    anna.get_by_label("Title").fill("Ancestry")
    for box in anna.locator("input[name=site]").all():
        box.set_checked(box.get_attribute("value") == third)
    anna.get_by_role("button", name="Begin").click()
    fill_in(anna)
    anna.locator("[name='f.kinds'][value=healthResearch]").uncheck()
    anna.locator("[name='f.kinds'][value=populationOrigins]").check()
    anna.get_by_role("button", name="Save", exact=True).click()
    anna.get_by_role("button", name="Hand it in").click()
    assert "do not allow this purpose" in anna.locator(".alert").inner_text()
    assert "Not allowed" in anna.locator(f"[data-site={third}]").inner_text()


def test_what_people_write_is_never_run(office):
    evil = "<script>document.title='owned'</script>\"'><img src=x onerror=alert(1)>"
    first = office.order[0]
    anna, oscar, carla = (office.page(login) for login in ("anna", "oscar", "carla"))
    request = begin(office, anna, evil, sites=[first], text=evil)
    act(office, oscar, request, "Pass it on to the sites")
    act(office, carla, request, "Step away", first, evil)
    for page, path in [
        (anna, f"/requests/{request}"), (anna, "/requests"), (carla, "/committee?all"), (oscar, "/operator/requests"),
        (anna, "/requests?words=%27%3B+DROP+TABLE+request%3B+--"),
    ]:
        page.goto(office.federation.page_url + path)
        assert page.locator("main script, main img").count() == 0
    anna.goto(f"{office.federation.page_url}/requests/{request}")
    assert anna.locator("h1").inner_text() == evil


def test_time_brings_a_reminder_an_escalation_and_the_end(office):
    """Moves the hub's clock: this test is the last."""
    second = office.order[1]
    anna, oscar = office.page("anna"), office.page("oscar")
    request = begin(office, anna, "A site that sleeps", sites=[second])
    act(office, oscar, request, "Pass it on to the sites")

    def later(days: float) -> dict:
        office.restart(days)
        page = office.page("anna")
        deadline = time.monotonic() + 60
        before = None
        while time.monotonic() < deadline:
            told = office.json(page, request)
            if before == told and time.monotonic() > deadline - 55:
                return told
            before = told
            time.sleep(1)
        return told

    assert later(54)["sites"][0]["state"] == "contacted"
    told = later(8)
    assert told["sites"][0]["state"] == "unreachable"
    assert [duty["party"] for duty in told["duties"]] == ["federationOperator"]
    told = later(61)
    assert told["sites"][0]["state"] == "expired"
    assert told["state"] == "concluded"
    page = office.page("anna")
    page.goto(f"{office.federation.page_url}/requests/{request}")
    assert words(page) == {second: "Expired"}
    line = page.locator(".time-line").inner_text()
    assert "reminded the site's committee" in line and "marked the site as not answering" in line


