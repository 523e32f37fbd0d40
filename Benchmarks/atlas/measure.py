"""The atlas: forty questions to thirty sites, end to end, beside DuckDB over the same tables in one place, in one run.

Started by Benchmarks/atlas/run. Prints tables, and writes them as JSON too.
"""
import argparse
import csv
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "scripts")]
from atlas_federation import Federation, sites_of  # noqa: E402
from central import Central  # noqa: E402

ATLES = os.environ.get("ATLES", str(ROOT / ".build/release/atles"))
QUESTIONS = HERE / "questions.yaml"
KINDS = ("patients", "studies", "series", "images")


def table(title: str, rows: list[tuple], head: tuple) -> None:
    cells = [tuple(map(str, row)) for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}")
    for row in [cells[0], tuple("-" * width for width in widths), *cells[1:]]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    sys.stdout.flush()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 100) * len(ordered) // 100) - 1))]


class Asker:
    """Asks as a program would: the question, the stream of answers, the document."""

    def __init__(self, address: str, breakdowns: bool = False):
        self.breakdowns = breakdowns
        parts = urllib.parse.urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
        self.connection.connect()
        import socket
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, question: str) -> tuple[float, dict]:
        body = json.dumps({"where": question} if self.breakdowns else {"where": question, "facets": []}).encode()
        started = time.perf_counter()
        self.connection.request("POST", "/api/v1/queries", body, {"content-type": "application/json"})
        answer = self.connection.getresponse()
        document = json.load(answer)
        if answer.status != 201:
            raise SystemExit(f"{question}: {document}")
        self.connection.request("GET", f"/api/v1/queries/{document['id']}/events")
        stream = self.connection.getresponse()
        while True:
            line = stream.readline()
            if line.startswith(b"event: done") or line.startswith(b"event:done") or not line:
                break
        stream.read()
        taken = (time.perf_counter() - started) * 1000
        self.connection.request("GET", f"/api/v1/queries/{document['id']}")
        return taken, json.load(self.connection.getresponse())


def compare(question: str, document: dict, truth: dict[str, tuple]) -> tuple[int, int, list[str]]:
    """Numbers that were shown exactly and are right, numbers that were hidden and may be right, and what is wrong."""
    shown = hidden = 0
    wrong = []
    for result in document["results"]:
        name = result["site"]["name"]
        if result["state"] == "cannotApply" and name not in truth:
            # A site that has no such table has nothing to count, and says so.
            continue
        if result["state"] != "answered":
            wrong.append(f"{name}: {result['state']}: {result.get('reason')}")
            continue
        expected = truth.get(name, (0, 0, 0, 0))
        for kind, number in zip(KINDS, expected):
            count = result["answer"]["counts"][kind]
            if "count" in count:
                shown += 1
                right = count["count"] == number
            else:
                hidden += 1
                right = number < count["fewerThan"] if "fewerThan" in count else number > count["moreThan"]
            if not right:
                wrong.append(f"{name}: {kind} {count}, and {number} by SQL")
    for kind, position in zip(KINDS, range(4)):
        total = document["total"][kind]
        number = sum(row[position] for row in truth.values())
        if not total["low"] <= number <= (total.get("high") if total.get("high") is not None else number):
            wrong.append(f"in total: {kind} {total}, and {number} by SQL")
    return shown, hidden, wrong


