"""Whether text that was written into frames can still be seen, and whether everything else is as it was."""
import numpy
import pydicom
from pydicom.pixels import pixel_array
from planted import burned

# How much the pixels of a piece of text may still go along with its glyphs: 1 is the text itself.
VISIBLE = 0.5
# Around a text, in pixels, a tool may cover what is not text: as much as the text is high, 16 at least.
MARGIN = 16
# Decoded twice from lossy data, pixels that nobody has touched differ by rounding.
LOSSY_PSNR = 35.0


def frames(data: pydicom.Dataset) -> numpy.ndarray:
    """(frames, rows, columns[, samples]), in RGB where there is colour."""
    found = pixel_array(data)
    return found if int(data.get("NumberOfFrames", 1) or 1) > 1 else found[None]


def grey(picture: numpy.ndarray) -> numpy.ndarray:
    return picture.astype(float).mean(-1) if picture.ndim == 3 else picture.astype(float)


def is_visible(region: dict, output: numpy.ndarray) -> bool:
    """Whether any piece of the text, about a letter wide, can be seen in any frame that it was written in.

    The pixels are compared with the glyphs themselves, so no reader's weakness makes a text count as hidden.
    """
    mask = burned.unpack(region["glyphs"], region["width"], region["height"])
    along = 1 if region["width"] >= region["height"] else 0
    length = mask.shape[along]
    step = max(6, min(mask.shape))
    for number in region["frames"]:
        if number >= len(output):
            continue
        patch = grey(output[number])[region["y"] : region["y"] + region["height"], region["x"] : region["x"] + region["width"]]
        if patch.shape != mask.shape:
            return True
        for start in range(0, length, step):
            piece = (slice(None), slice(start, start + step)) if along else (slice(start, start + step), slice(None))
            shape, seen = mask[piece].ravel(), patch[piece].ravel()
            if shape.size < 24 or shape.std() < 0.1 or seen.std() < 1e-9:
                continue
            if abs(numpy.corrcoef(shape, seen)[0, 1]) > VISIBLE:
                return True
    return False


def outside(shape: tuple, regions: list[dict]) -> numpy.ndarray:
    """(frames, rows, columns): where no text was written, nor close by."""
    free = numpy.ones(shape[:3], bool)
    for region in regions:
        margin = max(MARGIN, region["size"])
        rows = slice(max(0, region["y"] - margin), region["y"] + region["height"] + margin)
        columns = slice(max(0, region["x"] - margin), region["x"] + region["width"] + margin)
        # Text that is in one frame may be covered in all: scanners write it into all.
        free[:, rows, columns] = False
    return free


def changed(source: pydicom.Dataset, output: pydicom.Dataset, before: numpy.ndarray, after: numpy.ndarray, regions: list[dict], lossy: bool) -> float:
    """The part of the pixels outside of texts that is not as it was; 1 where the frames are of another shape."""
    if before.shape != after.shape:
        return 1.0
    free = outside(before.shape, regions)
    difference = abs(before.astype(float) - after.astype(float))
    if difference.ndim == 4:
        difference = difference.max(-1)
    difference = difference[free]
    if not lossy:
        return float((difference > 0).mean())
    if source.PixelData == output.PixelData:
        return 0.0
    noise = float((difference**2).mean())
    psnr = 99.0 if noise == 0 else 10 * numpy.log10(255**2 / noise)
    return 0.0 if psnr >= LOSSY_PSNR else max(float((difference > 48).mean()), 1e-6)
