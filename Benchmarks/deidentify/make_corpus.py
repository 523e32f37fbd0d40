"""Makes a corpus of DICOM objects with planted identifiers, and the key that says what must become of each.

    make_corpus.py FOLDER [--patients 12] [--each 6] [--seed 1] [--voice first|elsewhere]
"""
import argparse
import collections
import pathlib
import shutil
import warnings

from planted import corpus

STANDARD = {"patients": 12, "each": 6, "seed": 1}
SMALL = {"patients": 4, "each": 3, "seed": 7}


def make(folder: pathlib.Path, patients: int, each: int, seed: int, voice: str = "first") -> list:
    """Makes the corpus anew. The same numbers make the same corpus."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's, of the oddities that are planted
        return corpus.make(folder, patients=patients, seed=seed, each=each, voice=voice)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    for name, value in STANDARD.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--voice", choices=corpus.VOICES, default="first")
    arguments = parser.parse_args()
    made = make(arguments.folder, arguments.patients, arguments.each, arguments.seed, arguments.voice)
    actions = collections.Counter(action.action for each in made for action in each.actions)
    size = sum(file.stat().st_size for file in (arguments.folder / "objects").rglob("*") if file.is_file())
    print(f"{len(made)} objects ({size / 1e6:.0f} MB) of {arguments.patients} patients in {arguments.folder}")
    for name, count in sorted(actions.items()):
        print(f"  {name:18} {count}")


if __name__ == "__main__":
    main()
