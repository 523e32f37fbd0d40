"""`atles node check` on series made with pydicom and on real files, and a look at its page in a browser."""
import json
import pathlib
import re

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

from federation import atles

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 400, "height": 844}
ROOT = "1.2.826.0.1.3680043.8.498.77"


def picture(seed: int, size: int = 96) -> np.ndarray:
    """A picture of 12 bits: a bright body with round organs, noise, and air around it."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[-1:1:size * 1j, -1:1:size * 1j]
    values = np.where((x / .8) ** 2 + (y / .6) ** 2 < 1, 1060.0, 24.0)
    for _ in range(6):
        cx, cy, radius = *random.uniform(-.45, .45, 2), random.uniform(.08, .25)
        values[(x - cx) ** 2 + (y - cy) ** 2 < radius ** 2] = random.choice([200, 900, 1150, 1400, 2300])
    return (values + random.normal(0, 10, values.shape)).clip(0, 4095).astype("<u2")


class Series:
    """A series of CT slices that nothing is wrong with, until something is changed."""

    def __init__(self, folder: pathlib.Path, number: int, patient: str = "HOSP-1", study: int = 1, sex: str = "F"):
        self.folder, self.patient, self.sex = folder, patient, sex
        self.study, self.uid = f"{ROOT}.{study}", f"{ROOT}.{study}.{number}"

    def write(self, heights, seed: int, change=lambda ds, i: None) -> "Series":
        self.folder.mkdir(parents=True, exist_ok=True)
        for i, height in enumerate(heights):
            ds = self.slice(i, height, picture(seed + i))
            change(ds, i)
            ds.save_as(self.folder / f"{ds.SOPInstanceUID}.dcm", enforce_file_format=True)
        return self

    def slice(self, i: int, height: float, pixels: np.ndarray) -> Dataset:
        ds, ds_meta = Dataset(), FileMetaDataset()
        ds_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        ds_meta.MediaStorageSOPClassUID = ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        ds_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = f"{self.uid}.{i + 1}"
        ds.file_meta = ds_meta
        ds.PatientName, ds.PatientID, ds.PatientSex = "Doe^Jane", self.patient, self.sex
        ds.PatientAge, ds.PatientBirthDate = "061Y", "19630101"
        ds.StudyInstanceUID, ds.SeriesInstanceUID = self.study, self.uid
        ds.FrameOfReferenceUID = self.study + ".9"
        ds.StudyDate = ds.SeriesDate = ds.AcquisitionDate = "20240317"
        ds.Modality, ds.Manufacturer, ds.BodyPartExamined = "CT", "ACME", "LIVER"
        ds.ImageType, ds.InstanceNumber, ds.SliceThickness, ds.KVP = ["ORIGINAL", "PRIMARY", "AXIAL"], i + 1, 2.5, 120
        ds.ImagePositionPatient, ds.ImageOrientationPatient = [-100, -90, height], [1, 0, 0, 0, 1, 0]
        ds.PixelSpacing, ds.RescaleSlope, ds.RescaleIntercept = [2, 2], 1, -1024
        ds.Rows, ds.Columns = pixels.shape
        ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
        ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
        ds.PixelData = pixels.tobytes()
        return ds


def heights(count: int, spacing: float = 2.5, without=()) -> list[float]:
    return [i * spacing for i in range(count) if i not in without]


def checked(folder: pathlib.Path, sources, *options, expected: int) -> dict:
    node = folder / "node"
    atles("node", "init", "--folder", node, "--standalone", "--title", "Livers <of> \"Ponent\"")
    done = atles("node", "ingest", "--folder", node, *sources, check=False)
    assert done.returncode in (0, 3), done.stderr
    done = atles("node", "check", "--folder", node, "--json", *options, check=False)
    assert done.returncode == expected, done.stdout + done.stderr
    return json.loads(done.stdout)


def counts(report: dict, family: str = "") -> dict[str, int]:
    """What each rule found, without what a profile of de-identification takes away."""
    return {
        result["rule"]["id"]: result["count"] for result in report["rules"]
        if result["rule"]["id"].startswith(family) and result["rule"]["id"] != "minimum.attribute"
    }


def test_a_sound_data_set_has_no_findings(tmp_path):
    Series(tmp_path / "in", 1).write(heights(20), 100)
    Series(tmp_path / "in", 1, patient="HOSP-2", study=2).write(heights(15, 3), 200)
    report = checked(tmp_path, [tmp_path / "in"], expected=0)
    assert counts(report) == {}
    assert report["checked"]["objects"] == 35 and report["checked"]["framesDecoded"] == 6
    assert {s["series"]: s["slices"]["spacingMM"] for s in report["series"]} and len(report["series"]) == 2
    assert sorted(s["slices"]["spacingMM"] for s in report["series"]) == [2.5, 3]


def test_planted_faults_are_found_each_by_its_rule(tmp_path):
    source = tmp_path / "in"
    Series(source, 1).write(heights(40, without=(12, 13, 30)), 100)
    uneven = heights(20)
    uneven[7] += .9
    Series(source, 2).write(uneven, 200)

    def tilted(ds, i):
        if i % 3 == 0:
            ds.ImageOrientationPatient = [1, 0, 0, 0, 0, -1]
    Series(source, 1, patient="HOSP-2", study=2).write(heights(6), 300, tilted)

    def without_rescale(ds, i):
        del ds.RescaleSlope
        ds.PatientSex = "M"
    Series(source, 2, patient="HOSP-2", study=2).write(heights(5), 400, without_rescale)
    # The pictures of another patient's first series, pixel for pixel.
    Series(source, 1, patient="HOSP-3", study=3).write(heights(5), 100)

    def blank(ds, i):
        if i == 4:
            ds.PixelData = bytes(len(ds.PixelData))
            ds.BodyPartExamined = "LEBER"
    Series(source, 1, patient="HOSP-4", study=4).write(heights(5), 500, blank)

    report = checked(tmp_path, [source], expected=3)
    found = counts(report)
    assert found["geometry.missing-slice"] >= 3
    assert found["geometry.uneven-spacing"] == 2
    assert found["geometry.mixed-orientation"] == 1
    assert found["ct.rescale"] == 5 and found["patient.sex"] == 1
    assert found["duplicate.pixels-other-patient"] == 5
    assert found["pixel.constant"] == 1 and found["code.body-part"] == 1
    text = json.dumps(report)
    for original in ("Doe", "HOSP-", ROOT, "LEBER"):
        assert original not in text


@pytest.mark.parametrize("syntax", [RLELossless])
def test_the_same_pictures_in_another_compression_look_the_same(tmp_path, syntax):
    Series(tmp_path / "in", 1).write(heights(5), 100)
    Series(tmp_path / "in", 1, patient="HOSP-2", study=2).write(heights(5), 100, lambda ds, i: ds.compress(syntax))
    report = checked(tmp_path, [tmp_path / "in"], expected=0)
    assert counts(report, "duplicate") == {"duplicate.near-other-patient": 3}
    assert report["pairs"][0]["likeness"] == 1


def test_a_deep_check_decodes_every_frame(tmp_path):
    def blank(ds, i):
        if i == 1:
            ds.PixelData = bytes(len(ds.PixelData))
    Series(tmp_path / "in", 1).write(heights(9), 100, blank)
    report = checked(tmp_path, [tmp_path / "in"], "--deep", expected=0)
    assert counts(report) == {"pixel.constant": 1}
    assert report["checked"]["framesDecoded"] == 9 and report["checked"]["isDeep"]


def test_a_segmentation_without_its_images_is_an_orphan(tmp_path):
    Series(tmp_path / "in", 1).write(heights(5), 100)

    def segmentation(of: str, number: int):
        ds = Series(tmp_path / "in", number).slice(0, 0, picture(1))
        ds.SOPClassUID, ds.Modality = "1.2.840.10008.5.1.4.1.1.66.4", "SEG"
        ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
        item, series = Dataset(), Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", of
        series.SeriesInstanceUID, series.ReferencedInstanceSequence = f"{ROOT}.1.1", [item]
        ds.ReferencedSeriesSequence = [series]
        ds.save_as(tmp_path / "in" / f"seg{number}.dcm", enforce_file_format=True)
    segmentation(f"{ROOT}.1.1.3", 5)
    segmentation(f"{ROOT}.1.4.3", 6)
    report = checked(tmp_path, [tmp_path / "in"], expected=3)
    assert counts(report, "reference") == {"reference.orphan": 1}


def test_a_clinical_table_is_compared_with_the_images(tmp_path):
    Series(tmp_path / "in", 1).write(heights(5), 100)
    pseudonym = checked(tmp_path, [tmp_path / "in"], expected=0)["series"][0]["patient"]
    table = tmp_path / "clinical.csv"
    table.write_text(f"patient_id,sex\n{pseudonym},male\nNOBODY,female\n")
    done = atles("node", "check", "--folder", tmp_path / "node", "--json", "--clinical", table, check=False)
    assert done.returncode == 3
    assert counts(json.loads(done.stdout), "clinical") == {"clinical.sex": 1, "clinical.no-images": 1}
    table.write_text("name,sex\nx,male\n")
    done = atles("node", "check", "--folder", tmp_path / "node", "--clinical", table, check=False)
    assert done.returncode == 1 and "--patient-column" in done.stderr


def test_every_rule_is_printed_with_what_to_do(tmp_path):
    rules = json.loads(atles("node", "check", "--rules", "--json").stdout)
    text = atles("node", "check", "--rules").stdout
    assert len(rules) > 40
    for rule in rules:
        assert rule["id"] in text and rule["remedy"] and rule["severity"] in ("error", "warning", "notice")


def test_real_files_of_all_kinds_are_checked_to_the_end(tmp_path, samples):
    listing = tmp_path / "files"
    listing.write_text("".join(f"{sample}\n" for sample in samples))
    report = checked(tmp_path, ["--files-from", listing], "--deep", "--html", tmp_path / "page.html", expected=3)
    assert report["checked"]["objects"] > 100
    found = counts(report)
    # pydicom's liver_1frame.dcm has one frame left of three, and no file has the images of its segmentation.
    assert found["series.frame-groups"] == 1 and found["reference.orphan"] >= 3
    assert "pixel.undecodable" not in found, [r for r in report["rules"] if r["rule"]["id"] == "pixel.undecodable"]


# The page


@pytest.fixture(scope="module")
def page_file(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("check")
    source = folder / "in"
    Series(source, 1).write(heights(40, without=(12, 13, 30)), 100)
    Series(source, 2).write(heights(8), 200)
    Series(source, 1, patient="HOSP-3", study=3).write(heights(5), 100)
    (folder / "clinical.csv").write_text("patient_id,sex,topography\nNOBODY,F,C22\n")
    table = ["--clinical", folder / "clinical.csv"]
    shown = checked(folder, [source], *table, "--html", folder / "report.html", expected=3)
    done = atles("node", "check", "--folder", folder / "node", "--json", folder / "report.json", *table, check=False)
    written = json.loads((folder / "report.json").read_text())
    # Only the time differs; the terminal has the text.
    assert written | {"made": ""} == shown | {"made": ""} and "Slices are missing" in done.stdout
    return folder / "report.html"


@pytest.fixture
def open_page(browser, page_file):
    contexts, complaints = [], []

    def opened(**options):
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or complaints.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_the_page_shows_findings_pictures_and_gaps(open_page, page_file):
    page = open_page(java_script_enabled=True)
    assert page.get_by_role("heading", level=1).inner_text() == 'Livers <of> "Ponent"'
    finding = page.locator("#geometry\\.missing-slice")
    assert "3 of 40 slices are not there" in finding.inner_text()
    link = finding.get_by_role("link").first
    link.click()
    card = page.locator(page.url[page.url.index("#"):].replace(".", "\\."))
    assert card.locator(".missing-gap").count() == 2 and card.locator("img").count() == 3
    assert page.locator(".pair img").count() == 2
    page.wait_for_function("[...document.images].every(i => i.complete)")
    assert page.locator("img").count() > 8 and page.evaluate("[...document.images].filter(i => !i.naturalWidth).length") == 0
    text = page_file.read_text()
    assert not re.search(r"<script|https?:|Doe|HOSP-", text) and ROOT not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, scheme):
    """The rules of axe-core for WCAG 2.2 AA and for good practice."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(open_page, scheme):
    page = open_page(viewport=PHONE, color_scheme=scheme, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