def questions(federation: Federation, central: Central, rounds: int, title: str, shows: bool) -> dict:
    asked = yaml.safe_load(QUESTIONS.read_text())
    asker = Asker(federation.address)
    # The first question after a start makes the nodes read their index.
    first, document = asker.ask("images >= 1")
    rows, wrong = [], []
    before = federation.processor()
    fresh, again, duck = [], [], []
    for number, entry in enumerate(asked, 1):
        taken, document = asker.ask(entry["ask"])
        repeats = [asker.ask(entry["ask"])[0] for _ in range(rounds)]
        shown, hidden, problems = compare(entry["ask"], document, central.by_site(entry["sql"]))
        sql = central.time(entry["sql"], 3)
        slowest = max((result.get("milliseconds") or 0) for result in document["results"])
        node = statistics.median(
            (result["answer"] or {}).get("milliseconds") or 0 for result in document["results"] if result.get("answer")) \
            if any(result.get("answer") for result in document["results"]) else 0
        fresh.append(taken)
        again += repeats
        duck.append(sql)
        wrong += [f"{number}. {entry['ask']}: {problem}" for problem in problems]
        total = document["total"]["patients"]
        rows.append((number, entry["ask"][:70], total["low"] if total["low"] == total.get("high") else
                     f"{total['low']}–{total.get('high')}", f"{shown}+{hidden}", "equal" if not problems else "WRONG",
                     f"{taken:.0f}", f"{statistics.median(repeats):.0f}", f"{slowest:.0f}", f"{node:.1f}", f"{sql:.0f}"))
    if shows:
        table(f"{title}: each question (milliseconds)", rows,
              ("#", "question", "patients", "shown+hidden", "with SQL", "first asked", "again", "slowest site", "in a node", "DuckDB"))
    for problem in wrong[:40]:
        print("  WRONG", problem)
    used = federation.processor()
    count = len(asked) * (1 + rounds)
    hub = (used["hub"] - before["hub"]) / count
    nodes = sum(used[name] - before[name] for name in used if name != "hub") / count
    if shows:
        print(f"  processor time a question: hub {hub:.1f} ms, all nodes together {nodes:.1f} ms")
    held = central.held()
    summary = {
        "sites": len(federation.sites), "patients": held[0], "series": held[2], "images": held[3],
        "first_question_ms": first, "median_ms": statistics.median(fresh), "p95_ms": percentile(fresh, 0.95),
        "hub_processor_ms": hub, "nodes_processor_ms": nodes,
        "again_median_ms": statistics.median(again), "again_p95_ms": percentile(again, 0.95),
        "duckdb_median_ms": statistics.median(duck), "duckdb_p95_ms": percentile(duck, 0.95),
        "equal": len(asked) - len({problem.split(".")[0] for problem in wrong}), "asked": len(asked)}
    return summary


def growth(summaries: list[dict]) -> None:
    table("Forty questions, end to end (milliseconds)", [
        (entry["sites"], f"{entry['patients']:,}", f"{entry['series']:,}", f"{entry['images']:,}", f"{entry['median_ms']:.0f}",
         f"{entry['p95_ms']:.0f}", f"{entry['again_median_ms']:.0f}", f"{entry['again_p95_ms']:.0f}",
         f"{entry['duckdb_median_ms']:.0f}", f"{entry['duckdb_p95_ms']:.0f}", f"{entry['equal']} of {entry['asked']}")
        for entry in summaries],
        ("sites", "patients", "series", "images", "median", "p95", "again: median", "p95", "DuckDB: median", "p95", "equal counts"))


def memory(federation: Federation) -> dict:
    sizes = federation.memory()
    nodes = sorted(size for name, size in sizes.items() if name != "hub")
    result = {"hub": sizes["hub"], "node_median": statistics.median(nodes), "node_largest": nodes[-1]}
    table("Memory when idle (resident MB)", [
        ("hub", f"{sizes['hub'] / 1e6:.0f}"), ("a node, median", f"{result['node_median'] / 1e6:.0f}"),
        ("the largest node", f"{result['node_largest'] / 1e6:.0f}")], ("process", "MB"))
    return result


