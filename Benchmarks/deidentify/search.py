"""Looks for the planted strings in the bytes of everything that a tool has written, in every form that they may take.

It knows nothing of attributes: it is the check of the checks. Pixel data is left out, whose bytes may be anything.
"""
import pathlib

import outputs

ENCODINGS = [
    "utf-8", "latin-1", "utf-16-le", "utf-16-be", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso2022_jp", "iso2022_jp_2",
    "shift_jis", "euc_jp", "euc_kr", "iso2022_kr", "gb18030",
]
# Shorter than that, bytes are found by chance.
SHORTEST = 5


def forms(text: str) -> set[bytes]:
    """The text in bytes, as written, in capitals, in small letters."""
    found = set()
    for variant in {text, text.upper(), text.lower(), text.title()}:
        for encoding in ENCODINGS:
            try:
                encoded = variant.encode(encoding)
            except (UnicodeEncodeError, LookupError):
                continue
            # Escapes of ISO 2022 stand at the ends; inside of a longer text they would not be there.
            for escape in (b"\x1b$B", b"\x1b(B", b"\x1b(J", b"\x1b$)C", b"\x0e", b"\x0f", b"\x1b(I", b"\x1b$A"):
                encoded = encoded.replace(escape, b"")
            found.add(encoded)
    return {form for form in found if len(form) >= SHORTEST}


def header(file: pathlib.Path) -> bytes:
    """The bytes of a file without its pixel data."""
    whole = file.read_bytes()
    data = outputs.quietly(lambda: outputs.read(file))
    if data is not None and "PixelData" in data and data.PixelData:
        whole = whole.replace(bytes(data.PixelData), b"")
    return whole


def leaks(folders: list[pathlib.Path], strings: dict[str, list[str]], owner=lambda file: None) -> list[tuple[pathlib.Path, str]]:
    """Files, and their paths, that hold a planted string.

    - Parameters: `owner` says whose object a file is, so that only that patient's strings are looked for: the moved date of
      one may be the true one of another.
    """
    wanted = {patient: [(text, forms(text)) for text in texts] for patient, texts in strings.items()}
    everybody = [each for texts in wanted.values() for each in texts]
    found = []
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if not file.is_file():
                continue
            content = str(file.relative_to(folder.parent)).encode() + b"\n" + header(file)
            mine = wanted.get(owner(file)) if owner(file) else everybody
            for text, patterns in mine:
                if any(pattern in content for pattern in patterns):
                    found.append((file, text))
    return found
