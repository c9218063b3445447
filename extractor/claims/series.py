"""Lists whose numbered items are sentences of their own: `支出90万元。其中:(一)出国费10万元。(二)接待费80万元。`"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..numerals import ORDINALS, parse
from ..tokens import Tokens
from .clauses import Clause
from .draft import Draft
from .wholes import COUNTED

_NUMBER = re.compile(rf"\d{{1,2}}|[{ORDINALS}]{{1,3}}")
_BEHIND = frozenset({"COMMA", "COLON"})  # the marks behind which an item may begin
_PLAIN = frozenset(",:")


@dataclass(frozen=True, slots=True)
class _Item:
    """The last item of a list: its number, the whole, how the list was introduced, what is left of the whole."""

    number: Decimal
    whole: Draft
    kind: str
    rest: Decimal

    def holds(self, draft: Draft, value: Decimal) -> bool:
        """Says whether a count can be a part of the same whole."""
        free = draft.whole is None or draft.whole is self.whole
        return free and draft.unit == self.whole.unit and value <= self.rest


class Series:
    """Follows numbered lists from sentence to sentence: what the first item is part of, the next ones are."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._last: dict[str, _Item] = {}  # how the number is written → the last item so numbered

    def link(self, sentence: Sequence[Clause], out: Sequence[Draft]) -> None:
        """Sets the whole of the first count of each numbered item that goes on with a list, as far as it lasts."""
        for place, clause in enumerate(sentence):
            if clause.mark not in _BEHIND:
                continue
            mark = self._tokens.words[clause.start - 1]
            found = _NUMBER.search(mark) if mark not in _PLAIN else None
            number = parse(found[0]) if found is not None else None
            if number is None:
                continue
            form = _NUMBER.sub("", mark)
            draft = next((item for item in out if item.clause >= place), None)
            before = self._last.pop(form, None)
            value = draft.quantity.value if draft is not None and draft.quantity is not None else None
            if draft is None or value is None or draft.relation not in COUNTED:
                continue
            if number == 1 and draft.whole is not None and draft.whole.quantity is not None:
                total = draft.whole.quantity.value or Decimal(0)
                self._last[form] = _Item(number, draft.whole, draft.list_kind, total - value)
            elif before is not None and number == before.number + 1 and before.holds(draft, value):
                draft.whole, draft.list_kind = before.whole, before.kind
                self._last[form] = _Item(number, before.whole, before.kind, before.rest - value)
