import hashlib
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import registry
from models.exchange.format import BadBundle
from models.exchange.keys import Keys
from models.exchange.registry import (
    FIRST,
    Chain,
    Office,
    add,
    co_sign,
    is_words,
    next_entry,
    read_chain,
    read_chains,
    tidy,
)

OFFICE, NEXT, STRANGER, PC, OTHER_PC = (Keys.of_seed(bytes([n]) * 32) for n in range(5))
BUREAU, SCHOOL = "11370000004502323D", "2137000001"
HEAD = "ab" * 32


def office_of(keys: Keys, **changes: Any) -> dict[str, Any]:
    facts = {"office": BUREAU, "name": "示例县教育局", "age": keys.age_recipient}
    return {**facts, "sign": keys.sign_public.hex(), **changes}


def pc_of(keys: Keys = PC, device: str = "stick", **changes: Any) -> dict[str, Any]:
    facts = {"device": device, "role": "school", "pc": "办公室", "person": "李安全"}
    return {**facts, "sign": keys.sign_public.hex(), "age": keys.age_recipient, **changes}


def close_of(device: str = "stick", **logs: Any) -> dict[str, Any]:
    return {"device": device, "logs": {log: [last, HEAD] for log, last in logs.items()}}


def a_chain(*entries: tuple[str, dict[str, Any]], unit: str = SCHOOL, by: Keys = OFFICE) -> Chain:
    """A unit's chain: the office's key, then these entries."""
    chain = Chain(unit)
    for kind, facts in (("office", office_of(by)), *entries):
        add(chain, next_entry(chain, by, kind, facts))
    return chain


def handed_over(chain: Chain, old: Keys = OFFICE, new: Keys = NEXT) -> Chain:
    add(chain, co_sign(next_entry(chain, old, "office", office_of(new)), new))
    return chain


def forged(chain: Chain, by: Keys = OFFICE, **changes: Any) -> str:
    """A next entry that says whatever is asked, signed all the same."""
    entry = orjson.loads(next_entry(chain, by, "device", pc_of()).partition(" ")[2])
    return signed(orjson.dumps({**entry, **changes}), by)


def signed(text: bytes, by: Keys = OFFICE) -> str:
    return f"{by.sign(b'campus-ledger registry' + bytes(1) + text).hex()} {text.decode()}"


def refuses(lines: list[str], words: str, pinned: bytes | None = OFFICE.sign_public) -> None:
    with pytest.raises(BadBundle, match=words):
        read_chain(SCHOOL, lines, pinned)


# ---- what a chain comes to ---------------------------------------------------------------------


def test_a_chain_says_who_is_a_member():
    chain = read_chain(SCHOOL, a_chain(("device", pc_of())).lines, OFFICE.sign_public)
    member = chain.members["stick"]
    assert (member.unit, member.role, member.pc, member.person) == (
        SCHOOL,
        "school",
        "办公室",
        "李安全",
    )
    assert (member.sign, member.age) == (PC.sign_public, PC.age_recipient)
    assert chain.office
    assert chain.office.name == "示例县教育局"


def test_an_empty_chain_has_nobody():
    chain = read_chain(SCHOOL, [], None)
    assert (chain.members, chain.office, chain.head) == ({}, None, FIRST)
    refuses([], "不是本教育局签发的")


def test_each_entry_names_the_line_before_it():
    chain = a_chain()
    assert chain.head == hashlib.sha256(chain.lines[0].encode()).hexdigest()


def test_a_second_entry_replaces_a_pcs_keys_and_the_old_ones_still_vouch():
    chain = a_chain(("device", pc_of()), ("device", pc_of(OTHER_PC)))
    assert chain.members["stick"].sign == OTHER_PC.sign_public
    assert chain.keys["stick"] == [PC.sign_public, OTHER_PC.sign_public]


def test_a_closed_pc_is_no_member_and_ends_at_its_lines():
    chain = a_chain(("device", pc_of()), ("close", close_of(abc=7)))
    assert not chain.members
    assert chain.closed == {"stick": {"abc": 7}}
    assert chain.keys["stick"] == [PC.sign_public]


