"""De-identification through a real node, judged by pydicom: every sample that it reads is taken in by itself.

What is looked for in the output is taken from the source by pydicom, never from what Atles thinks was there.
"""
import collections
import functools
import hashlib
import json
import pathlib
import re
import shutil
import struct
import subprocess

import pydicom
import pytest
from pydicom.datadict import dictionary_VR, keyword_for_tag
from pydicom.tag import Tag

from conftest import SAMPLES
from federation import atles

STANDARD_ROOT = "1.2.840.10008."
DUMMIES = {"REMOVED", "19000101", "19000101000000", "000000", "000Y"}

# Whose values lead to a person or a place. Names and dates are found by their VR as well.
IDENTIFYING = {
    "PatientID", "OtherPatientIDs", "PatientName", "PatientBirthDate", "PatientAddress", "AccessionNumber", "StudyID",
    "InstitutionName", "InstitutionAddress", "InstitutionalDepartmentName", "ReferringPhysicianName", "StationName",
    "DeviceSerialNumber", "StudyDescription", "SeriesDescription", "ProtocolName", "PerformedProcedureStepID",
    "RequestedProcedureID", "ScheduledProcedureStepID", "AdditionalPatientHistory", "PatientComments", "ImageComments",
    "RequestingService", "PerformedStationAETitle", "ScheduledStationAETitle", "OperatorsName", "IssuerOfPatientID",
    "SourceApplicationEntityTitle", "CountryOfResidence", "EthnicGroup", "Occupation",
}
# UIDs that name kinds of things.
CLASSES = {
    "SOPClassUID", "ReferencedSOPClassUID", "MediaStorageSOPClassUID", "TransferSyntaxUID", "CodingSchemeUID",
    "ContextUID", "MappingResourceUID", "ContextGroupExtensionCreatorUID", "RelatedGeneralSOPClassUID",
    "OriginalSpecializedSOPClassUID", "SOPClassesInStudy", "ImplementationClassUID",
}


def sample_files() -> list[pathlib.Path]:
    """The samples that pydicom reads and that are objects: with a SOP class, no directories of files."""
    found = []
    for folder in ("test_files", "charset_files"):
        for file in sorted((SAMPLES / folder).rglob("*")):
            if not file.is_file() or file.suffix == ".py":
                continue
            try:
                data = pydicom.dcmread(file)
            except Exception:
                continue
            if "SOPClassUID" in data and "DirectoryRecordSequence" not in data:
                found.append(file)
    return found


FILES = sample_files()


def name(file: pathlib.Path) -> str:
    return str(file.relative_to(SAMPLES))


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> pathlib.Path:
    """A new node. Copies of it share its key, as one node does through the years."""
    folder = tmp_path_factory.mktemp("deidentify") / "node"
    atles("node", "init", "--folder", folder, "--standalone")
    # The basic profile, nothing but: what options keep has its own tests, with planted identifiers.
    settings = pathlib.Path(folder) / "node.yaml"
    settings.write_text(settings.read_text().replace("profile: research", "profile: basic"))
    return folder


class Intake:
    """One file taken into a copy of the node: what the summary says, and the stored objects."""

    def __init__(self, template: pathlib.Path, folder: pathlib.Path, *paths: pathlib.Path):
        shutil.copytree(template, folder)
        done = atles("node", "ingest", "--folder", folder, *paths, "--json", check=False)
        assert done.returncode in (0, 3), done.stderr
        self.summary = json.loads(done.stdout)
        self.log = done.stderr
        self.objects = sorted((folder / "store" / "objects").rglob("*.dcm"))


@pytest.fixture(scope="module")
def taken_in(template):
    @functools.cache
    def take_in(file: pathlib.Path) -> Intake:
        return Intake(template, template.parent / hashlib.sha256(str(file).encode()).hexdigest()[:16], file)

    return take_in


def walk(data: pydicom.Dataset, path=()):
    """Every element with its place: tags and item numbers. Empty text is not told."""
    for element in data:
        here = path + (int(element.tag),)
        yield here, element
        if element.VR == "SQ":
            for number, item in enumerate(element.value):
                yield from walk(item, here + (number,))


