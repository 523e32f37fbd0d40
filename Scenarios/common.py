"""What the scenarios share: real images, a node's true contents, and the folder to work in."""
import json
import pathlib
import shutil
import sqlite3
import sys

import pydicom

from federation import ATLES, Federation, atles  # noqa: F401  (scenarios import these from here)

SAMPLES = pathlib.Path(pydicom.__file__).parent / "data/test_files"


def work() -> pathlib.Path:
    """The scenario's own folder; the runner removes it."""
    return pathlib.Path(sys.argv[1])


def make_images(folder: pathlib.Path, patients: int, slices: int, modality: str = "CT") -> list[pathlib.Path]:
    """Small valid objects made from a real one: `patients` patients with one series of `slices` images each."""
    folder.mkdir(parents=True, exist_ok=True)
    base = pydicom.dcmread(SAMPLES / "CT_small.dcm")
    files = []
    for patient in range(patients):
        for number in range(slices):
            image = base.copy()
            image.PatientID = f"{modality}-{patient:04d}"
            image.PatientName = f"Test^Patient{patient:04d}"
            image.PatientSex = "FM"[patient % 2]
            image.PatientAge = f"{30 + patient % 60:03d}Y"
            image.Modality = modality
            image.StudyInstanceUID = f"1.2.3.{len(modality)}.{ord(modality[0])}.1.{patient}"
            image.SeriesInstanceUID = f"1.2.3.{len(modality)}.{ord(modality[0])}.2.{patient}"
            image.SOPInstanceUID = f"1.2.3.{len(modality)}.{ord(modality[0])}.3.{patient}.{number}"
            image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
            image.InstanceNumber = number + 1
            file = folder / f"{modality}{patient:04d}-{number:04d}.dcm"
            image.save_as(file)
            files.append(file)
    return files


def make_cohort(folder: pathlib.Path, ct: int, mr: int = 8, slices: int = 1) -> None:
    """Patients of two modalities, so that neither the cohort of one nor the rest is a small group."""
    make_images(folder, patients=ct, slices=slices, modality="CT")
    make_images(folder, patients=mr, slices=slices, modality="MR")


def standalone_node(folder: pathlib.Path) -> pathlib.Path:
    atles("node", "init", "--standalone", "--folder", folder)
    return folder


def copy_of(node: pathlib.Path, to: pathlib.Path) -> pathlib.Path:
    """Another node with the same keys: it gives the same files the same pseudonyms."""
    shutil.copytree(node, to)
    return to


def contents(node: pathlib.Path) -> dict:
    """What a node holds: every indexed instance's UID with its digest, and the objects in its store."""
    with sqlite3.connect(node / "index.sqlite") as index:
        assert index.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        instances = index.execute("SELECT uid, hex(digest) FROM instance ORDER BY 1").fetchall()
    objects = sorted(file.stem for file in (node / "store/objects").rglob("*.dcm"))
    return {"instances": instances, "objects": objects}


def status(node: pathlib.Path) -> dict:
    return json.loads(atles("node", "status", "--folder", node, "--json").stdout)
