"""Makes the JPEGs of TrainingDecoderTest, and what PIL decodes them to: python3 make.py
(Pillow 9.4.0, NumPy 1.24.2, Debian 12)."""

import numpy as np
from PIL import Image, ImageOps

WIDTH, HEIGHT = 61, 47
y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
rgb = np.stack([x * 4, y * 5, 255 - 2 * x - 2 * y], axis=-1) + 25 * np.sin(x / 4 + y / 6)[..., None]
rgb[(x - 20) ** 2 + (y - 25) ** 2 < 100] = (240, 30, 40)
rgb += np.random.default_rng(5).normal(0, 5, rgb.shape)
picture = Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))

SAVED = {
    "baseline": (picture, dict(quality=90)),
    "progressive": (picture, dict(quality=75, progressive=True)),
    "full-colour": (picture, dict(quality=95, subsampling=0)),
    "half-colour": (picture, dict(quality=85, subsampling=1)),
    "grey": (picture.convert("L"), dict(quality=90)),
    "cmyk": (picture.convert("CMYK"), dict(quality=90)),
}
for orientation in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    SAVED[f"orientation-{orientation}"] = (picture, dict(quality=90, exif=exif))

for name, (im, options) in SAVED.items():
    im.save(name + ".jpg", **options)
    decoded = ImageOps.exif_transpose(Image.open(name + ".jpg"))
    decoded.convert("RGB").save(name + ".expected.png")
