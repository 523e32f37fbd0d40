"""A federation of many sites on this machine: a hub and a node for each folder of tables, each with its own keys and store.

Used by `./demo --atlas` and by Benchmarks/atlas/run. What was made is kept, so that the next start takes seconds.
"""
import concurrent.futures
import csv
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

MAPPING = pathlib.Path(__file__).resolve().parent.parent / "mappings" / "tcga-brca.yaml"


def free_port(start: int) -> int:
    for port in range(start, start + 2000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit("no port is free")


class Federation:
    """A hub and its nodes in `folder`; `sites` are (id, name, country, folder with tables)."""

    def __init__(self, folder: pathlib.Path, atles: str, sites: list[tuple[str, str, str, pathlib.Path]], say=print,
                 settings: dict[str, str] | None = None):
        """`settings`: lines of a new node's node.yaml that are to be otherwise."""
        self.folder, self.atles, self.sites, self.say = folder, atles, sites, say
        self.settings = settings or {}
        self.hub = folder / "hub"
        self.running: dict[str, subprocess.Popen] = {}
        self.loading: dict[str, dict] = {}

    def node(self, site: str) -> pathlib.Path:
        return self.folder / "nodes" / site

    def run(self, *arguments, accept=(0,)) -> str:
        done = subprocess.run([self.atles, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode not in accept:
            raise SystemExit(f"atles {arguments[0]} {arguments[1]} failed:\n{done.stderr.strip()}")
        return done.stdout

    def start_hub(self) -> None:
        if not (self.hub / "hub.yaml").exists() and not self.hub.exists():
            self.run("hub", "init", "--folder", self.hub, "--name", "The atlas", "--host", "127.0.0.1",
                     "--federation-port", free_port(8443), "--page-port", free_port(8080))
            # All nodes come from one address here, each with two or three connections.
            file = self.hub / "hub.yaml"
            file.write_text(file.read_text().replace(
                "connections_per_address: 128", f"connections_per_address: {max(128, 5 * len(self.sites))}"))
        self.start("hub", "hub", "serve", "--folder", self.hub)
        self.address = self.run("hub", "status", "--folder", self.hub, "--page-address").strip()
        for _ in range(300):
            if self.running["hub"].poll() is not None:
                break
            try:
                urllib.request.urlopen(self.address + "/healthz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"the hub did not start; its log is {self.folder / 'logs' / 'hub.log'}")

    def start(self, name: str, *arguments) -> None:
        logs = self.folder / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with open(logs / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen(
                [self.atles, *map(str, arguments)], stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def join(self) -> None:
        for site, name, country, _ in self.sites:
            node = self.node(site)
            if (node / "node.yaml").exists():
                continue
            invitation = self.folder / f"{site}.invitation"
            node.parent.mkdir(parents=True, exist_ok=True)
            self.run("hub", "invite", "--folder", self.hub, "--name", name, "--country", country, "--out", invitation)
            self.run("node", "init", "--folder", node, "--invitation", invitation, "--title", f"Collections of {name}")
            invitation.unlink()
            file = node / "node.yaml"
            for line, other in self.settings.items():
                assert line in file.read_text(), line
                file.write_text(file.read_text().replace(line, other))

    def load(self) -> None:
        """Loads every site's tables; one that has not changed since the last time is left alone."""
        todo = [site for site in self.sites if self.stamp(site[3]) != self.known(site[0])]
        if todo:
            self.say(f"loading the tables of {len(todo)} sites")
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            list(pool.map(self.load_site, todo))

    def load_site(self, site: tuple[str, str, str, pathlib.Path]) -> None:
        node, tables = self.node(site[0]), site[3]
        arguments = ["node", "index", "--folder", node, "--series", tables / "series.csv", "--json"]
        if (tables / "datasets.csv").exists():
            arguments += ["--datasets", tables / "datasets.csv"]
        started = time.perf_counter()
        self.loading[site[0]] = json.loads(self.run(*arguments, accept=(0, 3)))
        self.loading[site[0]]["seconds"] = time.perf_counter() - started
        if (tables / "clinical.csv").exists() and MAPPING.exists():
            self.run("node", "map", "apply", "--folder", node, "--mapping", self.mapping(), tables / "clinical.csv",
                     accept=(0, 3))
        (node / ".tables").write_text(self.stamp(tables))

    def mapping(self) -> pathlib.Path:
        """The mapping for patients of data set tcga_brca, as the tables of series have them: the same number in another
        data set is another patient."""
        file = self.folder / MAPPING.name
        text = MAPPING.read_text() + "patient: {issuer: tcga_brca}\n"
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
        return file

    def stamp(self, tables: pathlib.Path) -> str:
        files = [tables / name for name in ("series.csv", "datasets.csv", "clinical.csv")] + [MAPPING]
        return json.dumps([[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in files if file.exists()])

    def known(self, site: str) -> str:
        file = self.node(site) / ".tables"
        return file.read_text() if file.exists() else ""

    def start_nodes(self) -> None:
        for site, *_ in self.sites:
            self.start(site, "node", "serve", "--folder", self.node(site))
        waiting = ("hub", "sites", "--folder", self.hub, "--wait-for", len(self.sites))
        # The command waits half a minute: enough for thirty processes that start together, not for ninety.
        for _ in range(len(self.sites) // 30):
            if subprocess.run([self.atles, *map(str, waiting)], capture_output=True).returncode == 0:
                return
        self.run(*waiting)

    def get(self, path: str):
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:
            return json.load(answer)

    def memory(self) -> dict[str, int]:
        """Resident bytes of each process."""
        sizes = {}
        for name, process in self.running.items():
            for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    sizes[name] = int(line.split()[1]) * 1024
        return sizes

    def processor(self) -> dict[str, float]:
        """Milliseconds of processor time that each process has used."""
        ticks = os.sysconf("SC_CLK_TCK")
        used = {}
        for name, process in self.running.items():
            fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            used[name] = (int(fields[11]) + int(fields[12])) * 1000 / ticks
        return used

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running = {}


def sites_of(tables: pathlib.Path) -> list[tuple[str, str, str, pathlib.Path]]:
    with open(tables / "sites.csv", newline="") as file:
        return [(row["site"], row["name"], row["country"], tables / row["site"]) for row in csv.DictReader(file)]


def main() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("tables", type=pathlib.Path)
    parser.add_argument("--atles", required=True)
    parser.add_argument("--once", action="store_true")
    arguments = parser.parse_args()

    def say(text: str) -> None:
        print(f"==> {text}", file=sys.stderr, flush=True)

    def end(*_) -> None:
        raise SystemExit(130)

    signal.signal(signal.SIGTERM, end)
    federation = Federation(arguments.folder, arguments.atles, sites_of(arguments.tables), say)
    started = time.perf_counter()
    try:
        say("starting the hub")
        federation.start_hub()
        federation.join()
        federation.load()
        say(f"starting {len(federation.sites)} nodes")
        federation.start_nodes()
        say(f"the federation is up after {time.perf_counter() - started:.0f} s")
        question = "modality = MR and sex = F and bodyPart = BREAST and has same study series (modality = SEG)"
        say(f"asking all of them: atles query --where '{question}'")
        subprocess.run([federation.atles, "query", "--hub", federation.address, "--where", question], check=False)
        if arguments.once:
            return
        say(f"The page: {federation.address}")
        say(f"Ask again from another terminal: {federation.atles} query --hub {federation.address} --where 'modality = CT'")
        say("Ctrl-C stops the federation; ./demo --atlas starts it again in seconds.")
        while all(process.poll() is None for process in federation.running.values()):
            time.sleep(1)
        raise SystemExit("a part of the federation has ended; the logs are in " + str(arguments.folder / "logs"))
    except KeyboardInterrupt:
        pass
    finally:
        federation.stop()


if __name__ == "__main__":
    main()
