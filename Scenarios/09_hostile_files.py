"""A folder full of files that are built to harm is taken in to its end: each is set aside with its reason, memory stays flat."""
import json
import os
import random
import resource
import subprocess
import zlib

from common import ATLES, SAMPLES, make_images, standalone_node, work

folder = work() / "images"
good = make_images(folder, patients=3, slices=2)
ct = (SAMPLES / "CT_small.dcm").read_bytes()
start = ct.index(b"\x08\x00\x05\x00")
meta = ct[:start]


def explicit(group: int, element: int, vr: bytes, length: int, value: bytes = b"") -> bytes:
    return group.to_bytes(2, "little") + element.to_bytes(2, "little") + vr + b"\0\0" + length.to_bytes(4, "little") + value


item = b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
sequence = explicit(0x0008, 0x1115, b"SQ", 0xFFFFFFFF)
# The group's length is now wrong by two bytes, as it is in many files of the wild.
deflated_meta = meta.replace(b"UI\x14\x001.2.840.10008.1.2.1\0", b"UI\x16\x001.2.840.10008.1.2.1.99")
assert deflated_meta != meta
bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
hostile = {
    "empty": b"",
    "random": random.Random(7).randbytes(300_000),
    "only a preamble": bytes(128) + b"DICM",
    "an executable": b"MZ" + bytes(126) + b"DICM" + bytes(200),
    "truncated": ct[: start + 700],
    "pixels cut off": ct[:-5000],
    "four gigabytes claimed": meta + explicit(0x0008, 0x1140, b"OB", 0xFFFFFFF0, bytes(64)),
    "a length past the end": meta + b"\x08\x00\x60\x00CS\xff\xff" + b"CT",
    "depth": meta + (sequence + item) * 20_000,
    "inflates without end": deflated_meta + bomb.compress(bytes(400 << 20)) + bomb.flush(),
    "rows of a wrong kind": ct.replace(b"\x28\x00\x10\x00US\x02\x00\x80\x00", b"\x28\x00\x10\x00UL\x02\x00\xff\xff"),
    "not dicom": b"%PDF-1.4 hello",
}
for name, content in hostile.items():
    (folder / f"{name}.dcm").write_bytes(content)
(folder / "a link in a circle").symlink_to(folder)
os.mkfifo(folder / "a pipe")

node = standalone_node(work() / "node")
done = subprocess.run(
    [ATLES, "node", "ingest", "--folder", node, "--json", folder], capture_output=True, text=True, timeout=600)
assert done.returncode == 3, (done.returncode, done.stderr)
summary = json.loads(done.stdout)
assert summary["accepted"] == len(good), summary
named = {file["path"].split("/")[-1].removesuffix(".dcm"): file["explanation"] for file in summary["quarantined"]["files"]}
listed = {path.split("/")[-1].removesuffix(".dcm") for path in summary["notDICOM"]["files"]}
passed_by = {file["path"].split("/")[-1].removesuffix(".dcm") for file in summary["skipped"]["files"]}
missing = set(hostile) - set(named) - listed - passed_by
assert not missing, f"nothing is said of {missing}"
assert all(len(why) > 10 for why in named.values()), named
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
assert peak < 700, f"{peak:.0f} MB at the most"
print(f"{len(good)} good images in, {len(named)} set aside, {len(listed)} not DICOM; {peak:.0f} MB of memory at the most")
