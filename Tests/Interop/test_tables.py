"""Clinical tables beside the images of their patients: one key, one pseudonym, one shift."""
import base64
import csv
import hashlib
import hmac
import json
import struct

import pandas
import pydicom
import pytest

from conftest import SAMPLES
from federation import atles

CT = SAMPLES / "test_files/CT_small.dcm"


@pytest.fixture()
def key(tmp_path):
    atles("deidentify", "key", tmp_path / "key")
    return tmp_path / "key"


def digest(key: bytes, purpose: str, *parts: str) -> bytes:
    """The documented message of a pseudonym, made here once more."""
    message = b"atles 1 "
    for part in (purpose, *parts):
        message += struct.pack("<Q", len(part.encode())) + part.encode()
    return hmac.new(key, message, hashlib.sha256).digest()


def pseudonym(key: bytes, patient: str) -> str:
    return base64.b32encode(digest(key, "patient", "", patient)).decode()[:16]


def shift(key: bytes, patient: str) -> pandas.Timedelta:
    number = int.from_bytes(digest(key, "date shift", "", patient)[:16], "big")
    return pandas.Timedelta(days=-7 * (1 + number % 208))


def run(tmp_path, key, text, spec, *options, expect=0):
    (tmp_path / "in.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "spec.yaml").write_text(spec)
    done = atles("deidentify", "table", tmp_path / "in.csv", "--spec", tmp_path / "spec.yaml", "--key", key,
                 "-o", tmp_path / "out.csv", "--json", *options, check=False)
    assert done.returncode == expect, done.stderr + done.stdout
    return json.loads(done.stdout) if done.stdout else done.stderr


def test_a_table_has_the_pseudonym_and_the_shift_of_its_images(tmp_path, key):
    image = pydicom.dcmread(CT)
    originals = tmp_path / "originals"
    originals.mkdir()
    (originals / "a.dcm").write_bytes(CT.read_bytes())
    done = atles("deidentify", originals, tmp_path / "out", "--key", key, check=False)
    assert done.returncode in (0, 3), done.stderr
    released = [pydicom.dcmread(file) for file in sorted((tmp_path / "out").rglob("*.dcm"))]
    assert len(released) == 1
    scanned = pandas.Timestamp(image.StudyDate)
    text = f"number,seen\n{image.PatientID},{scanned:%d.%m.%Y}\n"
    report = run(tmp_path, key, text, "columns:\n  number: id\n  seen: date\n", "--images", tmp_path / "out")
    assert (report["images"]["withImages"], report["images"]["withoutImages"]) == (1, 0)
    [row] = csv.DictReader(open(tmp_path / "out.csv"))
    assert row["number"] == released[0].PatientID
    assert pandas.to_datetime(row["seen"], format="%d.%m.%Y") == pandas.Timestamp(released[0].StudyDate)


def test_every_date_is_moved_by_the_shift_of_its_patient(tmp_path, key):
    days = pandas.date_range("1999-01-01", "2024-12-31", periods=500).normalize()
    patients = [f"H{number % 37:05d}" for number in range(500)]
    frame = pandas.DataFrame({"patient": patients, "iso": days.strftime("%Y-%m-%d"), "german": days.strftime("%d.%m.%Y"),
                              "american": days.strftime("%m/%d/%Y"), "packed": days.strftime("%Y%m%d"),
                              "serial": (days - pandas.Timestamp("1899-12-30")).days})
    report = run(tmp_path, key, frame.to_csv(index=False),
                 "columns:\n  patient: id\n  iso: date\n  german: date\n  american: date\n  packed: date\n  serial: date\n")
    assert report["patients"] == 37
    out = pandas.read_csv(tmp_path / "out.csv", dtype=str)
    secret = key.read_bytes()
    assert out.patient.tolist() == [pseudonym(secret, patient) for patient in patients]
    expected = pandas.Series([day + shift(secret, patient) for day, patient in zip(days, patients)])
    assert (pandas.to_datetime(out.iso, format="%Y-%m-%d") == expected).all()
    assert (pandas.to_datetime(out.german, format="%d.%m.%Y") == expected).all()
    assert (pandas.to_datetime(out.american, format="%m/%d/%Y") == expected).all()
    assert (pandas.to_datetime(out.packed, format="%Y%m%d") == expected).all()
    assert (pandas.Timestamp("1899-12-30") + pandas.to_timedelta(out.serial.astype(int), unit="D") == expected).all()


def test_other_identifiers_have_a_pseudonym_for_each_column_or_attribute(tmp_path, key):
    run(tmp_path, key, "id,Lab,accession\nP1,X1,A-77\n",
        'columns:\n  id: id\n  Lab: identifier\n  accession: {role: identifier, attribute: "0008,0050"}\n')
    [row] = csv.DictReader(open(tmp_path / "out.csv"))
    secret = key.read_bytes()
    assert row["Lab"] == base64.b32encode(digest(secret, "identifier 0", "column", "lab", "X1")).decode()[:16]
    assert row["accession"] == base64.b32encode(digest(secret, "identifier 80050", "A-77")).decode()[:16]


@pytest.mark.parametrize("dialect", [
    {"delimiter": ","}, {"delimiter": ";", "lineterminator": "\r\n"}, {"delimiter": "\t"},
    {"delimiter": ",", "quoting": csv.QUOTE_ALL},
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_of_pythons_csv_module_are_read_as_they_were_written(tmp_path, key, dialect, encoding):
    values = ["plain", "with, comma", "with; semicolon", 'with "quotes"', "two\nlines", "tab\there", "Müller ß 名"]
    with open(tmp_path / "made.csv", "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, **dialect)
        writer.writerow(["id", "value", "n"])
        for number, value in enumerate(values * 2):
            writer.writerow([f"P{number}", value, number])
    listed = json.dumps([value for value in values], ensure_ascii=True)
    run(tmp_path, key, (tmp_path / "made.csv").read_bytes(),
        f"columns:\n  id: id\n  value: {{role: category, values: {listed}}}\n  n: number\n")
    with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=dialect["delimiter"]))
    assert [row["value"] for row in rows] == values * 2
    assert [row["n"] for row in rows] == [str(number) for number in range(14)]


def test_a_draft_of_a_real_table_lets_it_pass(tmp_path, key, shared):
    table = shared / "data/fed_tcga_brca/brca.csv"
    if not table.exists():
        pytest.skip(f"there is no {table}")
    draft = atles("deidentify", "table", table, "--suggest").stdout
    report = run(tmp_path, key, table.read_bytes(), draft)
    before, after = pandas.read_csv(table), pandas.read_csv(tmp_path / "out.csv")
    assert report["written"] == len(before) == len(after)
    assert list(after.columns) == list(before.columns)
    # Every value is retained but the patients' numbers and ages above 89.
    assert after.drop(columns=["pid", "age_at_index"]).equals(before.drop(columns=["pid", "age_at_index"]))
    assert (after.age_at_index == before.age_at_index.clip(upper=90)).all()
    assert not set(after.pid) & set(before.pid)
    assert after.pid.nunique() == before.pid.nunique()


def test_a_table_has_the_pseudonym_and_the_shift_of_its_project(tmp_path, key):
    originals = tmp_path / "originals"
    originals.mkdir()
    (originals / "a.dcm").write_bytes(CT.read_bytes())
    image = pydicom.dcmread(CT)
    done = atles("deidentify", originals, tmp_path / "out", "--key", key, "--project", "liver", check=False)
    assert done.returncode in (0, 3), done.stderr
    released, = [pydicom.dcmread(file) for file in (tmp_path / "out").rglob("*.dcm")]
    text = f"number,seen\n{image.PatientID},{pandas.Timestamp(image.StudyDate):%d.%m.%Y}\n"
    spec = "columns:\n  number: id\n  seen: date\n"
    report = run(tmp_path, key, text, spec, "--images", tmp_path / "out", "--project", "liver")
    assert (report["images"]["withImages"], report["images"]["withoutImages"]) == (1, 0)
    [row] = csv.DictReader(open(tmp_path / "out.csv"))
    assert row["number"] == released.PatientID
    assert pandas.to_datetime(row["seen"], format="%d.%m.%Y") == pandas.Timestamp(released.StudyDate)
    # Without the project it is another patient, whom nobody could link with the images.
    (tmp_path / "out.csv").unlink()
    report = run(tmp_path, key, text, spec, "--images", tmp_path / "out")
    assert (report["images"]["withImages"], report["images"]["withoutImages"]) == (0, 1)
    [row] = csv.DictReader(open(tmp_path / "out.csv"))
    assert row["number"] != released.PatientID


@pytest.mark.parametrize("name, python", [("windows-1252", "cp1252"), ("Latin-1", "latin-1"), ("utf-16le", "utf-16-le")])
def test_a_draft_is_made_of_a_table_in_another_encoding_and_remembers_it(tmp_path, key, name, python):
    text = "Patientennummer;Größe;Geschlecht\nP1;180;weiblich\nP2;171;männlich\n".encode(python)
    (tmp_path / "old.csv").write_bytes(text)
    refused = atles("deidentify", "table", tmp_path / "old.csv", "--suggest", check=False)
    assert refused.returncode == 1 and "--encoding" in refused.stderr
    draft = atles("deidentify", "table", tmp_path / "old.csv", "--suggest", "--encoding", name).stdout
    assert '"Größe"' in draft
    report = run(tmp_path, key, text, draft)
    assert report["written"] == 2
    unknown = atles("deidentify", "table", tmp_path / "old.csv", "--suggest", "--encoding", "ebcdic", check=False)
    assert unknown.returncode not in (0, 1, 3) and "windows-1252" in unknown.stderr


def test_a_workbook_is_refused_with_what_to_do(tmp_path, key):
    said = run(tmp_path, key, b"PK\x03\x04rest of a workbook", "columns:\n  id: id\n", expect=1)
    assert "CSV UTF-8" in said
    assert not (tmp_path / "out.csv").exists()


def test_nothing_is_written_when_a_row_does_not_fit(tmp_path, key):
    said = run(tmp_path, key, "id,sex\nP1,F\nP2\n", "columns:\n  id: id\n  sex: sex\n", expect=1)
    assert "row 3" in said and "P2" not in said
    assert list(tmp_path.glob("out.csv*")) == []
