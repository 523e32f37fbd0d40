#!/usr/bin/env python3
"""Writes references.json: what other programs decode from the sample images of pydicom and pydicom-data.

For lossless and native frames the CRC-32 of the pixels, by pixel, little endian, colours as stored; for lossy ones the
values of some pixels, colour as RGB. Decoded by pydicom with pylibjpeg (JPEG, JPEG 2000, RLE) and pyjpegls (JPEG-LS,
CharLS inside); the versions are in the file. Run it again only to add files:

    pip install pydicom pydicom-data 'pylibjpeg[all]' pyjpegls && python make_references.py
"""
import importlib.metadata
import json
import pathlib
import warnings
import zlib

import numpy
import pydicom
from pydicom.pixels import get_decoder

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).resolve().parent
SITE = pathlib.Path(pydicom.__file__).parent.parent
FOLDERS = ["pydicom/data/test_files", "data_store/data"]
LOSSY = {"4.50", "4.51", "4.81", "4.91", "4.203"}
SAMPLES = 64


def suffix(uid):
    return uid.removeprefix("1.2.840.10008.1.2").removeprefix(".")


def plugin(uid):
    if suffix(uid) in {"4.80", "4.81"}:
        return "pyjpegls"
    return "pylibjpeg" if uid.is_encapsulated else ""


def reference(dataset, index):
    uid = dataset.file_meta.TransferSyntaxUID
    is_lossy = suffix(uid) in LOSSY
    is_shared = dataset.get("PhotometricInterpretation") == "YBR_FULL_422"
    decoder = get_decoder(uid)
    pixels, found = decoder.as_array(
        dataset, index=index, raw=not (is_lossy or is_shared), decoding_plugin=plugin(uid),
        correct_unused_bits=False)
    if is_lossy or is_shared:
        if dataset.get("SamplesPerPixel", 1) == 3 and found["photometric_interpretation"] != "RGB":
            raise ValueError("no RGB")
        flat = pixels.reshape(-1)
        places = numpy.linspace(0, flat.size - 1, SAMPLES).astype(int)
        return {"places": places.tolist(), "values": [int(value) for value in flat[places]]}
    little = pixels.astype(pixels.dtype.newbyteorder("<"))
    return {"crc32": zlib.crc32(little.tobytes())}


def main():
    rows = []
    for folder in FOLDERS:
        for path in sorted((SITE / folder).rglob("*.dcm")):
            try:
                dataset = pydicom.dcmread(path, force=True)
                if "PixelData" not in dataset or "TransferSyntaxUID" not in dataset.file_meta:
                    continue
                frames = int(dataset.get("NumberOfFrames") or 1)
                for index in sorted({0, frames - 1}):
                    rows.append({
                        "file": str(path.relative_to(SITE)), "frame": index,
                        "syntax": suffix(dataset.file_meta.TransferSyntaxUID)} | reference(dataset, index))
            except Exception as error:  # noqa: BLE001 - damaged samples are not references
                print(path.relative_to(SITE), type(error).__name__, str(error)[:100])
    tools = ["pydicom", "pydicom-data", "pylibjpeg-libjpeg", "pylibjpeg-openjpeg", "pylibjpeg-rle", "pyjpegls"]
    text = json.dumps({"tools": {tool: importlib.metadata.version(tool) for tool in tools}, "frames": rows})
    (HERE / "references.json").write_text(text.replace('{"file"', '\n{"file"') + "\n")
    print(len(rows), "frames")


if __name__ == "__main__":
    main()
