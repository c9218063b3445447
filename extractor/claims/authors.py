"""Who reports, and what a body that the report names is to it: itself, all it speaks for, one below, or none."""

from __future__ import annotations

from dataclasses import dataclass

from ..knowledge.scopes import Authors

_TITLE_REACH = 1200  # characters in which a report says whose it is
_SHORT_NAME = 3
_INITIALS = 2  # letters of the shortest name of a body: 中院


@dataclass(frozen=True, slots=True)
class Author:
    """Who reports: `name` without the words of government, `rank` from the top (0) down, None where neither is known.

    `place` says that it is a place or town, and so the whole its report speaks for, not one office; `office` are the
    words of government then that its title names it with. `auditing` says that it reports on an audit.
    """

    name: str = ""
    rank: int | None = None
    place: bool = False
    office: str = ""
    auditing: bool = False

    @property
    def known(self) -> bool:
        """Whether the text says who reports."""
        return bool(self.name)


def author_of(text: str, authors: Authors) -> Author:
    """Returns who reports, by the title of the folded `text`; an empty one where no title names a body."""
    matches = (pattern.search(text, 0, _TITLE_REACH) for pattern in authors.titles)
    match = next((match for match in matches if match is not None), None)
    if match is None:
        return Author()
    name = match["name"]
    bare = without_government(name, authors)
    ranks = [rank for rank, words in enumerate(authors.ranks) if bare.endswith(words)]
    if ranks:
        auditing = authors.audits.search(text, 0, _TITLE_REACH) is not None
        return Author(bare, ranks[0], place=True, office=name.removeprefix(bare), auditing=auditing)
    return Author(bare, rank_of(bare, authors), place=False)


def without_government(name: str, authors: Authors) -> str:
    """Returns the name of a place without the words of its government."""
    return next((name.removesuffix(word) for word in authors.governments if name.endswith(word)), name)


def rank_of(name: str, authors: Authors) -> int | None:
    """Returns the rank of the last place a name begins with (0 for 省教育厅), None where it names none."""
    match = authors.region.match(name)
    return None if match is None else _rank(match["last"], authors)


def placed(name: str, authors: Authors) -> bool:
    """Says whether a name begins with that of a place, and goes on: 县水务局."""
    match = authors.region.match(name)
    return match is not None and match.end() < len(name)


def below(name: str, author: Author, authors: Authors) -> bool:
    """Says whether a name is that of a branch of an author that is no place: 北山分场 of 国有林场."""
    if not author.known or author.place:
        return False
    own = (word for words in authors.selves for word in words if author.name.endswith(word))
    return name.endswith(tuple(authors.branch + word for word in (author.name[-1], *own)))


def core_of(author: Author, authors: Authors) -> str:
    """Returns the name of a place without the places above it and the word of its rank: 榕坝 of 东岸区榕坝街道."""
    if not author.place:
        return ""
    start = 0
    for match in authors.region.finditer(author.name[:-1]):
        start = match.end()
    rest = author.name[start:]
    return next(
        (rest.removesuffix(word) for words in authors.ranks for word in words if rest.endswith(word)), ""
    )


def is_place(name: str, authors: Authors) -> bool:
    """Says whether a name is that of a place, and nothing else."""
    match = authors.region.match(name)
    return match is not None and match.end() == len(name)


def governs(name: str, authors: Authors) -> bool:
    """Says whether a name is that of the government of a place, or of its party."""
    match = authors.region.match(name)
    return match is not None and name[match.end() :] in (*authors.governments, *authors.committees)


def is_government(name: str, authors: Authors) -> bool:
    """Says whether a name is that of the government of a place of some rank, or of its own office: 县政府办公室."""
    rest = (name.removeprefix(word) for words in authors.ranks for word in words if name.startswith(word))
    return any(word in (*authors.governments, *authors.offices) for word in rest)


def is_office(name: str, authors: Authors) -> bool:
    """Says whether a name is that of an office of a named place, and not its government: 县水务局."""
    match = authors.region.match(name)
    return match is not None and name[match.end() :] not in ("", *authors.governments, *authors.committees)


