"""Trains the network that tells text from everything else, and writes it as Swift.

train.py MINUTES NET.pt PAGES.npz[,…] [START.pt [RATE]]   trains, with one thread; from START, where there is one
train.py --export NET.pt ../../Sources/Curation/Pixels/Triage

Needs torch and numpy. Pages are made by pages.py; val.npz, in the same folder, are pages to judge by.
"""
import os
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

def halve(x):  # as GrayImage.halved
    h, w = x.shape[-2] // 2 * 2, x.shape[-1] // 2 * 2
    x = x[..., :h, :w].float()
    return torch.floor((x[..., ::2, ::2] + x[..., 1::2, ::2] + x[..., ::2, 1::2] + x[..., 1::2, 1::2] + 2) / 4)
def edges(x):
    """(n, h, w) levels 0..255 to (n, 2, h, w): root of the differences across and down, edges repeated."""
    p = F.pad(x[:, None].float(), (1, 1, 1, 1), mode="replicate")[:, 0]
    dx, dy = p[:, 1:-1, 2:] - p[:, 1:-1, :-2], p[:, 2:, 1:-1] - p[:, :-2, 1:-1]
    e = torch.stack([dx, dy], 1)
    return torch.sign(e) * torch.sqrt(torch.abs(e)) / 4


class Net(nn.Module):
    def __init__(s):
        super().__init__()
        s.a = nn.Conv2d(2, 8, 3, 2, 1)
        def sep(n, i, o, k, st=1):
            setattr(s, n + "1", nn.Conv2d(i, i, k, st, k // 2, groups=i)); setattr(s, n + "2", nn.Conv2d(i, o, 1))
        sep("b", 8, 16, 3, 2); sep("c", 16, 16, 3); sep("d", 16, 32, 3, 2); sep("e", 32, 32, 3); sep("f", 32, 32, 5); sep("g", 32, 32, 5)
        s.out = nn.Conv2d(32, 2, 1)
    def forward(s, e, m=None):
        def k(x, f):
            return x if m is None else x * F.interpolate(m, scale_factor=f, mode="nearest")[..., :x.shape[-2], :x.shape[-1]]
        if m is not None: e = k(e, 8)
        x = k(F.relu(s.a(e)), 4)
        x = k(F.relu(s.b2(s.b1(x))), 2)
        x = k(x + F.relu(s.c2(s.c1(x))), 2)
        x = k(F.relu(s.d2(s.d1(x))), 1)
        x = k(x + F.relu(s.e2(s.e1(x))), 1)
        x = k(x + F.relu(s.f2(s.f1(x))), 1)
        x = k(x + F.relu(s.g2(s.g1(x))), 1)
        return s.out(x)


def export(path, out):
    """The layers as arrays in Swift, as TextNet reads them."""
    n = Net()
    n.load_state_dict(torch.load(path))
    d = {k: v.detach().numpy() for k, v in n.state_dict().items()}
    def conv(k): return np.concatenate([d[k+".weight"].transpose(2,3,1,0).ravel(), d[k+".bias"]])
    def sep(a): return np.concatenate([d[a+"1.weight"][:,0].transpose(1,2,0).ravel(), d[a+"1.bias"], d[a+"2.weight"][:,:,0,0].T.ravel(), d[a+"2.bias"]])
    def listed(values, indent):
        lines, line = [], ""
        for v in values:
            t = f"{v:.4g},"
            if len(line) + len(t) > 116 - indent: lines.append(line.rstrip()); line = ""
            line += t + " "
        lines.append(line.rstrip().rstrip(","))
        return "\n".join(" " * indent + l for l in lines)
    top = "// Written by Benchmarks/pixels/train.py; do not edit.\n\nextension TextNet {\n"
    def layer(name, k, reach=None, step=None):
        if reach is None: return f"    static let {name} = FirstLayer(\n        weights: [\n{listed(conv(k), 12)}\n        ])\n"
        return f"    static let {name} = SeparableLayer(\n        reach: {reach}, step: {step},\n        weights: [\n{listed(sep(k), 12)}\n        ])\n"
    open(out + "/TextNet+letters.swift", "w").write(top + "\n".join([layer("edges", "a"), layer("strokes", "b", 3, 2), layer("corners", "c", 3, 1), layer("letters", "d", 3, 2), layer("words", "e", 3, 1)]) + "}\n")
    open(out + "/TextNet+lines.swift", "w").write(top + "\n".join([layer("lines", "f", 5, 1), layer("surroundings", "g", 5, 1),
        "    /// Weights of the likelihood and of the size for each channel, and their biases.\n    static let ending: [Float] = [\n" + listed(np.concatenate([d["out.weight"][:,:,0,0].T.ravel(), d["out.bias"]]), 8) + "\n    ]\n"]) + "}\n")


if sys.argv[1] == "--export":
    export(sys.argv[2], sys.argv[3])
    sys.exit()
torch.manual_seed(1)
torch.set_num_threads(1)
minutes, out = float(sys.argv[1]), sys.argv[2]
files = sys.argv[3].split(",")
warm = sys.argv[4] if len(sys.argv) > 4 else None
LR = float(sys.argv[5]) if len(sys.argv) > 5 else 5e-3
def targets(s, k):
    z = s.float() / 2 ** k
    z = torch.where(s == 255, torch.full_like(z, 999.), z)
    share = F.avg_pool2d((z > 0).float()[:, None], 8); big = F.max_pool2d(z[:, None], 8)
    y = torch.where(share >= .2, 1., torch.where(share > 0, -1., 0.))
    y = torch.where((share > 0) & ((big < 6) | (big > 21)), -1., y)
    return y.to(torch.int8), big.clamp(4, 40).to(torch.uint8)
def levels(G, S):
    L = []
    for k in range(3):
        ys, zs = zip(*[targets(S[i:i + 200], k) for i in range(0, len(S), 200)])
        L.append((G, torch.cat(ys), torch.cat(zs)))
        if k < 2: G = torch.cat([halve(G[i:i + 200]).to(torch.uint8) for i in range(0, len(G), 200)]); S = S[:, ::2, ::2]
    return L
parts = []
for f in files:
    z = np.load(f); parts.append(levels(torch.from_numpy(z["g"]), torch.from_numpy(z["s"]))); del z
L = [tuple(torch.cat([p[k][j] for p in parts]) for j in range(3)) for k in range(3)]; del parts
z = np.load("val.npz"); V = levels(torch.from_numpy(z["g"]), torch.from_numpy(z["s"]))
print("loaded", flush=True)
def gate(e, y, r):
    n = e.abs().amax(1, keepdim=True)
    d = F.avg_pool2d((n > r.uniform(.6, 1.2)).float(), 8)
    d = F.avg_pool2d(d, 3, 1, 1)
    return F.max_pool2d(((d > r.uniform(.03, .35)) | (y != 0)).float(), 3, 1, 1)
net = Net()
if warm: net.load_state_dict(torch.load(warm))
opt = torch.optim.AdamW(net.parameters(), LR, weight_decay=1e-4)
def check():
    net.eval()
    with torch.no_grad():
        for k in (0, 1, 2):
            g, y, size = V[k]; p = torch.cat([torch.sigmoid(net(edges(g[i:i+50])))[:, :1] for i in range(0, len(g), 50)])
            print(k, *[f"{t}: {(p[y == 1] > t).float().mean():.4f} {(p[y == 0] > t).float().mean():.5f};" for t in (.1, .3, .5, .7, .9)], flush=True)
    net.train()
r = np.random.default_rng(int(time.time())); began = time.time(); step = 0; run = []
while True:
    done = (time.time() - began) / 60 / minutes
    if done >= 1: break
    for q in opt.param_groups: q["lr"] = LR * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * done)) + 2e-5
    k = int(r.choice([0, 0, 0, 1, 1, 2])); G, Y, Z = L[k]
    n = 16 if k < 2 else 48; side = min(Y.shape[-1], 24)
    idx = torch.from_numpy(r.integers(0, len(G), n)); cx, cy = int(r.integers(0, Y.shape[-1] - side + 1)), int(r.integers(0, Y.shape[-1] - side + 1))
    g = G[:, cy * 8:(cy + side) * 8, cx * 8:(cx + side) * 8][idx]; y = Y[:, :, cy:cy + side, cx:cx + side][idx].float(); z = Z[:, :, cy:cy + side, cx:cx + side][idx].float()
    if r.random() < .5: g = 255 - g
    e = edges(g)
    o = net(e, gate(e, y, r) if r.random() < .4 else None)
    p = o[:, :1]; w = (y >= 0).float()
    bce = F.binary_cross_entropy_with_logits(p, y.clamp(0, 1), reduction="none")
    loss = (w * bce).sum() / w.sum() * 8 + .1 * ((y == 1) * (o[:, 1:] - torch.log2(z / 11)) ** 2).sum() / (1 + (y == 1).sum())
    opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.); opt.step(); step += 1
    run.append(loss.item())
    if step % 200 == 0:
        print(step, f"{(time.time()-began)/60:.1f} min", f"{np.mean(run[-200:]):.4f}", flush=True)
        torch.save(net.state_dict(), out)
torch.save(net.state_dict(), out); check()
