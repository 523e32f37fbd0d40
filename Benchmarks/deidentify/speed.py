"""How fast CT is de-identified, and in how much memory: ours on one core and on two, gdcmanon, dicognito on a part.

    speed.py [--slices 2000] [--rounds 3] [--memory-gigabytes 4]

2000 slices are about 1 GB. Ours runs the whole research profile, with leak scan and a durable copy; gdcmanon the basic
profile. Files are read once before, so that all find them in memory. With `--memory-gigabytes N` ours runs once more on N
GB, which must take no more memory; N GB of originals and as much output need room in the folder .bench.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import tools

sys.path.insert(0, str(tools.ROOT / "Benchmarks"))
import corpus  # noqa: E402
from measure import table, warm  # noqa: E402

WORK = tools.ROOT / ".bench"


@dataclasses.dataclass
class Measured:
    seconds: float
    peak_megabytes: float
    output: str


def measure(command: list, cores: str) -> Measured:
    """Runs a command on those cores; seconds by the clock, and the most memory that it held.

    The kernel's figure is read while it runs: what wait4 tells afterwards has the memory of this program in it, from
    before the command took its place.
    """
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
    return Measured(seconds, peak / 1000, text)


def ours(folder: pathlib.Path, count: int, cores: str) -> Measured:
    work = tools.fresh(WORK / "speed")
    (work / "key").touch(mode=0o600)
    (work / "key").write_bytes(tools.KEY)
    workers = cores.count(",") + 1
    found = measure(
        [tools.ATLES, "deidentify", folder, work / "out", "--profile", "research", "--key", work / "key", "--workers", workers, "--json"],
        cores)
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


def best(rounds: int, action) -> Measured:
    return min((action() for _ in range(rounds)), key=lambda each: each.seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slices", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-gigabytes", type=int, default=0)
    arguments = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    folder = WORK / f"ct-{arguments.slices}"
    corpus.make(folder, arguments.slices)
    files = sorted(folder.iterdir())
    size = sum(file.stat().st_size for file in files) / 1e6
    warm(files)
    part = min(200, len(files))
    # In turns, so that what else the machine does meets all of them.
    rows = []
    runs = [
        ("Atles, research profile and leak scan, 1 core", len(files), lambda: ours(folder, len(files), "0")),
        ("Atles, the same, 2 cores", len(files), lambda: ours(folder, len(files), "0,1")),
        ("gdcmanon, basic profile, 1 core", len(files), lambda: gdcmanon(folder, len(files))),
        (f"dicognito, {part} files, 1 core", part, lambda: dicognito(folder, part)),
    ]
    if os.cpu_count() == 1:
        del runs[1]
    peak = 0.0
    for number, (name, count, action) in enumerate(runs):
        found = best(arguments.rounds, action)
        if number == 0:
            peak = found.peak_megabytes
        rows.append((name, f"{size * count / len(files) / found.seconds:,.0f}", f"{count / found.seconds:,.0f}", f"{found.peak_megabytes:,.0f}"))
    table(f"{len(files)} CT slices ({size / 1000:.2f} GB) de-identified, warm cache, best of {arguments.rounds}", rows,
          ("program", "MB/s", "files/s", "peak MB"))
    if arguments.memory_gigabytes:
        count = round(arguments.memory_gigabytes * 1000 / (size / len(files)))
        large = WORK / f"ct-{count}"
        corpus.make(large, count)
        found = ours(large, count, "0,1" if (os.cpu_count() or 1) > 1 else "0")
        megabytes = count * size / len(files)
        table("Memory does not grow with the number of objects", [
            (f"{size / 1000:.1f} GB", f"{peak:,.0f}", ""),
            (f"{megabytes / 1000:.1f} GB", f"{found.peak_megabytes:,.0f}", f"{megabytes / found.seconds:,.0f}"),
        ], ("originals", "peak MB", "MB/s"))
        shutil.rmtree(large)
        large.with_suffix(".complete").unlink(missing_ok=True)
    shutil.rmtree(WORK / "speed", ignore_errors=True)


if __name__ == "__main__":
    main()
