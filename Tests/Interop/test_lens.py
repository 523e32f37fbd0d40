"""A Lens front end pointed at the hub: what EUCAIM's explorer sends, and what it reads, over the wire.

The requests are those of samply/eucaim-frontend (`services/backend.service.ts`, `services/spot.ts`) and samply/lens
(`backends/spot.ts`); the results are read as those programs read them.
"""
import base64
import json
import pathlib
import urllib.error
import urllib.request
import uuid

import pytest

from test_query import series_of

GOLDEN = pathlib.Path(__file__).parent / "lens"
MODALITY, CT, MR, SPECT = "RID10311", "RID10321", "RID10312", "RID10334"


def criterion(key, value, kind="EQUALS", system=""):
    return {"key": key, "type": kind, "system": system, "value": value}


def tree(*groups):
    """OR of one branch: AND of criteria, each an OR of values."""
    return {"operand": "OR", "children": [{"operand": "AND", "children": [
        {"operand": "OR", "children": list(group)} for group in groups]}]}


def btoa(value) -> str:
    return base64.b64encode(json.dumps(value).encode("latin-1")).decode()


def post(url, body, headers=None):
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.status, response.read()


def send(hub, ast, sites=None) -> str:
    task = str(uuid.uuid4())
    wrapped = btoa({"lang": "ast", "query": btoa({"ast": ast, "id": f"{task}__search__{task}"})})
    body = {"id": task, "query": wrapped} | ({} if sites is None else {"sites": sites})
    status, _ = post(f"{hub}/beam", body)
    assert status == 201
    return task


def listen(hub, task, wait_count=None) -> list[dict]:
    """Reads the stream as an EventSource does, to its end."""
    query = "" if wait_count is None else f"?wait_count={wait_count}"
    request = urllib.request.Request(f"{hub}/beam/{task}{query}", headers={"Accept": "text/event-stream"})
    results = []
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        event = None
        for line in response.read().decode().splitlines():
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: ") and event == "new_result":
                results.append(json.loads(line[6:]))
    return results


def provider(result) -> dict:
    """As the explorer reads it: `JSON.parse(atob(body))`, where atob gives one character a byte."""
    return json.loads(base64.b64decode(result["body"]).decode("latin-1"))


def test_the_explorer_gets_a_provider_for_each_site(federation):
    task = send(federation.page_url, tree([criterion(MODALITY, CT, system="urn:oid:2.16.840.1.113883.6.256")]))
    results = listen(federation.page_url, task)
    assert [r["status"] for r in results] == ["succeeded"] * 3
    assert {r["task"] for r in results} == {task}
    sites = {s["id"]: s["name"] for s in federation.overview()["sites"]}
    assert {r["from"].split(".")[1] for r in results} == set(sites)
    for result in results:
        reply = provider(result)
        name = sites[result["from"].split(".")[1]]
        assert reply["provider"] == name and reply["provider_icon"] == ""
        [collection] = reply["collections"]
        assert set(json.loads((GOLDEN / "collection.json").read_text())) <= set(collection)
        series = [s for s in series_of(federation.node_folder(name)) if s.get("Modality") == "CT"]
        patients = len({s["patient"] for s in series})
        shown = collection["atles"]["counts"]["patients"]
        if "count" in shown:
            assert collection["subjects_count"] == patients == shown["count"]
            assert collection["studies_count"] == len({s["study"] for s in series})
        else:
            # The least that a hidden number can be.
            assert collection["subjects_count"] <= patients + shown.get("within", 0)
            assert shown.get("fewerThan") is None or collection["subjects_count"] == 0
        assert isinstance(collection["gender"], list) and isinstance(collection["modality"], list)
        assert set(collection["age_range"]) == {"min", "max"}
        assert [c["status"] for c in collection["atles"]["conditions"]][0] == "applied"


@pytest.mark.parametrize("file", sorted(p.name for p in GOLDEN.glob("query_*.json")))
def test_golden_questions_count_as_their_text_does(federation, file):
    golden = json.loads((GOLDEN / file).read_text())
    task = send(federation.page_url, golden["ast"])
    by_lens = {r["from"].split(".")[1]: r for r in listen(federation.page_url, task)}
    by_text = federation.ask(golden["text"])
    assert len(by_lens) == 3
    for result in by_text["results"]:
        theirs = by_lens[result["site"]["id"]]
        if result["state"] != "answered":
            assert theirs["status"] == "permafailed"
            continue
        collections = provider(theirs)["collections"]
        shown = result["answer"]["counts"]["patients"]
        assert not collections if shown == {"count": 0} else collections[0]["atles"]["counts"]["patients"] == shown


def test_a_criterion_that_cannot_be_asked_is_named_by_every_site_and_nothing_is_counted(federation):
    key = "EUCAIM_Hyper-Ontology_V1.0.CLIN9999999"
    task = send(federation.page_url, tree([criterion(MODALITY, CT)], [criterion(key, "COM1001310")]))
    results = listen(federation.page_url, task)
    assert [r["status"] for r in results] == ["permafailed"] * 3
    for result in results:
        assert key in base64.b64decode(result["body"]).decode()


def test_what_is_asked_only_nearly_says_how(federation):
    results = listen(federation.page_url, send(federation.page_url, tree([criterion(MODALITY, SPECT)])))
    for result in results:
        for collection in provider(result)["collections"]:
            assert "planar scintigraphy" in collection["description"]
            assert "approximated" in [c["status"] for c in collection["atles"]["conditions"]]


def test_sites_can_be_chosen_and_one_that_is_not_there_is_said(federation):
    site = federation.overview()["sites"][0]["id"]
    task = send(federation.page_url, {"operand": "OR", "children": []}, sites=[site, "elsewhere"])
    results = listen(federation.page_url, task, wait_count=2)
    assert {r["from"].split(".")[1]: r["status"] for r in results} == {site: "succeeded", "elsewhere": "permafailed"}
    task = send(federation.page_url, {"operand": "OR", "children": []})
    assert len(listen(federation.page_url, task, wait_count=1)) == 1


def test_badges_are_what_the_sites_say_they_hold(federation):
    _, body = post(f"{federation.page_url}/prism/criteria", {})
    counts = json.loads(body)
    shown = 0
    for site in federation.overview()["sites"]:
        for cell in site["card"]["modalities"]["cells"]:
            if cell["value"] == "CT":
                shown += cell["patients"].get("count", 0) + max(0, cell["patients"].get("moreThan", -1) + 1)
    assert counts[MODALITY][CT] == shown


@pytest.mark.parametrize("body, status", [
    (b"nonsense", 400), (b"{}", 400), (json.dumps({"id": "1", "query": "e30="}).encode(), 400),
    (json.dumps({"id": str(uuid.uuid4()), "query": "e30="}).encode(), 400),
])
def test_what_is_no_question_is_refused_in_words(federation, body, status):
    request = urllib.request.Request(f"{federation.page_url}/beam", body, {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == status
    assert refused.value.headers["Content-Type"].startswith("text/plain") and len(refused.value.read()) > 10


def test_a_task_of_another_name_is_not_found_and_one_name_is_used_once(federation):
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{federation.page_url}/beam/{uuid.uuid4()}")
    assert missing.value.code == 404
    task = send(federation.page_url, tree([criterion(MODALITY, MR)]))
    with pytest.raises(urllib.error.HTTPError) as again:
        post(f"{federation.page_url}/beam", {"id": task, "query": btoa(tree([criterion(MODALITY, MR)]))})
    assert again.value.code == 409
