"""Pages for training: text of many kinds, and many things that are none, with the size of the text at each pixel.

pages.py SEED COUNT OUT.npz

OUT.npz: g, the pages (count, 448, 448) in 8 bits; s, the size of the text in pixels that lies there, 0 for none, 255 for what
is not to be judged, such as a letter alone. Fonts are those of the machine: the more, the better.
"""
import glob
import io
import os
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from grounds import GROUNDS

FONTS = [
    path for kind in ("ttf", "otf") for path in sorted(glob.glob(f"/usr/share/fonts/**/*.{kind}", recursive=True))
    if not any(word in path for word in ("Symbols", "D050000", "Math", "ExtraLight", "Thin", "Z003", "Fallback", "Inter"))]
DEJ = "/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf"
CJK = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
CONS, VOW = "bcdfghjklmnprstvwzBCDFGHKLMNPRST", "aeiouyäéöüáíóø"

def word(r, low=2, high=10):
    n = int(r.integers(low, high + 1)); s = ""
    while len(s) < n:
        s += r.choice(list(CONS)).lower() + (r.choice(list(VOW)) if r.random() < .85 else "")
        if r.random() < .2: s += r.choice(list("nrstlkx"))
    s = s[:n]
    return [s, s.capitalize(), s.capitalize(), s.upper()][int(r.integers(0, 4))]

def digits(r, n): return "".join(str(int(d)) for d in r.integers(0, 10, n))

def phrase(r):
    k = int(r.integers(0, 22)); d, m, y = int(r.integers(1, 29)), int(r.integers(1, 13)), int(r.integers(1925, 2026))
    return [
        lambda: word(r, 3, 11), lambda: word(r, 3) + " " + word(r, 3), lambda: word(r, 3) + ", " + word(r, 3), lambda: (word(r, 3) + "^" + word(r, 3)).upper(),
        lambda: digits(r, int(r.integers(4, 11))), lambda: f"{d:02}.{m:02}.{y}", lambda: f"{y}-{m:02}-{d:02}", lambda: f"{d:02}/{m:02}/{y}", lambda: f"{y}{m:02}{d:02}",
        lambda: f"ID: {digits(r, 8)}", lambda: f"{digits(r,2)}:{digits(r,2)}:{digits(r,2)}", lambda: f"DOB {d:02}.{m:02}.{y} {r.choice(['M','F'])}",
        lambda: f"{d} {r.choice('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split())} {y}", lambda: "Dr. " + word(r, 4).capitalize(), lambda: f"Acc {word(r,2,3).upper()}{digits(r,6)}",
        lambda: " ".join(word(r, 2, 8) for _ in range(int(r.integers(2, 6)))), lambda: f"{digits(r,3)} {digits(r,3)} {digits(r,4)}", lambda: f"{word(r,3).upper()} {word(r,3).upper()}",
        lambda: f"{word(r,2,5)} {digits(r,2)}.{digits(r,1)} {r.choice(['cm','mm','Hz','dB','kV'])}", lambda: f"{word(r,4)} {digits(r,2)}Y {r.choice(['M','F'])}", lambda: word(r,3,4),
        lambda: f"Hosp. {word(r,4).capitalize()} {word(r,4).capitalize()}",
    ][k]()

def foreign(r):
    k = int(r.integers(0, 4)); n = int(r.integers(3, 11))
    rng = {0: (0x0410, 0x044F), 1: (0x0391, 0x03C9), 2: (0x4E00, 0x9FA0), 3: (0xAC00, 0xD7A3)}[k]
    s = "".join(chr(int(c)) for c in r.integers(*rng, n))
    if k == 1: s = s.replace("\u03a2", "\u03a3")
    return s, (CJK if k >= 2 else DEJ % str(r.choice(["", "-Bold", "Mono", "Condensed"])))

cache = {}
def font(path, size):
    if (path, size) not in cache:
        if len(cache) > 3000: cache.clear()
        cache[path, size] = ImageFont.truetype(path, size)
    return cache[path, size]

