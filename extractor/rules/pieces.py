"""Pieces of dates, numerals, marks and telephone lines that the exclusion rules are made of."""

from __future__ import annotations

from .patterns import BLANKS, DIGIT

D = f"[{DIGIT}]"
B = f"[{BLANKS}]?"
N = "[〇零○一二三四五六七八九十百千]"
# the seven or eight digits of a telephone line, with what may part them, and its further lines
LINE = rf"{D}{{3,4}}(?:[-—－]|{B}){D}{{4}}(?:[-—转/、]{D}{{1,8}})*(?!{D})"
OPEN, CLOSE = r"[〔\[(（【﹝［]", r"[〕\])）】﹞］]"
YEAR = rf"(?:[1１]{B}[9９]|[2２]{B}[0０]){B}[0-9０-９]{B}[0-9０-９]"
DASH = r"[-—–－~～−‐]{1,2}"
TO = rf"{B}(?:{DASH}|至|到){B}"
MONTH = rf"(?:1{B}[0-2]|0?{B}[1-9]|１{B}[０-２]|０?[１-９])(?!{D})"
DAY = rf"(?:3{B}[01]|[12]{B}{D}|0?[1-9]|[１２]{B}{D}|３{B}[０１]|０?[１-９])(?!{D})"
DAY_NAME = rf"{DAY}{B}[日号](?!楼|线|院|厅|窗|机|馆|楼|常|均|报|游)"
DATE_TAIL = rf"(?:{B}{MONTH}{B}月份?(?:{B}{DAY_NAME}|[上中下]旬|初|底|末)?)"
CN_YEAR = r"[一二][〇零○九〡Oo0][〇零○一二三四五六七八九Oo0]{2}"
CN_MONTH = r"(?:十[一二]?|[一二三四五六七八九正])月份?(?!饼)"
CN_DAY = r"(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
CN_ITEM = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"  # of a list
SESSION = r"(?:二?十[一二三四五六七八九]?|[一二三四五六七八九])"
HAN = "[\u4e00-\u9fff]"
