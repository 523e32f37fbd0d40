"""Writes text into the pixels of frames as scanners and people do: several sizes, contrasts, angles and faces."""
import base64
import pathlib
import zlib

import numpy
from PIL import Image, ImageDraw, ImageFont

DEJAVU = pathlib.Path("/usr/share/fonts/truetype/dejavu")
FACES = {"sans": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf", "mono": "DejaVuSansMono.ttf"}


def glyphs(text: str, size: int, angle: int, face: str) -> numpy.ndarray:
    """The coverage of the text by pixel, 0 to 1, turned by the angle, without empty rows or columns around."""
    if face == "bitmap":
        font, scale = ImageFont.load_default_imagefont(), max(1, round(size / 11))
    else:
        font, scale = ImageFont.truetype(str(DEJAVU / FACES[face]), size), 1
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4))
    ImageDraw.Draw(image).text((2 - left, 2 - top), text, fill=255, font=font)
    image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    if angle:
        image = image.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    mask = numpy.asarray(image, dtype=float) / 255
    rows, columns = numpy.where(mask.max(1) > 0.1)[0], numpy.where(mask.max(0) > 0.1)[0]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def pack(mask: numpy.ndarray) -> str:
    """The glyphs with eight bits a pixel, for the key."""
    return base64.b64encode(zlib.compress((mask * 255).astype(numpy.uint8).tobytes(), 9)).decode()


def unpack(text: str, width: int, height: int) -> numpy.ndarray:
    return numpy.frombuffer(zlib.decompress(base64.b64decode(text)), numpy.uint8).reshape(height, width) / 255


class Canvas:
    """Frames (frames, rows, columns[, samples]) that text is written into; knows what is taken already."""

    def __init__(self, frames: numpy.ndarray, limit: int):
        self.frames = frames
        self.limit = limit  # the largest value of a sample
        self.regions: list[dict] = []
        self.taken: list[tuple[int, int, int, int]] = []

    @property
    def colour(self) -> bool:
        return self.frames.ndim == 4

    def write(
        self, text: str, x: int, y: int, size: int, contrast: float = 1.0, angle: int = 0, face: str = "sans",
        frames: list[int] | None = None, tint=None, role: str = "identifying", dark: bool = False,
    ) -> bool:
        """Writes the text with its upper left corner there; says False, and does nothing, where there is no room."""
        mask = glyphs(text, size, angle, face)
        height, width = mask.shape
        rows, columns = self.frames.shape[1:3]
        box = (x, y, width, height)
        if x < 0 or y < 0 or x + width > columns or y + height > rows or any(_touch(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        chosen = list(range(self.frames.shape[0])) if frames is None else frames
        for frame in chosen:
            area = self.frames[frame, y : y + height, x : x + width].astype(float)
            around = float(area.mean())
            # Scanners write in white, in grey, or (on film-like pictures) in black on a bright ground.
            if dark:
                level = max(0.0, around - contrast * self.limit)
            else:
                level = min(float(self.limit), around + contrast * self.limit)
            ink = numpy.full(area.shape, level)
            if self.colour and tint is not None:
                ink = numpy.broadcast_to(numpy.array(tint, float) / 255 * level, area.shape)
            blend = mask[..., None] if self.colour else mask
            area = area * (1 - blend) + ink * blend
            self.frames[frame, y : y + height, x : x + width] = area.round().astype(self.frames.dtype)
        self.regions.append({
            "frames": chosen, "x": x, "y": y, "width": width, "height": height, "text": text, "size": size,
            "contrast": contrast, "angle": angle, "face": face, "role": role, "glyphs": pack(mask)})
        return True

    def write_somewhere(self, random_, text: str, size: int, **how) -> bool:
        """Tries places until there is room."""
        rows, columns = self.frames.shape[1:3]
        for _ in range(60):
            if self.write(text, random_.randrange(2, columns), random_.randrange(2, rows), size, **how):
                return True
        return False


def _touch(a, b, gap: int = 14) -> bool:
    return (
        a[0] < b[0] + b[2] + gap and b[0] < a[0] + a[2] + gap and a[1] < b[1] + b[3] + gap and b[1] < a[1] + a[3] + gap)
