import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.characters import METHOD, count_characters

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60)
LATIN = st.text("abcXYZ019", min_size=1, max_size=12)

# The method by its cases: text, count, why.
CASES = [
    ("", 0, "nothing"),
    (" \t\n\u3000\u00a0", 0, "white space, the ideographic one too"),
    ("校园安全", 4, "each Chinese character"),
    ("校 园\n安　全", 4, "white space between them"),
    ("安全，第一。", 6, "Chinese punctuation"),
    ("“安全”——《办法》……", 12, "quotation marks, dashes and dots are single marks"),
    ("买买提·阿不都", 7, "the dot of a name"),
    ("hello world", 2, "Latin words"),
    ("hello,world", 1, "without white space one run"),
    ("Hello, world!", 2, "half-width punctuation belongs to the word it touches"),
    ("don't stop", 2, "the typewriter's apostrophe"),
    ("don’t", 3, "the typographic one is a quotation mark"),
    ("2026", 1, "a number"),
    ("3.14", 1, "with its point"),
    ("2026-11-23", 1, "a day in figures"),
    ("2026年11月23日", 6, "a day in Chinese"),
    ("学习GB/T 9704标准", 6, "mixed: 学 习 GB/T 9704 标 准"),
    ("中,文", 3, "half-width punctuation among Chinese"),
    ("中!?文", 3, "a run of it"),
    ("１２３ＡＢ", 5, "full-width digits and letters, each"),
    ("①②③", 3, "circled numbers"),
    ("㎡", 1, "a square unit"),
    ("𠮷野家", 3, "beyond the first plane"),
    ("﨑", 1, "a compatibility ideograph"),
    ("〇々", 2, "zero and the repetition mark"),
    ("葛\U000e0100城", 2, "a variation selector is not seen"),
    ("ひらがな", 4, "kana"),
    ("Привет мир", 2, "other scripts by words"),
    ("안녕 하세요", 2, "Korean by words"),
    ("cafe\u0301", 1, "a combining mark"),
    ("好😀的", 3, "an emoji"),
    ("😀😀😀", 1, "emoji in a row are one"),
    ("👨\u200d👩\u200d👧", 1, "a family joined of three"),
    ("a\u200bb", 1, "the space of no width is none"),
    ("安\x00全\x1f", 2, "control characters"),
]


@pytest.mark.parametrize(("text", "count", "why"), CASES, ids=[why for *_, why in CASES])
def test_the_documented_table(text, count, why):
    assert count_characters(text) == count


def test_the_method_says_its_version():
    assert METHOD == "cn-words/1"


def test_the_golden_sum():
    """200 reflections of 500 characters each are the 10万字 of the seed."""
    essay = "学而不思则罔，" * 71 + "思而行"
    assert count_characters(essay) == 500
    assert sum(count_characters(essay) for _ in range(200)) == 100_000


@given(HAN)
def test_chinese_counts_each_character(text):
    assert count_characters(text) == len(text)


@given(HAN, LATIN)
def test_a_run_is_one_wherever_it_stands_among_chinese(text, run):
    for at in range(len(text) + 1):
        assert count_characters(text[:at] + run + text[at:]) == len(text) + 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_with_white_space_between_add_up(one, other):
    together = count_characters(f"{one}\n{other}")
    assert together == count_characters(one) + count_characters(other)


@given(st.text(max_size=80))
def test_there_are_never_more_than_signs(text):
    assert 0 <= count_characters(text) <= len(text)


@given(st.lists(LATIN, max_size=20), st.sampled_from([" ", "  ", "\n", "\u3000", "\t"]))
def test_latin_counts_words(words, gap):
    assert count_characters(gap.join(words)) == len(words)
