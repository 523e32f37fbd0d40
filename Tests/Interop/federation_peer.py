"""A node of a federation in Python, written from the documentation of the Swift types and from nothing else.

It shares no code with Atles: signatures and certificates come from PyPI `cryptography`, HPKE is composed here from
RFC 9180 out of X25519, HKDF and AES-GCM. Where the two sides disagree, one of them does not do what is documented.
"""
import base64
import hashlib
import hmac
import json
import secrets
import ssl
import struct
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


# Canonical bytes (Envelope/CanonicalBytes.swift)

@dataclass
class Optional:
    """A value that may be missing."""
    text: str | None


def canonical(label: str, *fields) -> bytes:
    def one(value) -> bytes:
        match value:
            case Optional(text=None):
                return b"\0"
            case Optional(text=text):
                return b"\1" + one(text)
            case str():
                return one(value.encode())
            case bytes():
                return struct.pack(">I", len(value)) + value
            case int():
                return struct.pack(">q", value)
        raise TypeError(value)
    return b"".join(map(one, (label, *fields)))


# HPKE base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002

KEM = b"KEM" + struct.pack(">H", 0x20)
SUITE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 2)


def extract(suite: bytes, salt: bytes, label: str, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label.encode() + ikm, "sha256")


def expand(suite: bytes, prk: bytes, label: str, info: bytes, length: int) -> bytes:
    labelled = struct.pack(">H", length) + b"HPKE-v1" + suite + label.encode() + info
    out, block = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.digest(prk, block + labelled + bytes([counter]), "sha256")
        out += block
    return out[:length]


def key_and_nonce(dh: bytes, encapsulated: bytes, recipient: bytes, info: bytes) -> tuple[bytes, bytes]:
    shared = expand(KEM, extract(KEM, b"", "eae_prk", dh), "shared_secret", encapsulated + recipient, 32)
    context = b"\0" + extract(SUITE, b"", "psk_id_hash", b"") + extract(SUITE, b"", "info_hash", info)
    secret = extract(SUITE, shared, "secret", b"")
    return expand(SUITE, secret, "key", context, 32), expand(SUITE, secret, "base_nonce", context, 12)


def hpke_seal(recipient: bytes, info: bytes, aad: bytes, content: bytes) -> tuple[bytes, bytes]:
    ephemeral = x25519.X25519PrivateKey.generate()
    encapsulated = ephemeral.public_key().public_bytes(*RAW)
    dh = ephemeral.exchange(x25519.X25519PublicKey.from_public_bytes(recipient))
    key, nonce = key_and_nonce(dh, encapsulated, recipient, info)
    return encapsulated, AESGCM(key).encrypt(nonce, content, aad)


