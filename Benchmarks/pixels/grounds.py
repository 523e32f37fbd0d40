"""Pictures without text, as scanners make them: what text is written on, and what must not be taken for text."""
import numpy
from PIL import Image, ImageDraw, ImageFilter


def _noise(random, height: int, width: int, deviation: float) -> numpy.ndarray:
    return random.normal(0, deviation, (height, width))


def _smooth(random, height: int, width: int, cells: int) -> numpy.ndarray:
    """Soft shades from 0 to 1."""
    small = Image.fromarray((random.random((cells, cells)) * 255).astype(numpy.uint8))
    return numpy.asarray(small.resize((width, height), Image.Resampling.BICUBIC), float) / 255


def _drawn(height: int, width: int):
    image = Image.new("L", (width, height))
    return image, ImageDraw.Draw(image)


def ct(random, height: int, width: int) -> numpy.ndarray:
    """A body with ribs, vessels and a table under it, on air."""
    image, draw = _drawn(height, width)
    cx, cy = width / 2 + random.integers(-10, 10), height / 2
    rx, ry = width * random.uniform(0.3, 0.45), height * random.uniform(0.25, 0.38)
    draw.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=110)
    for side in (-1, 1):
        lung = (cx + side * rx * 0.45, cy - ry * 0.1)
        if random.random() < 0.6:
            draw.ellipse((lung[0] - rx * 0.32, lung[1] - ry * 0.6, lung[0] + rx * 0.32, lung[1] + ry * 0.6), fill=25)
            for _ in range(random.integers(10, 60)):
                x, y = lung[0] + random.normal(0, rx * 0.15), lung[1] + random.normal(0, ry * 0.25)
                r = random.uniform(1, 5)
                draw.ellipse((x - r, y - r, x + r, y + r), fill=int(random.integers(70, 130)))
    for angle in numpy.linspace(0, 2 * numpy.pi, random.integers(10, 20), endpoint=False):
        x, y = cx + rx * 0.85 * numpy.cos(angle), cy + ry * 0.85 * numpy.sin(angle)
        r = random.uniform(3, 9)
        draw.ellipse((x - r, y - r * 0.6, x + r, y + r * 0.6), fill=int(random.integers(180, 255)))
    draw.ellipse((cx - 22, cy + ry * 0.5, cx + 22, cy + ry * 0.5 + 36), fill=210)
    draw.arc((cx - rx * 1.5, cy - ry, cx + rx * 1.5, cy + ry * 1.35), 30, 150, fill=120, width=int(random.integers(1, 4)))
    image = image.filter(ImageFilter.GaussianBlur(0.8))
    texture = (_smooth(random, height, width, 40) - 0.5) * 20
    picture = numpy.asarray(image, float)
    return picture + texture * (picture > 10) + _noise(random, height, width, random.uniform(1.5, 7))


def mr(random, height: int, width: int) -> numpy.ndarray:
    """A head with folds, on the noise that surrounds it."""
    image, draw = _drawn(height, width)
    cx, cy, r = width / 2, height / 2, min(height, width) * 0.38
    draw.ellipse((cx - r, cy - r * 1.15, cx + r, cy + r * 1.15), fill=200)
    draw.ellipse((cx - r * 0.92, cy - r * 1.07, cx + r * 0.92, cy + r * 1.07), fill=30)
    draw.ellipse((cx - r * 0.86, cy - r, cx + r * 0.86, cy + r), fill=130)
    for _ in range(random.integers(20, 70)):
        angle, distance = random.uniform(0, 6.28), r * random.uniform(0.5, 0.85)
        x, y = cx + distance * numpy.cos(angle), cy + distance * numpy.sin(angle) * 1.1
        points = [(x, y)]
        for _ in range(random.integers(3, 7)):
            points.append((points[-1][0] + random.normal(0, r * 0.05), points[-1][1] + random.normal(0, r * 0.05)))
        draw.line(points, fill=int(random.integers(50, 90)), width=int(random.integers(2, 5)), joint="curve")
    for side in (-1, 1):
        draw.ellipse((cx + side * r * 0.2 - r * 0.1, cy - r * 0.3, cx + side * r * 0.2 + r * 0.1, cy + r * 0.2), fill=40)
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    return numpy.abs(numpy.asarray(image, float) + _noise(random, height, width, random.uniform(3, 9)))


