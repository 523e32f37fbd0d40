"""A node that shares no code with Atles takes part in a federation, and a hostile one gets nothing from it."""
import copy
import json
import threading
import time

import pytest

pytest.importorskip("cryptography", minversion="42")

from cryptography.hazmat.primitives.asymmetric import x25519  # noqa: E402

import federation_peer as peer  # noqa: E402
from federation import Federation, atles  # noqa: E402


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with Federation(tmp_path_factory.mktemp("peers"), sites=0) as running:
        yield running


def invite(hub, name: str) -> dict:
    file = hub.folder / f"{name}.invitation"
    atles("hub", "invite", "--folder", hub.hub_folder, "--name", name, "--country", "SE", "--out", file)
    return peer.Peer.read_invitation(file.read_text())


def joined(hub, name: str) -> peer.Peer:
    site = peer.Peer(invite(hub, name), name, "SE")
    assert site.join()
    return site


def test_hpke_here_is_hpke_elsewhere():
    hpke = pytest.importorskip("cryptography.hazmat.primitives.hpke")
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    key = x25519.X25519PrivateKey.generate()
    both = suite.encrypt(b"content", key.public_key(), b"info")
    assert peer.hpke_open(key, both[:32], b"info", b"", both[32:]) == b"content"
    encapsulated, ciphertext = peer.hpke_seal(key.public_key().public_bytes(*peer.RAW), b"info", b"", b"content")
    assert suite.decrypt(encapsulated + ciphertext, key, b"info") == b"content"


def test_a_foreign_node_joins_is_asked_and_answers(hub):
    site = joined(hub, "Foreign")
    assert site.poll() == []
    asked = {}
    thread = threading.Thread(target=lambda: asked.update(hub.ask("modality = MR")))
    thread.start()
    messages = []
    while not messages:
        messages = site.poll(seconds=5)
    header, content = site.open(messages[0])
    assert "MR" in json.dumps(json.loads(content))
    # Not acknowledged yet: it comes again.
    assert [m["header"]["id"] for m in site.poll()] == [header["id"]]
    assert site.poll([header["id"]]) == []
    answer = site.envelope(header["kind"], "the foreign node does not count".encode(), answers=header["id"], failed=True)
    assert site.send(answer)
    assert not site.send(answer), "the very same answer is known"
    thread.join(60)
    assert "the foreign node does not count" in json.dumps(asked)


def refused(call) -> tuple[str, int]:
    with pytest.raises(peer.Refused) as caught:
        call()
    return caught.value.reason, caught.value.status


def test_a_hostile_node_is_refused_and_written_down(hub):
    site = joined(hub, "Hostile")
    victim = joined(hub, "Victim")
    poll = {"acknowledged": [], "waitMilliseconds": 0}
    now = int(time.time() * 1000)

    request = site.request("poll", poll)
    site.post("poll", request)
    assert refused(lambda: site.post("poll", request)) == ("replayed", 409)
    assert refused(lambda: site.ask("poll", poll, site=victim.site)) == ("not-accepted", 403)
    assert refused(lambda: site.ask("poll", poll, site="nobody")) == ("not-accepted", 403)
    assert refused(lambda: site.ask("poll", poll, issued=now + 3_600_000)) == ("clock-skew", 403)
    assert refused(lambda: site.ask("poll", poll, federation="0" * 64)) == ("wrong-federation", 403)
    assert refused(lambda: site.post("renew", site.request("poll", poll))) == ("malformed", 400)

    assert refused(lambda: site.send(site.envelope("card", b"x", sender=victim.site))) == ("wrong-sender", 403)
    assert refused(lambda: site.send(site.envelope("card", b"x", recipient=victim.site))) == ("wrong-recipient", 403)
    assert refused(lambda: site.send(site.envelope("card", b"x", expires=now - 1, issued=now - 9))) == ("expired", 403)
    assert refused(lambda: site.send(site.envelope("card", b"x", answers="0" * 32))) == ("not-found", 404)
    good = site.envelope("card", b"x")
    for field, value in [("kind", "cart"), ("expires", good["header"]["expires"] + 1), ("failed", True)]:
        forged = copy.deepcopy(good)
        forged["header"][field] = value
        assert refused(lambda: site.send(forged)) == ("not-accepted", 403), field

    used = peer.Peer(site.invitation, "Thief", "SE")
    assert refused(used.join) == ("invitation-used", 403)
    guessed = peer.Peer(invite(hub, "Guessed") | {"secret": peer.b64(bytes(32))}, "Thief", "SE")
    assert refused(guessed.join) == ("invitation-not-accepted", 403)

    log = hub.hub_folder / "audit.log"
    refusals = [json.loads(line).get("refusal") for line in log.read_text().splitlines()]
    for reason in ("replayed", "bad-signature", "unknown-sender", "clock-skew", "wrong-sender", "invitation-used"):
        assert reason in refusals, reason
    atles("audit", "verify", log)
