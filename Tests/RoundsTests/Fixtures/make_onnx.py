"""Makes onnx.json: the models of training.json as PyPI onnx writes them, checked by it, and what onnxruntime answers.

    python -m venv venv && venv/bin/pip install onnx onnxruntime numpy && venv/bin/python make_onnx.py
Made with onnx 1.23.2 and onnxruntime 1.32.0.
"""
import base64
import hashlib
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from safetensors.numpy import save

here = pathlib.Path(__file__)
training = json.loads(here.with_name("training.json").read_text())
X = np.array(training["features"], dtype=np.float32)
OUTPUTS = {"linear": ("Identity", "value"), "logistic": ("Sigmoid", "probability"), "cox": ("Identity", "log_hazard")}


def tensor(name, value):
    return helper.make_tensor(name, TensorProto.FLOAT, value.shape, value.astype(np.float32).tobytes(), raw=True)


cases = []
for index, case in enumerate(training["cases"]):
    weights, start = {}, 0
    for shape in case["shapes"]:
        size = int(np.prod(shape["shape"]))
        values = np.array(case["start"][start : start + size], dtype=np.float32)
        weights[shape["name"]] = values.reshape(shape["shape"])
        start += size
    head = next(h for h in OUTPUTS if case["name"].lower().endswith(h))
    target = {"linear": "number", "logistic": "binary", "cox": "time"}[head]
    nodes, constants, current = [], [], "features"

    def step(operation, inputs, output=None, **attributes):
        output = output or f"step{len(nodes)}"
        nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    centres = scales = None
    if index % 2:
        centres, scales = np.array([0.5, -0.25, 0.125], np.float32), np.array([2, 0.5, 1.5], np.float32)
        constants.append(tensor("centres", centres))
        current = step("Sub", [current, "centres"])
        constants.append(tensor("scales", scales))
        current = step("Div", [current, "scales"])
    layers = len(weights) // 2
    for layer in range(layers):
        names = f"layers.{layer}.weight", f"layers.{layer}.bias"
        constants += [tensor(name, weights[name]) for name in names]
        current = step("Gemm", [current, *names], transB=1)
        if layer + 1 < layers:
            current = step("Relu" if case["activation"] == "relu" else "Tanh", [current])
    operation, answer = OUTPUTS[head]
    step(operation, [current], answer)
    graph = helper.make_graph(
        nodes, case["name"], [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", 3])],
        [helper.make_tensor_value_info(answer, TensorProto.FLOAT, ["rows", 1])], constants)
    model = helper.make_model(
        graph, ir_version=8, producer_name="atles", opset_imports=[helper.make_opsetid("", 13)])
    helper.set_model_props(model, {
        "features": "x0,x1,x2", "target": target, "weights": hashlib.sha256(save(weights)).hexdigest()})
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString()
    session = onnxruntime.InferenceSession(data)
    cases.append({
        "name": case["name"], "file": base64.b64encode(data).decode(),
        "centres": centres.tolist() if centres is not None else None,
        "scales": scales.tolist() if scales is not None else None,
        "answers": session.run(None, {"features": X})[0][:, 0].astype(float).tolist(),
    })
here.with_name("onnx.json").write_text(json.dumps(cases) + "\n")
