"""Made-up objects of one patient: some that are released at once, some that must wait for a person, and why."""
import pathlib

import numpy as np
import pydicom
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, MPEG2MPML

FAMILY, GIVEN, PATIENT_ID, ACCESSION = "Quirrelwood", "Amandine", "HOSP-558812", "ACC-7788-99"
# What must not be in anything that leaves: as it is written, searched for in capitals and small letters.
IDENTIFYING = [FAMILY, GIVEN, PATIENT_ID, ACCESSION, "19601224", "1.2.826.0.1.3680043.8.498.91"]
ROOT = IDENTIFYING[-1]
ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def fan(seed: int, height: int = 480, width: int = 640) -> np.ndarray:
    """What an ultrasound picture looks like: speckle in a fan, a dark cyst, black around it."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    depth = np.hypot(x - width / 2, y + 60)
    inside = (depth > 90) & (depth < height + 30) & (np.abs(x - width / 2) < (y + 60) * .62)
    cyst = np.hypot((x - width * .56) / 1.3, y - height * .5) < 34
    bright = random.gamma(2.2, 19, (height, width)) * np.exp(-depth / 900) * np.where(cyst, .12, 1)
    return np.clip(bright * inside, 0, 255).astype(np.uint8)


def with_text(pixels: np.ndarray, *lines: str) -> np.ndarray:
    image = Image.fromarray(pixels)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 17)
    for number, line in enumerate(lines):
        draw.text((12, 8 + 24 * number), line, fill=255, font=font)
    return np.array(image)


def ultrasound(number: int, pixels: np.ndarray, **more) -> Dataset:
    ds, meta = Dataset(), FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = ds.SOPClassUID = ULTRASOUND
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = f"{ROOT}.3.{number}"
    ds.file_meta = meta
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.InstanceNumber = f"{ROOT}.1", f"{ROOT}.2", number
    ds.PatientName, ds.PatientID, ds.PatientBirthDate, ds.PatientSex = f"{FAMILY}^{GIVEN}", PATIENT_ID, "19601224", "F"
    ds.Modality, ds.StudyDate, ds.AccessionNumber, ds.ImageType = "US", "20200102", ACCESSION, ["ORIGINAL", "PRIMARY"]
    ds.Rows, ds.Columns = pixels.shape
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 8, 8, 7, 0
    ds.PixelData = pixels.tobytes()
    for keyword, value in more.items():
        setattr(ds, keyword, value)
    return ds


def released(number: int) -> Dataset:
    """Nothing in it needs a person."""
    return ultrasound(number, fan(number))


def named_body_part(number: int) -> Dataset:
    """The name is in the pixels, where it can be covered, and where a body part belongs, which profiles keep."""
    pixels = with_text(fan(number), f"{FAMILY.upper()} {GIVEN.upper()}", "24.12.1960  F")
    return ultrasound(number, pixels, BodyPartExamined=FAMILY.upper())


def video(number: int) -> Dataset:
    """Frames that nothing here can decode, of a kind that likes to have names in the pixels."""
    ds = ultrasound(number, fan(number))
    ds.file_meta.TransferSyntaxUID = MPEG2MPML
    ds.PixelData = encapsulate([b"\x00\x00\x01\xb3" + bytes(500)])
    ds["PixelData"].VR = "OB"
    return ds


def write(folder: pathlib.Path, objects: dict[str, Dataset]) -> pathlib.Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, ds in objects.items():
        pydicom.dcmwrite(folder / f"{name}.dcm", ds, enforce_file_format=True)
    return folder


def identifying_text(folder: pathlib.Path) -> list[tuple[str, str]]:
    """Files below the folder that have something identifying in their bytes or their path."""
    found = []
    for file in sorted(folder.rglob("*")):
        content = str(file.relative_to(folder)).lower().encode() + b"\n"
        content += file.read_bytes().lower() if file.is_file() else b""
        found += [(str(file), text) for text in IDENTIFYING if text.lower().encode() in content]
    return found
