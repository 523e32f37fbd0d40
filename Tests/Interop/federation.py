"""A real federation on loopback: one hub and some nodes, each in a folder and a process of its own."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
ATLES = os.environ.get("ATLES", str(ROOT / ".build/debug/atles"))

NAMES = [
    ("Hospital de Ponent", "ES"), ("Ospedale del Lago", "IT"), ("Noordzee Ziekenhuis", "NL"),
    ("Alpenklinik", "AT"), ("Hospital da Ria", "PT"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def atles(*arguments, check=True, command=ATLES, **options) -> subprocess.CompletedProcess:
    """Runs `atles` to its end; its output is text."""
    done = subprocess.run(
        [command, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"atles {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


class Service:
    """A hub or a node that runs: its log is in a file; it can be stopped, killed and started again."""

    def __init__(self, command: list[str], log: pathlib.Path):
        self.command, self.log, self.process = command, log, None
        self.start()

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()


class Federation:
    def __init__(self, folder: pathlib.Path, sites: int = 3, atles: str = ATLES, remembers: bool = True):
        """`remembers`: nodes compare a cohort with what was asked before; without, they protect each answer by itself."""
        self.remembers = remembers
        self.folder, self.command, self.count = pathlib.Path(folder), atles, sites
        self.hub = None
        self.nodes: dict[str, Service] = {}

    def __enter__(self) -> "Federation":
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.federation_port, self.page_port = free_port(), free_port()
        self.page_url = f"http://127.0.0.1:{self.page_port}"
        self.hub_folder = self.folder / "hub"
        atles(
            "hub", "init", "--folder", self.hub_folder, "--name", "Test federation", "--host", "127.0.0.1",
            "--federation-port", self.federation_port, "--page-port", self.page_port, command=self.command)
        try:
            self.hub = Service([self.command, "hub", "serve", "--folder", str(self.hub_folder)], self.folder / "hub.log")
            self.wait_for_hub()
            for number in range(self.count):
                self.add_node(*NAMES[number])
            self.wait_for_sites(self.count)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_) -> None:
        for service in [*self.nodes.values(), self.hub]:
            if service is not None:
                service.stop()

    def node_folder(self, name: str) -> pathlib.Path:
        return self.folder / "nodes" / name.lower().replace(" ", "-")

    def add_node(self, name: str, country: str, serve: bool = True) -> pathlib.Path:
        """Invites a hospital, makes its node, and starts it."""
        folder = self.node_folder(name)
        invitation = self.folder / "invitation"
        atles("hub", "invite", "--folder", self.hub_folder, "--name", name, "--country", country, "--out", invitation,
              command=self.command)
        atles("node", "init", "--folder", folder, "--invitation", invitation, command=self.command)
        if not self.remembers:
            settings = folder / "node.yaml"
            assert "remember_questions: 2000" in settings.read_text()
            settings.write_text(settings.read_text().replace("remember_questions: 2000", "remember_questions: 0"))
        invitation.unlink()
        if serve:
            self.serve_node(name)
        return folder

    def serve_node(self, name: str, *arguments: str) -> Service:
        folder = self.node_folder(name)
        self.nodes[name] = Service(
            [self.command, "node", "serve", "--folder", str(folder), *arguments], folder.with_suffix(".log"))
        return self.nodes[name]

    def wait_for_hub(self, seconds: float = 60) -> None:
        self._wait(seconds, "the hub to answer", lambda: self._answers("/healthz"))

    def wait_for_sites(self, count: int, seconds: float = 60) -> None:
        self._wait(seconds, f"{count} sites on line", lambda: sum(s["isOnline"] for s in self.overview()["sites"]) == count)

    def wait_for_cards(self, count: int, seconds: float = 60) -> None:
        """Waits until `count` sites have described what they hold now; small data sets, whose cards hide, do not count."""
        holds = {
            name: json.loads(atles("node", "status", "--folder", self.node_folder(name), "--json", command=self.command).stdout)
            ["holds"]["images"] for name in self.nodes}

        def described() -> int:
            cards = {site["name"]: site.get("card") for site in self.overview()["sites"]}
            return sum(
                1 for name, images in holds.items()
                if images and cards.get(name) and cards[name]["counts"]["images"] == {"count": images})

        self._wait(seconds, f"{count} cards", lambda: described() >= count)

    def overview(self) -> dict:
        return self.get("/api/v1/federation")

    def get(self, path: str) -> dict:
        with urllib.request.urlopen(self.page_url + path, timeout=60) as answer:
            return json.load(answer)

    def ask(self, where: str) -> dict:
        """Asks with the command line and returns the answer's document, whether or not every site could count."""
        done = atles("query", "--hub", self.page_url, "--where", where, "--json", check=False, command=self.command)
        assert done.returncode in (0, 3), done.stderr
        return json.loads(done.stdout)

    def _answers(self, path: str) -> bool:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return urllib.request.urlopen(self.page_url + path, timeout=10).status == 200
        return False

    def _wait(self, seconds: float, what: str, ready) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if ready():
                return
            time.sleep(0.05)
        logs = "".join(f"\n--- {log.name}\n{log.read_text()[-2000:]}" for log in self.folder.rglob("*.log"))
        raise AssertionError(f"waited {seconds} s for {what}{logs}")
