"""Risk of re-identification, measured by Atles and by pycanon on the same tables."""
import json
import math

import numpy
import pandas
import pydicom
import pytest
from pycanon import anonymity

from federation import atles


def measured(table, quasi, sensitive, *options) -> dict:
    """What Atles says of a table, with every row a patient."""
    arguments = [part for name in quasi for part in ("--quasi", name)]
    arguments += [part for name in sensitive for part in ("--sensitive", name)]
    done = atles("deidentify", "risk", table, *arguments, "--json", *options, check=False)
    assert done.returncode in (0, 3), done.stderr
    return json.loads(done.stdout)


def compare(table, quasi, sensitive) -> dict:
    frame = pandas.read_csv(table, keep_default_na=False)
    report = measured(table, quasi, sensitive)
    assert report["records"] == len(frame)
    assert report["smallest"] == anonymity.k_anonymity(frame, quasi)
    sizes = frame.groupby(quasi).size()
    assert report["classes"] == len(sizes)
    assert {one["size"]: one["classes"] for one in report["sizes"]} == sizes.value_counts().to_dict()
    assert report["risk"]["prosecutor"]["average"] == pytest.approx(len(sizes) / len(frame))
    assert report["risk"]["prosecutor"]["highest"] == pytest.approx(1 / sizes.min())
    assert report["atRisk"] == sizes[sizes < 5].sum()
    for name, one in zip(sensitive, report["diversity"]):
        assert one["attribute"] == name
        assert one["distinct"] == anonymity.l_diversity(frame, quasi, [name])
        # pycanon gives the whole part.
        assert math.floor(one["entropy"] + 1e-9) == anonymity.entropy_l_diversity(frame, quasi, [name])
        assert one["closeness"] == pytest.approx(anonymity.t_closeness(frame, quasi, [name]), abs=1e-9)
    return report


@pytest.mark.parametrize("seed", range(4))
def test_measures_agree_on_tables_made_at_random(tmp_path, seed):
    random = numpy.random.default_rng(seed)
    count = 400
    table = tmp_path / "table.csv"
    pandas.DataFrame({
        "age": random.integers(50, 56, count),
        "sex": random.choice(["F", "M"], count),
        "topography": random.choice(["C50.1", "C50.9", "C61.9"], count, p=[0.6, 0.3, 0.1]),
        "stage": random.choice(["I", "II", "III", "IV"], count),
        "score": random.integers(0, 8, count),
    }).to_csv(table, index=False)
    compare(table, ["age", "sex", "topography"], ["stage", "score"])


def test_measures_agree_on_a_real_table_of_breast_cancer(shared):
    table = shared / "data/fed_tcga_brca/brca.csv"
    if not table.exists():
        pytest.skip(f"there is no {table}")
    compare(table, ["age_at_index", "race_white", "icd_10_code_C50.9"], ["E", "tumor_stage_stage iia"])


@pytest.mark.parametrize("k", [2, 5])
def test_suggestions_reach_k_when_pandas_follows_them(tmp_path, k):
    random = numpy.random.default_rng(k)
    frame = pandas.DataFrame({"age": random.integers(30, 90, 300), "sex": random.choice(["F", "M"], 300)})
    table = tmp_path / "table.csv"
    frame.to_csv(table, index=False)
    report = measured(table, ["age:age", "sex"], [], "-k", k)
    assert report["suggestions"], "there is always one of these"
    for suggestion in report["suggestions"]:
        told = {one["name"]: one["how"] for one in suggestion["told"]}
        coarse = frame.copy()
        for name, how in told.items():
            if how.startswith("in bands of "):
                coarse[name] = coarse[name] // int(how.split()[-1])
            elif how == "left out":
                coarse[name] = "*"
            else:
                assert how == "as it is"
        sizes = coarse.groupby(["age", "sex"]).size()
        assert sizes[sizes < k].sum() == suggestion["suppressed"]
        assert sizes[sizes >= k].min() == suggestion["smallest"]


def test_the_command_says_whether_a_table_may_be_published(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("age,sex\n" + "50,F\n" * 6)
    page = tmp_path / "page.html"
    assert atles("deidentify", "risk", table, "--quasi", "age:age", "--html", page).stdout.startswith("passed")
    assert "<svg" in page.read_text()
    table.write_text("age,sex\n" + "50,F\n" * 6 + "91,F\n")
    assert atles("deidentify", "risk", table, "--quasi", "age:age", check=False).returncode == 3


def test_images_and_a_table_are_measured_together(tmp_path):
    """Two patients who look the same in images, and differ in the table's area."""
    folder = tmp_path / "images"
    folder.mkdir()
    for number, patient in enumerate(["A", "B", "C"]):
        data = pydicom.Dataset()
        data.file_meta = pydicom.dataset.FileMetaDataset()
        data.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
        data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = pydicom.uid.MRImageStorage
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{number}"
        data.StudyInstanceUID = f"1.2.4.{number}"
        data.PatientID, data.PatientSex, data.PatientAge, data.Modality = patient, "F", "050Y", "MR"
        data.save_as(folder / f"{number}.dcm", enforce_file_format=True)
    images = atles("deidentify", "risk", "--images", folder, "-k", 3, "--json")
    assert json.loads(images.stdout)["smallest"] == 3
    table = tmp_path / "table.csv"
    table.write_text("id,area\nA,101\nB,101\nC,203\n")
    both = atles("deidentify", "risk", table, "--images", folder, "--patient", "id", "--quasi", "area:area", "-k", 3,
                 "--json", check=False)
    report = json.loads(both.stdout)
    assert both.returncode == 3
    assert report["smallest"] == 1
    assert [one["pseudonym"] for one in report["listed"]] == ["C", "A", "B"]
    assert report["listed"][0]["because"] == "area"