def is_one_office(name: str, author: Author, authors: Authors) -> bool:
    """Says whether a name is that of one office: 县水务局, 白石镇卫生院, but 社区食堂 in the report of a county."""
    match = authors.region.match(name)
    if match is None or not is_office(name, authors):
        return False
    bare = all(letter in authors.letters for letter in match[0])
    return not bare or author.rank is None or _rank(match["last"], authors) <= author.rank


def calls_itself(name: str, author: Author, authors: Authors) -> bool:
    """Says whether bodies of the author's kind call themselves so: 学校 in the report of a university."""
    return any(name in words and author.name.endswith(words) for words in authors.selves)


def kinship(name: str, author: Author, authors: Authors) -> str:
    """Returns the kind of scope that one body named as subject is in the report of `author`.

    "" is none: a body above it, or one that the name does not tell apart from it.
    """
    match = authors.region.match(name)
    region, office = ("", name) if match is None else (match[0], name[match.end() :])
    rank = None if match is None else _rank(match["last"], authors)
    short = match is not None and rank == author.rank and calls_itself(office, author, authors)  # 县局
    if (
        author.place
        and len(name) >= _SHORT_NAME
        and (name in authors.offices or _abbreviates(name, author.office))
    ):
        return "body"  # 党政办, 管委会
    if office and not author.place and (short or _is_office(name, author, authors)):
        return "body"
    above = rank is not None and author.rank is not None and rank < author.rank
    if above or name.endswith(authors.beside):
        return ""
    own = (
        match is not None
        and (rank == author.rank or author.rank is None)
        and _same(region, match["last"], author)
    )
    if own and author.auditing and office.endswith(authors.auditors):
        return "body"
    if office and office not in (*authors.governments, *authors.committees, *authors.offices):
        kind = any(name in words for words in authors.selves)
        return "" if kind and not author.place else "subordinate"
    if not own:
        return "subordinate" if match is not None else ""
    if author.known and not author.place:
        return ""  # the government above an office
    return "body" if office else "whole"


def is_foreign(name: str, author: Author, authors: Authors) -> bool:
    """Says whether a name is that of a body above the author's rank, or of a power beside its government."""
    match = authors.region.match(name)
    if match is None or match.end() == len(name) or author.rank is None:
        return False
    return _rank(match["last"], authors) < author.rank or name.endswith(authors.beside)


def _rank(word: str, authors: Authors) -> int:
    return next(rank for rank, words in enumerate(authors.ranks) if word in words)


def _same(region: str, last: str, author: Author) -> bool:
    """Says whether the name of a place is that of the author, or only its rank."""
    named = len(author.name) > 1 and (author.name.endswith(region) or region.endswith(author.name))
    return region == last or named


def _is_office(name: str, author: Author, authors: Authors) -> bool:
    """Says whether a name is that of an author that is no place: in full, in short, or by its kind (学校)."""
    if not author.known:
        return False
    if any(name in words for words in authors.selves):
        return calls_itself(name, author, authors)
    own = (word for words in authors.selves for word in words if author.name.endswith(word))
    if any(name.startswith(word) and _inner(name.removeprefix(word), authors) for word in own):
        return True  # 局办公室, 厅里, but 局属学校
    if name[0] == author.name[-1] and name[1:] in (*authors.governments, *authors.offices):
        return True  # 场办公室
    if len(name) == _INITIALS and name[-1] == author.name[-1] and name[0] in author.name[:-1]:
        return True  # 中院
    full = name in author.name or name.endswith(author.name)
    return full or (len(name) >= _SHORT_NAME and _abbreviates(name, author.name))


def _inner(rest: str, authors: Authors) -> bool:
    """Says whether the words behind a body's name are those of its own office."""
    return rest in (*authors.governments, *authors.offices) or rest.endswith(authors.rooms)


def _abbreviates(name: str, full: str) -> bool:
    """Says whether the letters of `name` stand in `full` in their order: 市人社局, 某市人力资源和社会保障局."""
    letters = iter(full)
    return all(letter in letters for letter in name)
