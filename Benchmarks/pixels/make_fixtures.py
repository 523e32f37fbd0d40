"""Writes the texts that the Swift tests stamp on their frames: make_fixtures.py FOLDER."""
import pathlib
import sys

import numpy
from PIL import Image

from make_frames import glyphs

for name, words, size, angle in [
    ("name", "LINDQVIST, ANNA", 16, 0), ("date", "DOB 12.03.1957", 12, 0), ("turned", "Kowalczyk T.", 18, 90),
    ("mark", "L MLO", 24, 0),
]:
    mask = numpy.pad(glyphs(words, size, angle, "DejaVuSans.ttf"), 2)
    Image.fromarray((mask * 255).astype(numpy.uint8)).save(pathlib.Path(sys.argv[1]) / f"{name}.pgm")