def test_a_close_may_go_on_with_further_streams():
    chain = a_chain(("device", pc_of()), ("close", close_of(abc=7)), ("close", close_of(xyz=2)))
    assert chain.closed == {"stick": {"abc": 7, "xyz": 2}}


def test_pcs_of_the_office_stand_in_its_own_chain():
    chain = a_chain(("device", pc_of(role="office")), unit=BUREAU)
    assert chain.members["stick"].role == "office"


def test_an_office_hands_over_by_both_keys():
    chain = handed_over(a_chain())
    assert chain.office
    assert chain.office.sign == NEXT.sign_public
    for key in (OFFICE, NEXT):
        assert read_chain(SCHOOL, chain.lines, key.sign_public).lines == chain.lines


def test_an_office_is_told_by_24_digits():
    office = Office(BUREAU, "示例县教育局", OFFICE.sign_public, OFFICE.age_recipient)
    assert len(office.digits) == 24
    assert office.digits == office._replace(name="改名").digits
    assert office.digits != office._replace(age=NEXT.age_recipient).digits


# ---- attacks -----------------------------------------------------------------------------------


def test_another_office_cannot_speak_for_ours():
    refuses(a_chain(by=STRANGER).lines, "不是本教育局签发的")


def test_a_stranger_cannot_add_an_entry():
    chain = a_chain()
    refuses([*chain.lines, next_entry(chain, STRANGER, "device", pc_of())], "签名不对")


def test_a_pc_cannot_enrol_another():
    chain = a_chain(("device", pc_of()))
    line = next_entry(chain, PC, "device", pc_of(OTHER_PC, "friend"))
    refuses([*chain.lines, line], "签名不对")


@given(st.data())
def test_no_sign_of_a_line_can_be_changed(data):
    lines = a_chain(("device", pc_of())).lines
    number = data.draw(st.integers(0, 1))
    at = data.draw(st.integers(0, len(lines[number]) - 1))
    sign = data.draw(st.characters(codec="utf-8"))
    changed = f"{lines[number][:at]}{sign}{lines[number][at + 1 :]}"
    if changed != lines[number]:
        lines[number] = changed
        refuses(lines, "登记表")


def test_the_order_cannot_be_changed():
    lines = a_chain(("device", pc_of()), ("device", pc_of(OTHER_PC, "b"))).lines
    refuses([lines[0], lines[2], lines[1]], "次序不对")
    refuses(lines[1:], "次序不对")


def test_an_entry_in_the_middle_cannot_be_taken_out():
    lines = a_chain(("device", pc_of()), ("close", close_of()), ("device", pc_of(PC, "b"))).lines
    refuses([*lines[:2], *lines[3:]], "次序不对")


def test_an_entry_cannot_follow_another_line():
    chain = a_chain()
    refuses([*chain.lines, forged(chain, prev=HEAD)], "次序不对")
    refuses([*chain.lines, forged(chain, no=7)], "次序不对")


def test_a_chain_of_one_unit_is_none_of_another():
    lines = a_chain(("device", pc_of()), unit="2137000002").lines
    refuses(lines, "次序不对")


def test_an_entry_cannot_slip_into_another_units_chain():
    chain = a_chain()
    refuses([*chain.lines, forged(chain, unit="2137000002")], "次序不对")


def test_an_entry_names_its_own_office():
    chain = a_chain()
    refuses([*chain.lines, forged(chain, office="2137000009")], "签名不对")


def test_nobody_is_enrolled_before_the_office():
    chain = a_chain()
    line = forged(chain, no=1, prev=FIRST)
    refuses([line], "没有教育局的密钥")
    with pytest.raises(BadBundle, match="没有教育局的密钥"):
        next_entry(Chain(SCHOOL), OFFICE, "device", pc_of())


def test_a_school_cannot_have_a_pc_of_the_office():
    chain = a_chain()
    refuses([*chain.lines, forged(chain, role="office")], "不属于这个单位")


def test_the_first_key_signs_itself_and_nothing_else_does():
    line = next_entry(Chain(SCHOOL), STRANGER, "office", office_of(OFFICE))
    refuses([line], "签名不对")
    refuses([co_sign(a_chain().lines[0], OFFICE)], "签名不对")


