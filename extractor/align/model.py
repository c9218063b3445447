"""The linker's learned parameters, and scoring with them in plain Python: no library is imported to score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import mul
from typing import Any

from ..errors import KnowledgeError
from ..knowledge.models import read_parameters

GRAMS = (1, 3)
_KEYS = frozenset(
    {
        "idf",
        "unseen",
        "features",
        "weights",
        "bias",
        "slope",
        "offset",
        "accept",
        "label",
        "margin",
        "certain",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A trained linker; `id` names its parameters.

    `idf` weighs character n-grams, `unseen` those training did not meet. `weights` and `bias` make a
    log-odds of the features, `slope` and `offset` calibrate it. A claim is linked at probability
    `accept` to an indicator, `label` to a label, if no rival comes within `margin`; a phrase with unknown
    words needs `certain`.
    """

    id: str
    idf: Mapping[str, float]
    unseen: float
    weights: tuple[float, ...]
    bias: float
    slope: float
    offset: float
    accept: float
    label: float
    margin: float
    certain: float

    def vector(self, text: str) -> dict[str, float]:
        """Returns the TF-IDF vector of the character n-grams of `text`, of length 1 (empty for an empty text)."""
        counts: dict[str, float] = {}
        for gram in grams(text):
            counts[gram] = counts.get(gram, 0.0) + 1.0
        idf, unseen = self.idf, self.unseen
        norm = 0.0
        for gram, count in counts.items():
            weight = count * idf.get(gram, unseen)
            counts[gram] = weight
            norm += weight * weight
        norm = math.sqrt(norm)
        return {gram: weight / norm for gram, weight in counts.items()}

    def decide(self, features: Iterable[float]) -> float:
        """Returns the log-odds of `features` before calibration."""
        return sum(map(mul, self.weights, features), self.bias)

    def probability(self, features: Iterable[float]) -> float:
        """Returns the calibrated probability that a claim with `features` is about the target."""
        odds = self.slope * self.decide(features) + self.offset
        return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0


def grams(text: str) -> list[str]:
    """Returns the character n-grams of `text`, with repetition."""
    low, high = GRAMS
    return [text[i : i + size] for size in range(low, high + 1) for i in range(len(text) - size + 1)]


def make_model(parameters: Mapping[str, Any], digest: str, names: tuple[str, ...]) -> Model:
    """Returns the model of `parameters`; `names` are the features this code computes, in order.

    Raises:
        KnowledgeError: a parameter is missing, or the model was trained on other features.
    """
    if set(parameters) != _KEYS:
        raise KnowledgeError("linker", "(keys)", sorted(parameters), ", ".join(sorted(_KEYS)))
    if tuple(parameters["features"]) != names:
        raise KnowledgeError("linker", "features", parameters["features"], f"{names}; train the model anew")
    return Model(
        id=f"linker-{digest[:12]}",
        idf=parameters["idf"],
        unseen=parameters["unseen"],
        weights=tuple(parameters["weights"]),
        bias=parameters["bias"],
        slope=parameters["slope"],
        offset=parameters["offset"],
        accept=parameters["accept"],
        label=parameters["label"],
        margin=parameters["margin"],
        certain=parameters["certain"],
    )


@cache
def load_model() -> Model:
    """Returns the linker that ships with the package, read once a process."""
    from .features import FEATURES

    parameters, digest = read_parameters()
    return make_model(parameters, digest, FEATURES)
