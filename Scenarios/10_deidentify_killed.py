"""A de-identification that is killed again and again ends with exactly what an undisturbed one makes, and a manifest of it."""
import hashlib
import pathlib
import random
import signal
import subprocess
import time

import pydicom

from common import ATLES, atles, make_images, work

seed = random.randrange(1 << 32)
print(f"seed {seed}")
chance = random.Random(seed)
originals = work() / "originals"
files = make_images(originals, patients=8, slices=15)
# One object waits for a person: the patient's name is where a body part belongs. One is damaged.
waiting = pydicom.dcmread(files[0])
waiting.BodyPartExamined = str(waiting.PatientName.given_name).upper()
waiting.save_as(files[0])
files[1].write_bytes(files[1].read_bytes()[:-20_000])
key = work() / "project.key"
atles("deidentify", "key", key)


def objects(folder: pathlib.Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*.dcm")}


def run(out: pathlib.Path) -> None:
    done = atles("deidentify", originals, out, "--key", key, "--accept-risk", check=False)
    assert done.returncode == 3, done.stdout + done.stderr


def verified(out: pathlib.Path) -> None:
    """The manifest names what is there, all of it and nothing else, and a receiver can check it."""
    atles("deidentify", "verify", out, "--key", key)


calm, killed = work() / "calm", work() / "killed"
started = time.monotonic()
run(calm)
whole = time.monotonic() - started
expected = objects(calm)
assert len(expected) == len(files) - 2, (len(expected), len(files))

kills = 0
for _ in range(12):
    process = subprocess.Popen(
        [ATLES, "deidentify", str(originals), str(killed), "--key", str(key), "--workers", "1", "--accept-risk"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0, whole / 4))
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
        kills += 1
    process.wait()
    so_far = objects(killed) if killed.exists() else {}
    assert so_far.items() <= expected.items(), "something is there that the whole run does not make"
assert kills >= 2, "the runs were over too soon to be killed"
run(killed)
assert objects(killed) == expected, "something was lost or doubled"
listed = atles("deidentify", "review", "list", "--output", killed, "--key", key).stdout
assert listed.count("identifier left in the object") == 1, listed
verified(killed)

# A receiver sees that an object is missing, and that one was changed.
victim = killed / next(iter(expected))
content = victim.read_bytes()
for change in (content[:-1] + bytes([content[-1] ^ 1]), None):
    victim.unlink() if change is None else victim.write_bytes(change)
    assert atles("deidentify", "verify", killed, "--key", key, check=False).returncode != 0, change is None
print(f"{kills} kills, {len(expected)} objects, each there once, and a manifest that holds")
