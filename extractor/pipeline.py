"""The claims of this toolkit as a spaCy pipeline component, for anybody's pipeline.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("quantitative_claims")
>>> [span.text for span in nlp("全年召开新闻发布会40次。").spans["claims"]]
['40次']
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from .claims import find
from .data import Claim, Region, Report
from .knowledge import load
from .text import fold

__all__ = ["QuantitativeClaims", "create"]


class QuantitativeClaims:
    """Finds the quantitative claims of a `Doc`.

    Sets `doc.spans[spans_key]`, one span a claim, labelled by its relation and widened to token
    borders, and `doc.user_data[spans_key]`, the `Claim` records in the same order, whose character
    offsets are exact.
    """

    def __init__(self, spans_key: str = "claims") -> None:
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Returns `doc` with its claims set."""
        text = doc.text
        report = Report(
            source="", sha256="", text=text, regions=(Region(0, len(text), "narrative"),) if text else ()
        )
        claims: tuple[Claim, ...] = find(report, fold(report), load()).claims
        spans = [
            doc.char_span(claim.start, claim.end, label=claim.relation.value, alignment_mode="expand")
            for claim in claims
        ]
        doc.spans[self.spans_key] = SpanGroup(
            doc, name=self.spans_key, spans=[span for span in spans if span is not None]
        )
        doc.user_data[self.spans_key] = claims
        return doc


@Language.factory("quantitative_claims", default_config={"spans_key": "claims"})
def create(nlp: Language, name: str, spans_key: str) -> QuantitativeClaims:  # noqa: ARG001 - spaCy passes both
    """Returns the component; spaCy calls this through the entry point of the same name."""
    return QuantitativeClaims(spans_key)
