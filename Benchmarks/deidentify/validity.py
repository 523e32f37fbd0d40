"""Whether objects have more errors after de-identification than before: dciodvfy's, without the values that it repeats.

    validity.py [--patients 12] [--each 6] [--seed 1] [--without-ours] [--peers all|none|NAME,…]

On a corpus with planted identifiers, and on the samples that come with pydicom.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import warnings

import make_corpus
import outputs
import pydicom
import tools
from planted import key as keys
from pydicom.uid import DeflatedExplicitVRLittleEndian


def errors(file: pathlib.Path) -> collections.Counter:
    """Messages by class: values, numbers of items and of values are taken out."""
    done = subprocess.run(["dciodvfy", file], capture_output=True, text=True, errors="replace", timeout=120, check=False)
    found = collections.Counter()
    for line in (done.stdout + done.stderr).splitlines():
        if not line.startswith("Error"):
            continue
        line = re.sub(r"<[^>]*>", "", line)
        line = re.sub(r"value \d+ of \d+|\[\d+\]|\b\d+(\.\d+){2,}|UID \S+$", "", line)
        found[line.strip()] += 1
    return found


def added(before: pathlib.Path, after: pathlib.Path) -> list[str]:
    """Classes of messages that the output has and the original had not."""
    return sorted(set(errors(after)) - set(errors(before)))


def pairs(corpus: pathlib.Path, output: pathlib.Path):
    """Originals and what became of them, by the key of the corpus."""
    found = outputs.Outputs(output)
    for key in keys.read(corpus / "key.jsonl"):
        file = found.file(key)
        if file is not None:
            yield key, corpus / "objects" / key.file, file


def samples() -> list[pathlib.Path]:
    """The DICOM files that come with pydicom and pydicom-data, but for those that dciodvfy does not read."""
    folders = [pathlib.Path(pydicom.__file__).parent / "data"]
    try:
        import data_store

        folders.append(pathlib.Path(data_store.__file__).parent / "data")
    except ImportError:
        pass
    found = []
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        data = outputs.read(file)
        if data is not None and "SOPClassUID" in data and data.file_meta.get("TransferSyntaxUID") != DeflatedExplicitVRLittleEndian:
            found.append(file)
    return found


def sample_pairs(work: pathlib.Path):
    """Each sample by itself, for several share a UID; those that are set aside have no pair."""
    for file in samples():
        run = tools.atles(file, work)
        for written in run.output.rglob("*.dcm"):
            yield file, written


def main() -> None:
    sys.path.insert(0, str(tools.ROOT / "Benchmarks"))
    from measure import table

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="none")
    parser.add_argument("--without-ours", action="store_true")
    for name, value in make_corpus.STANDARD.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    work = tools.ROOT / ".bench/deidentify"
    corpus = work / f"corpus-{arguments.patients}-{arguments.each}-{arguments.seed}"
    make_corpus.make(corpus, arguments.patients, arguments.each, arguments.seed)
    peers = list(tools.PEERS) if arguments.peers == "all" else [name for name in arguments.peers.split(",") if name != "none"]
    chosen = ([] if arguments.without_ours else [("Atles", tools.atles)]) + [(name, tools.PEERS[name]) for name in peers]
    rows, examples = [], []
    for name, tool in chosen:
        run = tool(corpus / "objects", work / name)
        worse = collections.Counter()
        objects = with_more = 0
        for key, before, after in pairs(corpus, run.output):
            more = added(before, after)
            objects += 1
            with_more += bool(more)
            worse.update((key.kind, message) for message in more)
        rows.append((name, "planted", str(objects), str(with_more), str(sum(worse.values()))))
        examples += [f"  {name}: {kind}: {message} ({count} times)" for (kind, message), count in worse.most_common(10)]
    if not arguments.without_ours:
        found = [(before.name, added(before, after)) for before, after in sample_pairs(work / "sample")]
        rows.append(("Atles", "pydicom's samples", str(len(found)), str(sum(bool(more) for _, more in found)), str(sum(len(more) for _, more in found))))
        examples += [f"  Atles: {name}: {message}" for name, more in found for message in more]
    table("Errors that dciodvfy finds after de-identification and not before", rows, ("program", "objects of", "objects", "with new errors", "new errors"))
    print("\n".join(examples))


if __name__ == "__main__":
    main()