def identifiers(data: pydicom.Dataset) -> set[str]:
    """What must not be found in the output: at least five characters, so that chance finds nothing."""
    values = set()
    for _, element in list(walk(data.file_meta)) + list(walk(data)):
        keyword = keyword_for_tag(element.tag)
        try:
            parts = [str(part) for part in (element.value if element.VM > 1 else [element.value])]
        except Exception:
            continue
        if element.VR == "PN":
            for part in parts:
                values.update(part.replace("^", "=").split("="))
        elif element.VR in ("DA", "DT", "TM") or keyword in IDENTIFYING:
            values.update(parts)
        elif element.VR == "UI" and keyword not in CLASSES and not element.tag.is_private:
            values.update(part for part in parts if not part.startswith(STANDARD_ROOT))
    return {value.strip() for value in values if len(value.strip()) >= 5} - DUMMIES


def header_bytes(file: pathlib.Path) -> bytes:
    """The file without its pixels, whose bytes may be anything."""
    whole = file.read_bytes()
    data = pydicom.dcmread(file)
    return whole.replace(data.PixelData, b"") if "PixelData" in data else whole


def is_in(needle: bytes, content: bytes) -> bool:
    """Whether the value stands there. One of digits alone (a time, a number) has to stand by itself: within the 39
    digits of a pseudonymous UID, six digits of a time are met by chance in one run of a few hundred."""
    if not needle.isdigit():
        return needle in content
    return re.search(rb"(?<![\d.])" + needle + rb"(?!\d)", content) is not None


def is_stored(intake: Intake) -> bool:
    return intake.summary["accepted"] == 1


@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_sample_is_taken_in_or_explained(file, taken_in):
    intake = taken_in(file)
    if is_stored(intake):
        assert len(intake.objects) == 1
        return
    assert not intake.objects
    (entry,) = intake.summary["quarantined"]["files"]
    assert len(entry["explanation"]) > 20
    for value in identifiers(pydicom.dcmread(file)):
        assert value not in entry["explanation"] and value not in intake.log


def test_few_samples_are_refused(taken_in):
    refused = {name(file): taken_in(file).summary["quarantined"]["reasons"] for file in FILES if not is_stored(taken_in(file))}
    reasons = collections.Counter(reason for each in refused.values() for reason in each)
    assert set(reasons) <= {"truncated", "incomplete", "burnedInText", "document"}, refused
    assert len(refused) * 10 < len(FILES), refused


@pytest.mark.parametrize("file", FILES, ids=name)
def test_pydicom_reads_what_is_stored(file, taken_in):
    for stored in taken_in(file).objects:
        data = pydicom.dcmread(stored)
        elements = list(walk(data))  # every value is converted
        assert stored.read_bytes()[:128] == bytes(128)
        assert data.file_meta.MediaStorageSOPInstanceUID == data.SOPInstanceUID
        assert data.file_meta.MediaStorageSOPClassUID == data.SOPClassUID == pydicom.dcmread(file).SOPClassUID
        assert data.PatientIdentityRemoved == "YES"
        assert data.LongitudinalTemporalInformationModified == "REMOVED"
        assert [item.CodeValue for item in data.DeidentificationMethodCodeSequence] == ["113100"]
        assert not any(element.tag.is_private for _, element in elements)
        assert stored.name == hashlib.sha256(stored.read_bytes()).hexdigest() + ".dcm"


# Attributes that the standard leaves in place. A value that a source has here as well as in one that identifies (its
# maker as its institution, a body part as its description) is not looked for.
HARMLESS = {"Manufacturer", "ManufacturerModelName", "PositionReferenceIndicator", "BodyPartExamined"}


