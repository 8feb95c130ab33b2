"""The LoDisc or MoCo v3 step in plain eager PyTorch, timed on random pictures.

    pytorch_step.py WIDTH HEADS BATCH THREADS STEPS lodisc|mocov3 [cpu|cuda [fp32|tf32|bf16]]

Fused attention (scaled_dot_product_attention), fused AdamW, the moving average by foreach. The local
branch takes the class token's row of the attention from the key passes, so a step is 10 forward
passes of work, as in the Java step. The pictures come from main memory each step. bf16 is autocast
over the encoders; the losses are float32. Prints peak resident MiB and, last on the line, images a
second.
"""
import math
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

IMAGE, PATCH, DEPTH, HIDDEN, OUT = 224, 16, 12, 4096, 768


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x, wanted):
        b, t, d = x.shape
        q, k, v = self.qkv(x).reshape(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        row = None
        if wanted:
            row = (q[:, :, :1] @ k.transpose(-2, -1) / math.sqrt(d // self.heads)).softmax(-1)
        mixed = F.scaled_dot_product_attention(q, k, v)
        return self.proj(mixed.transpose(1, 2).reshape(b, t, d)), row


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x, wanted):
        y, row = self.attn(self.norm1(x), wanted)
        x = x + y
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x)))), row


class Encoder(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.patch = nn.Conv2d(3, width, PATCH, PATCH)
        self.cls = nn.Parameter(torch.randn(1, 1, width) * 1e-6)
        self.pos = nn.Parameter(torch.randn(1, 1 + (IMAGE // PATCH) ** 2, width) * 0.02,
                                requires_grad=False)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(DEPTH)])
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.projector = mlp(width, HIDDEN, HIDDEN, OUT)
        for p in self.patch.parameters():
            p.requires_grad_(False)

    def forward(self, x, wanted=False):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], -1, -1), x], 1) + self.pos
        rows = []
        for block in self.blocks:
            x, row = block(x, wanted)
            rows.append(row)
        return self.projector(self.norm(x)[:, 0]), rows


def mlp(*sizes):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        last = i == len(sizes) - 2
        layers += [nn.Linear(a, b, bias=False), nn.BatchNorm1d(b, affine=not last)]
        layers += [] if last else [nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


def contrast(q, k, t=0.2):
    q, k = F.normalize(q.float(), dim=1), F.normalize(k.float(), dim=1)
    return F.cross_entropy(q @ k.T / t, torch.arange(q.shape[0], device=q.device)) * 2 * t


def keep_pivotal(x, rows, ratio=0.7):
    a = sum(r.mean(1)[:, 0, 1:].clamp_min(1e-30).log() for r in rows)
    kept = a.shape[1] - math.floor(a.shape[1] * ratio)
    mask = (a >= a.topk(kept, 1).values[:, -1:]).float()
    g = IMAGE // PATCH
    mask = mask.reshape(-1, 1, g, g).repeat_interleave(PATCH, 2).repeat_interleave(PATCH, 3)
    return x * mask


def main(width, heads, batch, threads, steps, method, device="cpu", precision="fp32"):
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    query, key = Encoder(width, heads).to(device), Encoder(width, heads).to(device)
    predictor = mlp(OUT, HIDDEN, OUT).to(device)
    key.load_state_dict(query.state_dict())
    key.requires_grad_(False)
    trained = [p for m in (query, predictor) for p in m.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, weight_decay=0.1, fused=True)
    pictures = [torch.randn(batch, 3, IMAGE, IMAGE) for _ in range(2)]
    local = method == "lodisc"

    def autocast():
        return torch.autocast(device, torch.bfloat16, enabled=precision == "bf16")

    def step():
        x1, x2 = (x.to(device) for x in pictures)
        with autocast():
            q1, q2 = predictor(query(x1)[0]), predictor(query(x2)[0])
        with torch.no_grad(), autocast():
            torch._foreach_lerp_(list(key.parameters()), list(query.parameters()), 0.01)
            k1, rows1 = key(x1, local)
            k2, rows2 = key(x2, local)
        loss = contrast(q1, k2) + contrast(q2, k1)
        if local:
            with torch.no_grad(), autocast():
                l1 = key(keep_pivotal(x1, rows1))[0]
                l2 = key(keep_pivotal(x2, rows2))[0]
            loss = loss + contrast(q1, l2) + contrast(q2, l1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    for _ in range(2):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rate = batch / sorted(times)[len(times) // 2]
    print(f"step pytorch {method} width {width} batch {batch} threads {threads} "
          f"MiB {peak} images/s {rate:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]), *sys.argv[6:])