def render(r, size, text=None):
    """Mask of the ink, mask of the line's area, size in pixels."""
    path = str(r.choice(FONTS))
    if text is None:
        text = phrase(r)
        if r.random() < .1:
            text, path = foreign(r)
            if path == CJK: size = max(size, 10)
    mode = "L"
    if r.random() < .12 and path != CJK:
        f, scale = ImageFont.load_default_imagefont(), max(1, round(size / 11)); text = text.encode("latin-1", "replace").decode("latin-1")
        size = 11 * scale
    else:
        f, scale = font(path, size), 1
        if r.random() < .12 and size >= 9: mode = "1"
    spacing = int(r.integers(1, 3)) if r.random() < .08 else 0
    l, t, rr, b = [int(v) for v in f.getbbox(text)]
    if rr - l < 4 or b - t < 3: return None
    pad = 3
    w, h = rr - l + 2 * pad + spacing * len(text), b - t + 2 * pad
    im = Image.new("L", (w, h)); d = ImageDraw.Draw(im)
    if mode == "1": d.fontmode = "1"
    if spacing:
        x = pad - l
        for c in text:
            d.text((x, pad - t), c, fill=255, font=f); x += f.getlength(c) + spacing
    else: d.text((pad - l, pad - t), text, fill=255, font=f)
    area = Image.new("L", (w, h)); ImageDraw.Draw(area).rectangle((pad, pad, w - pad - 1, h - pad - 1), fill=255)
    if scale > 1:
        im = im.resize((w * scale, h * scale), 0); area = area.resize((w * scale, h * scale), 0)
    k = r.random()
    angle = 0 if k < .5 else r.uniform(-10, 10) if k < .75 else r.choice([90, 270]) if k < .92 else r.choice([90, 270]) + r.uniform(-6, 6) if k < .96 else 180
    if angle in (90, 180, 270):
        im, area = im.rotate(angle, expand=True), area.rotate(angle, expand=True)
    elif angle:
        im, area = im.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC), area.rotate(angle, expand=True)
    if r.random() < .15: im = im.filter(ImageFilter.GaussianBlur(r.uniform(.3, .6) * max(1, size / 14)))
    return np.asarray(im, np.float32) / 255, np.asarray(area) > 127, size

def write(r, page, sizes, size, text=None, tries=12, ignore=False):
    made = render(r, size, text)
    if made is None: return False
    ink, area, size = made
    h, w = ink.shape; H, W = page.shape
    # Letters at the frame's edge, cut by it now and then.
    if w > W * 1.02 or h > H: return False
    for _ in range(tries):
        if r.random() < .15:
            x, y = int(r.choice([-2, 0, max(W - w, 0)])), int(r.integers(0, max(H - h, 0) + 1))
            if r.random() < .5: x, y = int(r.integers(0, max(W - w, 0) + 1)), int(r.choice([-2, 0, max(H - h, 0)]))
        else: x, y = int(r.integers(0, max(W - w, 0) + 1)), int(r.integers(0, max(H - h, 0) + 1))
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, W), min(y + h, H)
        i, a = ink[y0 - y:y1 - y, x0 - x:x1 - x], area[y0 - y:y1 - y, x0 - x:x1 - x]
        if i.size == 0: continue
        s = sizes[y0:y1, x0:x1]
        if sizes[max(y0 - 5, 0):y1 + 5, max(x0 - 5, 0):x1 + 5].any(): continue
        p = page[y0:y1, x0:x1]
        inside = p[a]
        if inside.size < 12: continue
        mean, dev = float(inside.mean()), float(inside.std())
        if r.random() < .12:   # a box of its own ground
            mg = int(r.integers(0, 4)); g = float(r.choice([0, 0, 20, 60, 128, 200, 255]))
            page[max(y0 - mg, 0):y1 + mg, max(x0 - mg, 0):x1 + mg] = g
            p = page[y0:y1, x0:x1]; mean, dev = g, 0.
        least = max(14., 3.6 * dev)
        k = r.random()
        c = least * r.uniform(1, 1.6) if k < .3 else r.uniform(least, 120) if least < 120 and k < .7 else r.uniform(120, 255)
        if c < least: continue
        up, down = 255 - mean, mean
        bright = r.random() < (.78 if up > down * .6 else .2)
        if (up if bright else down) < least: bright = not bright
        c = min(c, up if bright else down)
        if c < least: continue
        v = mean + c if bright else mean - c
        if r.random() < .1:   # shadow
            o = 1 if size < 16 else 2
            sh = np.zeros_like(i); sh[o:, o:] = i[:-o, :-o]
            q = 0. if bright else 255.
            p[:] = p * (1 - sh) + q * sh
        elif r.random() < .05 and size > 9:  # outline
            ol = np.asarray(Image.fromarray((i * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3)), np.float32) / 255
            q = 0. if bright else 255.
            p[:] = p * (1 - ol) + q * ol
        if r.random() < .1: p[:] = np.clip(p + (v - mean) * i, 0, 255)
        else: p[:] = p * (1 - i) + v * i
        s[a] = 255 if ignore else min(size, 200)
        return True
    return False

