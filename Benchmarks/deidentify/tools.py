"""The tools that are compared: each makes de-identified objects of a folder in a folder, and says how long it took."""
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ATLES = os.environ.get("ATLES", str(ROOT / ".build/release/atles"))
# A key of its own, the same in every run, so that the runs can be compared. Never one that somebody uses.
KEY = bytes(range(32))


@dataclasses.dataclass
class Run:
    output: pathlib.Path
    seconds: float
    refused: int = 0
    remark: str = ""


def fresh(folder: pathlib.Path) -> pathlib.Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def atles(objects: pathlib.Path, work: pathlib.Path, *options: str) -> Run:
    """Ours: the profile for research. What it sets aside, or wants to show to a person, stays in OUT.private."""
    fresh(work)
    key, output = work / "key", work / "out"
    key.touch(mode=0o600)
    key.write_bytes(KEY)
    started = time.perf_counter()
    done = subprocess.run(
        [ATLES, "deidentify", objects, output, "--profile", "research", "--key", key, "--json", *options],
        capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 3):
        raise RuntimeError(f"atles deidentify exits with {done.returncode}: {done.stderr[-800:]}")
    (work / "summary.json").write_text(done.stdout)
    (work / "log.txt").write_text(done.stderr)
    summary = json.loads(done.stdout)
    aside, waiting = summary["quarantined"]["count"], summary.get("review", {}).get("waiting", 0)
    return Run(output, seconds, aside + waiting, f"{aside} set aside, {waiting} wait for a person")


def gdcmanon(objects: pathlib.Path, work: pathlib.Path) -> Run:
    """Debian's gdcmanon in its conformant mode: the basic profile; the originals go encrypted into the output."""
    fresh(work)
    output, refused = work / "out", 0
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", work / "key.pem", "-out", work / "cert.pem",
         "-days", "3650", "-subj", "/CN=benchmark"], check=True, capture_output=True)
    command = ["gdcmanon", "-e", "-c", work / "cert.pem"]
    # In a folder it stops at the first file that it cannot read, and a UID has one new value only within a run: so the
    # files that it can read are found first, one by one, and then given to it together.
    readable = work / "readable"
    for file in sorted(file for file in objects.rglob("*") if file.is_file()):
        if subprocess.run([*command, "-i", file, "-o", work / "probe.dcm"], capture_output=True, check=False).returncode:
            refused += 1
            continue
        link = readable / file.relative_to(objects)
        link.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, link)
    started = time.perf_counter()
    subprocess.run([*command, "-r", "-i", readable, "-o", output], capture_output=True, check=True)
    return Run(output, time.perf_counter() - started, refused, f"{refused} not read")


def dicognito(objects: pathlib.Path, work: pathlib.Path) -> Run:
    fresh(work)
    output = work / "out"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "dicognito", "--seed", "benchmark", "--output-directory", output, objects],
        capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    written = sum(1 for file in output.rglob("*") if file.is_file())
    refused = sum(1 for file in objects.rglob("*") if file.is_file()) - written
    return Run(output, seconds, refused, f"{refused} not written" + (f"; exits with {done.returncode}" if done.returncode else ""))


# Run in a process of its own, so that its imports count as they do for its users; a file that fails is left out.
KITWARE = """
import pathlib, sys, warnings
warnings.simplefilter("ignore")
from dicomanonymizer import anonymize_dicom_file
source, target = map(pathlib.Path, sys.argv[1:])
for file in sorted(file for file in source.rglob("*") if file.is_file()):
    out = target / file.relative_to(source)
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        anonymize_dicom_file(str(file), str(out))
    except Exception:
        out.unlink(missing_ok=True)
"""


def dicom_anonymizer(objects: pathlib.Path, work: pathlib.Path) -> Run:
    fresh(work)
    output = work / "out"
    output.mkdir()
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", KITWARE, objects, output], capture_output=True, check=True)
    seconds = time.perf_counter() - started
    refused = sum(1 for file in objects.rglob("*") if file.is_file()) - sum(1 for file in output.rglob("*") if file.is_file())
    return Run(output, seconds, refused, f"{refused} not written")


PEERS = {"gdcmanon": gdcmanon, "dicognito": dicognito, "dicom-anonymizer": dicom_anonymizer}
