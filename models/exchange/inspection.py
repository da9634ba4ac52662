"""Looking into a bundle without a ledger: what is inside, and whether every byte agrees.

What it finds proves that the bundle is whole and signed by the office it names; whether that is
*your* office, the 24 digits say. Nothing here shows a secret, nor what people wrote.
"""

from collections.abc import Iterator
from pathlib import Path

from models.exchange.format import MANIFEST, RESTORED, BadBundle, Manifest, load_manifest, sha256_of
from models.exchange.keys import groups
from models.exchange.members import Directory
from models.exchange.reading import Bundle, Reader, read_file, read_zip
from models.exchange.sealing import unseal
from models.exchange.zip_reader import ZipReader
from models.problems import AppError


def verify_bundle(path: Path, identities: list[str]) -> Bundle:
    """The bundle, its signature, chains and content proved; raises AppError in words."""
    try:
        data = read_file(path)
        plain = unseal(data, identities)
        reader = Reader(identities, _manifest(plain).to, None, Directory({}))
        return read_zip(plain, reader, sha256_of(data), len(data))
    except BadBundle as error:
        raise AppError(f"{path.name} 没有通过核验：{error}。请向对方重新要一份原文件。") from None


def inspect_bundle(path: Path, identities: list[str]) -> list[str]:
    """What the manifest says, in lines; proves nothing but that this PC can open the file."""
    try:
        return list(_told(_manifest(unseal(read_file(path), identities))))
    except BadBundle as error:
        raise AppError(f"{path.name} 打不开：{error}。请向对方重新要一份原文件。") from None


def office_digits(bundle: Bundle) -> str:
    """The digits of the office that the bundle's registry names, grouped."""
    offices = [chain.office for chain in bundle.chains if chain.office]
    return groups(offices[0].digits) if offices else ""


def _manifest(plain: bytes) -> Manifest:
    members = ZipReader(plain)
    if MANIFEST not in members.names:
        raise BadBundle("不是校园安全台账的数据包")
    return load_manifest(members.read(MANIFEST))


def _told(manifest: Manifest) -> Iterator[str]:
    part, parts = manifest.part
    yield f"发送：{manifest.unit_name}（{manifest.unit}），电脑 {manifest.device}"
    yield f"接收：{manifest.to}"
    yield f"生成：{manifest.created}，程序 {manifest.app}，第 {part} 份共 {parts} 份"
    for entry in manifest.segments:
        yield f"记录：{entry.log} 第 {entry.first}—{entry.last} 条（{entry.unit}）"
    yield f"照片：{len(manifest.photos)} 张，登记表：{len(manifest.registries)} 份"
    yield f"回执：{len(manifest.have)} 段，缺 {len(manifest.need.keys() - {RESTORED})} 段"
    if RESTORED in manifest.need:
        yield "对方恢复过备份，请求重交它没有的记录"
    yield f"未采用：{len(manifest.refused)} 处"