def hpke_open(private: x25519.X25519PrivateKey, encapsulated: bytes, info: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    dh = private.exchange(x25519.X25519PublicKey.from_public_bytes(encapsulated))
    key, nonce = key_and_nonce(dh, encapsulated, private.public_key().public_bytes(*RAW), info)
    return AESGCM(key).decrypt(nonce, ciphertext, aad)


# Certificates (Authority/PartyName.swift)

@dataclass
class Party:
    name: str
    signing: ed25519.Ed25519PublicKey
    agreement: bytes


def read_party(der: bytes, authority: x509.Certificate) -> Party:
    certificate = x509.load_der_x509_certificate(der)
    certificate.verify_directly_issued_by(authority)
    now = time.time()
    assert certificate.not_valid_before_utc.timestamp() <= now <= certificate.not_valid_after_utc.timestamp()
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    party = next(u for u in uris if u.startswith("atles://party/")).removeprefix("atles://party/")
    key = next(u for u in uris if u.startswith("atles://agreement/x25519/")).removeprefix("atles://agreement/x25519/")
    return Party(party.removeprefix("site/"), certificate.public_key(), bytes.fromhex(key))


class Refused(Exception):
    def __init__(self, reason: str, status: int):
        super().__init__(f"{reason} ({status})")
        self.reason, self.status = reason, status


@dataclass
class Peer:
    """A site with keys of its own."""
    invitation: dict
    name: str
    country: str
    signing: ed25519.Ed25519PrivateKey = field(default_factory=ed25519.Ed25519PrivateKey.generate)
    agreement: x25519.X25519PrivateKey = field(default_factory=x25519.X25519PrivateKey.generate)
    certificate: bytes | None = None
    hub: Party | None = None

    @staticmethod
    def read_invitation(text: str) -> dict:
        body, checksum = "".join(text.split()).removeprefix("atles-invitation-").split(".")
        assert hashlib.sha256(body.encode()).hexdigest()[:8] == checksum
        return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))

    def __post_init__(self):
        der = unb64(self.invitation["ca"])
        self.federation = hashlib.sha256(der).hexdigest()
        self.authority = x509.load_der_x509_certificate(der)
        assert isinstance(self.authority.public_key(), ec.EllipticCurvePublicKey)
        self.site = self.invitation["site"]
        self.tls = ssl.create_default_context(
            cadata=self.authority.public_bytes(serialization.Encoding.PEM).decode())
        # The authority of a federation is of its own making; the checks of the public Web's profile do not apply to it.
        self.tls.verify_flags &= ~ssl.VERIFY_X509_STRICT

    # Requests (Request/SignedRequest.swift, Request/SignedResponse.swift)

    def request(self, action: str, body: dict, issued: int | None = None, **changes) -> dict:
        statement = dict(
            version=1, federation=self.federation, site=self.site, action=action,
            issued=issued or int(time.time() * 1000), nonce=secrets.token_hex(16), body=json.dumps(body).encode())
        statement |= changes
        signed = canonical("atles-request-1", *statement.values())
        return statement | {"body": b64(statement["body"]), "signature": b64(self.signing.sign(signed))}

    def post(self, action: str, request: dict) -> dict:
        call = urllib.request.Request(
            f"{self.invitation['hub']}/federation/v1/{action}", json.dumps(request).encode(),
            {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(call, context=self.tls, timeout=60) as answer:
                status, response = answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            status, response = error.code, json.load(error)
        refusal = response.get("refusal")
        hub = read_party(unb64(response["certificate"]), self.authority)
        assert hub.name == "hub"
        hub.signing.verify(
            unb64(response["signature"]),
            canonical(
                "atles-response-1", response["version"], response["federation"], response["nonce"], response["issued"],
                Optional(refusal and refusal["reason"]), (refusal or {}).get("theirClock") or 0,
                (refusal or {}).get("ourClock") or 0, unb64(response["body"])))
        assert response["federation"] == self.federation
        if response["nonce"]:
            assert response["nonce"] == request["nonce"]
        self.hub = hub
        if refusal:
            raise Refused(refusal["reason"], status)
        return json.loads(unb64(response["body"]))

    def ask(self, action: str, body: dict, **changes) -> dict:
        return self.post(action, self.request(action, body, **changes))

    # Joining (Invitation/JoinProof.swift)

    def join(self) -> bool:
        keys = [key.public_key().public_bytes(*RAW) for key in (self.signing, self.agreement)]
        key = HKDF(hashes.SHA256(), 32, salt=None, info=b"atles invitation 1").derive(unb64(self.invitation["secret"]))
        claim = canonical(
            "atles-join-1", self.federation, self.invitation["id"], self.site, self.name, self.country, *keys)
        answer = self.ask("join", {
            "invitation": self.invitation["id"], "name": self.name, "country": self.country, "signing": b64(keys[0]),
            "agreement": b64(keys[1]), "proof": b64(hmac.digest(key, claim, "sha256")),
        })
        if answer["admitted"]:
            self.certificate = unb64(answer["certificate"])
            assert read_party(self.certificate, self.authority).name == self.site
        return answer["admitted"]

    # Messages (Envelope/EnvelopeHeader.swift, Envelope/SealedBody.swift, Envelope/Envelope.swift)

    @staticmethod
    def header_bytes(h: dict) -> bytes:
        return canonical(
            "atles-envelope-1", h["version"], h["federation"], h["id"], h["kind"], h["sender"], h["recipient"],
            h["issued"], h["expires"], Optional(h.get("answers")), int(h["failed"]))

    @staticmethod
    def signed_bytes(header: dict, encapsulated: bytes, ciphertext: bytes, certificate: bytes) -> bytes:
        parts = (encapsulated, ciphertext, certificate)
        return Peer.header_bytes(header) + b"".join(struct.pack(">I", len(part)) + part for part in parts)

    def open(self, envelope: dict) -> tuple[dict, bytes]:
        header, body = envelope["header"], envelope["body"]
        encapsulated, ciphertext = unb64(body["encapsulated"]), unb64(body["ciphertext"])
        certificate = unb64(envelope["certificate"])
        sender = read_party(certificate, self.authority)
        assert sender.name == header["sender"] == "hub" and header["recipient"] == self.site
        sender.signing.verify(
            unb64(envelope["signature"]), self.signed_bytes(header, encapsulated, ciphertext, certificate))
        return header, hpke_open(
            self.agreement, encapsulated, b"atles federation 1", self.header_bytes(header), ciphertext)

    def envelope(self, kind: str, content: bytes, answers: str | None = None, failed: bool = False, **changes) -> dict:
        now = int(time.time() * 1000)
        header = dict(
            version=1, federation=self.federation, id=secrets.token_hex(16), kind=kind, sender=self.site,
            recipient="hub", issued=now, expires=now + 600_000, failed=failed) | changes
        if answers:
            header["answers"] = answers
        encapsulated, ciphertext = hpke_seal(
            self.hub.agreement, b"atles federation 1", self.header_bytes(header), content)
        signature = self.signing.sign(self.signed_bytes(header, encapsulated, ciphertext, self.certificate))
        return {
            "header": header, "body": {"encapsulated": b64(encapsulated), "ciphertext": b64(ciphertext)},
            "certificate": b64(self.certificate), "signature": b64(signature),
        }

    def send(self, envelope: dict) -> bool:
        """True where the message is new to the hub."""
        return self.ask("messages", {"envelope": envelope})["isNew"]

    def poll(self, acknowledged: list[str] = [], seconds: float = 0) -> list[dict]:
        return self.ask("poll", {"acknowledged": acknowledged, "waitMilliseconds": int(seconds * 1000)})["messages"]
