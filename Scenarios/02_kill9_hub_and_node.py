"""A question that is open while the hub and a node are killed gets each site's answer, once, after both are back."""
import json
import time
import urllib.request

from common import Federation, atles, make_cohort, work

with Federation(work() / "federation", sites=2, remembers=False) as federation:
    names = list(federation.nodes)
    for number, name in enumerate(names):
        make_cohort(work() / f"images{number}", ct=6 + number, slices=2)
        atles("node", "ingest", "--folder", federation.node_folder(name), work() / f"images{number}")

    # One node is away when the question is asked; then the hub dies, and comes back before the node does.
    federation.nodes[names[1]].kill()
    federation.wait_for_sites(1, seconds=120)
    request = urllib.request.Request(
        federation.page_url + "/api/v1/queries", json.dumps({"where": "modality = CT"}).encode(),
        {"Content-Type": "application/json"})
    question = json.load(urllib.request.urlopen(request))["id"]
    federation.hub.kill()
    federation.hub.start()
    federation.wait_for_hub()
    federation.nodes[names[1]].start()

    def answered() -> dict[str, int]:
        document = federation.get(f"/api/v1/queries/{question}")
        return {r["site"]["name"]: r["answer"]["counts"]["patients"] for r in document["results"] if r.get("answer")}

    until = time.monotonic() + 120
    while len(answered()) < 2 and time.monotonic() < until:
        time.sleep(0.2)
    assert answered() == {names[0]: {"count": 6}, names[1]: {"count": 7}}, answered()

    # And both ends go on working for the next question.
    document = federation.ask("modality = CT")
    assert [r["state"] for r in document["results"]] == ["answered", "answered"], document
    for log in [federation.hub_folder / "audit.log", *(federation.node_folder(n) / "audit.log" for n in names)]:
        atles("audit", "verify", log)
print("asked before the kill, answered by both sites after it; the audit logs hold")
