"""What a round costs: real hub and nodes on loopback, over the clinical table of TCGA-BRCA dealt out to them.

Started by Benchmarks/rounds/run. Each exchange is timed by the hub, from the message on its disk to the last site's answer on
it. A masked round is two exchanges: contributions, and the shares that take the masks off.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Interop"))
os.environ.setdefault("ATLES", str(ROOT / ".build/release/atles"))
import federation as peers  # noqa: E402
from federation import Federation, atles  # noqa: E402

DATA = pathlib.Path(os.environ.get("ATLES_SHARED", ROOT.parent / "shared")) / "data/fed_tcga_brca/brca.csv"
DEFINE = {"time": "followUp.survivalDays", "event": "followUp.vitalStatus = dead", "age": "condition.ageAtDiagnosis"}


class Sites(Federation):
    """Nodes that hold every n-th patient each."""

    def prepare(self) -> None:
        with open(DATA, newline="") as file:
            head, *rows = csv.reader(file)
        for number, (name, _) in enumerate(peers.NAMES[:self.count]):
            self.nodes[name].stop()
            folder = self.node_folder(name)
            settings = folder / "node.yaml"
            settings.write_text(settings.read_text().replace("  allow: []", "  allow: [all]").replace(
                "allow_unmasked: false", "allow_unmasked: true"))
            table = self.folder / f"part{number}.csv"
            with open(table, "w", newline="") as file:
                csv.writer(file).writerows([head, *rows[number::self.count]])
            atles("node", "map", "apply", "--folder", folder, "-m", ROOT / "mappings/tcga-brca.yaml", table, check=False)
            self.serve_node(name)
        self.wait_for_sites(self.count)
        atles("hub", "people", "add", "ada", "--folder", self.hub_folder, "--name", "Ada", "--role", "researcher")
        token = self.folder / "token"
        atles("hub", "people", "token", "ada", "--folder", self.hub_folder, "--file", token)
        self.token = token.read_text().strip()

    def call(self, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(
            self.page_url + path, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    def run(self, analysis: str, masked: bool) -> tuple[float, dict]:
        """Seconds from the request to the last event, and the run."""
        begin = time.perf_counter()
        id = self.call("/api/v1/runs", {"analysis": analysis, "define": DEFINE, "masked": masked})["id"]
        request = urllib.request.Request(
            f"{self.page_url}/api/v1/runs/{id}/events", headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=300) as events:
            for _ in events:
                pass
        seconds = time.perf_counter() - begin
        run = self.call(f"/api/v1/runs/{id}")
        assert run["state"] == "done", run
        return seconds, run


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, nargs="+", default=[5, 10])
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    peers.NAMES = [(f"Hospital {number}", "ES") for number in range(max(options.sites))]
    rows = []
    for count in options.sites:
        with tempfile.TemporaryDirectory() as folder, Sites(pathlib.Path(folder) / "federation", sites=count) as sites:
            sites.prepare()
            for analysis, masked in [("count()", False), ("count()", True), ("glm(binomial, event ~ age)", True),
                                     ("cox(time, event ~ age)", True)]:
                sites.run(analysis, masked)
                runs = [sites.run(analysis, masked) for _ in range(options.runs)]
                exchanges = [e["milliseconds"] for _, run in runs for e in run["exchanges"]
                             if e["what"] in ("round", "unmasking") and "milliseconds" in e]
                rows.append((count, analysis, "masked" if masked else "open", runs[0][1]["round"],
                             f"{statistics.median(s for s, _ in runs):.2f}", f"{statistics.median(exchanges):.1f}",
                             f"{quantile(exchanges, 0.99):.1f}"))
    head = ("sites", "analysis", "sums", "rounds", "whole run, s", "an exchange, ms: median", "p99")
    cells = [tuple(map(str, row)) for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


if __name__ == "__main__":
    main()
