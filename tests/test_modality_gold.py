"""How made-up sentences present a fact, against what a careful reader says: `modality.tsv`."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from readings import document

from kg.model import Claim, Modality
from kg.pipeline import read_claims, read_mentions

GOLD = Path(__file__).parent / "modality.tsv"
FOUND = 0.85  # of the sentences: their fact is found at all; what keeps one from being found is no matter of modality
ENOUGH = 0.93  # of the facts found: presented as the text presents them
PER_MODALITY = 0.85  # no way of presenting a fact may be bought at the price of another
LEAST = 20  # sentences of each modality: fewer would say nothing


class Sentence(NamedTuple):
    """One line of the gold: a sentence, a fact in it, and how the sentence presents it."""

    modality: str
    subject: str
    relation: str
    object: str
    sentence: str

    def found(self) -> set[str]:
        """The modalities of the claims that state this fact; empty where there is none."""
        page = document(self.sentence)
        return {c.modality.value for c in read_claims(page, read_mentions(page)) if self.is_said_by(c)}

    def is_said_by(self, claim: Claim) -> bool:
        """Whether a claim is this fact."""
        ends = claim.subject.text, claim.relation, claim.object.text
        return ends == (self.subject, self.relation, self.object)


def gold() -> list[Sentence]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [Sentence(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.fixture(scope="module")
def answers() -> list[tuple[Sentence, set[str]]]:
    """Each sentence with what was found in it."""
    return [(sentence, sentence.found()) for sentence in gold()]


def test_the_gold_is_large_and_balanced() -> None:
    counts = Counter(sentence.modality for sentence in gold())
    assert set(counts) == {modality.value for modality in Modality}
    assert sum(counts.values()) >= 120
    assert min(counts.values()) >= LEAST, counts
    assert max(counts.values()) <= 2 * min(counts.values()), counts


def test_the_gold_is_about_its_own_sentences() -> None:
    for one in gold():
        assert one.subject in one.sentence, one
        assert one.object in one.sentence, one
    sentences = [one.sentence for one in gold()]
    assert len(sentences) == len(set(sentences))


def test_the_facts_are_found(answers: list[tuple[Sentence, set[str]]]) -> None:
    lost = [one.sentence for one, found in answers if not found]
    share = 1 - len(lost) / len(answers)
    print(f"found: {share:.3f} of {len(answers)} facts; not found:", *lost, sep="\n  ")
    assert share >= FOUND, "\n".join(lost)


def test_accuracy(answers: list[tuple[Sentence, set[str]]]) -> None:
    told = [(one, found) for one, found in answers if found]
    misses = [
        f"{one.modality}, read as {sorted(found)}: {one.sentence}" for one, found in told if found != {one.modality}
    ]
    accuracy = 1 - len(misses) / len(told)
    print(f"modality: {accuracy:.3f} of {len(told)} facts; misread:", *misses, sep="\n  ")
    assert accuracy >= ENOUGH, "\n".join(misses)


@pytest.mark.parametrize("modality", [modality.value for modality in Modality])
def test_each_modality_is_read_well(answers: list[tuple[Sentence, set[str]]], modality: str) -> None:
    own = [found == {modality} for one, found in answers if one.modality == modality and found]
    assert len(own) >= LEAST - 5, f"{modality}: only {len(own)} facts found"
    assert sum(own) / len(own) >= PER_MODALITY, f"{modality}: {sum(own)} of {len(own)}"


@pytest.mark.parametrize("standing", ["done", "ongoing"])
def test_what_does_not_stand_is_never_read_as_standing_by_many(
    answers: list[tuple[Sentence, set[str]]], standing: str
) -> None:
    """A plan read as done puts a falsehood into the graph: worse than a fact that is missed."""
    others = [(one, found) for one, found in answers if one.modality in ("planned", "called-for", "denied")]
    false = [one.sentence for one, found in others if standing in found]
    assert len(false) / len(others) <= 0.05, "\n".join(false)