def peak_memory(pid: int) -> int:
    """The most memory that a process has held so far, in bytes; 0 where it is gone."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 if found else 0


def loading(work: pathlib.Path, tables: pathlib.Path) -> dict:
    """One node alone: the largest site's table, the same again, and ten times as long a table for the memory."""
    largest = max(sites_of(tables), key=lambda site: (site[3] / "series.csv").stat().st_size)[3] / "series.csv"
    rows = []
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    tenfold = work / "tenfold.csv"
    with open(largest, newline="") as source, open(tenfold, "w", newline="") as target:
        reader, writer = csv.reader(source), csv.writer(target)
        head = next(reader)
        writer.writerow(head)
        patient, study, series = (head.index(name) for name in ("PatientID", "StudyInstanceUID", "SeriesInstanceUID"))
        for fields in reader:
            for copy in range(10):
                fresh = list(fields)
                fresh[patient] = f"{fields[patient]}-{copy}"
                for column in (study, series):
                    # A UID of its own for each copy, in the form that PS3.5 annex B.2 gives to a UUID.
                    digest = hashlib.sha256(f"{copy}/{fields[column]}".encode()).digest()
                    fresh[column] = f"2.25.{int.from_bytes(digest[:16])}"
                writer.writerow(fresh)
    result = {}
    for name, table_file in [("the largest site", largest), ("ten times as long", tenfold)]:
        node = work / name.replace(" ", "-")
        subprocess.run([ATLES, "node", "init", "--standalone", "--folder", node], check=True, capture_output=True)
        for turn in ["first", "again"]:
            before = time.perf_counter()
            process = subprocess.Popen(
                [ATLES, "node", "index", "--folder", node, "--series", table_file, "--json"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            # The kernel counts this program's own pages into the child's rusage: the child's peak is read where it lies.
            peak = 0
            reading = threading.Thread(target=lambda: output.append(process.stdout.read()))
            output: list[bytes] = []
            reading.start()
            while reading.is_alive():
                peak = max(peak, peak_memory(process.pid))
                reading.join(0.02)
            process.wait()
            seconds = time.perf_counter() - before
            report = json.loads(output[0])["series"]
            result[f"{name}, {turn}"] = {"rows": report["rows"], "seconds": seconds, "rss": peak}
            rows.append((name, turn, f"{report['changes']['added']:,}", f"{seconds:.2f}",
                         f"{report['changes']['added'] / seconds:,.0f}" if report["changes"]["added"] else "–",
                         f"{peak / 1e6:.0f}"))
    table("Loading tables of series, one node", rows, ("table", "time", "series added", "seconds", "series/s", "most memory, MB"))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["questions", "loading", "growth"],
                        help="questions, loading, growth (default: all)")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / ".bench/atlas")
    parser.add_argument("--tables", type=pathlib.Path, help="the sites' tables, where they are made already")
    parser.add_argument("--clinical", help="the folder with brca.csv and centers.csv of Fed-TCGA-BRCA")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked again")
    parser.add_argument("--fresh", action="store_true", help="make the federations anew")
    arguments = parser.parse_args()
    work = arguments.work
    if arguments.fresh:
        for name in ("federation", "federation-tenth", "federation-triple"):
            shutil.rmtree(work / name, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)

    def made(name: str, *options: str) -> pathlib.Path:
        folder = work / name
        if not (folder / "sites.csv").exists():
            if arguments.clinical:
                options += ("--clinical", arguments.clinical)
            subprocess.run([sys.executable, ROOT / "scripts/atlas_sites.py", folder, *options], check=True)
        return folder

    tables = arguments.tables or made("tables")
    results: dict = {}
    sizes = []
    if "growth" in arguments.parts:
        sizes.append(("a tenth", "federation-tenth", sites_of(made("tables-tenth", "--share", "0.1"))))
    if "questions" in arguments.parts or "growth" in arguments.parts:
        sizes.append(("all", "federation", sites_of(tables)))
    if "growth" in arguments.parts:
        sizes.append(("three times", "federation-triple", [
            (f"{site}-{copy}", f"{name} {copy}", country, folder)
            for copy in (1, 2, 3) for site, name, country, folder in sites_of(tables)]))
    summaries = []
    for title, folder, sites in sizes:
        # Each answer by itself, so that all forty counts can be compared: in one sitting, some would come rounded.
        federation = Federation(
            work / folder, ATLES, sites, lambda text: print(text, file=sys.stderr, flush=True),
            {"remember_questions: 2000": "remember_questions: 0"})
        try:
            federation.start_hub()
            federation.join()
            federation.load()
            federation.start_nodes()
            central = Central(sites)
            summaries.append(questions(federation, central, arguments.rounds, title, shows=title == "all"))
            time.sleep(20)
            if title == "all":
                results["memory"] = memory(federation)
        finally:
            federation.stop()
    if summaries:
        growth(summaries)
        results["questions"] = summaries
    if "loading" in arguments.parts:
        results["loading"] = loading(work / "loading", tables)
    (work / "results.json").write_text(json.dumps(results, indent=1))
    if any(summary["equal"] < summary["asked"] for summary in summaries):
        raise SystemExit("counts differ from SQL's: see WRONG above")


if __name__ == "__main__":
    main()
