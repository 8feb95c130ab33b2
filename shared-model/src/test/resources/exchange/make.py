"""Makes the files of EncoderImportTest: python3 make.py (torchvision 0.14.1, PyTorch 1.13.0)."""

import json
import struct

import torch
from torchvision.models import VisionTransformer


def write(name, tensors):
    header, data = {}, b""
    for key, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[key] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(11)
model = VisionTransformer(
    image_size=24, patch_size=8, num_layers=2, num_heads=3, hidden_dim=24, mlp_dim=40, num_classes=5
).eval()
with torch.no_grad():
    for parameter in model.parameters():
        parameter.add_(0.2 * torch.randn_like(parameter))
    x = torch.randn(2, 3, 24, 24)
    patches = model._process_input(x)
    tokens = torch.cat([model.class_token.expand(2, -1, -1), patches], dim=1)
    cls = model.encoder(tokens)[:, 0]
    torch.testing.assert_close(model(x), model.heads(cls))
write("torchvision.safetensors", model.state_dict())
write("torchvision.expected.safetensors", {"x": x, "cls": cls})