def harmless(data: pydicom.Dataset) -> str:
    return "\n".join(str(element.value) for _, element in walk(data) if keyword_for_tag(element.tag) in HARMLESS)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_identifier_of_the_source_is_left(file, taken_in):
    source = pydicom.dcmread(file)
    for stored in taken_in(file).objects:
        content = header_bytes(stored)
        encodings = {"ascii", "utf-8", "latin-1", *(_python_encodings(source))}
        for value in identifiers(source):
            if value in harmless(source):
                continue
            for encoding in encodings:
                try:
                    needle = value.encode(encoding)
                except (UnicodeEncodeError, LookupError):
                    continue
                assert not is_in(needle, content), f"{value!r} of {name(file)} is in the output"


def _python_encodings(data: pydicom.Dataset) -> list[str]:
    from pydicom.charset import convert_encodings

    try:
        return convert_encodings(data.get("SpecificCharacterSet", "") or "")
    except Exception:
        return []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_pixel_bytes_are_unchanged(file, taken_in):
    source = pydicom.dcmread(file)
    for stored in taken_in(file).objects:
        data = pydicom.dcmread(stored)
        assert ("PixelData" in data) == ("PixelData" in source)
        if "PixelData" not in source:
            continue
        expected = bytes(source.PixelData)
        if not source.file_meta.get("TransferSyntaxUID", "1.2").startswith("1.2.840.10008.1.2.4"):
            expected += b"\0" * (len(expected) % 2)
        if source.original_encoding == (False, False) and source["PixelData"].VR == "OW":
            # Big endian words are stored as little endian ones.
            count = len(expected) // 2
            expected = struct.pack(f"<{count}H", *struct.unpack(f">{count}H", expected))
        assert hashlib.sha256(bytes(data.PixelData)).digest() == hashlib.sha256(expected).digest()


def test_references_meet_after_as_before(taken_in):
    """A UID has one pseudonym in all objects of all files, and two UIDs never the same."""
    forward, backward = {}, {}
    places = 0
    for file in FILES:
        intake = taken_in(file)
        if not is_stored(intake):
            continue
        source = dict(walk(pydicom.dcmread(file)))
        for place, element in walk(pydicom.dcmread(intake.objects[0])):
            if element.VR != "UI" or keyword_for_tag(element.tag) in CLASSES or place not in source:
                continue
            before, after = source[place].value, element.value
            before = [before] if isinstance(before, str) else list(before or [])
            after = [after] if isinstance(after, str) else list(after or [])
            assert len(before) == len(after), f"{name(file)} {element.tag}"
            for old, new in zip(map(str, before), map(str, after)):
                if not old:
                    continue
                assert forward.setdefault(old, new) == new
                assert backward.setdefault(new, old) == old
                if old.startswith(STANDARD_ROOT):
                    # Some makers of samples used the standard's own root for their objects.
                    assert new == old or new.startswith("2.25.")
                else:
                    assert new.startswith("2.25.") and len(new) <= 64
                places += 1
    assert places > 500


def test_patients_stay_apart_and_together(taken_in):
    pseudonyms = collections.defaultdict(set)
    for file in FILES:
        source = pydicom.dcmread(file)
        if is_stored(taken_in(file)) and source.get("PatientID"):
            key = (source.get("IssuerOfPatientID", ""), str(source.PatientID).strip())
            pseudonyms[key].add(pydicom.dcmread(taken_in(file).objects[0]).PatientID)
    assert all(len(found) == 1 for found in pseudonyms.values())
    assert len(set().union(*pseudonyms.values())) == len(pseudonyms) > 10
    assert all(len(text) <= 16 and text.isalnum() and text.isupper() for found in pseudonyms.values() for text in found)


