"""From the bytes of a JPEG to MoCo v3's two views with torchvision and PIL, on one thread.

    python3 views.py FOLDER SECONDS
"""

import io
import random
import sys
import time
from pathlib import Path

import torch
from PIL import Image, ImageFilter, ImageOps
from torchvision import transforms

SIDE = 224


class GaussianBlur:
    def __call__(self, picture):
        return picture.filter(ImageFilter.GaussianBlur(radius=random.uniform(0.1, 2.0)))


class Solarize:
    def __call__(self, picture):
        return ImageOps.solarize(picture)


def view(blur, solarize):
    """MoCo v3's augmentation; the probabilities are those of the one view or the other."""
    return transforms.Compose(
        [
            transforms.RandomResizedCrop(SIDE, scale=(0.08, 1.0)),
            transforms.RandomApply([transforms.ColorJitter(0.4, 0.4, 0.2, 0.1)], p=0.8),
            transforms.RandomGrayscale(p=0.2),
            transforms.RandomApply([GaussianBlur()], p=blur),
            transforms.RandomApply([Solarize()], p=solarize),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225]),
        ]
    )


class TwoCrops:
    def __init__(self):
        self.first = view(blur=1.0, solarize=0.0)
        self.second = view(blur=0.1, solarize=0.2)

    def __call__(self, file):
        picture = Image.open(io.BytesIO(file)).convert("RGB")
        return self.first(picture), self.second(picture)


def pictures_per_second(files, seconds):
    two_crops = TwoCrops()
    done, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        two_crops(files[done % len(files)])
        done += 1
    return done / passed


torch.set_num_threads(1)
random.seed(1)
torch.manual_seed(1)
files = [file.read_bytes() for file in sorted(Path(sys.argv[1]).iterdir())]
seconds = float(sys.argv[2])
pictures_per_second(files, seconds / 4)
print(f"views torchvision {pictures_per_second(files, seconds):.1f}")
