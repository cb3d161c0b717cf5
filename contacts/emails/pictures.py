"""Pictures of strangers, drawn anew: what is not picture (place, camera, hidden data) does not come along."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from contacts.emails import limits
from contacts.emails.errors import EmailError

# Each format stumbles in its own way over broken pictures.
_FAULTS = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, MemoryError)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def pixels_of(data: bytes) -> int:
    """Return how many dots a picture says it has, without drawing it; 0 where that cannot be read."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            return image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return 0  # refused on its own, and never drawn
    except _FAULTS:
        return 0


def encode_anew(data: bytes) -> tuple[bytes, str, str]:
    """Return the picture (of a moving one the first), its type and the end of its name."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > limits.MAX_PIXELS:
                raise EmailError("too-many-pixels")
            return _encoded(ImageOps.exif_transpose(image), is_photo=image.format == "JPEG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise EmailError("too-many-pixels") from fault
    except _FAULTS as fault:
        raise EmailError("damaged") from fault


def _encoded(image: Image.Image, *, is_photo: bool) -> tuple[bytes, str, str]:
    image.load()
    out = BytesIO()
    if is_photo:
        plain = image if image.mode in {"RGB", "L"} else image.convert("RGB")
        _bare(plain).save(out, "JPEG", quality=88, optimize=True)
        return out.getvalue(), "image/jpeg", ".jpg"
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha else "RGB")
    _bare(plain).save(out, "PNG")
    return out.getvalue(), "image/png", ".png"


def _bare(image: Image.Image) -> Image.Image:
    image.info.clear()
    image.getexif().clear()
    return image
