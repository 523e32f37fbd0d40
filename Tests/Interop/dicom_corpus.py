"""The DICOM files that the interop tests read: everything that the pydicom wheel ships, and the built `atles`."""

import os
import pathlib
import subprocess

import pydicom

ROOT = pathlib.Path(__file__).resolve().parents[2]
ATLES = os.environ.get("ATLES", str(ROOT / ".build/debug/atles"))
DATA = pathlib.Path(pydicom.__file__).parent / "data"

# A guard against a command that hangs, not a measure of its speed.
HANG_GUARD_SECONDS = 120


def files() -> list[pathlib.Path]:
    """All files of data/test_files and data/charset_files, those that are not DICOM too."""
    found = [path for folder in ("test_files", "charset_files") for path in (DATA / folder).rglob("*")]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py")


def name(path: pathlib.Path) -> str:
    return str(path.relative_to(DATA))


def atles(*arguments: str) -> subprocess.CompletedProcess:
    """Runs `atles dicom …`."""
    return subprocess.run(
        [ATLES, "dicom", *map(str, arguments)], capture_output=True, timeout=HANG_GUARD_SECONDS, check=False)


def read(path: pathlib.Path) -> pydicom.Dataset | None:
    """What pydicom makes of a file; None where it says that this is no DICOM file."""
    try:
        return pydicom.dcmread(path)
    except pydicom.errors.InvalidDicomError:
        return None
