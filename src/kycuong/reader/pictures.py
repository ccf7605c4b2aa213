"""Make a picture of a page fit for recognition: its size, its tilt, its dust."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: The long side of an A4 page at 200 dots an inch, and the most a page may have (A3 has 7.7 million).
LONG_SIDE = 2339
PIXELS = 12_000_000
_STEEPEST = 3.0


def fit(image: Image) -> Image:
    """Return a grey picture whose letters have about the size of print at 200 dots an inch."""
    from PIL import Image as pil

    grey = _flat(image)
    side = max(grey.size)
    if side > 1.25 * LONG_SIDE:
        factor = 1.1 * LONG_SIDE / side
    elif 0 < side < 0.75 * LONG_SIDE:
        factor = min(2.5, LONG_SIDE / side)
    else:
        return grey
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, pil.Resampling.LANCZOS)


def _flat(image: Image) -> Image:
    """Put what is transparent on white paper and drop the colour."""
    from PIL import Image as pil
    from PIL import ImageOps

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = pil.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        return paper.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        return ImageOps.autocontrast(image.convert("F").convert("L")) if image.mode == "F" else _of_sixteen(image)
    return image.convert("L")


def _of_sixteen(image: Image) -> Image:
    """Return a picture of 16 bits a point with 8."""
    return image.convert("I").point(lambda v: v * (1 / 256)).convert("L")


def clean(image: Image) -> Image:
    """Return the picture without lonely dark points: dust that would be read as dots, colons and hooks."""
    from PIL import ImageChops, ImageFilter

    smooth = image.filter(ImageFilter.MedianFilter(3))
    dark = image.point(lambda v: 255 if v < 130 else 0)
    lonely = ImageChops.darker(dark, smooth.point(lambda v: 255 if v > 170 else 0))
    if lonely.histogram()[255] > 0.0001 * image.width * image.height:
        image = image.copy()
        image.paste(smooth, mask=lonely)
    return image


def is_blank(image: Image) -> bool:
    """Tell an empty page: not enough dark points for a word."""
    return sum(image.histogram()[:130]) < 200


def turned(image: Image, angle: float) -> Image:
    """Return the picture turned by an angle in degrees; by less than a quarter of one it stays as it is."""
    from PIL import Image as pil

    if abs(angle) < 0.25:
        return image
    return image.rotate(angle, resample=pil.Resampling.BICUBIC, fillcolor=255)


def tilt(image: Image) -> float:
    """Return the turn in degrees at which the rows of a page stand out most."""
    small = image.reduce(max(1, max(image.size) // 700)).point(lambda v: 255 if v < 140 else 0)
    coarse = max(
        (step / 2 for step in range(int(-2 * _STEEPEST), int(2 * _STEEPEST) + 1)), key=lambda a: _contrast(small, a)
    )
    fine = [coarse + step / 10 for step in range(-4, 5)]
    best = max(fine, key=lambda a: _contrast(small, a))
    return best if _contrast(small, best) > 1.02 * _contrast(small, 0.0) else 0.0


def _contrast(small: Image, angle: float) -> float:
    from PIL import Image as pil

    turned = small.rotate(angle, resample=pil.Resampling.BILINEAR, fillcolor=0) if angle else small
    rows = turned.resize((1, turned.height), pil.Resampling.BOX).tobytes()
    return sum(float(a) * a for a in rows)
