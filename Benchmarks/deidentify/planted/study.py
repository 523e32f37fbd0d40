"""One examination of a patient: its UIDs, numbers and times, and the plants that all of its objects carry."""
import dataclasses
import datetime
import pathlib
import random
import types

import numpy
import pydicom
from pydicom.uid import ExplicitVRLittleEndian

from . import texts
from .key import ObjectKey, Place
from .people import Person

PREAMBLE = b"II*\0\x08\0\0\0"  # looks like a TIFF, and may hold anything


class Numbers:
    """Series numbers that no two series of the corpus share: an object is found again by them."""

    def __init__(self):
        self.series = 0

    def next(self) -> int:
        self.series += 1
        return self.series


@dataclasses.dataclass
class Study:
    person: Person
    date: datetime.date
    time: datetime.time
    accession: str
    random: random.Random
    numbers: Numbers
    # Who writes the texts: a module with `descriptor`, `descriptor_with_name` and `history`.
    words: types.ModuleType = texts

    def __post_init__(self):
        self.noise = numpy.random.default_rng(self.random.randrange(2**32))
        self.study_uid = self.new_uid()
        self.frame_of_reference = self.new_uid()
        self.count = 0

    def new_uid(self) -> str:
        """As one maker writes them: with the device's serial number and the moment inside."""
        moment = self.date.strftime("%Y%m%d") + self.time.strftime("%H%M%S")
        tail = self.random.randrange(10**8, 10**9)
        return f"1.3.12.2.1107.5.2.43.{self.person.serial[:6]}.{moment}{tail}"

    @property
    def moment(self) -> datetime.datetime:
        return datetime.datetime.combine(self.date, self.time)

    @property
    def age(self) -> int:
        birth = self.person.birth
        return self.date.year - birth.year - ((self.date.month, self.date.day) < (birth.month, birth.day))


@dataclasses.dataclass
class Series:
    """What the objects of a series share."""

    study: Study
    modality: str
    description: texts.Text
    protocol: texts.Text
    uid: str = ""
    number: int = 0
    count: int = 0

    def __post_init__(self):
        self.uid = self.study.new_uid()
        self.number = self.study.numbers.next()

    def object(self, data: pydicom.Dataset, sop_class: str, kind: str) -> Place:
        """Gives the data set the identity of a new object of the series, with all plants that any object has."""
        self.count += 1
        study, person = self.study, self.study.person
        data.SOPClassUID = sop_class
        key = ObjectKey("", person.id, str(sop_class), self.number, self.count, kind)
        place = Place(data, key)
        data.SpecificCharacterSet = person.charset or "ISO_IR 100"
        data.InstanceNumber, data.SeriesNumber, data.Modality = self.count, self.number, self.modality
        _meta(place, study)
        _patient(place, study)
        _study(place, study)
        _series(place, self)
        place.stays("Modality", "SOPClassUID", "SeriesNumber", "InstanceNumber")
        return place


def _meta(place: Place, study: Study) -> None:
    data, person = place.data, study.person
    place.uid("SOPInstanceUID", study.new_uid())
    meta = pydicom.dataset.FileMetaDataset()
    meta.MediaStorageSOPClassUID = data.SOPClassUID
    meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = "1.2.276.0.7230010.3.0.3.6.7"
    meta.ImplementationVersionName = "OFFIS_DCMTK_367"
    meta.SourceApplicationEntityTitle = person.station
    meta.SendingApplicationEntityTitle = person.station
    meta.PrivateInformationCreatorUID = "1.2.276.0.7230010.9.9"
    meta.PrivateInformation = f"{person.id}|{person.ascii_name}".encode().ljust(60, b" ")
    data.file_meta = meta
    data.preamble = (PREAMBLE + f"{person.id} {person.ascii_name}".encode()).ljust(128, b"\0")[:128]
    place.note("text_removed", "meta.00020016", person.station, "file meta")
    place.note("text_removed", "meta.00020017", person.station, "file meta")
    place.note("text_removed", "meta.00020102", person.id, "file meta")
    place.note("text_removed", "preamble", person.id, "preamble")
    place.note("uid_changed", "meta.00020003", data.SOPInstanceUID, "file meta")


