"""Two hundred connections that drip bytes into the hub's port keep neither nodes nor people waiting."""
import socket
import statistics
import time

from common import Federation, atles, make_cohort, work

with Federation(work() / "federation", sites=2) as federation:
    make_cohort(work() / "images", ct=6)
    for name in federation.nodes:
        atles("node", "ingest", "--folder", federation.node_folder(name), work() / "images")

    def ask() -> float:
        started = time.monotonic()
        assert federation.ask("modality = CT")["total"]["sitesAnswered"] == 2
        return time.monotonic() - started

    before = statistics.median(ask() for _ in range(3))
    drips = []
    for port in (federation.federation_port, federation.page_port):
        for _ in range(100):
            drip = socket.create_connection(("127.0.0.1", port))
            drip.sendall(b"P")
            drips.append(drip)
    during = statistics.median(ask() for _ in range(3))
    for drip in drips:
        drip.close()
print(f"a question took {before:.2f} s before and {during:.2f} s beside 200 slow senders; all were answered")
