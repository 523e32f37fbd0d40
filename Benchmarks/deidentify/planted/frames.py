"""Pictures without any text that look, to a program, like those of the modalities: fans, breasts, chests, vessels."""
import numpy


def ultrasound(random_, frames: int, rows: int = 480, columns: int = 640) -> numpy.ndarray:
    """Grey fans on black with speckle, in RGB, with a scale of ticks at the side and a grey bar, as scanners draw."""
    y, x = numpy.mgrid[0:rows, 0:columns]
    distance = numpy.hypot(y - 10, x - columns / 2)
    angle = numpy.arctan2(x - columns / 2, y - 10)
    fan = (distance > 40) & (distance < rows * 0.86) & (abs(angle) < 0.7)
    pictures = []
    for number in range(frames):
        speckle = random_.rayleigh(34, (rows, columns)) * (1 + 0.5 * numpy.sin(distance / 17 + number))
        grey = numpy.where(fan, speckle, 0).clip(0, 235)
        grey[40:200, 14:26] = numpy.linspace(250, 0, 160)[:, None]
        for tick in range(60, int(rows * 0.86), 40):
            grey[tick, columns - 30 : columns - 20] = 180
        pictures.append(numpy.repeat(grey[..., None], 3, 2))
    return numpy.array(pictures).astype(numpy.uint8)


def mammogram(random_, rows: int = 1024, columns: int = 832) -> numpy.ndarray:
    y, x = numpy.mgrid[0:rows, 0:columns]
    breast = numpy.hypot((y - rows / 2) / (rows * 0.42), x / (columns * 0.62)) < 1
    texture = sum(
        numpy.sin(x / (9.0 * scale) + random_.uniform(0, 6)) * numpy.sin(y / (11.0 * scale) + random_.uniform(0, 6))
        for scale in (1, 2, 5))
    grey = numpy.where(breast, 1700 + 230 * texture + random_.normal(0, 40, (rows, columns)), 12)
    return grey.clip(0, 4095).astype(numpy.uint16)[None]


def radiograph(random_, rows: int = 880, columns: int = 760) -> numpy.ndarray:
    """A chest: bright middle, dark lungs, ribs."""
    y, x = numpy.mgrid[0:rows, 0:columns]
    lungs = sum(
        numpy.exp(-(((y - rows / 2) / (rows * 0.28)) ** 2) - ((x - columns * side) / (columns * 0.15)) ** 2)
        for side in (0.3, 0.7))
    ribs = 140 * numpy.sin(y / 23 + abs(x - columns / 2) / 90)
    grey = 2600 - 1700 * lungs + ribs + random_.normal(0, 35, (rows, columns))
    return grey.clip(0, 4095).astype(numpy.uint16)[None]


def angiogram(random_, frames: int, rows: int = 512, columns: int = 512) -> numpy.ndarray:
    y, x = numpy.mgrid[0:rows, 0:columns]
    pictures = []
    for number in range(frames):
        centre = columns / 2 + 60 * numpy.sin(y / 70 + 0.1 * number)
        vessel = numpy.exp(-(((x - centre) / 9) ** 2))
        grey = 620 - 380 * vessel + 60 * numpy.sin(x / 130) + random_.normal(0, 12, (rows, columns))
        pictures.append(grey.clip(0, 1023))
    return numpy.array(pictures).astype(numpy.uint16)


def slice_of(random_, rows: int = 256, columns: int = 256, water: int = 1024, noise: int = 20) -> numpy.ndarray:
    """A round body with organs and bone."""
    y, x = numpy.mgrid[0:rows, 0:columns] / rows - 0.5
    body = numpy.hypot(y / 0.8, x) < 0.46
    organ = numpy.hypot(y + 0.08, x - 0.15) < 0.12
    bone = numpy.hypot(y - 0.26, x) < 0.06
    grey = numpy.where(body, water, 0) + 60 * organ + 500 * bone + random_.normal(0, noise, (rows, columns)) * (1 + body)
    return grey.clip(0, 4095).astype(numpy.uint16)[None]


def screen(random_, rows: int = 512, columns: int = 640) -> numpy.ndarray:
    """A screen's capture: panels of plain colour and a picture."""
    picture = numpy.full((rows, columns, 3), (24, 28, 40), numpy.uint8)
    picture[: rows // 8] = (46, 52, 70)
    body = slice_of(random_, 256, 256, water=120, noise=6)[0].clip(0, 255).astype(numpy.uint8)
    picture[rows // 4 : rows // 4 + 256, columns // 3 : columns // 3 + 256] = body[..., None]
    return picture[None]
