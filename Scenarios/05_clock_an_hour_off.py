"""A node whose clock is an hour off is refused, both sides write it down, and the node's own people are told why."""
import time

from common import Federation, atles, status, work

with Federation(work() / "federation", sites=1) as federation:
    (name,) = federation.nodes
    folder = federation.node_folder(name)
    federation.nodes[name].stop()
    federation.wait_for_sites(0, seconds=120)
    federation.serve_node(name, "--rehearse-clock-offset", "3600")

    problem = None
    until = time.monotonic() + 60
    while not problem and time.monotonic() < until:
        problem = status(folder)["link"].get("problem")
        time.sleep(0.2)
    assert problem and "clock" in problem and "ahead" in problem, problem
    assert "refused" in (federation.hub_folder / "audit.log").read_text()
    assert "clock" in atles("node", "status", "--folder", folder).stdout

    # With the clock put right, it simply works again.
    federation.nodes[name].stop()
    federation.serve_node(name)
    federation.wait_for_sites(1)
    assert status(folder)["link"].get("problem") is None
print("refused and explained: " + problem)
