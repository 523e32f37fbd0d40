#!/usr/bin/env python3
"""Writes codestreams.json: small codestreams by other encoders, for what no public sample image has.

Lossless JPEG with each predictor, depth and number of components (libjpeg-turbo 3), High-Throughput JPEG 2000 (OpenJPH),
JPEG-LS in its interleave modes (CharLS). With each, the size and the CRC-32 of the pixels that went in, by pixel, little endian:

    pip install imagecodecs numpy && python make_codestreams.py
"""
import base64
import json
import pathlib
import zlib

import imagecodecs
import numpy

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEIGHT = 37, 23


def pixels(bits, samples, seed):
    """A slope with noise and a flat corner, over all values of the depth."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    planes = []
    for sample in range(samples):
        plane = (x * 7 + y * 11 * (sample + 1)) * (1 << bits) // 512 + random.integers(0, 1 << max(bits - 4, 1), x.shape)
        plane[:8, :8] = 0
        plane[0, 10] = (1 << bits) - 1
        planes.append(plane % (1 << bits))
    image = numpy.stack(planes, -1).astype(numpy.uint8 if bits <= 8 else numpy.uint16)
    return image[..., 0] if samples == 1 else image


def row(syntax, bits, samples, image, codestream, note):
    little = image.astype(image.dtype.newbyteorder("<"))
    return {"syntax": syntax, "bits": bits, "samples": samples, "width": WIDTH, "height": HEIGHT, "note": note,
            "crc32": zlib.crc32(little.tobytes()), "codestream": base64.b64encode(codestream).decode()}


def main():
    rows = []
    for predictor in range(1, 8):
        for bits, samples in [(8, 1), (12, 1), (16, 1), (8, 3)] if predictor in (1, 4) else [(16, 1), (8, 3)]:
            image = pixels(bits, samples, predictor)
            codestream = imagecodecs.jpeg8_encode(
                image, lossless=True, predictor=predictor, bitspersample=bits,
                **({"colorspace": "rgb", "outcolorspace": "rgb"} if samples == 3 else {}))
            rows.append(row("4.57", bits, samples, image, codestream, f"predictor {predictor}"))
    for bits, samples in [(8, 1), (12, 1), (16, 1), (8, 3)]:
        image = pixels(bits, samples, 20 + bits)
        codestream = imagecodecs.htj2k_encode(image, reversible=True)
        rows.append(row("4.201", 8 if bits <= 8 else 16, samples, image, codestream, "OpenJPH"))
    for bits, samples in [(8, 3), (16, 3)]:
        image = pixels(bits, samples, 40 + bits)
        rows.append(row("4.80", bits, samples, image, imagecodecs.jpegls_encode(image), "CharLS"))
    used = ("imagecodecs", "charls", "libjpeg_turbo", "openjph")
    tools = [tool for tool in imagecodecs.version(str).split(", ") if tool.startswith(used)]
    text = json.dumps({"tools": tools, "codestreams": rows})
    (HERE / "codestreams.json").write_text(text.replace('{"syntax"', '\n{"syntax"') + "\n")
    print(len(rows), "codestreams")


if __name__ == "__main__":
    main()
