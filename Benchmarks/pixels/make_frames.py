"""Makes frames with text written into them, and frames without: PGM files, and a key that says where the text is.

make_frames.py FOLDER [--texts N] [--free N] [--seed N]

The key (frames.tsv) has a row for each frame: file, kind of picture, and for those with text its box (left, top, right,
bottom), size in pixels, contrast, angle and face.
"""
import argparse
import pathlib

import numpy
from PIL import Image, ImageDraw, ImageFont

from grounds import GROUNDS

DEJAVU = pathlib.Path("/usr/share/fonts/truetype/dejavu")
FACES = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf", "DejaVuSansCondensed.ttf"]
SIZES = [8, 9, 10, 11, 12, 14, 16, 20, 24, 32, 40, 48]
ANGLES = [0, 0, 0, 0, 0, 2, -2, 5, -5, 90, 270]
SURNAMES = "Lindqvist Kowalczyk Papadopoulos Ferreira Dubois Novak Müller Ionescu Silva Rossi Jansen O'Brien Weiß Öztürk".split()
GIVEN = "Anna Tomasz Eleni João Marie Petra Jürgen Radu Inês Paolo Sofie Aoife Karl Emine".split()


def text(random) -> str:
    surname, given = random.choice(SURNAMES), random.choice(GIVEN)
    day, month, year = random.integers(1, 29), random.integers(1, 13), random.integers(1930, 2012)
    number = random.integers(10_000, 99_999_999)
    return str(random.choice([
        f"{surname}, {given}", f"{surname.upper()}^{given.upper()}", f"{given} {surname}", f"{surname}",
        f"ID: {number}", f"{number}", f"DOB {day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}",
        f"{day:02}/{month:02}/{year}", f"{surname.upper()} {given[0]}. {day:02}.{month:02}.{year} M", f"Dr. {surname}",
        f"St. Mary's Hospital {surname}", f"Acc {number}",
    ]))


def glyphs(words: str, size: int, angle: int, face: str) -> numpy.ndarray:
    """How much of each pixel is ink, 0 to 1, without empty rows and columns around."""
    if face == "bitmap":
        words = words.encode("latin-1", "replace").decode("latin-1")
        font, scale = ImageFont.load_default_imagefont(), max(1, round(size / 11))
    else:
        font, scale = ImageFont.truetype(str(DEJAVU / face), size), 1
    left, top, right, bottom = font.getbbox(words)
    image = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4))
    ImageDraw.Draw(image).text((2 - left, 2 - top), words, fill=255, font=font)
    image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    if angle:
        image = image.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    mask = numpy.asarray(image, float) / 255
    rows, columns = numpy.where(mask.max(1) > 0.1)[0], numpy.where(mask.max(0) > 0.1)[0]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def write(random, picture: numpy.ndarray, ground: str, size: int):
    """Writes a text somewhere; the box, the contrast, the angle and the face, or None where it does not fit."""
    angle = int(random.choice(ANGLES))
    face = str(random.choice([*FACES, "bitmap"])) if size >= 10 else str(random.choice(FACES[:3]))
    mask = glyphs(text(random), size, angle, face)
    height, width = mask.shape
    rows, columns = picture.shape
    if width + 8 > columns or height + 8 > rows:
        return None
    for _ in range(200):
        x, y = int(random.integers(4, columns - width - 3)), int(random.integers(4, rows - height - 3))
        area = picture[y : y + height, x : x + width]
        deviation, mean = float(area.std()), float(area.mean())
        # What people can read: the text stands out of what is under it.
        contrast = str(random.choice(["full", "80", "45", "25", "dark"]))
        room = float({"full": max(mean + 100, 200.0) - mean, "dark": 90.0}.get(contrast) or contrast)
        # Ink that stands out by less than four times what is under it is read by nobody.
        if room < 4 * deviation or contrast == "dark" and mean < 100 or contrast != "dark" and mean + room > 250:
            continue
        ink = {"full": 255.0, "dark": max(mean - 90, 0)}.get(contrast)
        ink = mean + float(contrast) if ink is None else ink
        if contrast == "full":
            ink = max(mean + 100, float(random.choice([200, 255])))
        picture[y : y + height, x : x + width] = area * (1 - mask) + ink * mask
        return (x, y, x + width, y + height), contrast, angle, face
    return None


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--texts", type=int, default=1500)
    arguments.add_argument("--free", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(options.seed)
    rows = []
    kinds = list(GROUNDS)
    pools: dict[tuple, list] = {}
    for index in range(options.free + options.texts):
        isFree = index < options.free
        while True:
            kind = kinds[int(random.integers(0, len(kinds)))]
            shape = (512, 512)
            if kind in ("US", "SC") and random.random() < 0.5:
                shape = (600, 800)
            elif kind in ("CR", "MG") and random.random() < 0.3:
                shape = (1024, 1024)
            if kind == "MG" and index % 100 == 3:
                shape = (4000, 3000)
            # A ground serves for several texts: making them is what takes time.
            pool = pools.setdefault((kind, shape), [])
            if isFree or len(pool) < 12 or shape[0] == 512 and random.random() < 0.2:
                pool.append(GROUNDS[kind](random, *shape).astype(numpy.float32))
                if len(pool) > 24 or shape[0] == 4000 and len(pool) > 1:
                    pool.pop(0)
            picture = pool[-1] if isFree else pool[int(random.integers(0, len(pool)))]
            picture = picture.copy()
            if isFree:
                note = None
                break
            size = int(SIZES[index % len(SIZES)])
            note = write(random, picture, kind, size)
            if note:
                break
        name = f"{'free' if isFree else 'text'}_{index:05}.pgm"
        Image.fromarray(numpy.clip(picture, 0, 255).astype(numpy.uint8)).save(options.folder / name)
        if isFree:
            rows.append(f"{name}\t{kind}")
        else:
            (left, top, right, bottom), contrast, angle, face = note
            rows.append(f"{name}\t{kind}\t{left}\t{top}\t{right}\t{bottom}\t{size}\t{contrast}\t{angle}\t{face}")
    (options.folder / "frames.tsv").write_text("\n".join(rows) + "\n")
    print(f"{options.texts} frames with text, {options.free} without, in {options.folder}")


if __name__ == "__main__":
    main()
