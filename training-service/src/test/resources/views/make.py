"""Records what torchvision and PIL make of pictures, for the tests of io.lodisc.training.views:
python3 make.py (torchvision 0.14.1, Pillow 9.4.0, NumPy 1.24.2, Debian 12)."""

import csv
import random

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image, ImageFilter, ImageOps
from torchvision.transforms import InterpolationMode, RandomResizedCrop

rng = np.random.default_rng(11)
BILINEAR = InterpolationMode.BILINEAR


def photo(width, height):
    """Gradients, edges, saturated and grey fields, noise."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    rgb = np.stack([x * 255 / width, y * 255 / height, 255 - x - y], axis=-1)
    rgb += 30 * np.sin(x / 3 + y / 5)[..., None]
    rgb[(x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2] = (250, 20, 30)
    rgb[: height // 4, : width // 4] = 128
    rgb[-height // 4 :, -width // 3 :] = (5, 5, 250)
    rgb += rng.normal(0, 6, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def colours():
    """Corners and edges of the colour cube, greys, near-greys, and random colours."""
    steps = np.array([0, 1, 64, 127, 128, 200, 254, 255])
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    greys = np.repeat(np.arange(0, 256, 4)[:, None], 3, axis=1)
    near = greys + rng.integers(0, 3, greys.shape)
    some = rng.integers(0, 256, (31 * 37 - len(cube) - 2 * len(greys), 3))
    return np.concatenate([cube, greys, near, some]).clip(0, 255).astype(np.uint8).reshape(37, 31, 3)


def large(width, height):
    """Gratings of many periods, edges and bars, saturated and grey fields."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    rgb = np.stack([x * 255 / width, y * 255 / height, 255 - 128 * (x / width + y / height)], axis=-1)
    for period in [4, 9, 23, 61, 170]:
        rgb += 12 * np.sin(2 * np.pi * (x * np.cos(period) + y * np.sin(period)) / period)[..., None]
    rgb[(x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2] = (250, 20, 30)
    rgb[: height // 4, : width // 4] = 128
    rgb[-height // 4 :, -width // 3 :] = (5, 5, 250)
    rgb[(y // 24 % 2 == 0) & (x > 0.7 * width) & (y < 0.4 * height)] = (250, 250, 245)
    return np.clip(rgb, 0, 255).astype(np.uint8)


INPUTS = {
    "photo": photo(61, 47),
    "colours": colours(),
    "dark": (photo(24, 24) // 6).astype(np.uint8),
    "grey": np.repeat(photo(21, 35)[..., :1], 3, axis=2),
    "narrow": photo(3, 17),
}
for name, pixels in INPUTS.items():
    Image.fromarray(pixels).save(name + ".png")

OPERATIONS = {
    "crop": lambda im, x, y, w, h, ow, oh: F.resized_crop(
        im, int(y), int(x), int(h), int(w), [int(oh), int(ow)], BILINEAR
    ),
    "brightness": F.adjust_brightness,
    "contrast": F.adjust_contrast,
    "saturation": F.adjust_saturation,
    "hue": F.adjust_hue,
    "grayscale": lambda im: F.rgb_to_grayscale(im, num_output_channels=3),
    "blur": lambda im, sigma: im.filter(ImageFilter.GaussianBlur(radius=sigma)),
    "solarize": lambda im: ImageOps.solarize(im),
    "hflip": F.hflip,
    "rotation": lambda im, angle: F.rotate(im, angle, BILINEAR, fill=[255, 255, 255]),
}

cases = []
for box in [
    (0, 0, 61, 47, 61, 47),
    (0, 0, 61, 47, 16, 16),
    (5, 3, 31, 30, 13, 7),
    (10, 8, 6, 5, 29, 24),
    (1, 2, 59, 3, 20, 20),
    (40, 20, 21, 27, 21, 9),
    (40, 20, 21, 27, 8, 27),
    (60, 46, 1, 1, 5, 4),
    (0, 0, 61, 47, 1, 1),
]:
    cases.append(("photo", "crop", box))
for name in ["photo", "colours", "dark", "grey"]:
    for factor in [0.6, 0.83, 1.0, 1.27, 1.4]:
        for operation in ["brightness", "contrast", "saturation"]:
            if name == "colours" or factor in (0.6, 1.27):
                cases.append((name, operation, (factor,)))
    for shift in [-0.5, -0.1, -0.033, 0.0, 0.002, 0.07, 0.1, 0.5]:
        if name == "colours" or shift in (-0.1, 0.07):
            cases.append((name, "hue", (shift,)))
    cases.append((name, "grayscale", ()))
    cases.append((name, "solarize", ()))
for factor in [0.0, 2.0]:
    for operation in ["brightness", "contrast", "saturation"]:
        cases.append(("colours", operation, (factor,)))
for name in ["photo", "colours", "narrow"]:
    for sigma in [0.1, 0.37, 0.8, 1.41, 1.42, 2.0, 5.3]:
        if name != "colours" or sigma in (0.37, 2.0):
            cases.append((name, "blur", (sigma,)))
for angle in [-12.5, 3.0, 90.0, 170.0]:
    cases.append(("dark", "rotation", (angle,)))
cases.append(("photo", "rotation", (-33.0,)))
for name in ["photo", "dark", "narrow"]:
    cases.append((name, "hflip", ()))

with open("cases.csv", "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    for name, operation, arguments in cases:
        words = "_".join(str(a) for a in arguments)
        expected = "-".join([name, operation] + ([words] if words else [])) + ".png"
        OPERATIONS[operation](Image.fromarray(INPUTS[name]), *arguments).save(expected)
        rows.writerow([name + ".png", operation, words.replace("_", " "), expected])

# Every level of every channel normalised: a channel's mean and deviation, then its values.
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
levels = np.arange(256, dtype=np.uint8)
LEVELS = Image.fromarray(np.stack([levels, levels[::-1], np.roll(levels, 128)], axis=-1)[None])
LEVELS.save("levels.png")
with open("levels.csv", "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    for mean, std in [(MEAN, STD), ([0.5, 0.25, 1.0], [0.5, 0.35, 0.1])]:
        normalised = F.normalize(F.to_tensor(LEVELS), mean, std)[:, 0]
        for channel in range(3):
            values = [f"{v:.9g}" for v in normalised[channel].tolist()]
            rows.writerow([mean[channel], std[channel]] + values)

# Whole views with these parameters; the normalised values of the picture's middle row beside them.
VIEWS = {
    "first": dict(
        crop=(7, 4, 40, 38), rotation=0.0, grayscale=False, blur=1.7, solarize=False, flip=True,
        jitter=[("hue", -0.08), ("brightness", 1.31), ("saturation", 0.87), ("contrast", 0.71)],
    ),
    "second": dict(
        crop=(20, 10, 15, 18), rotation=0.0, grayscale=False, blur=0.0, solarize=True, flip=False,
        jitter=[("contrast", 1.36), ("saturation", 1.18), ("hue", 0.06), ("brightness", 0.8)],
    ),
    "third": dict(
        crop=(0, 0, 61, 47), rotation=9.5, grayscale=True, blur=0.6, solarize=True, flip=True, jitter=[],
    ),
}
SIDE = 32


def view(im, plan, side):
    im = OPERATIONS["crop"](im, *plan["crop"], side, side)
    if plan["rotation"]:
        im = OPERATIONS["rotation"](im, plan["rotation"])
    for operation, amount in plan["jitter"]:
        im = OPERATIONS[operation](im, amount)
    if plan["grayscale"]:
        im = OPERATIONS["grayscale"](im)
    if plan["blur"]:
        im = OPERATIONS["blur"](im, plan["blur"])
    if plan["solarize"]:
        im = OPERATIONS["solarize"](im)
    if plan["flip"]:
        im = OPERATIONS["hflip"](im)
    return im


with open("normalised.csv", "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    for name, plan in VIEWS.items():
        im = view(Image.fromarray(INPUTS["photo"]), plan, SIDE)
        im.save(f"view-{name}.png")
        middle = F.normalize(F.to_tensor(im), MEAN, STD)[:, SIDE // 2]
        for channel in range(3):
            rows.writerow([name, channel] + [f"{v:.6f}" for v in middle[channel].tolist()])

# Views at 224 px of a picture that training shrinks, from all of its pixels. Its short side is
# 1.5 x 792 px, so that these crops are whole pixels of the shrunk picture too.
Image.fromarray(large(1584, 1188)).save("large.jpg", quality=50)
LARGE = {
    "whole": dict(VIEWS["second"], crop=(0, 0, 1584, 1188), jitter=[], solarize=False),
    "blurred": dict(VIEWS["first"], crop=(300, 150, 990, 756)),
    "smallest": dict(VIEWS["second"], crop=(1110, 30, 390, 393)),
}
for name, plan in LARGE.items():
    view(Image.open("large.jpg"), plan, 224).save(f"large-{name}.png")

# How torchvision's RandomResizedCrop(scale=(0.08, 1)) draws: quantiles of what it drew, and how often
# it fell back on the centre.
torch.manual_seed(3)
random.seed(3)
DRAWS = 100_000
QUANTILES = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98]
with open("crops.csv", "w", newline="") as out:
    rows = csv.writer(out, lineterminator="\n")
    for width, height in [(500, 375), (300, 500), (100, 20)]:
        im = Image.new("RGB", (width, height))
        drawn = [RandomResizedCrop.get_params(im, [0.08, 1.0], [3 / 4, 4 / 3]) for _ in range(DRAWS)]
        y, x, h, w = np.array(drawn, dtype=float).T
        shown = {
            "area": w * h / (width * height),
            "aspect": np.log(w / h),
            "x": x / width,
            "y": y / height,
        }
        for quantity, values in shown.items():
            rows.writerow([width, height, quantity] + [f"{q:.4f}" for q in np.quantile(values, QUANTILES)])
        centre = (x == (width - w) // 2) & (y == (height - h) // 2)
        ratio = min(max(width / height, 3 / 4), 4 / 3)
        whole = (w == min(width, round(height * ratio))) & (h == min(height, round(width / ratio)))
        rows.writerow([width, height, "fallback"] + [f"{np.mean(centre & whole):.4f}"] * len(QUANTILES))
