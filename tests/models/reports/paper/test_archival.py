import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageCms

from models.reports.paper.archival import LONGEST, Names, srgb_profile
from models.reports.paper.faces import Faces
from models.reports.paper.paragraph import Paragraph
from models.reports.paper.photos import Photo, photo_rows
from tests.models.reports.paper.conftest import Printed, body_of, facts_of
from tests.models.reports.paper.pdf_parts import OBJECT, STREAM, parts_of, the_part
from tests.models.reports.paper.test_photos import picture

Print = Callable[..., Printed]
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
CHINA = timezone(timedelta(hours=8))
NASTY = "整改\n报告 <b>&amp; \x00\x07\ud800\ufffe\uffff“”\u200b"


@pytest.fixture
def paper(printed: Print, faces: Faces) -> Printed:
    story = [Paragraph("安全😀" * 300, body_of(faces)), *photo_rows(pictures(), faces=faces)]
    return printed(story, subject="2026-0001", created=datetime(2026, 3, 5, 13, 20, 7, 9, CHINA))


def pictures() -> list[Photo]:
    kinds = [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P")]
    return [Photo(picture(kind, mode), mode) for kind, mode in kinds]


def xml_of(path: Path) -> Callable[[str], str]:
    root = ElementTree.fromstring(the_part(parts_of(path), b"/Subtype /XML").body)

    def find(name: str) -> str:
        (found,) = root.iterfind(f".//{name}", NAMESPACES)
        return "".join(found.itertext())

    return find


def test_the_file_says_which_standard_it_keeps(paper: Printed) -> None:
    xml, data = xml_of(paper.path), paper.path.read_bytes()
    assert (xml("pdfaid:part"), xml("pdfaid:conformance")) == ("2", "B")
    assert data.startswith(b"%PDF-1.7\n%")
    assert b"\n<?xpacket begin=" in data, "programs that know no PDF look for it: never packed"


@pytest.mark.parametrize("words", ["2026年隐患台账", NASTY, "长" * 4 * LONGEST, " ", "ledger"])
def test_the_xml_and_the_properties_say_the_same(words: str, printed: Print) -> None:
    created = datetime(2026, 3, 5, 13, 20, 7, 9, CHINA)
    paper = printed([], title=words, author=words, subject=words, created=created)
    xml, facts = xml_of(paper.path), facts_of(paper.path)
    same = {
        "Title": "dc:title",
        "Author": "dc:creator",
        "Subject": "dc:description",
        "Keywords": "pdf:Keywords",
        "Producer": "pdf:Producer",
        "Creator": "xmp:CreatorTool",
    }
    assert {key: facts[key] for key in same} == {key: xml(name) for key, name in same.items()}
    assert facts["Keywords"] == f"校验码 {paper.result.code}"
    assert facts["CreationDate"] == facts["ModDate"] == "D:20260305132007+08'00'"
    assert xml("xmp:CreateDate") == xml("xmp:ModifyDate") == "2026-03-05T13:20:07+08:00"


def test_without_a_subject_the_title_says_it(printed: Print) -> None:
    assert facts_of(printed([], title="整改通知书").path)["Subject"] == "整改通知书"


def test_names_are_one_line_and_hold_only_what_xml_can() -> None:
    names = Names(NASTY, "", "", "").plain()
    assert names.title == "整改 报告 <b>&amp; \ufffd“”"


def test_every_stream_ends_with_a_line_end_that_does_not_count(paper: Printed) -> None:
    data = paper.path.read_bytes()
    objects = [content for _, content in OBJECT.findall(data) if b"endstream" in content]
    assert len(objects) == data.count(b"endstream") > 10
    for content in objects:
        stream = STREAM.search(content)
        assert stream
        assert b"/Length %d " % len(stream[1]) in content.replace(b"\n", b" ")


def test_nothing_is_locked_or_shines_through_or_left_to_the_reader(paper: Printed) -> None:
    data = b"".join(part.head for part in parts_of(paper.path).values())
    forbidden = rb"/Encrypt|/SMask|/ca |/CA |/BM |/JavaScript|/AA |/DeviceCMYK|/LZWDecode|/Launch"
    assert not re.findall(forbidden, data)
    assert b"/Encrypt" not in paper.path.read_bytes()


def test_colours_are_said_to_be_those_of_a_screen(paper: Printed) -> None:
    parts = parts_of(paper.path)
    catalog = the_part(parts, b"/Type /Catalog")
    (profile,) = catalog.refers(b"DestOutputProfile")
    assert b"/S /GTS_PDFA1" in catalog.head
    assert parts[profile].body == srgb_profile()


def test_the_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    known = ImageCms.createProfile("sRGB")
    image = Image.frombytes("RGB", (256, 3), bytes(range(256)) * 9)
    changed = ImageCms.profileToProfile(image, ours, known)
    assert changed is not None
    pairs = zip(image.tobytes(), changed.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1


def test_the_name_of_a_file_is_that_of_its_content(printed: Print, faces: Faces) -> None:
    def name(words: str) -> bytes:
        data = printed([Paragraph(words, body_of(faces))]).path.read_bytes()
        first, second = re.findall(rb"<([0-9a-f]{32})>", data.split(b"trailer")[1])
        assert first == second
        return first

    assert name("安全") == name("安全")
    assert name("安全") != name("安金")
