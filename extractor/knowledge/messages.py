"""All words a reader of a result sees, in every language the toolkit speaks.

Read from `kb/findings.toml`, `kb/problems.toml` and `kb/interface.toml`. Templates hold named
placeholders only (`{claim}`); a placeholder nobody fills is found on load, not in front of a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from string import Formatter

from ..data import CellState, Relation, Severity, Status, Verdict
from ..data.records import record
from ..errors import KnowledgeError
from .source import Toml, known_keys, read_toml, text_of, texts_of

LANGUAGES = ("zh", "en")
"""The languages every text is written in; the first is the default."""

EVIDENCE = frozenset(
    {
        "indicator", "claim", "claims", "other_claim", "unit", "address", "label", "cell", "figures", "subject",
        "other_address", "other_label", "other_cell", "culprit_address", "culprit_label", "formula",
        "arithmetic", "expected", "actual", "difference",
    }
)  # fmt: skip
"""What every finding's message may name: `writers.messages` fills these from the evidence."""

_FINDINGS = "findings.toml"
_PROBLEMS = "problems.toml"
_INTERFACE = "interface.toml"
_SIZE = "size"
_UNITS = (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024))
_SINGLE = str.maketrans("“”", "‘’")
_FINDING_KEYS = frozenset({"severity", "params", "title", "text", "more", "meaning", "not_meaning", "advice"})
_PLACE = frozenset({"file", "place"})
_ENUMERATIONS: Mapping[str, type[StrEnum]] = {
    "verdict": Verdict,
    "severity": Severity,
    "status": Status,
    "relation": Relation,
    "state": CellState,
}

Text = Mapping[str, str]
"""One text by language."""


@record
class FindingWords:
    """The words of one finding code; `text` is a template, the other texts stand as they are.

    `params` are the names a check adds to `EVIDENCE`; `severity` is the one a check gives unless it
    has a reason for another. `more` are templates said after `text` where the finding has the param.
    """

    code: str
    severity: Severity
    params: frozenset[str]
    title: Text
    text: Text
    more: tuple[tuple[str, Text], ...]
    meaning: Text
    not_meaning: Text
    advice: Text


@record
class ProblemWords:
    """The words of one problem code; `params` are the names its template may use beside file and place."""

    code: str
    params: frozenset[str]
    text: Text


@record
class Messages:
    """Every user-facing word: findings and problems by code, interface words by dotted key."""

    findings: Mapping[str, FindingWords]
    problems: Mapping[str, ProblemWords]
    interface: Mapping[str, Text]

    def severity(self, code: str) -> Severity:
        """Returns the severity a finding of `code` has by default."""
        return self.findings[code].severity

    def word(self, key: str, lang: str) -> str:
        """Returns the interface word at `key`, such as `verdict.match`."""
        return self.interface[key][lang]


def placeholders(template: str) -> frozenset[str]:
    """Returns the names `template` asks for: plain (`{a}`), counts (`{a:claim|claims}`) or sizes (`{a:size}`).

    Raises:
        ValueError: the template is malformed, or asks for more than that (`{a.b}`, `{a!r}`, `{a:3}`).
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or conversion or (form and form != _SIZE and form.count("|") != 1):
            raise ValueError(f"{{{name}}} is no plain name")
        names.add(name)
    return frozenset(names)


def within_quotes(text: str) -> str:
    """Returns `text` as it is written between double quotation marks: its own are single ones."""
    return text.translate(_SINGLE)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Returns `template` with every placeholder replaced; "—" where `values` holds nothing for it.

    `{count:claim|claims}` becomes "1 claim" or "2 claims", `{limit:size}` a number of bytes in KB, MB or GB. Quotation
    marks of a value that stands in such itself become single ones, as usual: 正文写有“‘三公’经费支出”.
    """
    parts: list[str] = []
    for literal, name, form, _ in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            value = values.get(name) or "—"
            value = within_quotes(value) if literal.endswith("“") else value
            if form == _SIZE:
                value = _sized(value)
            one, _, many = (form or "").partition("|")
            parts.append(f"{value} {one if value == '1' else many}" if many else value)
    return "".join(parts)


