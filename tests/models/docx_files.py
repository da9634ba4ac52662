"""Word documents as small as they can be, good and bad, for the tests that read them."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(xml: str, name: str = "word/document.xml") -> bytes:
    """A zip with one member."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as file:
        file.writestr(name, xml)
    return data.getvalue()


def docx(body: str, space: str = WORD) -> bytes:
    """A document with this body."""
    return packed(
        f'<w:document xmlns:w="{space}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    )


def paragraphs(*texts: str) -> str:
    """A paragraph for each text."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
