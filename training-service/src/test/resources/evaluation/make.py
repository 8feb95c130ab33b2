"""Makes the pictures of EvaluationViewsTest: python3 make.py (torchvision 0.14.1, Pillow 9.4.0)."""

import numpy as np
from PIL import Image
from torchvision.transforms import CenterCrop, Compose, Resize

rng = np.random.default_rng(11)
for width, height, side in [(53, 37, 16), (41, 90, 32), (30, 30, 28), (19, 25, 24)]:
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.stack([x * 255 / width, y * 255 / height, 255 - x * y % 256], axis=-1)
    noisy = np.clip(smooth + rng.normal(0, 40, smooth.shape), 0, 255)
    picture = Image.fromarray(noisy.astype(np.uint8))
    picture.save(f"{width}x{height}.png")
    view = Compose([Resize(round(side * 256 / 224)), CenterCrop(side)])
    view(picture).save(f"{width}x{height}-{side}.png")
