"""Prints Tests/FederationTests/Envelope/ForeignVector.swift: an authority, a certificate and an envelope made in Python.

Nothing in it was made by Atles: `cryptography` made the certificates, federation_peer.py the envelope.
"""
import datetime
import hashlib
import json

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from cryptography.x509.oid import NameOID

import federation_peer as peer

BEGIN = datetime.datetime(2027, 1, 15, 8, tzinfo=datetime.timezone.utc)
END = BEGIN + datetime.timedelta(days=90)


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


authority_key = ec.generate_private_key(ec.SECP256R1())
authority = (
    x509.CertificateBuilder().subject_name(name("authority")).issuer_name(name("authority"))
    .public_key(authority_key.public_key()).serial_number(1).not_valid_before(BEGIN).not_valid_after(END)
    .add_extension(x509.BasicConstraints(True, 0), True).sign(authority_key, hashes.SHA256()))
signing = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
hub_agreement = x25519.X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
uris = ["atles://party/hub", "atles://agreement/x25519/" + hub_agreement.public_key().public_bytes(*peer.RAW).hex()]
certificate = (
    x509.CertificateBuilder().subject_name(name("hub")).issuer_name(name("authority"))
    .public_key(signing.public_key()).serial_number(2).not_valid_before(BEGIN).not_valid_after(END)
    .add_extension(x509.BasicConstraints(False, None), True)
    .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(u) for u in uris]), False)
    .sign(authority_key, hashes.SHA256())).public_bytes(serialization.Encoding.DER)
recipient = x25519.X25519PrivateKey.from_private_bytes(bytes(range(2, 34)))

ca = authority.public_bytes(serialization.Encoding.DER)
issued = int(BEGIN.timestamp() * 1000) + 60_000
header = dict(
    version=1, federation=hashlib.sha256(ca).hexdigest(), id="00112233445566778899aabbccddeeff", kind="query",
    sender="hub", recipient="alpha", issued=issued, expires=issued + 600_000, failed=False,
    answers="ffeeddccbbaa99887766554433221100")
aad = peer.Peer.header_bytes(header)
encapsulated, ciphertext = peer.hpke_seal(
    recipient.public_key().public_bytes(*peer.RAW), b"atles federation 1", aad, "¿cuántos?".encode())
signature = signing.sign(peer.Peer.signed_bytes(header, encapsulated, ciphertext, certificate))
envelope = json.dumps({
    "header": header, "body": {"encapsulated": peer.b64(encapsulated), "ciphertext": peer.b64(ciphertext)},
    "certificate": peer.b64(certificate), "signature": peer.b64(signature)})

print(f'''// Made by Tests/Interop/make_envelope_vector.py.

/// An envelope that shares no code with ours.
enum ForeignVector {{
    /// The authority's certificate in DER, base 64.
    static let authority = """
        {peer.b64(ca)}
        """
    /// The recipient's private X25519 key.
    static let recipientKey = "{bytes(range(2, 34)).hex()}"
    /// The header's canonical bytes.
    static let header = """
        {aad.hex()}
        """
    /// The envelope as it travels.
    static let envelope = """
        {envelope}
        """
}}''')
