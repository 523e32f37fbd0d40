"""Scores what a de-identification tool made of a corpus with the ten actions of the MIDI-B challenge, re-implemented.

This is MIDI-B-style, not MIDI-B: the challenge's data and its scorer are not used. A required action is right or wrong;
the score of an action is right / required. An object that a tool keeps back has lost nothing and kept nothing: what had
to be removed counts as right, what had to be kept as wrong, unless the key expects that it may be kept back.

    score.py CORPUS OUTPUT [--details 20]
"""
import argparse
import collections
import dataclasses
import datetime
import pathlib
import sys

import outputs
import pixels
from planted import key as keys

ACTIONS = [
    "tag_retained", "text_notnull", "text_retained", "text_removed", "date_shifted", "uid_changed", "uid_consistent",
    "patid_consistent", "pixels_hidden", "pixels_retained",
]
# Of these a failure may be that an original value was left; of the others it is only that something was lost.
TELLING = {"text_removed", "pixels_hidden", "date_shifted", "uid_changed", "patid_consistent"}


@dataclasses.dataclass
class Judgement:
    key: keys.ObjectKey
    action: keys.Action
    right: bool
    # An original value is in the output: worse than something lost.
    leaked: bool = False
    seen: str = ""


@dataclasses.dataclass
class Score:
    judgements: list[Judgement]
    objects: int
    kept_back: list[str]
    # By object: the part of the pixels outside of texts that was changed.
    changed: dict[str, float]
    technical_kept: int = 0
    technical: int = 0

    def counts(self, action: str) -> tuple[int, int]:
        mine = [each for each in self.judgements if each.action.action == action]
        return sum(each.right for each in mine), len(mine)

    def total(self) -> tuple[int, int]:
        return sum(each.right for each in self.judgements), len(self.judgements)

    def removal(self) -> tuple[int, int]:
        """Planted identifiers that are gone, of those that were planted."""
        mine = [each for each in self.judgements if each.action.action in TELLING]
        return sum(not each.leaked for each in mine), len(mine)

    def failures(self) -> list[Judgement]:
        return [each for each in self.judgements if not each.right]


def moment(value: str) -> datetime.datetime | None:
    """A DA or DT value; None where it is no date."""
    digits = value.strip()
    for form, length in (("%Y%m%d%H%M%S", 14), ("%Y%m%d%H%M", 12), ("%Y%m%d%H", 10), ("%Y%m%d", 8)):
        if len(digits) < length:
            continue
        try:
            found = datetime.datetime.strptime(digits[:length], form)
        except ValueError:
            continue
        fraction = digits[length:].lstrip(".").split("+")[0].split("-")[0]
        return found + datetime.timedelta(seconds=float("0." + fraction)) if fraction.isdigit() else found
    return None


def most_frequent(values: collections.Counter):
    return values.most_common(1)[0][0] if values else None


