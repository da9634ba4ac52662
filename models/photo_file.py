"""A picture as people see it, whatever camera or program it comes from."""

from PIL import Image, ImageOps


def seen(image: Image.Image) -> Image.Image:
    """The right way up, in RGB of 8 bits a colour, on white where it is transparent."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # grey in 16 bits; a plain conversion would bleach it
        upright = upright.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    layer = upright.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white