def test_a_hand_over_needs_both_signatures():
    chain = a_chain()
    alone = next_entry(chain, OFFICE, "office", office_of(NEXT))
    refuses([*chain.lines, alone], "签名不对")
    refuses([*chain.lines, co_sign(alone, STRANGER)], "签名不对")
    usurped = next_entry(chain, STRANGER, "office", office_of(STRANGER))
    refuses([*chain.lines, co_sign(usurped, STRANGER)], "签名不对")


def test_a_hand_over_stays_within_the_office():
    chain = a_chain()
    line = next_entry(chain, OFFICE, "office", office_of(NEXT, office="2137000009"))
    refuses([*chain.lines, co_sign(line, NEXT)], "签名不对")


def test_the_old_key_signs_no_more_after_it_handed_over():
    chain = handed_over(a_chain())
    refuses([*chain.lines, next_entry(chain, OFFICE, "device", pc_of())], "签名不对")


def test_only_a_hand_over_carries_two_signatures():
    chain = a_chain()
    line = co_sign(next_entry(chain, OFFICE, "device", pc_of()), OFFICE)
    refuses([*chain.lines, line], "签名不对")


def test_a_closed_pc_never_returns():
    chain = a_chain(("device", pc_of()), ("close", close_of()))
    refuses([*chain.lines, next_entry(chain, OFFICE, "device", pc_of())], "已停用的电脑")


def test_only_a_member_can_be_closed():
    chain = a_chain()
    refuses([*chain.lines, next_entry(chain, OFFICE, "close", close_of())], "没有登记的电脑")


def test_the_end_of_a_stream_is_said_once():
    chain = a_chain(("device", pc_of()), ("close", close_of(abc=7)))
    line = next_entry(chain, OFFICE, "close", close_of(abc=99))
    refuses([*chain.lines, line], "停用了两次")


# ---- shapes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"no": 2.0},
        {"no": True},
        {"no": None},
        {"prev": 5},
        {"prev": HEAD.upper()},
        {"office": "../../x"},
        {"unit": ""},
        {"kind": "admin"},
        {"kind": ["device"]},
        {"kind": "close"},
        {"device": "Stick"},
        {"device": 5},
        {"device": "x" * 41},
        {"pc": 5},
        {"person": "x" * 101},
        {"person": "李\n安全"},
        {"person": "李\u202e安全"},
        {"sign": HEAD[:-1]},
        {"sign": None},
        {"age": "age1"},
        {"age": 5},
        {"more": 1},
    ],
)
def test_an_entry_has_its_shape(changes):
    chain = a_chain()
    refuses([*chain.lines, forged(chain, **changes)], "格式不对")


@pytest.mark.parametrize(
    "logs",
    [
        {"abc": [-1, HEAD]},
        {"abc": [1.0, HEAD]},
        {"abc": [True, HEAD]},
        {"abc": [2**53, HEAD]},
        {"abc": [1, "short"]},
        {"abc": [1]},
        {"abc": 1},
        {"A b": [1, HEAD]},
        ["abc"],
        None,
    ],
)
def test_a_close_names_lines_and_heads(logs):
    chain = a_chain(("device", pc_of()))
    line = next_entry(chain, OFFICE, "close", {"device": "stick", "logs": logs})
    refuses([*chain.lines, line], "格式不对")


def test_an_office_has_a_name():
    refuses([next_entry(Chain(SCHOOL), OFFICE, "office", office_of(OFFICE, name=5))], "格式不对")


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b"{]}",
        b'{"no":NaN}',
        b'{"kind":"device","kind":"office"}',
        b'{"no": 2}',
        b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b'{"a":' * 500 + b"1" + b"}" * 500,
    ],
)
def test_what_is_not_written_as_we_write_is_refused(text):
    refuses([*a_chain().lines, signed(text)], "格式不对")


def test_a_key_that_stands_twice_is_refused():
    chain = a_chain()
    _signature, _, text = next_entry(chain, OFFICE, "device", pc_of()).partition(" ")
    refuses([*chain.lines, signed(f'{{"role":"office",{text[1:]}'.encode())], "格式不对")


@pytest.mark.parametrize("line", ["", "x", "{}", f"{'0' * 128} ", f"{'0' * 128}.{'0' * 127} {{}}"])
def test_a_line_begins_with_its_signature(line):
    refuses([line], "格式不对")


