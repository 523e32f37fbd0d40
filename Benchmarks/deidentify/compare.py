"""Ours and the peers on one corpus with planted identifiers, scored alike. Started by Benchmarks/deidentify/run.

    run [--peers all|none|gdcmanon,dicognito,dicom-anonymizer] [--patients 12] [--each 6] [--seed 1] [--voice first|elsewhere] [--details N]
"""
import argparse
import collections
import json
import pathlib
import sys

import make_corpus
import outputs
import score
import search
import tools
from planted import key as keys

sys.path.insert(0, str(tools.ROOT / "Benchmarks"))
from measure import table  # noqa: E402

WORK = tools.ROOT / ".bench/deidentify"


def by_size(result: score.Score) -> list[tuple[str, str, str]]:
    found = collections.defaultdict(lambda: [0, 0])
    for each in result.judgements:
        if each.action.action == "pixels_hidden" and each.seen:
            found[each.action.region["size"]][0] += each.right
            found[each.action.region["size"]][1] += 1
    return [(f"{size} px", f"{100 * hidden / all_:.2f} %", f"{hidden}/{all_}") for size, (hidden, all_) in sorted(found.items())]


def planted_strings(corpus: pathlib.Path, folders: list[pathlib.Path], output: pathlib.Path) -> int:
    """Files that hold a planted string in any form, by the search that knows nothing of attributes."""
    strings = json.loads((corpus / "strings.json").read_text())
    found = outputs.Outputs(output)
    owner = {found.file(each): each.patient for each in keys.read(corpus / "key.jsonl")}
    return len({file for file, _ in search.leaks(folders, strings, owner.get)})


def main() -> None:
    parser = argparse.ArgumentParser(prog="run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="all")
    parser.add_argument("--without-ours", action="store_true")
    parser.add_argument("--details", type=int, default=0, help="groups of ours' failures to print")
    for name, value in make_corpus.STANDARD.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--voice", choices=make_corpus.corpus.VOICES, default="first")
    arguments = parser.parse_args()
    peers = {"all": list(tools.PEERS), "none": []}.get(arguments.peers) or [name for name in arguments.peers.split(",") if name != "none"]
    if unknown := set(peers) - set(tools.PEERS):
        parser.error(f"there is no peer called {', '.join(sorted(unknown))}")

    corpus = WORK / f"corpus-{arguments.patients}-{arguments.each}-{arguments.seed}-{arguments.voice}"
    made = make_corpus.make(corpus, arguments.patients, arguments.each, arguments.seed, arguments.voice)
    chosen = ([] if arguments.without_ours else [("Atles", tools.atles)]) + [(name, tools.PEERS[name]) for name in peers]
    runs, results, strings = {}, {}, {}
    for name, tool in chosen:
        runs[name] = outputs.quietly(lambda: tool(corpus / "objects", WORK / name))
        results[name] = score.score(corpus, runs[name].output)
        strings[name] = outputs.quietly(lambda: planted_strings(corpus, [runs[name].output], runs[name].output))

    names = list(results)
    rows = [(action, *(score.cell(results[name].counts(action)) for name in names)) for action in score.ACTIONS]
    rows.append(("all actions", *(score.cell(results[name].total()) for name in names)))
    rows.append(("planted identifiers gone", *(score.cell(results[name].removal()) for name in names)))
    rows.append(("files with a planted string", *(str(strings[name]) for name in names)))
    rows.append(("objects kept back", *(f"{len(results[name].kept_back)} of {results[name].objects}" for name in names)))
    rows.append(("", *(runs[name].remark for name in names)))
    table(
        f"{len(made)} objects of {arguments.patients} patients with planted identifiers, scored MIDI-B-style (right/required)",
        rows, ("action", *names))
    for name in names:
        if name == "Atles":
            if not by_size(results[name]):
                continue
            sizes = by_size(results[name])
            parts = list(results[name].changed.values())
            table("Atles: burned-in text of released objects that is gone, by size of its letters", sizes, ("size", "recall", "texts"))
            if parts:
                print(f"\n  pixels outside of texts that were changed: {sum(parts) / len(parts):.4%} "
                      f"(in {sum(part > 0 for part in parts)} of {len(parts)} objects)")
            if arguments.details:
                print("\n" + score.details(results[name], arguments.details))


if __name__ == "__main__":
    main()
