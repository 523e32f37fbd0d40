"""The benchmarks: ours and the peers' in one run on the same files, a table out. Started by Benchmarks/run."""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

import corpus

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".bench"
ATLES = os.environ.get("ATLES", str(ROOT / ".build/release/atles"))


def table(title: str, rows: list[tuple[str, ...]], head: tuple[str, ...]) -> None:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}")
    for row in [head, tuple("-" * width for width in widths), *rows]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def warm(files: list[pathlib.Path]) -> None:
    for file in files:
        file.read_bytes()


def best_of(rounds: int, action) -> float:
    """The shortest of several runs, in seconds: what the program costs when nothing else disturbs it."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times)


# Headers -------------------------------------------------------------------------------------------------------------


def scan(slices: int) -> None:
    import pydicom

    folder = WORK / f"ct-{slices}"
    corpus.make(folder, slices)
    files = sorted(folder.iterdir())
    warm(files)
    program = ROOT / "Benchmarks/.build/release/scan"
    ours = json.loads(subprocess.run([program, folder, "5"], check=True, capture_output=True, text=True).stdout)
    assert ours["files"] == len(files), ours

    some = files[: min(len(files), 500)]

    def with_pydicom() -> None:
        for file in some:
            pydicom.dcmread(file, stop_before_pixels=True).PatientID  # noqa: B018

    python = len(some) / best_of(3, with_pydicom)
    dump = len(some) / best_of(
        3, lambda: subprocess.run(["dcmdump", "+P", "PatientID", *some], check=True, capture_output=True)
    )
    rate = ours["filesPerSecond"]
    table(
        f"Headers of {len(files)} CT files read, warm cache, one core",
        [
            ("Atles", f"{rate:,}", f"{rate / python:.0f} x pydicom"),
            ("pydicom, stop_before_pixels", f"{python:,.0f}", "1"),
            ("dcmdump +P PatientID, one process", f"{dump:,.0f}", f"{dump / python:.1f}"),
        ],
        ("program", "files/s", "against pydicom"),
    )


# Intake --------------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Orthanc:
    """Orthanc as Debian packages it, on a folder of its own, without authentication, on loopback."""

    def __init__(self, folder: pathlib.Path):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.port = free_port()
        configuration = {
            "StorageDirectory": str(folder / "storage"), "IndexDirectory": str(folder / "index"),
            "HttpPort": self.port, "DicomServerEnabled": False, "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False, "Plugins": [],
        }
        (folder / "orthanc.json").write_text(json.dumps(configuration))
        self.process = subprocess.Popen(
            ["/usr/sbin/Orthanc", folder / "orthanc.json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/system").read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Orthanc did not start")

    def store(self, files: list[pathlib.Path], connections: int) -> float:
        """POST /instances for every file over some connections; seconds until the last is stored."""

        def send(share: list[pathlib.Path]) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            for file in share:
                connection.request("POST", "/instances", file.read_bytes(), {"Content-Type": "application/dicom"})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status

        started = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(connections) as pool:
            list(pool.map(send, [files[start::connections] for start in range(connections)]))
        return time.perf_counter() - started

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def ingest(slices: int) -> None:
    folder = WORK / f"ct-{slices}"
    corpus.make(folder, slices)
    files = sorted(folder.iterdir())
    warm(files)
    megabytes = sum(file.stat().st_size for file in files) / 1e6

    def run_atles() -> dict:
        node = WORK / "node"
        shutil.rmtree(node, ignore_errors=True)
        subprocess.run([ATLES, "node", "init", "--standalone", "--folder", node], check=True, capture_output=True)
        started = time.perf_counter()
        done = subprocess.run(
            [ATLES, "node", "ingest", "--folder", node, "--json", folder], check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        summary = json.loads(done.stdout)
        assert summary["accepted"] == len(files), summary
        return {"seconds": seconds, "node": node}

    runs = [run_atles() for _ in range(3)]
    ours = statistics.median(run["seconds"] for run in runs)
    started = time.perf_counter()
    subprocess.run(
        [ATLES, "node", "ingest", "--folder", runs[-1]["node"], "--json", folder], check=True, capture_output=True)
    again = time.perf_counter() - started
    shutil.rmtree(runs[-1]["node"])

    some = files[: min(len(files), 500)]
    rates = {}
    for connections in (1, 2):
        orthanc = Orthanc(WORK / "orthanc")
        rates[connections] = len(some) / orthanc.store(some, connections)
        orthanc.stop()
    shutil.rmtree(WORK / "orthanc", ignore_errors=True)
    size = megabytes / len(files)
    rate = len(files) / ours
    table(
        f"{len(files)} CT objects of {size * 1000:.0f} kB taken in, warm cache, durable",
        [
            ("Atles: de-identified, stored, indexed", f"{rate:,.0f}", f"{rate * size:,.0f}",
             f"{rate / max(rates.values()):.1f} x the better Orthanc"),
            ("Orthanc POST /instances, 1 connection", f"{rates[1]:,.0f}", f"{rates[1] * size:,.0f}", ""),
            ("Orthanc POST /instances, 2 connections", f"{rates[2]:,.0f}", f"{rates[2] * size:,.0f}", ""),
            ("Atles, the same folder again", f"{len(files) / again:,.0f}", "", "nothing changed"),
        ],
        ("program", "objects/s", "MB/s", ""),
    )


# A federated count ---------------------------------------------------------------------------------------------------


def count(questions: int) -> None:
    sys.path.insert(0, str(ROOT / "Tests/Interop"))
    from federation import Federation

    with Federation(WORK / "federation", sites=3, atles=ATLES) as federation:
        host, port = federation.page_url.removeprefix("http://").split(":")
        connection = http.client.HTTPConnection(host, int(port))
        times = []
        conditions = ["modality in (CT, MR)", "sex = F", "not (modality = CT)", "rows >= 256 or columns >= 256"]
        for number in range(questions):
            body = json.dumps({"where": conditions[number % len(conditions)]})
            started = time.perf_counter()
            connection.request("POST", "/api/v1/queries", body, {"Content-Type": "application/json"})
            question = json.loads(connection.getresponse().read())
            connection.request("GET", f"/api/v1/queries/{question['id']}/events")
            events = connection.getresponse().read().decode()
            times.append((time.perf_counter() - started) * 1000)
            assert events.count("event: site") >= 3 and "event: done" in events, events
        times.sort()
        table(
            f"{questions} federated counts, 3 nodes on loopback, from the request to the last site's answer",
            [("Atles", f"{statistics.median(times):.1f}", f"{times[int(len(times) * 0.95)]:.1f}", f"{times[-1]:.1f}")],
            ("program", "median ms", "p95 ms", "worst ms"),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", metavar="scan|ingest|count", help="all three unless named")
    parser.add_argument("--slices", type=int, default=2000, help="CT slices in the corpus (2000: about 1 GB)")
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    what = arguments.what or ["scan", "ingest", "count"]
    if unknown := set(what) - {"scan", "ingest", "count"}:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    WORK.mkdir(exist_ok=True)
    if "scan" in what:
        scan(arguments.slices)
    if "ingest" in what:
        ingest(arguments.slices)
    if "count" in what:
        count(arguments.questions)


if __name__ == "__main__":
    main()
