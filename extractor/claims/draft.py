"""The working record of one claim while its sentence is read; turned into a frozen `Claim` at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..data import UNDATED, UNSCOPED, Interval, Period, Quantity, Relation, Scope


@dataclass(slots=True, eq=False)
class Draft:
    """One claim in the making, in folded offsets; each is only itself.

    `clause` is the index of its clause in the sentence, `own` its phrase, `full` that with what it
    takes for granted, "" where it says all, `lead` the words before the verb of a phrase that
    stands after its number, `has_noun` whether `own` names a thing. `thing` is its last noun,
    `owner` the scope word that stands in place of a phrase (市本级|5条), `fallback` words that name
    nothing new (排|第二), `among` those that it is ranked among (在三级医院中排|第二), `hint` the clause
    without a number right before its own, `tail` what stands behind the last number of that clause.
    `act`: the phrase is only what was done (答复|5件). `everything`: it is what is said of all
    (33件|全部办结), `measure`: it measures the claim before it, `average`: it says how much that is at a
    time (日均|1332件), `leaning`: only what was done with a thing named before (取消|2项). `mean`: it is
    so many at a time (平均|1.8天|办结, 每批|10件), `lasting`: what follows has held so long (连续|九年|稳产),
    `goal`: where a movement ends (由26个优化为|18个), `unsaid`:
    its phrase ends with what was done, to a thing named before (规划部门收到|64件), `verbal`: a predicate
    ends with no noun (11篇|被市级媒体转载), `figure`: it only says which figure of an item it is
    (决算数|47万元). `predicate`: the phrase says what became of a part (1件|被维持),
    `shares`: what the number before it counts is what it measures (3个单位挪用资金|20万元|发放补贴),
    `became`: so do words that lead somewhere (17项|列入清单), `clausal`: the phrase opens its clause, as one that says
    what others did with it does (2件|法院驳回请求).
    `summing`: the word of a sum before the number (合计|8亿元). `nameless`: the phrase holds no noun
    (年内更换|401名), all that is `said` then counts. `reckoned`: a rate behind it is reckoned on it
    (为预算|85亿元|的102%). `alongside`: a preposition opens its phrase (在公报刊登的|13件). `relative`: what was done
    with some stands for them (当面递交的|12件). `opens`: it is the whole of what follows (28件文件中|有5件). `first`:
    it opens a clause behind a comma or colon. `topic`: words of its clause name what it is part of
    (答复中|同意15件). `rest`: it is what others leave (其余|3件). `base`: others are only compared with it
    (较2020年的83件). `bounds` are those of a limit that stands apart from the number, `numerals` the spans of
    the bare numerals of a zero claim (零投诉), `tokens` those of a phrase before the number. A draft without
    quantity is a zero claim or one of several heads that share a number.
    """

    start: int
    end: int
    clause: int
    quantity: Quantity | None
    own: str = ""
    full: str = ""
    summing: str = ""
    lead: str = ""
    verb: str = ""
    has_noun: bool = False
    thing: str = ""
    owner: str = ""
    fallback: str = ""
    among: str = ""
    hint: str = ""
    tail: str = ""
    everything: bool = False
    measure: bool = False
    average: bool = False
    leaning: bool = False
    mean: bool = False
    lasting: bool = False
    goal: bool = False
    unsaid: bool = False
    verbal: bool = False
    figure: bool = False
    act: bool = False
    nameless: bool = False
    said: str = ""
    reckoned: bool = False
    predicate: bool = False
    became: bool = False
    clausal: bool = False
    shares: bool = False
    due: bool = False
    alongside: bool = False
    relative: bool = False
    opens: bool = False
    first: bool = False
    topic: str = ""
    rest: bool = False
    base: bool = False
    bounds: Interval | None = None
    context: list[str] = field(default_factory=list)
    whole: Draft | None = None
    list_kind: str = ""
    scope: Scope = UNSCOPED
    period: Period = UNDATED
    relation: Relation = Relation.LEVEL
    rule: str = ""
    unit: str = ""
    numerals: tuple[tuple[int, int], ...] = ()
    tokens: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        """What it counts, in full."""
        return self.full or self.own

    @property
    def unit_kind(self) -> str:
        """The class of the unit, "" of a draft without quantity."""
        return self.quantity.kind if self.quantity else ""

    @property
    def numbers(self) -> tuple[tuple[int, int], ...]:
        """The spans of the bare numerals the draft accounts for."""
        return self.quantity.numbers if self.quantity else self.numerals

    @property
    def restates(self) -> bool:
        """Whether the draft has no words of its own: it repeats the claim before it in another unit."""
        return not self.own and not self.lead
