"""The places a finding between reports rests on."""

from __future__ import annotations

from ..data.collection import Exhibit, KeptClaim, KeptFigure, Member


def exhibit_of_figure(member: Member, figure: KeptFigure) -> Exhibit:
    """Returns a cell as an exhibit; its label is the indicator where the form is known."""
    return Exhibit(
        report=member.report,
        source=member.source,
        body=member.body,
        year=member.year,
        kind="figure",
        id=figure.id,
        place=figure.address,
        label=figure.indicator or figure.row_label,
        value=figure.value,
        unit=figure.unit,
        quote=figure.row_label,
        form=member.template,
    )


def exhibit_of_claim(member: Member, claim: KeptClaim) -> Exhibit:
    """Returns a claim as an exhibit, with its sentence."""
    return Exhibit(
        report=member.report,
        source=member.source,
        body=member.body,
        year=member.year,
        kind="claim",
        id=claim.id,
        place=f"{claim.start}-{claim.end}",
        label=claim.indicator,
        value=claim.value,
        unit=claim.unit,
        quote=claim.sentence,
    )


def exhibit_of_report(member: Member) -> Exhibit:
    """Returns a whole report as an exhibit."""
    return Exhibit(
        member.report,
        member.source,
        member.body,
        member.year,
        "report",
        label=member.title,
        quote=member.title,
    )
