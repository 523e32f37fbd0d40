"""Trains the trees that tell lines of text from rows of other things, and writes them as Swift.

pixels FOLDER --traits > traits.tsv
train.py traits.tsv … > Sources/Curation/Pixels/Triage/TextForest+trees.swift

Needs scikit-learn. A row of traits.tsv: 1 for text, the frame's file, how much of the text the line covers, LineTraits.
"""
import sys

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier

TREES, DEPTH = 120, 4


def rows(paths):
    kinds, traits = [], []
    for path in paths:
        for line in open(path):
            fields = line.rstrip("\n").split("\t")
            kinds.append(int(fields[0]))
            traits.append([float(field) for field in fields[3:]])
    return numpy.array(kinds), numpy.nan_to_num(numpy.array(traits), posinf=1e3, neginf=-1e3)


def complete(nodes):
    """A tree's nodes as a complete one: features and thresholds by level, leaves from left to right."""
    features, thresholds, level = [], [], [0]
    for _ in range(DEPTH):
        following = []
        for index in level:
            node = nodes[index]
            if node["is_leaf"]:
                features.append(0)
                thresholds.append(0.0)
                following += [index, index]
            else:
                features.append(int(node["feature_idx"]))
                thresholds.append(float(node["num_threshold"]))
                following += [int(node["left"]), int(node["right"])]
        level = following
    return features, thresholds, [float(nodes[index]["value"]) for index in level]


def listed(name, kind, values, form):
    lines, line = [], ""
    for value in values:
        text = form(value) + ","
        if len(line) + len(text) > 110:
            lines.append(line.rstrip())
            line = ""
        line += text + " "
    lines.append(line.rstrip())
    body = "\n".join("        " + line for line in lines)
    return f"    static let {name}: [{kind}] = [\n{body}\n    ]\n"


def main():
    kinds, traits = rows(sys.argv[1:])
    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, max_leaf_nodes=None, learning_rate=0.15, early_stopping=False, random_state=1)
    model.fit(traits, kinds)
    features, thresholds, leaves = [], [], []
    for (predictor,) in model._predictors:
        parts = complete(predictor.nodes)
        features += parts[0]
        thresholds += parts[1]
        leaves += parts[2]
    print("// Written by Benchmarks/pixels/train.py; do not edit.\n\nextension TextForest {")
    print(f"    static let depth = {DEPTH}")
    print(f"    static let start: Float = {float(model._baseline_prediction.ravel()[0]):.5g}\n")
    print(listed("features", "UInt8", features, str))
    print(listed("thresholds", "Float", thresholds, lambda value: f"{value:.5g}"))
    print(listed("leaves", "Float", leaves, lambda value: f"{value:.4g}").rstrip())
    print("}")
    print(f"{len(kinds)} lines, {kinds.sum()} of text; accuracy {model.score(traits, kinds):.4f}", file=sys.stderr)


if __name__ == "__main__":
    main()
