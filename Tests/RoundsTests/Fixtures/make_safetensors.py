"""Makes safetensors.json: small files as the reference implementation writes them (PyPI safetensors 0.6, numpy).

    python -m venv venv && venv/bin/pip install 'safetensors==0.6.*' numpy && venv/bin/python make_safetensors.py
"""
import base64
import hashlib
import json
import pathlib

import numpy as np
from safetensors.numpy import save

rng = np.random.default_rng(7)
f32 = {
    "layers.1.weight": rng.normal(size=(2, 3)).astype(np.float32),
    "layers.0.bias": np.array([1.5, -2.0, 3.25], dtype=np.float32),
    "scalar": np.array(0.5, dtype=np.float32),
    "empty": np.zeros((0, 4), dtype=np.float32),
    'a "quoted"\\name\n\u00e9\u4e2d': np.array([np.inf, -0.0, 1e-45], dtype=np.float32),
}
half = {"half": np.array([0.1, -65504.0, 6e-8, 0.0, 1.0, -2.5], dtype=np.float16)}


def case(tensors, metadata=None):
    data = save(tensors, metadata=metadata)
    return {
        "file": base64.b64encode(data).decode(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "tensors": [
            {
                "name": name,
                "shape": list(value.shape),
                "bits": [int(b) for b in value.astype(np.float32).ravel().view(np.uint32)],
            }
            for name, value in tensors.items()
        ],
    }


golden = {"float32": case(f32), "half": case(half, {"format": "np"})}
pathlib.Path(__file__).with_name("safetensors.json").write_text(json.dumps(golden) + "\n")
