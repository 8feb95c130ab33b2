"""Makes the tables of PositionTableTest: python3 make.py (PyTorch 1.13.0)."""

import json

import torch
from torch.nn.functional import interpolate

WIDTH = 3
torch.manual_seed(5)


def resized(table, grid, to):
    patches = table[1:].reshape(1, grid, grid, WIDTH).permute(0, 3, 1, 2)
    patches = interpolate(patches, size=(to, to), mode="bicubic", align_corners=False)
    return torch.cat([table[:1], patches.permute(0, 2, 3, 1).reshape(to * to, WIDTH)])


cases = []
for grid, to in [(4, 7), (7, 4), (3, 6), (1, 3), (14, 5)]:
    table = torch.randn(1 + grid * grid, WIDTH)
    cases.append(
        {
            "from": grid,
            "to": to,
            "width": WIDTH,
            "table": table.flatten().tolist(),
            "resized": resized(table, grid, to).flatten().tolist(),
        }
    )
with open("bicubic.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
