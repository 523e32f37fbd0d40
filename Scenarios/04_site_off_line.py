"""A site that is off line is named in the answer; its count comes when it is back; nobody else waits for it."""
import time

from common import Federation, atles, make_cohort, work

with Federation(work() / "federation", sites=3, remembers=False) as federation:
    names = list(federation.nodes)
    make_cohort(work() / "images", ct=8)
    for name in names:
        atles("node", "ingest", "--folder", federation.node_folder(name), work() / "images")
    federation.nodes[names[2]].stop()
    federation.wait_for_sites(2, seconds=120)

    document = federation.ask("modality = CT")
    states = {r["site"]["name"]: r["state"] for r in document["results"]}
    assert states == {names[0]: "answered", names[1]: "answered", names[2]: "offline"}, states
    assert document["total"]["patients"] == {"low": 16, "high": 16}, document["total"]
    assert document["total"]["sitesAnswered"] == 2 and document["total"]["sitesAsked"] == 3
    told = atles("query", "--hub", federation.page_url, "--where", "modality = CT", check=False)
    assert told.returncode == 3 and f"{names[2]}: off line" in told.stdout, told.stdout

    federation.nodes[names[2]].start()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        later = federation.get(f"/api/v1/queries/{document['id']}")
        if later["total"]["sitesAnswered"] == 3:
            break
        time.sleep(0.2)
    assert later["total"]["patients"] == {"low": 24, "high": 24}, later["total"]
print("two counted at once, the third was named, and came in when it was back")