def _patient(place: Place, study: Study) -> None:
    data, person = place.data, study.person
    place.put("PatientName", person.name, remove=person.parts, kind="name")
    place.put("PatientID", person.id, remove=[person.id], kind="id")
    place.note("patid_consistent", place.name("PatientID"), person.id, "id")
    place.gone("IssuerOfPatientID", f"{person.hospital} ADT", kind="institution")
    place.gone("PatientBirthDate", person.birth.strftime("%Y%m%d"), kind="birth date")
    place.gone("OtherPatientIDs", person.other_id, vr="LO", kind="id")
    other = place.item("OtherPatientIDsSequence")
    other.gone("PatientID", person.insurance, kind="id")
    other.gone("IssuerOfPatientID", "Krankenkasse Barbarossa", kind="institution")
    place.put("PatientAddress", f"{person.street}, {person.postcode} {person.town}", kind="address",
              remove=[person.street, person.town])
    place.gone("PatientTelephoneNumbers", person.phone, kind="phone")
    place.gone("PatientMotherBirthName", person.relative, kind="name")
    data.PatientSex = person.sex
    data.PatientAge = f"{study.age:03d}Y"
    data.PatientSize, data.PatientWeight = "1.71", "68.5"
    place.stays("PatientSex", "PatientSize", "PatientWeight")
    if study.age > 89:
        place.note("text_removed", place.name("PatientAge"), data.PatientAge, "age over 89")
        place.note("text_notnull", place.name("PatientAge"), "", "age over 89")
    else:
        place.stays("PatientAge")


def _study(place: Place, study: Study) -> None:
    data, person = place.data, study.person
    place.uid("StudyInstanceUID", study.study_uid)
    place.date("StudyDate", study.date)
    data.StudyTime = study.time.strftime("%H%M%S")
    place.gone("AccessionNumber", study.accession, kind="id")
    place.gone("StudyID", study.accession[-8:], kind="id")
    referring, performing, operator, reading = person.staff
    for keyword, name in (
        ("ReferringPhysicianName", referring), ("PerformingPhysicianName", performing),
        ("OperatorsName", operator), ("NameOfPhysiciansReadingStudy", reading),
    ):
        place.put(keyword, name, remove=[part for part in name.split("^")[:2]], kind="staff")
    place.gone("InstitutionName", person.hospital, kind="institution")
    place.put("InstitutionAddress", person.hospital_address, remove=[person.hospital_address.split(",")[0]], kind="institution")
    place.gone("StationName", person.station, kind="device")
    place.gone("DeviceSerialNumber", person.serial, kind="device")
    request = place.item("RequestAttributesSequence")
    request.gone("RequestedProcedureID", study.accession[::-1], kind="nested")
    request.gone("ScheduledProcedureStepID", "S" + study.accession, kind="nested")
    request.put("RequestedProcedureDescription", f"CT Thorax {person.parts[0]}", remove=person.parts[:1], kind="nested")
    deeper = request.item("ScheduledProtocolCodeSequence")
    deeper.data.CodeValue, deeper.data.CodingSchemeDesignator, deeper.data.CodeMeaning = "24725-4", "LN", "CT Head"


def _series(place: Place, series: Series) -> None:
    data, study = place.data, series.study
    place.uid("SeriesInstanceUID", series.uid)
    place.date("SeriesDate", study.date)
    place.date("ContentDate", study.date)
    data.SeriesTime = data.ContentTime = study.time.strftime("%H%M%S")
    series.description.plant(place, "SeriesDescription")
    series.protocol.plant(place, "ProtocolName")
    study_words = study.words.descriptor(study.random, series.modality)
    study_words.plant(place, "StudyDescription")
    place.date("PerformedProcedureStepStartDate", study.date)
    data.PerformedProcedureStepStartTime = study.time.strftime("%H%M%S")
    place.gone("PerformedProcedureStepID", "P" + study.accession, kind="id")


def save(place: Place, folder: pathlib.Path, name: str, implicit: bool = False, deflated: bool = False) -> ObjectKey:
    """Writes the object; the name of the file tells whose it is, as exports from hospitals do."""
    data = place.data
    if implicit:
        data.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
    if deflated:
        data.file_meta.TransferSyntaxUID = pydicom.uid.DeflatedExplicitVRLittleEndian
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    data.save_as(
        file, implicit_vr=implicit, little_endian=True, enforce_file_format=True, overwrite=True)
    place.key.file = name
    return place.key