def us(random, height: int, width: int, marks: bool = True) -> numpy.ndarray:
    """A sector of speckle with a depth scale, a grey bar and a focus mark; no letters."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    apex = (width / 2, height * 0.04)
    radius = numpy.hypot(x - apex[0], y - apex[1])
    angle = numpy.arctan2(x - apex[0], y - apex[1])
    inside = (abs(angle) < random.uniform(0.5, 0.75)) & (radius > height * 0.05) & (radius < height * 0.88)
    envelope = 40 + 120 * _smooth(random, height, width, 9)
    speckle = random.rayleigh(1.0, (height, width))
    grain = Image.fromarray(numpy.clip(speckle * 60, 0, 255).astype(numpy.uint8))
    speckle = numpy.asarray(grain.filter(ImageFilter.GaussianBlur(random.uniform(0.8, 1.8))), float) / 75
    picture = numpy.where(inside, envelope * speckle, 0)
    if marks:
        image, draw = _drawn(height, width)
        column = int(width * 0.93)
        for index, row in enumerate(range(int(height * 0.06), int(height * 0.9), max(height // 40, 8))):
            draw.line((column, row, column + (9 if index % 5 == 0 else 4), row), fill=200)
        for row in range(int(height * 0.2), int(height * 0.6)):
            draw.line((20, row, 32, row), fill=int(255 * (1 - (row - height * 0.2) / (height * 0.4))))
        draw.polygon([(column - 6, height // 3), (column - 14, height // 3 - 5), (column - 14, height // 3 + 5)], fill=220)
        if random.random() < 0.5:
            _ecg(random, draw, width, int(height * 0.94), fill=190)
        picture = numpy.maximum(picture, numpy.asarray(image, float))
    return picture


def _ecg(random, draw, width: int, base: int, fill: int):
    points, step = [], int(random.integers(60, 120))
    for x in range(0, width, 2):
        phase = x % step
        beat = {0: -2, 2: 3, 4: -24, 6: 8}.get(phase - step // 2, 0)
        points.append((x, base + beat + random.normal(0, 0.6)))
    draw.line(points, fill=fill, width=int(random.integers(1, 3)))


def mg(random, height: int, width: int) -> numpy.ndarray:
    """A breast with fibres and calcifications against black."""
    image, draw = _drawn(height, width)
    draw.ellipse((-width * 0.6, height * 0.1, width * random.uniform(0.5, 0.75), height * 0.9), fill=120)
    for _ in range(random.integers(20, 60)):
        x, y = random.uniform(0, width * 0.4), random.uniform(height * 0.3, height * 0.7)
        draw.line((x, y, x + random.normal(0, width * 0.08), y + random.normal(0, height * 0.05)),
                  fill=int(random.integers(130, 190)), width=int(random.integers(2, max(3, width // 120))))
    image = image.filter(ImageFilter.GaussianBlur(2.5))
    dots = ImageDraw.Draw(image)
    x0, y0 = random.uniform(width * 0.1, width * 0.35), random.uniform(height * 0.35, height * 0.65)
    for _ in range(random.integers(0, 25)):
        x, y, r = x0 + random.normal(0, 20), y0 + random.normal(0, 20), random.uniform(0.6, 2.2)
        dots.ellipse((x - r, y - r, x + r, y + r), fill=int(random.integers(200, 255)))
    picture = numpy.asarray(image, float)
    return picture + (_smooth(random, height, width, 60) - 0.5) * 30 * (picture > 15) + _noise(random, height, width, 2)


def cr(random, height: int, width: int) -> numpy.ndarray:
    """A chest: ribs, a spine, collimated edges, wires."""
    image, draw = _drawn(height, width)
    draw.rectangle((0, 0, width, height), fill=90)
    for side in (-1, 1):
        cx = width / 2 + side * width * 0.2
        draw.ellipse((cx - width * 0.15, height * 0.15, cx + width * 0.15, height * 0.8), fill=45)
    draw.rectangle((width * 0.46, 0, width * 0.54, height), fill=150)
    for index in range(9):
        y = height * (0.12 + index * 0.08)
        for side in (-1, 1):
            box = sorted([width / 2, width / 2 + side * width * 0.4])
            draw.arc((box[0], y, box[1], y + height * 0.25), 180 if side < 0 else 270, 270 if side < 0 else 360,
                     fill=125, width=max(3, width // 80))
    if random.random() < 0.5:
        points = [(width * random.uniform(0.3, 0.7), 0)]
        for _ in range(12):
            points.append((points[-1][0] + random.normal(0, width * 0.03), points[-1][1] + height * 0.06))
        draw.line(points, fill=210, width=2, joint="curve")
    image = image.filter(ImageFilter.GaussianBlur(2))
    picture = numpy.asarray(image, float) + (_smooth(random, height, width, 30) - 0.5) * 30
    picture = picture + _noise(random, height, width, random.uniform(2, 6))
    edge = int(width * random.uniform(0.0, 0.08))
    if edge:
        picture[:, :edge] = 4
        picture[:, width - edge :] = 4
    return picture


def xa(random, height: int, width: int) -> numpy.ndarray:
    """Vessels that branch, with a catheter, on a bright ground in a round field."""
    image, draw = _drawn(height, width)
    draw.rectangle((0, 0, width, height), fill=165)
    for _ in range(random.integers(3, 8)):
        x, y, angle, thick = width * random.uniform(0.3, 0.7), height * 0.1, random.uniform(0.5, 2.6), random.uniform(2, 9)
        for _ in range(60):
            nx, ny = x + 8 * numpy.cos(angle), y + 8 * numpy.sin(angle)
            draw.line((x, y, nx, ny), fill=int(random.integers(70, 110)), width=max(1, int(thick)))
            x, y, angle, thick = nx, ny, angle + random.normal(0, 0.2), thick * 0.985
    image = image.filter(ImageFilter.GaussianBlur(1.3))
    picture = numpy.asarray(image, float) + (_smooth(random, height, width, 12) - 0.5) * 60
    picture += _noise(random, height, width, random.uniform(3, 9))
    rows, columns = numpy.mgrid[0:height, 0:width]
    outside = numpy.hypot(rows - height / 2, columns - width / 2) > min(height, width) * 0.52
    picture[outside] = 0
    return picture


def screen(random, height: int, width: int) -> numpy.ndarray:
    """A screen capture: panels, curves and buttons without a word."""
    image, draw = _drawn(height, width)
    ground = int(random.choice([0, 20, 60, 200, 240]))
    draw.rectangle((0, 0, width, height), fill=ground)
    ink = 230 if ground < 128 else 20
    for _ in range(random.integers(1, 5)):
        x, y = random.integers(0, width // 2), random.integers(0, height // 2)
        w, h = random.integers(60, width // 2), random.integers(60, height // 2)
        draw.rectangle((int(x), int(y), int(x + w), int(y + h)), outline=ink)
        points = [(int(x + w * i / 40), int(y + h / 2 + h / 3 * numpy.sin(i / 5 + x))) for i in range(41)]
        draw.line(points, fill=ink, width=int(random.integers(1, 3)))
        for tick in range(0, int(w), 12):
            draw.line((int(x + tick), int(y + h), int(x + tick), int(y + h - 4)), fill=ink)
    return numpy.asarray(image, float)


def phantom(random, height: int, width: int) -> numpy.ndarray:
    """A phantom's grid, line pairs and holes."""
    image, draw = _drawn(height, width)
    draw.ellipse((width * 0.15, height * 0.15, width * 0.85, height * 0.85), fill=120)
    for index in range(8):
        angle = index * 0.785
        x, y, r = width / 2 + width * 0.22 * numpy.cos(angle), height / 2 + height * 0.22 * numpy.sin(angle), 4 + index * 2
        draw.ellipse((x - r, y - r, x + r, y + r), fill=60 + 20 * index)
    gap = int(random.integers(6, 20))
    for x in range(int(width * 0.4), int(width * 0.6), gap):
        draw.line((x, height * 0.45, x, height * 0.55), fill=220, width=max(1, gap // 3))
    image = image.filter(ImageFilter.GaussianBlur(0.7))
    return numpy.asarray(image, float) + _noise(random, height, width, random.uniform(2, 6))


def static(random, height: int, width: int) -> numpy.ndarray:
    """Noise alone, sharp or soft."""
    picture = _noise(random, height, width, random.uniform(5, 30)) + 100
    if random.random() < 0.5:
        image = Image.fromarray(numpy.clip(picture, 0, 255).astype(numpy.uint8))
        picture = numpy.asarray(image.filter(ImageFilter.GaussianBlur(random.uniform(0.7, 2))), float) * 1.5 - 50
    return picture


GROUNDS = {
    "CT": ct, "MR": mr, "US": us, "MG": mg, "CR": cr, "XA": xa, "SC": screen, "phantom": phantom, "noise": static,
}
