"""The forms as data."""

from __future__ import annotations

from itertools import product

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import source
from extractor.knowledge import templates as module
from extractor.knowledge.templates import Templates, load_templates


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates()


def test_the_forms_are_there(templates: Templates) -> None:
    assert [template.id for template in templates.templates] == [
        "ogi-2014",
        "ogi-2019",
        "ogi-2021",
        "older-local",
    ]


def test_the_matrix_has_39_identities(templates: Templates) -> None:
    modern = next(template for template in templates.templates if template.id == "ogi-2021")
    keys = {entry.key.split(":")[0] for entry in modern.identities}
    matrix = {
        entry.key
        for entry in modern.identities
        if entry.key.split(":")[0] in {"carry", "results", "applicants"}
    }
    assert keys == {
        "carry",
        "results",
        "applicants",
        "reconsideration",
        "litigation_direct",
        "litigation_after",
    }
    assert len(matrix - {"applicants:other.total"}) == 39


def test_2019_borrows_the_matrix_with_its_identities(templates: Templates) -> None:
    borrower, lender = templates.templates[1], templates.templates[2]
    assert [block.id for block in borrower.blocks[-2:]] == ["applicants", "disputes"]
    assert borrower.identities == lender.identities


def test_every_name_of_an_identity_is_an_indicator(templates: Templates) -> None:
    for template in templates.templates:
        for entry in template.identities:
            assert set(entry.formula.names) <= set(templates.indicators), entry.key


def test_every_cell_has_a_name_in_both_languages(templates: Templates) -> None:
    for template, indicator in product(templates.templates[:1], templates.indicators.values()):
        assert indicator.zh, template.id
        assert indicator.en


def test_ids_are_shared_where_the_meaning_is_the_same(templates: Templates) -> None:
    shared = {"disclosed.total", "channel.website", "applications.received", "applications.in_person"}
    for template in (templates.templates[0], templates.templates[3]):
        assert shared <= {row.id for block in template.blocks for row in block.rows}


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({"id": "x", "formula": "nothing.here = disclosed.total", "zh": "", "en": ""}, "formula"),
        ({"id": "x", "formula": "disclosed.total", "zh": "", "en": ""}, "formula"),
        (
            {"id": "x", "formula": "disclosed.total = disclosed.total", "zh": "", "en": "", "hrad": True},
            "hrad",
        ),
    ],
)
def test_a_wrong_identity_names_file_and_key(
    entry: dict[str, object], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = source.read_toml

    def planted(name: str) -> source.Toml:
        table = dict(read(name))
        if name.endswith("ogi-2014.toml"):
            table["identities"] = [*table["identities"], entry]
        return table

    monkeypatch.setattr(module, "read_toml", planted)
    with pytest.raises(KnowledgeError, match=r"ogi-2014\.toml") as error:
        load_templates()
    assert key in error.value.key
