"""A folder behind a URL as DuckDB sees it: that folder and nothing beside it."""

from __future__ import annotations

from typing import Any

from fsspec.implementations.dirfs import DirFileSystem

from .folder import SCHEME


class FencedFolder(DirFileSystem):  # type: ignore[misc]  # fsspec has no types
    """The folder `path` of the filesystem `fs`; its files are `run://…`, and no path leads out of it."""

    protocol = SCHEME.removesuffix("://")

    def _join(self, path: Any) -> Any:
        for one in [path] if isinstance(path, str) else path:
            if ".." in one.split("/"):
                raise PermissionError(one)
        return super()._join(path)
