"""How the characters of the names are read, so that a search can be typed in pinyin or in initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Every reading without tones, apart by spaces, of each Chinese character of the texts: {"重": "chong zhong"}.

    All readings are kept (重庆, 重要): which one is meant the search need not decide.
    """
    from pypinyin.constants import PINYIN_DICT

    found = {}
    for sign in sorted({sign for text in texts for sign in text}):
        spoken = PINYIN_DICT.get(ord(sign))
        if spoken:
            found[sign] = " ".join(sorted({_plain(one) for one in spoken.split(",")}))
    return found


def _plain(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")  # ü is typed v
    return "".join(sign for sign in letters if "a" <= sign <= "z")
