"""Containers kept open: whoever loads one document of a container mostly loads the next one soon."""

from __future__ import annotations

import atexit
from collections import OrderedDict
from collections.abc import Callable
from typing import IO, Generic, TypeVar

from ...readers import Limits
from .files import opened

T = TypeVar("T")


class Kept(Generic[T]):
    """The containers that were asked for last, each with its open file, and what `make` made of it."""

    def __init__(self, make: Callable[[IO[bytes], str, Limits], T], most: int) -> None:
        self._make, self._most = make, most
        self._kept: OrderedDict[tuple[str, Limits], tuple[IO[bytes], T]] = OrderedDict()
        atexit.register(self.close)

    def get(self, path: str, limits: Limits) -> T:
        """Returns what was made of the file at `path`.

        Raises:
            InputError: it cannot be opened, or nothing can be made of it.
        """
        key = path, limits
        if key not in self._kept:
            while len(self._kept) >= self._most:
                _, (file, _) = self._kept.popitem(last=False)
                file.close()
            file = opened(path, path)
            try:
                self._kept[key] = file, self._make(file, path, limits)
            except BaseException:
                file.close()
                raise
        self._kept.move_to_end(key)
        return self._kept[key][1]

    def close(self) -> None:
        """Lets go of all of them."""
        while self._kept:
            _, (file, _) = self._kept.popitem()
            file.close()
