"""One part of a bundle as a zip, signed: what goes into the envelope."""

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.exchange.format import (
    MANIFEST,
    PHOTO_NAME,
    SIGNATURE,
    Manifest,
    dump_manifest,
    signed_bytes,
)
from models.exchange.keys import Keys
from models.exchange.zip_reader import MOST_RATIO, SMALL

# One fixed moment in every member's header: the same lines make the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Letter(NamedTuple):
    """One part of a bundle: its manifest, and the bodies of what that names."""

    manifest: Manifest
    bodies: Sequence[bytearray]
    registries: Mapping[str, bytes]
    photos: Mapping[str, bytes]


def zip_letter(letter: Letter, keys: Keys, stored: Collection[str] = ()) -> bytes:
    """The zip of a part; the members `stored` are not packed.

    Readers take nothing that grows a thousand times when it is unpacked, as some lines would.
    """
    manifest = dump_manifest(letter.manifest)
    signature = f"{letter.manifest.device}\n".encode() + keys.sign(signed_bytes(manifest))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bundle:
        for name, body in [(MANIFEST, manifest), (SIGNATURE, signature), *_members(letter)]:
            member = zipfile.ZipInfo(name, _EPOCH)
            plain = name in stored or PHOTO_NAME.fullmatch(name)
            member.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            bundle.writestr(member, body)
    dense = [
        member.filename
        for member in bundle.infolist()
        if member.file_size > max(SMALL, MOST_RATIO * member.compress_size)
    ]
    return zip_letter(letter, keys, dense) if dense else data.getvalue()


def _members(letter: Letter) -> Iterator[tuple[str, bytes | bytearray]]:
    for entry, body in zip(letter.manifest.segments, letter.bodies, strict=True):
        yield entry.name, body
    for unit, entries in letter.registries.items():
        yield f"reg/{unit}.jsonl", entries
    for name, photo in letter.photos.items():
        yield f"att/{name}", photo
