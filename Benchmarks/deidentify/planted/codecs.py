"""Puts frames into a data set, natively or compressed with what PyPI's codecs can write."""
import io
import warnings

import numpy
import pydicom
from PIL import Image
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.pixels import compress
from pydicom.uid import (
    ExplicitVRLittleEndian, JPEG2000Lossless, JPEGBaseline8Bit, JPEGLSLossless, RLELossless,
)

LOSSLESS = {"rle": RLELossless, "j2k": JPEG2000Lossless, "jls": JPEGLSLossless}


def set_frames(data: pydicom.Dataset, frames: numpy.ndarray, bits: int, photometric: str) -> None:
    """Native little-endian frames, one byte a sample to eight bits, else two."""
    count, rows, columns = frames.shape[:3]
    data.Rows, data.Columns = rows, columns
    data.SamplesPerPixel = 3 if frames.ndim == 4 else 1
    data.PhotometricInterpretation = photometric
    data.BitsAllocated = 8 if bits <= 8 else 16
    data.BitsStored, data.HighBit, data.PixelRepresentation = bits, bits - 1, 0
    for keyword in ("PlanarConfiguration", "SmallestImagePixelValue", "LargestImagePixelValue", "PixelPaddingValue"):
        if keyword in data:
            del data[keyword]
    if frames.ndim == 4:
        data.PlanarConfiguration = 0
    if count > 1 or "NumberOfFrames" in data:
        data.NumberOfFrames = count
    raw = frames.astype(numpy.uint8 if bits <= 8 else "<u2").tobytes()
    data.PixelData = raw + b"\0" * (len(raw) % 2)
    data["PixelData"].VR = "OB" if bits <= 8 else "OW"
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian


def store(data: pydicom.Dataset, codec: str, extended: bool = False) -> None:
    """Compresses what set_frames has put there: rle, j2k, jls, jpeg (lossy) or native."""
    if codec == "native":
        return
    if codec == "jpeg":
        _jpeg(data, extended)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        uid = data.SOPInstanceUID
        compress(data, LOSSLESS[codec], generate_instance_uid=False)
        assert data.SOPInstanceUID == uid


def _jpeg(data: pydicom.Dataset, extended: bool) -> None:
    """JPEG baseline with half the colour, as ultrasound scanners write it."""
    frames = data.pixel_array
    if int(data.get("NumberOfFrames", 1)) == 1:
        frames = frames[None]
    fragments = []
    for frame in frames:
        out = io.BytesIO()
        Image.fromarray(frame).save(out, "JPEG", quality=92)
        fragments.append(out.getvalue() + b"\0" * (len(out.getvalue()) % 2))
    if extended:
        data.PixelData, data.ExtendedOffsetTable, data.ExtendedOffsetTableLengths = encapsulate_extended(fragments)
    else:
        data.PixelData = encapsulate(fragments)
    data["PixelData"].VR = "OB"
    data["PixelData"].is_undefined_length = True
    data.LossyImageCompression = "01"
    data.LossyImageCompressionRatio = "10"
    data.LossyImageCompressionMethod = "ISO_10918_1"
    if data.SamplesPerPixel == 3:
        data.PhotometricInterpretation = "YBR_FULL_422"
    data.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