class Scorer:
    def __init__(self, corpus: pathlib.Path, output: pathlib.Path):
        self.corpus = corpus
        self.keys = keys.read(corpus / "key.jsonl")
        self.found = outputs.Outputs(output)
        self.judgements: list[Judgement] = []
        self.kept_back: list[str] = []
        self.changed: dict[str, float] = {}
        self.technical = [0, 0]
        # What needs all objects before it can be judged.
        self.dates, self.uids, self.patients = [], [], []

    def score(self) -> Score:
        for key in self.keys:
            file = self.found.file(key)
            if file is None:
                self.kept_back.append(key.file)
                self.judge_kept_back(key)
            else:
                self.judge_object(key, file)
        self.judge_dates()
        self.judge_uids()
        self.judge_patients()
        return Score(self.judgements, len(self.keys), self.kept_back, self.changed, *self.technical)

    def add(self, key, action, right: bool, leaked: bool = False, seen: str = "") -> None:
        self.judgements.append(Judgement(key, action, right, leaked, seen))

    def judge_kept_back(self, key) -> None:
        for action in key.actions:
            if action.action in ("text_removed", "pixels_hidden"):
                self.add(key, action, True)
            elif not key.may_refuse and action.action in ACTIONS:
                self.add(key, action, False, seen="kept back")

    def judge_object(self, key, file: pathlib.Path) -> None:
        data = outputs.read(file)
        source = outputs.read(self.corpus / "objects" / key.file)
        for action in key.actions:
            if action.action in ("pixels_hidden", "pixels_retained", "technical_text"):
                continue
            if action.place == "preamble":
                self.add(key, action, action.token.encode() not in (data.preamble or b""), action.token.encode() in (data.preamble or b""))
                continue
            at = outputs.find(data, action.place)
            value = "" if at is None else outputs.text(at)
            # A tool that takes items out moves those behind: then the value may be in any of them.
            if outputs.is_as_planted(data, source, action.place):
                candidates = [] if at is None else [at]
            else:
                candidates = outputs.alike(data, action.place)
            if action.action == "tag_retained":
                self.add(key, action, bool(candidates))
            elif action.action == "text_notnull":
                self.add(key, action, any(outputs.text(each).strip() for each in candidates))
            elif action.action == "text_retained":
                self.add(key, action, self.is_kept(source, action, candidates), seen=value)
            elif action.action == "text_removed":
                left = any(outputs.holds(each, action.token) for each in candidates)
                self.add(key, action, not left, left, value)
            elif action.action == "date_shifted":
                self.dates.append((key, action, value))
            elif action.action in ("uid_changed", "uid_consistent"):
                self.uids.append((key, action, value))
            elif action.action == "patid_consistent":
                self.patients.append((key, action, value))
        self.judge_pixels(key, source, data)

    def is_kept(self, source, action, candidates: list) -> bool:
        if any(action.token.casefold() in outputs.text(each).casefold() for each in candidates):
            return True
        # Numbers may be written in another way, and elements of unknown type come back as bytes.
        original = outputs.find(source, action.place)
        return original is not None and any(each.value == original.value for each in candidates)

    def judge_pixels(self, key, source, data) -> None:
        wanted = [action for action in key.actions if action.action in ("pixels_hidden", "pixels_retained", "technical_text")]
        if not wanted:
            return
        regions = [action.region for action in wanted if action.region]
        try:
            after = pixels.frames(data)
        except Exception as problem:
            for action in wanted:
                if action.action != "technical_text":
                    self.add(key, action, action.action == "pixels_hidden", seen=f"no frames: {type(problem).__name__}")
            return
        before = pixels.frames(source)
        for action in wanted:
            if action.action == "pixels_retained":
                part = pixels.changed(source, data, before, after, regions, key.lossy)
                self.changed[key.file] = part
                self.add(key, action, part == 0, seen=f"{part:.4%} changed")
                continue
            visible = pixels.is_visible(action.region, after)
            if action.action == "technical_text":
                self.technical[0] += visible
                self.technical[1] += 1
            else:
                self.add(key, action, not visible, visible, f"{action.region['size']} px, contrast {action.region['contrast']}, {action.region['angle']} degrees, {action.region['face']}")

    def judge_dates(self) -> None:
        """A date is right when it has moved, and by as much as the patient's other dates."""
        shifts = collections.defaultdict(collections.Counter)
        moved = []
        for key, action, value in self.dates:
            before, after = moment(action.token), moment(value)
            delta = None if before is None or after is None else (after - before).total_seconds()
            if delta:
                shifts[key.patient][round(delta, 3)] += 1 + 2 * (len(action.token) > 8)  # moments say more than days
            moved.append((key, action, value, delta))
        for key, action, value, delta in moved:
            shift = most_frequent(shifts[key.patient])
            slack = 0.001 if len(action.token) > 8 else 86399.0
            right = bool(delta) and shift is not None and abs(delta - shift) <= slack
            self.add(key, action, right, leaked=delta == 0, seen=value)

    def judge_uids(self) -> None:
        forward = collections.defaultdict(collections.Counter)
        for _, action, value in self.uids:
            if value:
                forward[action.token][value] += 1
        chosen = {old: most_frequent(new) for old, new in forward.items()}
        shared = collections.Counter(chosen.values())
        for key, action, value in self.uids:
            left = value == action.token
            if action.action == "uid_changed":
                self.add(key, action, bool(value) and not left, leaked=left, seen=value)
            else:
                self.add(key, action, bool(value) and value == chosen[action.token] and shared[value] == 1, seen=value)

    def judge_patients(self) -> None:
        forward = collections.defaultdict(collections.Counter)
        for key, _, value in self.patients:
            if value:
                forward[key.patient][value] += 1
        chosen = {old: most_frequent(new) for old, new in forward.items()}
        shared = collections.Counter(chosen.values())
        for key, action, value in self.patients:
            left = action.token in value
            self.add(key, action, bool(value) and not left and value == chosen[key.patient] and shared[value] == 1, left, value)


def score(corpus: pathlib.Path, output: pathlib.Path) -> Score:
    return outputs.quietly(Scorer(corpus, output).score)


# What people read ----------------------------------------------------------------------------------------------------


def cell(counts: tuple[int, int]) -> str:
    right, required = counts
    if not required:
        return "-"
    # Never rounded up to what was not reached.
    part = int(10000 * right / required) / 100
    return f"{part:.2f} % ({right}/{required})"


def details(result: Score, limit: int) -> str:
    """Failures by action, kind and attribute, the leaks first, with one example each; and what was kept back."""
    groups, kept_back = collections.defaultdict(list), collections.defaultdict(set)
    for each in result.failures():
        if each.seen == "kept back":
            kept_back[each.key.kind].add(each.key.file)
            continue
        groups[(not each.leaked, each.action.action, each.action.kind, each.action.place.split(">")[-1])].append(each)
    lines = [f"KEPT BACK: {len(files)} of kind {kind}, e.g. {min(files)}" for kind, files in sorted(kept_back.items())]
    for (safe, action, kind, place), members in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1])))[:limit]:
        first = members[0]
        seen = first.seen[:100].encode("unicode_escape").decode()
        lines.append(f"{'' if safe else 'LEFT: '}{action} · {kind} · {place}: {len(members)} times, e.g. {first.key.file} "
                     f"wanted {first.action.token[:60]!r} saw {seen!r}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--details", type=int, default=20, metavar="GROUPS", help="groups of failures to print")
    arguments = parser.parse_args()
    result = score(arguments.corpus, arguments.output)
    for action in ACTIONS:
        print(f"{action:18} {cell(result.counts(action))}")
    print(f"{'all':18} {cell(result.total())}")
    print(f"{'identifiers gone':18} {cell(result.removal())}")
    print(f"kept back: {len(result.kept_back)} of {result.objects} objects")
    print(details(result, arguments.details), file=sys.stderr)


if __name__ == "__main__":
    main()
