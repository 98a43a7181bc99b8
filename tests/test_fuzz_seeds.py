"""Every seed of the fuzzer, and every input that has crashed once, is read or refused with a sentence."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS

SEEDS = Path(__file__).parent / "fuzz" / "seeds"


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*/*")), ids=lambda seed: f"{seed.parent.name}/{seed.name}")
def test_a_seed_does_not_crash(seed: Path) -> None:
    TARGETS[seed.parent.name](seed.read_bytes())


def test_every_target_has_seeds() -> None:
    assert {seed.parent.name for seed in SEEDS.glob("*/*")} == set(TARGETS)
