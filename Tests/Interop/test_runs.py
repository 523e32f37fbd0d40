"""Analyses over several real nodes, end to end and under masks, beside lifelines and statsmodels on all rows in one place.

The patients are those of TCGA-BRCA, spread over hospitals by the region in which they were treated.
"""
import csv
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import lifelines
import numpy
import pandas
import pytest
import statsmodels.api
from lifelines.statistics import multivariate_logrank_test

from federation import ATLES, NAMES, ROOT, Federation, atles

SHARED = pathlib.Path(os.environ.get("ATLES_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data/fed_tcga_brca"
REGIONS = ["Northeast", "South", "West", "Midwest", "Europe"]
VARIABLES = ["--let", "time=followUp.survivalDays", "--let", "event=followUp.vitalStatus = dead",
             "--let", "age=condition.ageAtDiagnosis"]

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the clinical table of TCGA-BRCA is not there")


def patients() -> pandas.DataFrame:
    """All rows, with the region of each: the site's code is the second part of the patient's barcode."""
    table = pandas.read_csv(DATA / "brca.csv")
    with open(DATA / "centers.csv", newline="") as file:
        centres = {row[0]: row for row in csv.reader(file)}
        file.seek(0)
        head = [name.lower() for name in next(csv.reader(file))]
    region = next(place for place, name in enumerate(head) if "region" in name)
    table["region"] = [centres[pid.split("-")[1]][region] if pid.split("-")[1] in centres else "" for pid in table.pid]
    return table


@pytest.fixture(scope="module")
def everybody() -> pandas.DataFrame:
    table = patients()
    # A day before the diagnosis is no survival time: nodes say so and leave the value out, and here it is left out too.
    return table[table.region.isin(REGIONS)].copy()


@pytest.fixture(scope="module")
def federation(tmp_path_factory, everybody):
    with Federation(tmp_path_factory.mktemp("runs"), sites=5) as made:
        for (name, _), region in zip(NAMES, REGIONS):
            made.nodes[name].stop()
            folder = made.node_folder(name)
            settings = folder / "node.yaml"
            settings.write_text(settings.read_text().replace("  allow: []", "  allow: [all]"))
            rows = everybody[everybody.region == region].drop(columns="region")
            table = made.folder / f"{region}.csv"
            rows.to_csv(table, index=False)
            done = atles("node", "map", "apply", "--folder", folder, "-m", ROOT / "mappings/tcga-brca.yaml", table,
                         check=False)
            assert done.returncode in (0, 3), done.stderr
            made.serve_node(name)
        made.wait_for_sites(5)
        atles("hub", "people", "add", "ada", "--folder", made.hub_folder, "--name", "Ada", "--role", "researcher")
        made.token = made.folder / "token"
        atles("hub", "people", "token", "ada", "--folder", made.hub_folder, "--file", made.token)
        yield made


def analyse(federation, text: str, *options, expect=0) -> dict:
    done = atles("analyse", text, "--hub", federation.page_url, "--json", *options, check=False,
                 env={**os.environ, "ATLES_TOKEN_FILE": str(federation.token)})
    assert done.returncode == expect, done.stdout + done.stderr
    return json.loads(done.stdout)


def call(federation, path: str, body=None, token=True) -> dict:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + federation.token.read_text().strip()
    request = urllib.request.Request(
        federation.page_url + path, headers=headers, data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_the_cox_model_is_that_of_all_patients_in_one_place(federation, everybody):
    run = analyse(federation, "cox(time, event ~ age)", *VARIABLES)
    assert run["isMasked"] and len([s for s in run["sites"] if s["standing"] == "taking part"]) == 5
    rows = everybody[everybody["T"] > 0]
    model = lifelines.CoxPHFitter().fit(
        pandas.DataFrame({"age": rows.age_at_index, "T": rows["T"], "E": rows.E}), "T", "E",
        fit_options={"precision": 1e-12})
    (term,) = [t for t in run["outcome"]["coefficients"] if t["name"] == "age"]
    assert term["estimate"] == pytest.approx(model.params_["age"], rel=0, abs=1e-9)
    assert term["standardError"] == pytest.approx(model.standard_errors_["age"], rel=1e-7)


def test_a_description_is_that_of_all_patients(federation, everybody):
    run = analyse(federation, "describe(age)", *VARIABLES)
    (age,) = run["outcome"]["variables"]
    assert age["count"] == len(everybody)
    assert age["mean"] == pytest.approx(everybody.age_at_index.mean(), rel=1e-12)
    assert age["variance"] == pytest.approx(everybody.age_at_index.var(), rel=1e-12)


def test_a_logistic_model_is_that_of_all_patients(federation, everybody):
    run = analyse(federation, "glm(binomial, event ~ age)", *VARIABLES)
    design = statsmodels.api.add_constant(everybody.age_at_index.astype(float))
    model = statsmodels.api.GLM(everybody.E, design, family=statsmodels.api.families.Binomial()).fit(tol=1e-14)
    found = {t["name"]: t for t in run["outcome"]["coefficients"]}
    assert found["age"]["estimate"] == pytest.approx(model.params["age_at_index"], rel=1e-9)
    assert found["age"]["standardError"] == pytest.approx(model.bse["age_at_index"], rel=1e-9)


def test_what_is_no_analysis_is_explained_before_any_site_is_asked(federation):
    for text, hint in [("cocks(age)", "cox"), ("describe(agee)", "agee"), ("glm(binomial, event ~ )", "a variable is expected")]:
        done = atles("analyse", text, "--hub", federation.page_url, *VARIABLES, check=False,
                     env={**os.environ, "ATLES_TOKEN_FILE": str(federation.token)})
        assert done.returncode != 0 and hint in done.stderr, done.stderr


def test_who_is_not_signed_in_computes_nothing_and_sees_nothing(federation):
    run = analyse(federation, "count()")
    for path, body in [("/api/v1/runs", {"analysis": "count()"}), ("/api/v1/runs", None),
                       (f"/api/v1/runs/{run['id']}", None), (f"/api/v1/runs/{run['id']}/events", None)]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            call(federation, path, body, token=False)
        assert refused.value.code in (401, 403)


def test_a_run_survives_hub_and_nodes_that_are_killed_in_the_middle(federation, everybody):
    """Killed again and again while it works: the same numbers come out as without."""
    expected = analyse(federation, "glm(binomial, event ~ age)", *VARIABLES)["outcome"]["coefficients"]
    body = {"analysis": "glm(binomial, event ~ age)", "patience": 60,
            "define": dict(v.split("=", 1) for v in VARIABLES[1::2])}
    for victim in ("hub", NAMES[1][0]):
        id = call(federation, "/api/v1/runs", body)["id"]
        service = federation.hub if victim == "hub" else federation.nodes[victim]
        for pause in (0.05, 0.15):
            time.sleep(pause)
            service.kill()
            service.start()
        federation.wait_for_hub()
        until = time.monotonic() + 120
        while (run := call(federation, f"/api/v1/runs/{id}"))["state"] not in ("done", "stopped"):
            assert time.monotonic() < until, run
            time.sleep(0.2)
        assert run["state"] == "done", run
        taking = [s for s in run["sites"] if s["standing"] == "taking part"]
        assert len(taking) == 5, run["sites"]
        assert run["outcome"]["coefficients"] == expected
        federation.wait_for_sites(5)


def test_a_researcher_computes_on_the_page_and_takes_the_picture_home(federation, browser):
    password = "three brown foxes sing"
    atles("hub", "people", "add", "eva", "--name", "Eva", "--ask-password", "--role", "researcher", "--folder",
          federation.hub_folder, input=password + "\n")
    # Without scripts: everything is there all the same.
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(federation.page_url + "/sign-in")
    page.get_by_label("Sign-in name").fill("eva")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(federation.page_url + "/runs")
    page.get_by_label("What to compute").fill("cocks(age)")
    page.get_by_role("button", name="Compute").click()
    assert "there is no computation called cocks" in page.get_by_role("alert").inner_text()
    page.get_by_label("What to compute").fill("cox(time, event ~ age)")
    page.get_by_label("Variables").fill("\n".join(VARIABLES[1::2]))
    page.get_by_role("button", name="Compute").click()
    until = time.monotonic() + 120
    while (state := page.locator("#state").inner_text()) not in ("done", "stopped"):
        assert time.monotonic() < until, state
        time.sleep(0.3)
        page.reload()
    assert state == "done"
    assert page.get_by_role("cell", name="likelihood ratio").is_visible()
    assert page.locator("figure svg title").count() >= 1
    link = page.get_by_role("link", name="Download (SVG)").first.get_attribute("href")
    picture = context.request.get(federation.page_url + link)
    assert picture.headers["content-type"] == "image/svg+xml" and "<svg" in picture.text()
    # Somebody else's token does not see it.
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(federation, "/api/v1" + page.url.removeprefix(federation.page_url))
    assert refused.value.code == 404
    context.close()


def secret(path: pathlib.Path, text: str) -> pathlib.Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_a_permit_of_each_site_opens_it_and_its_revocation_closes_it(federation):
    """The same analysis at sites that allow nothing by themselves: their committees' permits alone decide."""
    names = [name for name, _ in NAMES[:3]]
    try:
        for name in names:
            federation.nodes[name].stop()
            settings = federation.node_folder(name) / "node.yaml"
            settings.write_text(settings.read_text().replace("  allow: [all]", "  allow: []"))
            federation.serve_node(name)
        federation.wait_for_sites(5)
        overview = {site["name"]: site["id"] for site in federation.overview()["sites"]}
        chosen = [option for name in names for option in ("--site", overview[name])]
        analysis = ("glm(binomial, event ~ age)", *VARIABLES, *chosen)

        refused = analyse(federation, *analysis, expect=1)
        assert refused["state"] == "stopped" and "without a permit" in refused["problem"]
        refused = analyse(federation, *analysis, "--request", "R-2026-7", expect=1)
        assert "this site keeps no such permit" in refused["problem"]

        passphrase = secret(federation.folder / "passphrase", "a long enough passphrase")
        permits = {}
        for name in names:
            folder = federation.node_folder(name)
            at = ("--folder", folder)
            clara = ("--as", "local:clara", "--passphrase-file", passphrase)
            atles("node", "committee", "add", "local:clara", *at, "--name", "Clara", "--passphrase-file", passphrase)
            listed = atles("node", "approvals", "list", *at).stdout
            code = next(line.split()[1] for line in listed.splitlines() if line.startswith("glm@"))
            drafted = atles("node", "permits", "draft", *at, "--request", "R-2026-7", "--holder", "local:ada",
                            "--computation", "glm@1").stdout
            permits[name] = drafted.split()[0]
            if name == names[0]:
                # Not yet signed, and the code not yet approved: each is a reason of its own.
                refused = analyse(federation, *analysis, "--request", "R-2026-7", expect=1)
                assert "does not carry enough signatures" in refused["problem"]
            atles("node", "permits", "sign", permits[name], *at, *clara)
            atles("node", "approvals", "approve", code, *at, *clara)
        run = analyse(federation, *analysis, "--request", "R-2026-7")
        assert run["state"] == "done" and len(run["sites"]) == 3
        # Another computation, another purpose: not what was permitted.
        other = analyse(federation, "describe(age)", *VARIABLES, *chosen, "--request", "R-2026-7", expect=1)
        assert "computation" in other["problem"]
        other = analyse(federation, *analysis, "--request", "R-2026-7", "--purpose", "education", expect=1)
        assert "purpose" in other["problem"]

        atles("node", "permits", "revoke", permits[names[0]], "--folder", federation.node_folder(names[0]), "--as",
              "local:clara", "--passphrase-file", passphrase, "--reason", "breach")
        gone = analyse(federation, *analysis, "--request", "R-2026-7", expect=1)
        assert "the permit was revoked" in gone["problem"]
        # Every refusal stands in the site's own log, which nobody has changed.
        log = atles("audit", "show", federation.node_folder(names[0]) / "audit.log").stdout
        assert "gate.refused" in log and "gate.allowed" in log
        atles("audit", "verify", federation.node_folder(names[0]) / "audit.log")
    finally:
        for name in names:
            settings = federation.node_folder(name) / "node.yaml"
            settings.write_text(settings.read_text().replace("  allow: []", "  allow: [all]"))
            federation.nodes[name].stop()
            federation.serve_node(name)
        federation.wait_for_sites(5)