def test_a_line_has_an_end():
    chain = a_chain()
    refuses([*chain.lines, forged(chain, pc="x" * registry.LONGEST_ENTRY)], "格式不对")


@given(st.text(max_size=60))
def test_any_text_is_told_in_words(text):
    refuses([text], "登记表")


def test_a_chain_has_an_end(monkeypatch):
    chain = a_chain(("device", pc_of()))
    with pytest.raises(BadBundle, match="大得不正常"):
        read_chain(SCHOOL, chain.lines * 2501, None)
    monkeypatch.setattr(registry, "MOST_ENTRIES", 2)
    with pytest.raises(BadBundle, match="已满"):
        add(chain, next_entry(chain, OFFICE, "device", pc_of()))


def test_long_entries_are_proved_each_time_and_not_kept_in_memory():
    """Anybody can sign thousands of them with a key of their own and send them to us."""
    logs = {f"s{number}": [1, HEAD] for number in range(500)}
    lines = a_chain(("device", pc_of()), ("close", {"device": "stick", "logs": logs})).lines
    registry._known.cache_clear()
    for _ in range(2):
        assert len(read_chain(SCHOOL, lines, OFFICE.sign_public).closed["stick"]) == 500
    assert registry._known.cache_info().currsize == 2
    assert registry._known.cache_info().hits == 2
    broken = lines[-1].replace('"s499":[1,', '"s499":[2,')
    refuses([*lines[:2], broken], "签名不对")


@given(st.text())
def test_what_was_tidied_may_stand_in_an_entry(text):
    assert is_words(tidy(text))


def test_what_people_are_called_stays():
    assert tidy("赵𬱖　（一年级）") == "赵𬱖　（一年级）"
    assert tidy("a\u202eb\u200bc\nd\0") == "abcd"


# ---- chains that come together -----------------------------------------------------------------


def test_a_unit_enrolled_after_the_hand_over_is_known_to_who_trusts_the_old_key():
    bodies = {
        BUREAU: handed_over(a_chain(unit=BUREAU)).lines,
        SCHOOL: a_chain(("device", pc_of()), by=NEXT).lines,
    }
    for pinned in (OFFICE.sign_public, NEXT.sign_public, None):
        assert "stick" in read_chains(bodies, pinned)[SCHOOL].members


def test_a_strangers_chain_does_not_come_in_beside_ours():
    bodies = {BUREAU: a_chain(unit=BUREAU).lines, SCHOOL: a_chain(by=STRANGER).lines}
    with pytest.raises(BadBundle, match="不是本教育局签发的"):
        read_chains(bodies, OFFICE.sign_public)


def test_the_old_key_makes_no_new_chain_for_who_trusts_the_new_one():
    bodies = {BUREAU: handed_over(a_chain(unit=BUREAU)).lines, SCHOOL: a_chain().lines}
    with pytest.raises(BadBundle, match="不是本教育局签发的"):
        read_chains(bodies, NEXT.sign_public)


def held_here(*chains: Chain) -> Callable[[str], Chain | None]:
    return {chain.unit: chain for chain in chains}.get


def test_a_chain_from_before_the_hand_over_is_ours_where_ours_begins_with_it():
    """A school's bundle that was under way when the office changed its key."""
    older = a_chain(("device", pc_of()))
    held = held_here(handed_over(read_chain(SCHOOL, older.lines, None)))
    for lines in (older.lines, older.lines[:1]):
        assert read_chains({SCHOOL: lines}, NEXT.sign_public, held)[SCHOOL].lines == lines


@pytest.mark.parametrize("held", [[], [a_chain(unit="2137000009")], [a_chain()]])
def test_but_the_old_key_adds_nothing_to_it(held):
    """Whoever stole the old key signs whatever they like; none of it is what we hold."""
    lines = a_chain(("device", pc_of(OTHER_PC, "thief"))).lines
    held = [handed_over(read_chain(chain.unit, chain.lines, None)) for chain in held]
    with pytest.raises(BadBundle, match="不是本教育局签发的"):
        read_chains({SCHOOL: lines}, NEXT.sign_public, held_here(*held))
