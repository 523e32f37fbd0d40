"""Signing in at a running hub: through a provider that others wrote, in a terminal, and with an account in a browser."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import struct
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import jwt
import oidc_provider_mock
import pytest

from federation import ATLES, Federation, atles, free_port

PASSWORD = "three brown foxes sing"


@pytest.fixture(scope="module")
def provider():
    user = oidc_provider_mock.User(
        sub="anna-1", claims={"name": "Anna Puig", "email": "anna@example.org", "eduperson_entitlement": ["urn:x:researchers"]})
    with oidc_provider_mock.run_server_in_thread(user_claims=[user]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def hub(tmp_path_factory, provider):
    """A hub without nodes, which is configured for the provider as an operator would."""
    running = Federation(tmp_path_factory.mktemp("sign-in"), sites=0)
    with running:
        settings = running.hub_folder / "hub.yaml"
        settings.write_text(settings.read_text() + f"""
sign_in:
  name: Test Login
  issuer: {provider}
  client_id: atles
  secret_file: provider.secret
  roles:
    - {{claim: eduperson_entitlement, equals: "urn:x:researchers", role: researcher}}
""")
        secret = running.hub_folder / "provider.secret"
        secret.write_text("a secret\n")
        secret.chmod(0o600)
        running.hub.stop()
        running.hub.start()
        running.wait_for_hub()
        yield running


def totp(secret: str, at: float) -> str:
    """RFC 6238, written here a second time."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def allow(page):
    """Says yes at the provider, as Anna."""
    page.locator("input[name=sub]").first.fill("anna-1")
    page.get_by_role("button", name="Authorize").first.click()


def sign_in(page, hub, login):
    page.goto(hub.page_url + "/sign-in")
    page.get_by_label("Sign-in name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add(hub, login, *roles):
    atles("hub", "people", "add", login, "--name", login.capitalize(), "--ask-password", "--folder", hub.hub_folder,
          *(word for role in roles for word in ("--role", role)), input=PASSWORD + "\n")


def people(hub) -> dict:
    listed = json.loads(atles("hub", "people", "list", "--json", "--folder", hub.hub_folder).stdout)
    return {person["id"]: person for person in listed}


def test_somebody_signs_in_through_the_provider_and_out_again(browser, hub, provider):
    context = browser.new_context()
    page = context.new_page()
    page.goto(hub.page_url + "/account")
    page.get_by_role("link", name="Sign in with Test Login").click()
    assert page.url.startswith(provider)
    allow(page)
    page.wait_for_url(hub.page_url + "/account")
    assert page.locator("h1").inner_text() == "Anna Puig"
    assert "researcher" in page.locator(".facts").inner_text()
    cookies = {cookie["name"]: cookie for cookie in context.cookies() if "atles" in cookie["name"]}
    session = cookies["atles-session"]
    assert session["httpOnly"] and session["sameSite"] == "Lax" and not session["secure"]
    person = people(hub)[f"oidc:{provider}|anna-1"]
    assert person["email"] == "anna@example.org"
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(hub.page_url + "/signed-out")
    assert page.get_by_role("link", name="Sign out there too").get_attribute("href").startswith(provider)
    page.goto(hub.page_url + "/account")
    assert "/sign-in" in page.url
    context.close()


def test_an_answer_of_the_provider_is_not_good_in_another_browser_nor_twice(browser, hub):
    context, other = browser.new_context(), browser.new_context()
    page, answers = context.new_page(), []
    page.on("request", lambda request: answers.append(request.url) if "/sign-in/provider/answer" in request.url else None)
    page.goto(hub.page_url + "/sign-in/provider")
    allow(page)
    page.wait_for_url(hub.page_url + "/account")
    assert len(answers) == 1
    for again in (page, other.new_page()):
        assert again.goto(answers[0]).status == 400
        assert "begin again" in again.locator("main").inner_text()
    log = [json.loads(line)["kind"] for line in (hub.hub_folder / "audit.log").read_text().splitlines()]
    assert log.count("provider.refused") == 2
    context.close()
    other.close()


def test_a_terminal_signs_in_by_a_code_and_out_again(browser, hub, tmp_path):
    add(hub, "ben", "researcher")
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, "ben")
    page.wait_for_url(hub.page_url + "/account")
    home = {**os.environ, "HOME": str(tmp_path)}
    terminal = subprocess.Popen([ATLES, "login", "--hub", hub.page_url], env=home, stdout=subprocess.PIPE, text=True, bufsize=1)
    try:
        link = terminal.stdout.readline().split()[1]
        code = terminal.stdout.readline().split()[1]
        page.goto(link)
        assert page.locator("code.secret").inner_text() == code
        page.get_by_role("button", name="Approve").click()
        assert terminal.wait(60) == 0
    finally:
        terminal.kill()
    kept = tmp_path / ".atles/credentials.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    token = json.loads(kept.read_text())[hub.page_url]
    request = urllib.request.Request(hub.page_url + "/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["id"] == "local:ben"
    assert atles("logout", "--hub", hub.page_url, env=home).returncode == 0
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request)
    context.close()


def test_an_operator_sets_up_a_second_factor_and_needs_it_from_then_on(browser, hub):
    add(hub, "olga", "federationOperator")
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, "olga")
    secret = page.locator("#totp-secret").inner_text()
    link = urllib.parse.urlparse(page.locator("#totp-link").get_attribute("href"))
    assert link.scheme == "otpauth" and urllib.parse.parse_qs(link.query)["secret"] == [secret]
    now = time.time()
    page.get_by_label("six digits").fill(totp(secret, now))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url(hub.page_url + "/account")
    page.get_by_role("link", name="People").click()
    assert "local:olga" in page.locator("main").inner_text()
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, hub, "olga")
    page.get_by_label("six digits").fill(totp(secret, now))
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert "Each code can be used once" in page.get_by_role("alert").inner_text()
    # The next code, which is good half a minute early.
    page.get_by_label("six digits").fill(totp(secret, now + 30))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(hub.page_url + "/account")
    context.close()


def test_the_hubs_keys_are_a_key_set_that_others_read(hub):
    with urllib.request.urlopen(hub.page_url + "/.well-known/jwks.json") as answer:
        keys = jwt.PyJWKSet.from_dict(json.load(answer))
    assert [key.algorithm_name for key in keys.keys] == ["ES256"]


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_fit_and_run_nothing_that_the_policy_forbids(browser, hub, width):
    complaints = []
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    if "local:pia" not in people(hub):
        add(hub, "pia", "researcher")
    shots = os.environ.get("ATLES_SIGN_IN_PICTURES")
    sign_in(page, hub, "pia")
    for path in ("/account", "/account/tokens", "/device", "/sign-in/second-factor", "/signed-out"):
        page.goto(hub.page_url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if shots:
            page.screenshot(path=pathlib.Path(shots) / f"{re.sub('[^a-z]+', '-', path)}-{width}.png", full_page=True)
    context.clear_cookies()
    for path in ("/sign-in", "/sign-in/recover"):
        page.goto(hub.page_url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if shots:
            page.screenshot(path=pathlib.Path(shots) / f"{re.sub('[^a-z]+', '-', path)}-{width}.png", full_page=True)
    assert complaints == []
    context.close()
