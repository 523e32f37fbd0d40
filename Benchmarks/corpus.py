"""Makes the corpus that the benchmarks run on: CT slices of 512 x 512 x 16 bit that look like a scanner's."""
import os
import pathlib

import numpy
import pydicom
from pydicom.data import get_testdata_file
from pydicom.uid import ExplicitVRLittleEndian

SLICES_A_SERIES = 200


def make(folder: pathlib.Path, slices: int) -> None:
    """Writes `slices` files to `folder`, series of 200, one patient a series. Does nothing where they are there."""
    mark = folder.with_suffix(".complete")
    if mark.exists() and mark.read_text() == str(slices):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    base = pydicom.dcmread(get_testdata_file("CT_small.dcm"))
    noise = numpy.random.default_rng(20240229)
    # A phantom: a disc of water in air, with noise, so that the bytes do not compress to nothing.
    rows, columns = numpy.mgrid[0:512, 0:512]
    disc = numpy.where((rows - 256) ** 2 + (columns - 256) ** 2 < 200**2, 0, -1000)
    root = "1.2.826.0.1.3680043.8.498.20240229"
    for number in range(slices):
        series, position = divmod(number, SLICES_A_SERIES)
        slice_ = base.copy()
        slice_.PatientID = f"BENCH{series:04d}"
        slice_.PatientName = f"Phantom^Series{series:04d}"
        slice_.PatientSex = "FM"[series % 2]
        slice_.StudyInstanceUID = f"{root}.1.{series}"
        slice_.SeriesInstanceUID = f"{root}.2.{series}"
        slice_.SOPInstanceUID = f"{root}.3.{number}"
        slice_.file_meta.MediaStorageSOPInstanceUID = slice_.SOPInstanceUID
        slice_.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        slice_.InstanceNumber = position + 1
        slice_.ImagePositionPatient = [-180, -180, position * 1.25]
        slice_.SliceThickness = "1.25"
        slice_.Rows = slice_.Columns = 512
        slice_.BitsAllocated, slice_.BitsStored, slice_.HighBit, slice_.PixelRepresentation = 16, 16, 15, 1
        if "DataSetTrailingPadding" in slice_:
            del slice_.DataSetTrailingPadding
        pixels = disc + noise.integers(-40, 40, size=disc.shape)
        slice_.PixelData = pixels.astype("<i2").tobytes()
        slice_.save_as(folder / f"{number:06d}.dcm", enforce_file_format=True)
    os.sync()
    mark.write_text(str(slices))
