"""Prints Tests/GovernanceTests/Permits/ForeignPermit.swift: a permit and a signature made in Python.

Nothing in it was made by Atles: the canonical bytes are written here from their description, `cryptography` signs them.
"""
import base64
import json
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack(">I", len(raw)) + raw


def number(value: int) -> bytes:
    return struct.pack(">q", value)


def texts(values: list[str]) -> bytes:
    return number(len(values)) + b"".join(map(text, values))


key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
cohort = {"attribute": "series.modality", "equals": "MR"}
computation = {"name": "cox", "version": "2", "hash": "5a" * 32}
permit = {
    "version": 1, "id": "00112233445566778899aabbccddeeff", "federation": "ab" * 32, "site": "valencia",
    "request": "R-2026-7", "holders": [{"person": "local:rosa"}, {"person": "oidc:x#y", "key": public}], "asker": "hub",
    "purposes": ["algorithms", "scientific-research"], "dataSets": ["mama", "prostata"], "cohort": cohort,
    "computations": [computation], "outputs": ["counts", "statistics"],
    "thresholds": {"smallestCell": 5, "rounding": 1, "smallestCohort": 10},
    "budget": {"epsilonMillionths": 1000000, "deltaQuadrillionths": 1000000000},
    "placement": {"alsoAt": ["leonardo"]}, "from": "2027-01-15T08:00:00Z", "until": "2027-02-14T08:00:00Z",
    "signaturesNeeded": 1}
start = 1_800_000_000
canonical = (
    text("atles-permit-1") + text(permit["id"]) + text(permit["federation"]) + text("valencia") + text("R-2026-7")
    + number(2) + text("local:rosa") + b"\0" + text("oidc:x#y") + b"\1" + text(public) + text("hub")
    + texts(permit["purposes"]) + texts(permit["dataSets"])
    + b"\1" + text(json.dumps(cohort, sort_keys=True, separators=(",", ":")))
    + number(1) + text("cox") + text("2") + struct.pack(">I", 32) + bytes.fromhex("5a" * 32)
    + texts(permit["outputs"]) + number(5) + number(1) + number(10) + text("budget") + number(1_000_000)
    + number(1_000_000_000) + texts(["leonardo"]) + number(start) + number(start + 30 * 86_400) + number(1))
signature = key.sign(text("atles-permit-signature-1") + text("local:anna") + struct.pack(">I", len(canonical)) + canonical)
document = json.dumps({
    "permit": permit,
    "signatures": [{"person": "local:anna", "signature": base64.b64encode(signature).decode()}]}, indent=2)
lines = "\n".join("        " + line for line in document.splitlines())
print(f'''// Made by Tests/Interop/make_permit_vector.py.

/// A signed permit that shares no code with ours.
enum ForeignPermit {{
    /// The Ed25519 key of the signer, local:anna.
    static let key = "{public}"
    static let document = """
{lines}
        """
}}''')
