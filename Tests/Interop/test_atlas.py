"""Sites that hold a table and no images: loading, and a federation of them beside SQL over the same tables."""
import csv
import json
import pathlib
import random
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from atlas_federation import Federation  # noqa: E402

from federation import ATLES, atles  # noqa: E402

COLUMNS = ["dataset", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "PatientAge", "PatientSex", "StudyDate",
           "BodyPartExamined", "Modality", "Manufacturer", "NumberOfSeriesRelatedInstances", "SeriesDescription"]


def rows(site: int, seed: int) -> list[dict]:
    """Patients of a made-up archive: two data sets, several studies, series of several modalities."""
    choose = random.Random(seed)
    made = []
    for patient in range(60):
        sex, age = choose.choice("FM"), choose.randint(20, 99)
        for study in range(choose.randint(1, 3)):
            uid = f"1.2.3.{site}.{patient}.{study}"
            day = f"20{choose.randint(10, 22)}-0{choose.randint(1, 9)}-1{choose.randint(0, 9)}"
            for series in range(choose.randint(1, 4)):
                made.append(dict(zip(COLUMNS, [
                    choose.choice(["one", "two"]) if not series and not study else made[-1]["dataset"], f"P{patient}", uid,
                    f"{uid}.{series}", f"{age:03d}Y", sex, day, choose.choice(["CHEST", "BREAST", ""]),
                    choose.choice(["CT", "MR", "SEG"]), choose.choice(["SIEMENS", "GE MEDICAL SYSTEMS", ""]),
                    str(choose.randint(1, 400)), "a description"])))
    return made