# ---- things that are no text
def clutter(r, page):
    H, W = page.shape
    im = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8)); d = ImageDraw.Draw(im)
    for _ in range(int(r.integers(0, 6))):
        v = int(r.choice([255, 230, 200, 160, 120, 90, 60, 30, 0])); k = int(r.integers(0, 17))
        x, y = int(r.integers(0, W)), int(r.integers(0, H)); lw = int(r.integers(1, 4))
        if k <= 2:    # scale with ticks
            step, n = r.uniform(3, 22), int(r.integers(5, 60)); a, b = int(r.integers(2, 8)), int(r.integers(3, 16)); every = int(r.choice([2, 4, 5, 10])); base = r.random() < .5; both = r.random() < .3
            for j in range(n):
                L = b if j % every == 0 else a; q = int(round(j * step))
                if k == 0: d.line((x - (L if both else 0), y + q, x + L, y + q), fill=v, width=1 if step < 6 else lw)
                else: d.line((x + q, y - (L if both else 0), x + q, y + L), fill=v, width=1 if step < 6 else lw)
            if base: d.line((x, y, x, y + n * step) if k == 0 else (x, y, x + n * step, y), fill=v, width=lw)
        elif k == 3:  # ecg / curve
            pts, px = [], x // 3; n = int(r.integers(40, 300)); st = int(r.integers(1, 4)); per = int(r.integers(15, 60)); amp = r.uniform(4, 40)
            for j in range(n):
                ph = j % per; yy = {per // 2 - 2: .15, per // 2 - 1: .2, per // 2: -1, per // 2 + 1: .4, per // 2 + 6: -.2, per // 2 + 7: -.25}.get(ph, 0)
                pts.append((px + j * st, y + amp * yy + r.normal(0, .5)))
            d.line(pts, fill=v, width=lw)
        elif k == 4:  # spectrum / waveform
            pts = [(x // 2 + j, y + r.normal(0, 4) + 12 * np.sin(j / r.uniform(3, 20))) for j in range(int(r.integers(60, 300)))]
            d.line(pts, fill=v, width=lw)
        elif k == 5:  # colour bar
            w, h = int(r.integers(6, 20)), int(r.integers(60, 220)); n = int(r.integers(3, 256))
            for j in range(h): d.line((x, y + j, x + w, y + j), fill=int((j * n // h) * 255 / n))
            if r.random() < .5: d.rectangle((x - 1, y - 1, x + w + 1, y + h + 1), outline=v)
        elif k == 6:  # grid
            st = int(r.integers(5, 40)); n, m = int(r.integers(2, 14)), int(r.integers(2, 14))
            for j in range(n + 1): d.line((x + j * st, y, x + j * st, y + m * st), fill=v)
            for j in range(m + 1): d.line((x, y + j * st, x + n * st, y + j * st), fill=v)
        elif k == 7:  # callipers, crosses, dots along a line
            n = int(r.integers(2, 40)); dx, dy = r.uniform(-14, 14), r.uniform(-14, 14); z = int(r.integers(1, 6)); sh = int(r.integers(0, 4))
            if abs(dx) + abs(dy) < 5: dx = 7
            for j in range(n):
                cx, cy = x + j * dx, y + j * dy
                if sh == 0: d.line((cx - z, cy, cx + z, cy), fill=v); d.line((cx, cy - z, cx, cy + z), fill=v)
                elif sh == 1: d.ellipse((cx - z / 2, cy - z / 2, cx + z / 2, cy + z / 2), fill=v)
                elif sh == 2: d.line((cx - dx * .25, cy - dy * .25, cx + dx * .25, cy + dy * .25), fill=v, width=lw)
                else: d.ellipse((cx - z, cy - z, cx + z, cy + z), outline=v)
        elif k == 8:  # arrows, triangles
            z = int(r.integers(4, 20)); d.polygon([(x, y), (x - z, y - z // 2), (x - z, y + z // 2)], fill=v if r.random() < .5 else None, outline=v)
        elif k == 9:  # screws, stents: zigzag
            n, st, am = int(r.integers(6, 40)), r.uniform(2, 7), r.uniform(3, 14); an = r.uniform(0, 6.28); c, s = np.cos(an), np.sin(an)
            pts = [(x + j * st * c - (am if j % 2 else -am) * s, y + j * st * s + (am if j % 2 else -am) * c) for j in range(n)]
            d.line(pts, fill=v, width=lw)
            if r.random() < .4: d.line([(p[0] + st * 1 * c, p[1] + st * s) for p in reversed(pts)], fill=v, width=lw)
        elif k == 10: # wires, catheters
            pts = [(x, y)]; an = r.uniform(0, 6.28)
            for _ in range(int(r.integers(10, 60))):
                an += r.normal(0, .25); pts.append((pts[-1][0] + 8 * np.cos(an), pts[-1][1] + 8 * np.sin(an)))
            d.line(pts, fill=v, width=int(r.integers(1, 6)), joint="curve")
        elif k == 11: # rectangles, panels
            w, h = int(r.integers(8, 200)), int(r.integers(8, 120)); d.rectangle((x, y, x + w, y + h), outline=v, fill=int(r.integers(0, 255)) if r.random() < .4 else None, width=lw)
        elif k == 12: # row of icons / blobs
            n, z = int(r.integers(2, 10)), int(r.integers(6, 26))
            for j in range(n):
                cx = x + j * (z + int(r.integers(3, 9)))
                [lambda: d.rectangle((cx, y, cx + z, y + z), outline=v), lambda: d.ellipse((cx, y, cx + z, y + z), fill=v), lambda: d.rectangle((cx, y, cx + z, y + z), fill=v)][int(r.integers(0, 3))]()
        elif k == 13: # clusters of specks
            z = r.uniform(6, 40)
            for _ in range(int(r.integers(8, 120))):
                cx, cy, q = x + r.normal(0, z), y + r.normal(0, z), r.uniform(.5, 2.5); d.ellipse((cx - q, cy - q, cx + q, cy + q), fill=int(np.clip(v + r.normal(0, 20), 0, 255)))
        elif k == 14: # rings, sectors
            z = r.uniform(5, 120); a0 = r.uniform(0, 360); d.arc((x - z, y - z, x + z, y + z), a0, a0 + r.uniform(30, 360), fill=v, width=lw)
        elif k == 15: # line pairs, fences
            n, st = int(r.integers(4, 30)), int(r.integers(2, 10)); L = int(r.integers(6, 60)); ve = r.random() < .5
            for j in range(n):
                if ve: d.rectangle((x + j * 2 * st, y, x + j * 2 * st + st - 1, y + L), fill=v)
                else: d.rectangle((x, y + j * 2 * st, x + L, y + j * 2 * st + st - 1), fill=v)
        else:         # folds, vessels
            for _ in range(int(r.integers(3, 30))):
                pts = [(x + r.normal(0, 50), y + r.normal(0, 50))]; an = r.uniform(0, 6.28)
                for _ in range(int(r.integers(3, 14))):
                    an += r.normal(0, .7); q = r.uniform(2, 9); pts.append((pts[-1][0] + q * np.cos(an), pts[-1][1] + q * np.sin(an)))
                d.line(pts, fill=v, width=lw)
    if r.random() < .25: im = im.filter(ImageFilter.GaussianBlur(r.uniform(.4, 1.5)))
    page[:] = np.asarray(im, np.float32)

def texture(r, H, W):
    """Noise of all grains: speckle, trabeculae, plasma."""
    out = np.zeros((H, W), np.float32)
    for o in range(int(r.integers(1, 5))):
        s = float(r.choice([1, 1.3, 2, 3, 5, 8, 16, 40])); an = float(r.choice([1, 1, 1, 2, 4]))
        h, w = max(int(H / s / (an if r.random() < .5 else 1)), 3), max(int(W / s / (an if r.random() < .5 else 1)), 3)
        n = r.normal(0, 1, (h, w)) if r.random() < .6 else r.rayleigh(1, (h, w)) * 1.5 if r.random() < .6 else np.abs(r.normal(0, 1, (h, w))) * 1.6
        out += np.asarray(Image.fromarray(n.astype(np.float32)).resize((W, H), Image.Resampling.BICUBIC)) * r.uniform(1, 22)
    out += r.uniform(10, 220)
    if r.random() < .4:  # seen in a part alone
        m = np.asarray(Image.fromarray(r.random((6, 6)).astype(np.float32)).resize((W, H), Image.Resampling.BICUBIC)); out = np.where(m > r.uniform(.3, .7), out, r.choice([0, 0, 30, 255]))
    if r.random() < .2: out = np.abs(out - 128) * 2
    return out

KINDS = list(GROUNDS)
def page(r, H=448, W=448, texts=None):
    k = r.random()
    if k < .62:
        name = str(r.choice(["US", "MG", "MR", "CT"])) if r.random() < .45 else KINDS[int(r.integers(0, len(KINDS)))]
        H0, W0 = H, W
        if r.random() < .75: H, W = [(600, 800), (512, 512), (768, 1024), (1024, 1024), (480, 640)][int(r.integers(0, 5))]
        if name == "us" or name == "US":
            g = GROUNDS[name](r, H, W, marks=bool(r.random() < .7))
        else: g = GROUNDS[name](r, H, W)
        y0, x0 = int(r.integers(0, H - H0 + 1)), int(r.choice([0, W - W0, int(r.integers(0, W - W0 + 1))]))
        g = g[y0:y0 + H0, x0:x0 + W0].astype(np.float32).copy(); H, W = H0, W0
    elif k < .85: g = texture(r, H, W)
    else: g = np.full((H, W), r.choice([0, 0, 0, 10, 30, 60, 128, 200, 240, 255]), np.float32) + (np.linspace(0, r.uniform(-60, 60), W)[None] if r.random() < .4 else 0)
    g = np.clip(g, 0, 255)
    if r.random() < .15: g = 255 - g
    if r.random() < .3:
        lo, hi = r.uniform(0, 80), r.uniform(130, 255); g = lo + g * (hi - lo) / 255
    if r.random() < .7: clutter(r, g)
    sizes = np.zeros((H, W), np.uint8)
    n = texts if texts is not None else 0 if r.random() < .35 else int(r.integers(2, 16))
    for _ in range(n):
        k = r.random(); s = int(r.integers(7, 15)) if k < .55 else int(r.integers(14, 30)) if k < .85 else int(r.integers(28, 64))
        if r.random() < .06: write(r, g, sizes, s + 4, text=str(r.choice(["L", "R", "A", "P", "H", "F", "5", "10", "15", "0", "1", "20", "cm", "S", "I", "+", "x"])), ignore=True)
        elif r.random() < .12:  # a block of lines
            made = 0
            H0, W0 = g.shape; x0, y0 = int(r.integers(0, W0 // 2)), int(r.integers(0, H0 // 2))
            lh = int(s * r.uniform(1.15, 1.7)); sub = g[y0:, x0:]
            for j in range(int(r.integers(2, 6))):
                if (j + 1) * lh + 2 >= sub.shape[0]: break
                strip, ss = g[y0 + j * lh:y0 + (j + 1) * lh + 2, x0:], sizes[y0 + j * lh:y0 + (j + 1) * lh + 2, x0:]
                write(r, strip, ss, s)
        else: write(r, g, sizes, s)
    k = r.random()
    if k < .2: g = g + r.normal(0, r.uniform(.5, 5), g.shape)
    g = np.clip(g, 0, 255).astype(np.uint8)
    if k > .85:
        b = io.BytesIO(); Image.fromarray(g).save(b, "JPEG", quality=int(r.integers(55, 96))); g = np.asarray(Image.open(b))
    return g, sizes

if __name__ == "__main__":
    seed, n, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    r = np.random.default_rng(seed)
    G, S = [], []
    for i in range(n):
        try: g, s = page(r)
        except OSError as e: print(e, file=sys.stderr); continue
        G.append(g); S.append(s)
    np.savez(out + '.tmp.npz', g=np.array(G), s=np.array(S))
    os.rename(out + '.tmp.npz', out)
