"""The manifest of a run folder that is remote: kept on the driver's machine, copied to the folder now and then."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from ..store.folder import LOG, MANIFEST, RunFolder
from ..store.manifest import Manifest


def fetch(folder: RunFolder) -> None:
    """Brings the manifest to this machine where the folder's own copy is further than the one that is here."""
    if not folder.remote:
        return
    here = folder.scratch / MANIFEST
    try:
        with folder.local(MANIFEST) as copy:
            if _step(copy) >= _step(here):
                for name in (here, *_beside(here)):
                    name.unlink(missing_ok=True)
                copyfile(copy, here)
                with folder.local(LOG) as log:
                    copyfile(log, folder.scratch / LOG)
    except FileNotFoundError:  # the first run, or none that came as far as a checkpoint
        return


def save(folder: RunFolder, manifest: Manifest) -> None:
    """Copies manifest and log as they stand to a folder that is remote."""
    if not folder.remote:
        return
    with folder.written(MANIFEST) as path:
        manifest.save_to(path)
    with folder.written(LOG) as path:
        copyfile(folder.scratch / LOG, path)


def _step(path: Path) -> int:
    """Returns how many shards were noted in the manifest at `path`, ever; -1 where there is none."""
    if not path.exists():
        return -1
    with Manifest(path) as manifest:
        return int(manifest.get("step") or 0)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")]
