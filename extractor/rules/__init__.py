"""The quantity grammar: every number of a text, read as a quantity or excluded with a reason.

What a *number* is:

- a maximal run of Arabic digits in any width, together with what writes one number with it:
  thousands separators (comma, blank), a decimal point or middle dot, Chinese scales (26.8万, 3万4000);
- a run of Chinese numerals, unless it is a letter of an ordinary word (一些, 统一, 十分:
  `kb/words/ordinary.txt`) or a single 一/十/百/千/万/亿/零/半 that no measure word follows (万企);
- a formal numeral where it counts (壹佰元, not 队伍), and 半 where it is a share (过半, 半数).

Declared to be no numbers: a list mark of one glyph (①, ⑴, ㈠), 几 and 数 without a scale (几次), 半 of
a time (半年), and rhetoric that no table could hold (成百上千, 数以千计, 大半). 零 before a noun (零投诉) is
left to the claims.

`scan` puts each of them into exactly one of three places: `Quantity.numbers`, `Exclusion.numbers`
or `Scan.unexplained`. It runs over whole texts, linear in their length, on folded narratives as
well as on raw text with full-width digits and blanks.
"""

from __future__ import annotations

from .scanner import Scan, scan

__all__ = ["Scan", "scan"]
