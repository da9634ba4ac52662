import tracemalloc

import pytest

from models.ledger.lines import SHORTEST_LINE, chain, load
from models.ledger.proving import BadSegment, prove
from models.ledger.segments import Segment
from tests.models.ledger.conftest import Writer


@pytest.fixture
def texts(stranger: Writer):
    stranger.create("finding", place="三楼")
    stranger.create("person", name="张㛃")
    return stranger.texts


def claim(writer, first, texts, **other):
    head = writer.heads[first - 1]
    for text in texts:
        head = chain(head, text)
    facts = {"unit": writer.unit, "device": writer.device, "prev": writer.heads[first - 1]}
    return Segment(writer.log_id, first=first, lines=(), **{**facts, "head": head, **other})


def body_of(texts):
    return "".join(f"{text}\n" for text in texts).encode(errors="surrogateescape")


@pytest.mark.parametrize("first", [1, 2, 3])
def test_lines_that_are_what_they_claim_are_proved_and_loaded(ledger, stranger, texts, first):
    segment = prove(claim(stranger, first, texts[first - 1 :]), 3, body_of(texts[first - 1 :]))
    assert segment == stranger.segment(first)
    assert [line["s"] for line in segment.loaded] == list(range(first, 4))
    ledger.receive([stranger.segment(1, 1)])
    assert ledger.receive([segment]).counts["new" if first < 3 else "held"] == min(2, 4 - first)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda texts: texts[:2], "条数不对"),
        (lambda texts: [*texts, texts[2]], "条数不对"),
        (lambda texts: [texts[0], texts[1] + " ", texts[2]], "第 2 条记录的格式不对"),
        (lambda texts: [texts[0], texts[1], texts[2][:-3] + "\udcff"], "第 3 条记录的格式不对"),
        (lambda texts: [texts[0], texts[2], texts[1]], "第 2 条记录的次序不对"),
        (lambda texts: [texts[1].replace('"s":2', '"s":1'), *texts[1:]], "第 1 条记录的次序不对"),
        (lambda texts: [texts[0].replace("stick", "stone"), *texts[1:]], "来源与目录不符"),
    ],
)
def test_lines_that_are_not_what_they_claim_are_refused(stranger, texts, change, words):
    wrong = change(texts)
    with pytest.raises(BadSegment, match=words):
        prove(claim(stranger, 1, texts), 3, body_of(wrong))


def test_a_chain_that_leads_elsewhere_is_refused(stranger, texts):
    for wrong in ({"head": bytes(32)}, {"prev": b"x" * 32}):
        with pytest.raises(BadSegment, match="校验链不对"):
            prove(claim(stranger, 1, texts, **wrong), 3, body_of(texts))
    with pytest.raises(BadSegment, match="条数不对"):
        prove(claim(stranger, 1, texts), 3, body_of(texts)[:-1])
    with pytest.raises(BadSegment, match="来源"):
        prove(claim(stranger, 1, texts, unit="else"), 3, body_of(texts))


def test_lines_that_are_held_already_are_proved_by_their_chain_alone(ledger, stranger, texts):
    ledger.receive([stranger.segment()])
    segment = prove(claim(stranger, 2, texts[1:]), 3, body_of(texts[1:]), held=stranger.heads[3])
    assert (segment, segment.loaded) == (stranger.segment(2), ())
    assert ledger.receive([segment]).counts == {"had": 2}
    for wrong in (texts[:2], ["{}", *texts[2:]], [texts[1], texts[2] + "\udcff"]):
        with pytest.raises(BadSegment, match="校验链不对"):
            prove(claim(stranger, 2, texts[1:]), 3, body_of(wrong), held=stranger.heads[3])


def test_a_body_of_line_ends_is_not_even_split(stranger, texts):
    body = b"\n" * (16 << 20)
    tracemalloc.start()
    with pytest.raises(BadSegment, match="条数不对"):
        prove(claim(stranger, 1, texts), len(body), body)
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_a_line_of_empty_lists_is_not_even_parsed(stranger, texts):
    """Each of them is fifty times larger in memory than in the file."""
    body = b"[" + b"[]," * (1 << 20) + b"[]]\n"
    tracemalloc.start()
    with pytest.raises(BadSegment, match="第 1 条记录的格式不对"):
        prove(claim(stranger, 1, texts), 1, body)
    assert tracemalloc.get_traced_memory()[1] < 20 << 20
    tracemalloc.stop()


def test_the_shortest_line_is_longer_than_the_bound():
    shortest = '{"s":1,"t":0,"u":"","o":"c","e":"a","n":"","v":{"a":0}}'
    assert load(shortest)
    assert load(shortest.replace('"o":"c","e":"a"', '"o":"b"'))
    assert len(shortest.replace('"o":"c","e":"a"', '"o":"b"')) > SHORTEST_LINE