def dciodvfy_errors(file: pathlib.Path) -> collections.Counter:
    """What dicom3tools finds wrong with an object, without the values that it repeats."""
    done = subprocess.run(["dciodvfy", file], capture_output=True, text=True, errors="replace", timeout=120)
    return collections.Counter(
        re.sub("<[^>]*>", "", line) for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error"))


@pytest.mark.skipif(not shutil.which("dciodvfy"), reason="dciodvfy (Debian's dicom3tools) is not installed")
@pytest.mark.parametrize("file", FILES, ids=name)
def test_objects_are_as_valid_as_before(file, taken_in):
    if pydicom.dcmread(file).file_meta.get("TransferSyntaxUID") == pydicom.uid.DeflatedExplicitVRLittleEndian:
        pytest.skip("dciodvfy does not read deflated originals")
    for stored in taken_in(file).objects:
        assert not dciodvfy_errors(stored) - dciodvfy_errors(file)


def planted(vr: str):
    """A value of that VR that would tell who the patient is."""
    return {
        "AS": "103Y", "DA": "19410803", "TM": "041327.55", "DT": "19410803041327.55", "DS": "47114711", "IS": "4711471",
        "UI": "1.3.6.1.4.1.9590.4711", "UR": "https://hospital.example/MUSTERMANN", "AE": "MUSTERMANN", "CS": "MUSTERMANN",
    }.get(vr, b"MUSTERMANN^ERIKA" if vr in ("OB", "OW", "UN") else "MUSTERMANN^ERIKA")


def plant(data: pydicom.Dataset, rows: list[dict]) -> None:
    for row in rows:
        if not all(digit in "0123456789abcdef" for digit in row["id"]) or row["id"][:4] in ("0000", "0002"):
            continue
        tag = Tag(int(row["id"], 16))
        vr = dictionary_VR(tag).split(" or ")[0]
        if vr == "SQ":
            item = pydicom.Dataset()
            item.ReferencedSOPInstanceUID = "1.3.6.1.4.1.9590.4711"
            item.PersonName = "MUSTERMANN^ERIKA"
            data.add_new(tag, "SQ", [item])
        elif vr in ("US", "SS", "UL", "SL", "FL", "FD", "AT"):
            data.add_new(tag, vr, 4711)
        else:
            data.add_new(tag, vr, planted(vr))


def test_nothing_planted_survives(template, shared, tmp_path):
    """Every attribute of PS3.15 table E.1-1 planted by pydicom, in the object, in a sequence of it, and in private ones."""
    rows = json.loads((shared / "data/dicom/confidentiality_profile_attributes.json").read_text())
    data = pydicom.dcmread(SAMPLES / "test_files" / "CT_small.dcm")
    for row_set in (data, item := pydicom.Dataset()):
        plant(row_set, [row for row in rows if row["id"] not in ("00420011", "00080018")])
    data.SOPInstanceUID = "1.3.6.1.4.1.9590.4711.1"
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    data.ContributingEquipmentSequence = [item]
    block = data.private_block(0x0029, "MUSTERMANN", create=True)
    block.add_new(1, "LO", "MUSTERMANN^ERIKA")
    block = item.private_block(0x0029, "MUSTERMANN", create=True)
    block.add_new(1, "SQ", [pydicom.Dataset()])
    data.file_meta.SourceApplicationEntityTitle = "MUSTERMANN"
    data.preamble = b"MUSTERMANN".ljust(128, b"\0")
    data.save_as(tmp_path / "planted.dcm", enforce_file_format=False)

    intake = Intake(template, tmp_path / "node", tmp_path / "planted.dcm")
    assert is_stored(intake), intake.summary
    content = header_bytes(intake.objects[0])
    for text in (b"MUSTERMANN", b"ERIKA", b"19410803", b"041327", b"9590", b"47114711", b"103Y", b"hospital.example"):
        assert text not in content, text
    list(walk(pydicom.dcmread(intake.objects[0])))


def test_a_second_intake_changes_nothing(template, tmp_path):
    first = Intake(template, tmp_path / "node", SAMPLES / "test_files", SAMPLES / "charset_files")
    before = {file: file.stat().st_mtime_ns for file in first.objects}
    done = atles(
        "node", "ingest", "--folder", tmp_path / "node", SAMPLES / "test_files", SAMPLES / "charset_files", "--json",
        check=False)
    again = json.loads(done.stdout)
    assert first.summary["accepted"] > 100 and again["accepted"] == 0
    assert again["alreadyThere"] == first.summary["accepted"] + first.summary["alreadyThere"]
    assert again["quarantined"]["reasons"] == first.summary["quarantined"]["reasons"]
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "node/store/objects").rglob("*.dcm")} == before
