"""What BERT takes a character for: space, control, punctuation, accent, Chinese.

The categories are Unicode's, as the tables of the `tokenizers` library have them. Those of its
splitting and cleaning are of Unicode 8, of 2015: what was added later is to them neither mark nor
punctuation. Python's tables are newer, and differ between its versions.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SPACES = frozenset(
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
LETTERS_IN_CIRCLES = (
    ("\u24b6", "\u24e9"),
    ("\U0001f130", "\U0001f149"),
    ("\U0001f150", "\U0001f169"),
    ("\U0001f170", "\U0001f189"),
)
# What was added after Unicode 8, where it would be a mark, a format or punctuation.
LATER = tuple(
    (int(low, 16), int(high or low, 16))
    for low, _, high in (
        part.partition("-")
        for part in """
61D 7FD 890-8E2 9FD-9FE A76 AFA-AFF B55 C04-C3C C77 C84 D00 D3B-D3C D81 EBA ECE 180F-1886
1ABF-1ACE 1B4E-1B4F 1B7D-1B7F 1DF6-1DFB 2E43-2E5D A82C A8C5 A8FF A9BD 10D24-10F89 11070-11074
110C2-110CD 111C9 111CF 1123E-11241 1133B 11383-1145E 11660-1166C 116B9 1182F-11FFF 12FF1-1612F
16D68-16F4F 16FE2-16FE4 1CF00-1CF46 1E000-1E5FF 1E944-1E95F
""".split()
    )
)
# Those that have changed their category since.
THEN = {"\u1734": "Mn", "\u166d": "Po", "\U000111c9": "Po", "\U0001171e": "Mn"}
TODHRI = "\U000105c9\U000105e4"  # letters that Unicode takes apart since its version 16
# Capitals of Unicode 15 to 17, which not every Python knows.
SMALL = {
    "\u1c89": "\u1c8a",
    "\ua7cb": "\u0264",
    "\ua7cc": "\ua7cd",
    "\ua7ce": "\ua7cf",
    "\ua7d2": "\ua7d3",
    "\ua7d4": "\ua7d5",
    "\ua7da": "\ua7db",
    "\ua7dc": "\u019b",
    **{chr(code): chr(code + 0x20) for code in range(0x10D50, 0x10D66)},
    **{chr(code): chr(code + 0x1B) for code in range(0x16EA0, 0x16EB9)},
}


@lru_cache(4096)
def category(char: str) -> str:
    """Return Unicode's category of a character, as it was in Unicode 8; Cn of later ones."""
    code = ord(char)
    if code > 0x300:
        if char in THEN:
            return THEN[char]
        if any(low <= code <= high for low, high in LATER):
            return "Cn"
    return unicodedata.category(char)


def is_control(char: str) -> bool:
    """Tell what cleaning removes: controls, formats, private use; not tab and line ends."""
    return char not in "\t\n\r" and category(char) in ("Cc", "Cf", "Co", "Cs")


def is_punctuation(char: str) -> bool:
    """Tell what makes a word of its own: Unicode's punctuation, and all of ASCII's symbols."""
    if char < "\x80":
        return char.isprintable() and not char.isalnum() and char != " "
    return category(char)[0] == "P"


def is_chinese(char: str) -> bool:
    """Tell a character of the blocks of unified ideographs."""
    return char >= "\u3400" and any(low <= ord(char) <= high for low, high in CHINESE)


def is_accent(char: str) -> bool:
    """Tell a mark that stands above or below a letter and takes no room."""
    return char > "\u02ff" and category(char) == "Mn"


def is_moved(char: str) -> bool:
    """Tell a mark that is no accent and yet has a place among a letter's accents."""
    return char > "\u02ff" and unicodedata.combining(char) != 0 and not is_accent(char)


def is_word(char: str) -> bool:
    """Tell a letter, mark, digit or connector: what a single word may not touch."""
    kind = unicodedata.category(char)
    if kind == "So":
        return any(low <= char <= high for low, high in LETTERS_IN_CIRCLES)
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or char in "\u200c\u200d"


def lowered(char: str) -> str:
    """Return the small letter of a capital; of one, two characters."""
    return SMALL.get(char) or char.lower()


def decomposed(char: str) -> str:
    """Return a letter with accents as the letter, followed by its accents."""
    if char > "\uffff" and (char in TODHRI or category(char) == "Cn"):
        return char
    return unicodedata.normalize("NFD", char)
