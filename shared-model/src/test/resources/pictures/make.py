"""Makes the pictures of PictureDecoderTest: python3 make.py (Pillow 9.4.0, NumPy 1.24.2)."""

import numpy as np
from PIL import Image, ImageOps

W, H = 24, 16
rng = np.random.default_rng(7)


def base():
    y, x = np.mgrid[0:H, 0:W]
    return np.stack([x * 10, y * 15, 255 - x * 5 - y * 4], axis=-1).astype(np.uint8)


def over_white(rgb, alpha):
    a = alpha.astype(np.int64)[..., None]
    return ((rgb.astype(np.int64) * a + 255 * (255 - a) + 127) // 255).astype(np.uint8)


def expect(name, rgb):
    Image.fromarray(np.asarray(rgb, dtype=np.uint8)).convert("RGB").save(name + ".expected.png")


rgb = base()
picture = Image.fromarray(rgb)
alpha = np.add.outer(np.arange(H) * 7, np.arange(W) * 6).astype(np.uint8)
rgba = Image.fromarray(np.dstack([rgb, alpha]), "RGBA")
grey = rgb[..., 0]

picture.save("upright.expected.png")
INVERSE = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # of Image.Transpose, for each orientation
for orientation in range(1, 9):
    stored = picture if orientation == 1 else picture.transpose(Image.Transpose(INVERSE[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    name = f"orientation-{orientation}"
    stored.save(name + ".jpg", quality=100, subsampling=0, exif=exif)
    shown = ImageOps.exif_transpose(Image.open(name + ".jpg"))
    assert np.abs(np.asarray(shown).astype(int) - rgb).max() < 4, orientation
exif = Image.Exif()
exif[0x0112] = 6
picture.transpose(Image.Transpose(INVERSE[6])).save("orientation-6.webp", lossless=True, exif=exif)
picture.transpose(Image.Transpose(INVERSE[6])).save("orientation-6.png", exif=exif)

picture.save("lossless.webp", lossless=True)
expect("lossless.webp", rgb)
picture.save("lossy.webp", quality=90)
expect("lossy.webp", Image.open("lossy.webp").convert("RGB"))
rgba.save("alpha.webp", lossless=True, exact=True)
expect("alpha.webp", over_white(rgb, alpha))
picture.save(
    "animated.webp", save_all=True, append_images=[Image.new("RGB", (W, H))], lossless=True
)
expect("animated.webp", rgb)

rgba.save("alpha.png")
expect("alpha.png", over_white(rgb, alpha))
Image.merge("LA", (Image.fromarray(grey), Image.fromarray(alpha))).save("grey-alpha.png")
expect("grey-alpha.png", over_white(np.dstack([grey] * 3), alpha))
Image.fromarray(grey).save("grey.png")
expect("grey.png", np.dstack([grey] * 3))
Image.fromarray(grey).save("grey.jpg", quality=100)
expect("grey.jpg", np.dstack([grey] * 3))
Image.fromarray(grey.astype(np.uint16) * 257).save("grey16.png")
expect("grey16.png", np.dstack([grey] * 3))
one = Image.fromarray(grey).convert("1")
one.save("one-bit.png")
expect("one-bit.png", one.convert("RGB"))
palette = picture.quantize(16)
palette.save("palette.png", transparency=0)
flat = np.asarray(Image.open("palette.png").convert("RGBA"))
expect("palette.png", over_white(flat[..., :3], flat[..., 3]))
palette.save("palette.gif", transparency=0)
flat = np.asarray(Image.open("palette.gif").convert("RGBA"))
expect("palette.gif", over_white(flat[..., :3], flat[..., 3]))
key = rgb.copy()
key[2:5, 3:9] = (1, 2, 3)
Image.fromarray(key).save("colour-key.png", transparency=(1, 2, 3))
key[2:5, 3:9] = 255
expect("colour-key.png", key)
picture.save("plain.bmp")
expect("plain.bmp", rgb)
palette.save("palette.bmp")
expect("palette.bmp", palette.convert("RGB"))
picture.save("progressive.jpg", quality=100, subsampling=0, progressive=True)
expect("progressive.jpg", rgb)
picture.convert("CMYK").save("cmyk.jpg", quality=100, subsampling=0)
expect("cmyk.jpg", Image.open("cmyk.jpg").convert("RGB"))

# Scaling: a noisy picture, and what Pillow makes of boxes of it.
noise = rng.integers(0, 256, (37, 53, 3), dtype=np.uint8)
Image.fromarray(noise).save("noise.png")
BOXES = [(0, 0, 53, 37, 16, 16), (5, 3, 31, 30, 12, 7), (10, 8, 6, 5, 20, 24), (0, 0, 53, 37, 1, 1)]
for x, y, w, h, ow, oh in BOXES:
    cut = Image.fromarray(noise).crop((x, y, x + w, y + h))
    cut.resize((ow, oh), Image.Resampling.BILINEAR).save(f"noise-{x}-{y}-{w}-{h}-{ow}-{oh}.png")
