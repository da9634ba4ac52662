"""What people see of a picture, by the kinds in which programs and cameras save them."""

from io import BytesIO

import pytest
from PIL import Image

from models.photo_file import seen

RED, GREY, WHITE, PINK = (255, 0, 0), (128, 128, 128), (255, 255, 255), (255, 127, 127)


def a_picture(mode, colour):
    return Image.new(mode, (40, 20), colour)


def a_palette(**more):
    image = Image.new("P", (40, 20), 1)
    image.putpalette([0, 0, 0, *RED])
    image.info.update(more)
    return image


def reopened(image, kind="PNG", **more):
    file = BytesIO()
    image.save(file, kind, **more)
    return Image.open(file)


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (reopened(a_picture("RGB", RED)), RED),
        (reopened(a_picture("L", 128)), GREY),
        (reopened(a_picture("1", 1)), WHITE),
        (reopened(a_picture("CMYK", (0, 255, 255, 0)), "TIFF"), RED),
        (reopened(a_palette()), RED),
        (reopened(a_picture("I;16", 128 * 256)), GREY),
        (reopened(a_picture("I", 128 * 256), "TIFF"), GREY),
        (reopened(a_picture("I;16B", 128 * 256), "TIFF"), GREY),
    ],
    ids=["RGB", "grey", "bits", "press", "palette", "16 bits", "32 bits", "16 bits of a Mac"],
)
def test_every_kind_keeps_its_colour(image, colour):
    found = seen(image)
    assert found.mode == "RGB"
    assert found.getpixel((20, 10)) == colour


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (reopened(a_picture("RGBA", (0, 0, 0, 0))), WHITE),
        (reopened(a_picture("RGBA", (255, 0, 0, 128))), PINK),
        (reopened(a_picture("LA", (0, 0))), WHITE),
        (reopened(a_palette(), transparency=1), WHITE),
        (reopened(a_palette(), transparency=0), RED),
        (reopened(a_picture("RGB", RED), transparency=RED), WHITE),
    ],
    ids=["none", "half", "grey", "palette", "palette, another", "one colour"],
)
def test_what_is_transparent_is_white_as_paper(image, colour):
    assert seen(image).getpixel((20, 10)) == colour


def test_a_picture_held_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("I;16", (40, 20), 0)
    assert seen(reopened(image, "TIFF", exif=exif)).size == (20, 40)
