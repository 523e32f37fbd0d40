"""How fast CT is de-identified, and in how much memory: ours on one core and on two, gdcmanon, dicognito on a part.

    speed.py [--slices 2000] [--rounds 3] [--memory-gigabytes 20]

2000 slices are about 1 GB. Ours runs the whole research profile, with leak scan, hashes and a durable copy; gdcmanon the
basic profile, and nothing is synced. Two corpora: slices that say that no text is burned into them, whose pixels are copied
as they are, and the same slices without a word on it, every frame of which ours looks at. Files are read once before, so that
all find them in memory. Beside the time by the clock stands that of the processor, which other work on the machine hardly
changes. With `--memory-gigabytes N` ours runs once more on N GB, which must take no more memory: N GB of output need room
in the folder .bench; the originals are the same pixels with other headers, and take N GB too.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

import pydicom
import tools

sys.path.insert(0, str(tools.ROOT / "Benchmarks"))
import corpus  # noqa: E402
from measure import table, warm  # noqa: E402

WORK = tools.ROOT / ".bench"


@dataclasses.dataclass
class Measured:
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    output: str


def measure(command: list, cores: str) -> Measured:
    """Runs a command on those cores; seconds by the clock, and the most memory that it held.

    The kernel's figure is read while it runs: what wait4 tells afterwards has the memory of this program in it, from
    before the command took its place.
    """
    # What was written and removed before is no matter of this run: ext4 keeps inodes back for seconds.
    os.sync()
    time.sleep(6)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    peak = 0
    with open(WORK / "speed.out", "w+") as out:
        process = subprocess.Popen(["taskset", "-c", cores, *map(str, command)], stdout=out, stderr=subprocess.STDOUT)
        status = pathlib.Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            for line in status.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peak = int(line.split()[1])
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        out.seek(0)
        text = out.read()
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{command[0]} exits with {process.returncode}: {text[-800:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, processor, peak / 1000, text)


def ours(folder: pathlib.Path, count: int, cores: str) -> Measured:
    work = tools.fresh(WORK / "speed")
    (work / "key").touch(mode=0o600)
    (work / "key").write_bytes(tools.KEY)
    found = measure([tools.ATLES, "deidentify", folder, work / "out", "--key", work / "key", "--json"], cores)
    summary = json.loads(found.output[found.output.index("{") :])
    assert summary["accepted"] == count, f"{summary['accepted']} of {count} were released"
    return found


def gdcmanon(folder: pathlib.Path, count: int) -> Measured:
    work = tools.fresh(WORK / "speed")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", work / "key.pem", "-out", work / "cert.pem",
         "-subj", "/CN=benchmark"], check=True, capture_output=True)
    found = measure(["gdcmanon", "-e", "-c", work / "cert.pem", "-r", "-i", folder, "-o", work / "out"], "0")
    assert sum(1 for _ in (work / "out").rglob("*.dcm")) == count
    return found


def dicognito(folder: pathlib.Path, count: int) -> Measured:
    work = tools.fresh(WORK / "speed")
    some = work / "some"
    some.mkdir()
    for file in sorted(folder.iterdir())[:count]:
        os.link(file, some / file.name)
    return measure([sys.executable, "-W", "ignore", "-m", "dicognito", "--seed", "x", "--output-directory", work / "out", some], "0")


def declared(folder: pathlib.Path) -> pathlib.Path:
    """The same slices, saying that no text is burned into them."""
    other, mark = folder.with_name(folder.name + "-no-text"), folder.with_name(folder.name + "-no-text.complete")
    if not mark.exists():
        tools.fresh(other)
        for file in sorted(folder.iterdir()):
            data = pydicom.dcmread(file)
            data.BurnedInAnnotation = "NO"
            data.save_as(other / file.name, enforce_file_format=True)
        mark.touch()
    return other


def repeated(folder: pathlib.Path, times: int) -> pathlib.Path:
    """The folder's slices `times` over, each time of other patients: UIDs and numbers of the same length are put in."""
    other = tools.fresh(folder.with_name(folder.name + "-repeated"))
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        for number in range(times):
            # The corpus's own root and names; the root's last digits become a number of the copy.
            new = content.replace(b"498.20240229", b"498.2024%04d" % number).replace(b"BENCH", b"B%04d" % number)
            new = new.replace(b"Series", b"S%05d" % number)
            (other / f"{number:04d}-{file.name}").write_bytes(new)
    return other


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slices", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-gigabytes", type=int, default=0)
    arguments = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    folder = WORK / f"ct-{arguments.slices}"
    corpus.make(folder, arguments.slices)
    silent, spoken = folder, declared(folder)
    files = sorted(folder.iterdir())
    size = sum(file.stat().st_size for file in files) / 1e6
    part = min(200, len(files))
    runs = [
        ("Atles, no text declared, 1 core", len(files), lambda: ours(spoken, len(files), "0")),
        ("Atles, the same, 2 cores", len(files), lambda: ours(spoken, len(files), "0,1")),
        ("Atles, nothing declared: every frame looked at, 1 core", len(files), lambda: ours(silent, len(files), "0")),
        ("Atles, the same, 2 cores", len(files), lambda: ours(silent, len(files), "0,1")),
        ("gdcmanon, basic profile, 1 core", len(files), lambda: gdcmanon(spoken, len(files))),
        (f"dicognito, {part} files, 1 core", part, lambda: dicognito(spoken, part)),
    ]
    if os.cpu_count() == 1:
        runs = [run for run in runs if "2 cores" not in run[0]]
    # In turns, so that what else the machine does meets all of them.
    measured: list[list[Measured]] = [[] for _ in runs]
    for _ in range(arguments.rounds):
        for (_, _, action), found in zip(runs, measured):
            warm(files + sorted(spoken.iterdir()))
            found.append(action())
    rows = []
    for (name, count, _), found in zip(runs, measured):
        share = size * count / len(files)
        seconds, processor = min(each.seconds for each in found), min(each.processor_seconds for each in found)
        rows.append((
            name, f"{share / seconds:,.0f}", f"{count / seconds:,.0f}", f"{share / processor:,.0f}",
            f"{max(each.peak_megabytes for each in found):,.0f}"))
    table(f"{len(files)} CT slices ({size / 1000:.2f} GB) de-identified, warm cache, best of {arguments.rounds}", rows,
          ("program", "MB/s", "files/s", "MB a processor second", "peak MB"))
    if arguments.memory_gigabytes:
        peak = measured[1 if len(runs) > 4 else 0][0].peak_megabytes
        times = max(round(arguments.memory_gigabytes * 1000 / size), 1)
        large = repeated(spoken, times)
        found = ours(large, len(files) * times, "0,1" if (os.cpu_count() or 1) > 1 else "0")
        table("Memory does not grow with the number of objects", [
            (f"{size / 1000:.1f} GB", f"{len(files):,}", f"{peak:,.0f}", ""),
            (f"{size * times / 1000:.1f} GB", f"{len(files) * times:,}", f"{found.peak_megabytes:,.0f}",
             f"{size * times / found.seconds:,.0f}"),
        ], ("originals", "objects", "peak MB", "MB/s"))
        shutil.rmtree(large)
    shutil.rmtree(WORK / "speed", ignore_errors=True)


if __name__ == "__main__":
    main()