def write(folder: pathlib.Path, table: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "series.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(table)
    with open(folder / "datasets.csv", "w", newline="") as file:
        csv.writer(file).writerows([["dataset", "title"], ["one", "The first"], ["two", "The second"]])


@pytest.fixture(scope="module")
def federation(tmp_path_factory):
    place = tmp_path_factory.mktemp("atlas")
    tables = {f"Site {site}": rows(site, site) for site in range(3)}
    sites = []
    for number, (name, table) in enumerate(tables.items()):
        write(place / f"tables{number}", table)
        sites.append((f"site{number}", name, "ES", place / f"tables{number}"))
    # Each answer by itself: what is withheld beside earlier questions has tests of its own.
    made = Federation(
        place / "federation", ATLES, sites, lambda text: None, {"remember_questions: 2000": "remember_questions: 0"})
    try:
        made.start_hub()
        made.join()
        made.load()
        made.start_nodes()
        yield made, tables
    finally:
        made.stop()


QUESTIONS = [
    ("modality = CT", lambda row: row["Modality"] == "CT"),
    ("modality = MR and sex = F", lambda row: row["Modality"] == "MR" and row["PatientSex"] == "F"),
    ("age >= 60", lambda row: int(row["PatientAge"][:3]) >= 60),
    ("not (bodyPart = CHEST)", lambda row: row["BodyPartExamined"] not in ("CHEST", "")),
    ("manufacturer contains siemens and images > 100",
     lambda row: row["Manufacturer"] == "SIEMENS" and int(row["NumberOfSeriesRelatedInstances"]) > 100),
]


@pytest.mark.parametrize("question, selects", QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_counts_are_those_of_the_tables(federation, question, selects):
    made, tables = federation
    answer = json.loads(made.run("query", "--hub", made.address, "--where", question, "--json", accept=(0, 3)))
    # On a busy machine a site may be late; its answer is added when it comes.
    while any(result["state"] != "answered" for result in answer["results"]):
        assert all(result["state"] in ("answered", "late", "offline") for result in answer["results"]), answer
        time.sleep(0.5)
        answer = made.get("/api/v1/queries/" + answer["id"])
    shown = 0
    for result in answer["results"]:
        chosen = [row for row in tables[result["site"]["name"]] if selects(row)]
        expected = {
            "patients": len({(row["dataset"], row["PatientID"]) for row in chosen}),
            "studies": len({(row["dataset"], row["PatientID"], row["StudyInstanceUID"]) for row in chosen}),
            "series": len(chosen), "images": sum(int(row["NumberOfSeriesRelatedInstances"]) for row in chosen)}
        for kind, number in expected.items():
            count = result["answer"]["counts"][kind]
            if "count" in count:
                assert count["count"] == number, (result["site"]["name"], kind)
                shown += 1
    assert shown >= 6


def test_the_same_tables_again_change_nothing_and_a_new_form_replaces_them(tmp_path):
    table = rows(9, 9)
    write(tmp_path / "tables", table)
    node = tmp_path / "node"
    atles("node", "init", "--standalone", "--folder", node)

    def load() -> dict:
        return json.loads(
            atles("node", "index", "--folder", node, "--series", tmp_path / "tables/series.csv", "--json").stdout)

    first = load()
    assert first["series"]["changes"]["added"] == len(table) == first["holds"]["series"]
    assert first["series"]["unusedColumns"] == ["SeriesDescription"]
    assert load()["series"]["isUnchanged"]
    write(tmp_path / "tables", table[:-5])
    third = load()
    assert third["series"]["changes"] == {"added": 0, "changed": 0, "unchanged": len(table) - 5, "removed": 5}
    assert third["holds"]["series"] == len(table) - 5


def test_problems_are_told_with_row_and_column_and_without_values(tmp_path):
    table = rows(9, 9)
    table[3]["PatientAge"] = "SECRET"
    table[5]["SeriesInstanceUID"] = "1.2E+22"
    write(tmp_path / "tables", table)
    node = tmp_path / "node"
    atles("node", "init", "--standalone", "--folder", node)
    done = atles("node", "index", "--folder", node, "--series", tmp_path / "tables/series.csv", check=False)
    assert done.returncode == 3
    assert "column PatientAge, row 5" in done.stdout and "column SeriesInstanceUID, row 7" in done.stdout
    assert "SECRET" not in done.stdout + done.stderr and "1.2E" not in done.stdout + done.stderr
    broken = tmp_path / "broken.csv"
    broken.write_bytes((tmp_path / "tables/series.csv").read_bytes() + b'"never closed')
    done = atles("node", "index", "--folder", node, "--series", broken, check=False)
    assert done.returncode == 1 and "Nothing of this table was loaded" in done.stderr


def test_the_splitting_is_the_same_as_the_shared_one(shared, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    other = shared / "tools/idc_sites.py"
    if not other.is_file():
        pytest.skip("there is no other splitting to compare with")
    made = duckdb.connect()
    index = tmp_path / "index"
    index.mkdir()
    made.execute(f"""copy (select 'set' || (p % 7) as collection_id, case when p % 7 = 0 then 'TCGA-BH-' else 'P' end || p
        as PatientID, '1.2.' || p as StudyInstanceUID, '1.2.' || p || '.' || s as SeriesInstanceUID, '045Y' as PatientAge,
        'F' as PatientSex, date '2020-01-01' as StudyDate, 'd' as StudyDescription, 'CHEST' as BodyPartExamined, 'CT' as
        Modality, '1.2' as SOPClassUID, '1.2' as TransferSyntaxUID, 'M' as Manufacturer, 'N' as ManufacturerModelName,
        date '2020-01-01' as SeriesDate, 'e' as SeriesDescription, '1' as SeriesNumber, 3::bigint as instanceCount,
        1.5 as series_size_MB from range(900) t(p), range(2) u(s)) to '{index}/idc_index.parquet'""")
    made.execute(f"""copy (select 'set' || c as collection_id, 'Set ' || c as collection_name, 'x' as cancer_types,
        'y' as tumor_locations, 'Human' as species from range(7) t(c)) to '{index}/collections_index.parquet'""")
    clinical = shared / "data/fed_tcga_brca"
    for script, out, options in [(other, "theirs", []), (ROOT / "scripts/atlas_sites.py", "ours", ["--clinical", clinical])]:
        done = subprocess.run([sys.executable, script, tmp_path / out, "--sites", "5", "--index", index, *options],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    theirs, ours = (
        {file.relative_to(tmp_path / out): file.read_bytes() for file in (tmp_path / out).rglob("*.csv")}
        for out in ("theirs", "ours"))
    assert ours == theirs and len(ours) > 5


MAPPING = """
mapping: register
version: "1"
patient: {issuer: one}
sources:
  clinical:
    file: clinical.csv
    patient: patient
    records:
      - entity: condition
        values:
          topography: site
          dateOfDiagnosis: diagnosed
"""


def test_clinical_tables_meet_the_patients_of_the_series(tmp_path):
    table = [row for row in rows(3, 3) if row["dataset"] == "one"]
    write(tmp_path / "tables", table)
    patients = sorted({row["PatientID"] for row in table})
    with open(tmp_path / "clinical.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["patient", "site", "diagnosed"])
        writer.writerows([patient, "C50.4", "2020-01-01"] for patient in [*patients, "somebody else"])
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    node = tmp_path / "node"
    atles("node", "init", "--standalone", "--folder", node)
    done = json.loads(
        atles(
            "node", "index", "--folder", node, "--series", tmp_path / "tables/series.csv", "--clinical",
            tmp_path / "clinical.csv", "--mapping", tmp_path / "mapping.yaml", "--json").stdout)
    assert done["series"]["changes"]["added"] == len(table)
    assert done["clinical"]["added"] == len(patients) + 1
    images = done["clinical"]["report"]["images"]
    assert (images["withImages"], images["withoutImages"]) == (len(patients), 1)