def _sized(value: str) -> str:
    """Returns a number of bytes in the unit that suits it, rounded up: what exceeds a limit is shown above it."""
    if not value.isdigit():
        return value
    name, unit = next((pair for pair in _UNITS if int(value) >= pair[1]), _UNITS[-1])
    tenths = -(-int(value) * 10 // unit)
    return f"{tenths // 10}.{tenths % 10} {name}".replace(".0 ", " ")


def load_messages() -> Messages:
    """Returns all words, cross-checked.

    Raises:
        KnowledgeError: a text or language is missing, a key is misspelt, a template asks for an
            unknown name, or a value of an enumeration has no word.
    """
    findings = {code: _finding(code, table) for code, table in read_toml(_FINDINGS).items()}
    problems = {code: _problem(code, table) for code, table in read_toml(_PROBLEMS).items()}
    interface = dict(_interface(read_toml(_INTERFACE), ""))
    for prefix, enumeration in _ENUMERATIONS.items():
        for member in enumeration:
            if f"{prefix}.{member}" not in interface:
                raise KnowledgeError(_INTERFACE, f"{prefix}.{member}", "nothing", "a word for each language")
    return Messages(findings, problems, interface)


def _finding(code: str, table: Toml) -> FindingWords:
    known_keys(table, _FINDING_KEYS, _FINDINGS, code)
    severity = text_of(table, "severity", _FINDINGS, code)
    if severity not in {item.value for item in Severity}:
        raise KnowledgeError(_FINDINGS, f"{code}.severity", severity, "error, review or info")
    params = frozenset(texts_of(table, "params", _FINDINGS, code))
    text = _text(table, "text", _FINDINGS, code)
    _check_names(text.items(), params | EVIDENCE, _FINDINGS, code)
    return FindingWords(
        code=code,
        severity=Severity(severity),
        params=params,
        title=_text(table, "title", _FINDINGS, code),
        text=text,
        more=tuple(_more(entry, params, code) for entry in table.get("more", [])),
        meaning=_text(table, "meaning", _FINDINGS, code),
        not_meaning=_text(table, "not_meaning", _FINDINGS, code),
        advice=_text(table, "advice", _FINDINGS, code),
    )


def _more(entry: Toml, params: frozenset[str], code: str) -> tuple[str, Text]:
    place = f"{code}.more"
    known_keys(entry, frozenset({"param", *LANGUAGES}), _FINDINGS, place)
    param = text_of(entry, "param", _FINDINGS, place)
    if param not in params:
        raise KnowledgeError(_FINDINGS, f"{place}.param", param, f"one of {', '.join(sorted(params))}")
    text = {lang: text_of(entry, lang, _FINDINGS, place) for lang in LANGUAGES}
    _check_names(text.items(), params | EVIDENCE, _FINDINGS, place)
    return param, text


def _problem(code: str, table: Toml) -> ProblemWords:
    known_keys(table, frozenset({"params", *LANGUAGES}), _PROBLEMS, code)
    params = frozenset(texts_of(table, "params", _PROBLEMS, code))
    text = {lang: text_of(table, lang, _PROBLEMS, code) for lang in LANGUAGES}
    _check_names(text.items(), params | _PLACE, _PROBLEMS, code)
    return ProblemWords(code, params, text)


def _interface(table: Toml, prefix: str) -> Iterable[tuple[str, Text]]:
    for key, value in table.items():
        place = f"{prefix}{key}"
        if not isinstance(value, dict):
            raise KnowledgeError(_INTERFACE, place, value, "a table of languages")
        if LANGUAGES[0] in value:
            known_keys(value, frozenset(LANGUAGES), _INTERFACE, place)
            yield place, {lang: text_of(value, lang, _INTERFACE, place) for lang in LANGUAGES}
        else:
            yield from _interface(value, f"{place}.")


def _text(table: Toml, key: str, file: str, code: str) -> Text:
    value = table.get(key)
    place = f"{code}.{key}"
    if not isinstance(value, dict):
        raise KnowledgeError(file, place, value, f"a text for each of {', '.join(LANGUAGES)}")
    known_keys(value, frozenset(LANGUAGES), file, place)
    return {lang: text_of(value, lang, file, place) for lang in LANGUAGES}


def _check_names(texts: Iterable[tuple[str, str]], names: frozenset[str], file: str, code: str) -> None:
    for lang, template in texts:
        place = f"{code}.text.{lang}"
        try:
            unknown = placeholders(template) - names
        except ValueError as error:
            raise KnowledgeError(file, place, str(error), "plain placeholders such as {claim}") from error
        if unknown:
            raise KnowledgeError(file, place, sorted(unknown), f"names among {', '.join(sorted(names))}")
