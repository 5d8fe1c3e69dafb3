"""The store's file on its disk: who may read it, whether it may be written, what disk it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from pathlib import Path

DIRECTORY_MODE = 0o700
FILE_MODE = 0o600
BUSY_TIMEOUT_MS = 5_000

_NETWORK = {
    "9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs",
    "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "virtiofs", "webdav",
}  # fmt: skip
_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents")


def uri(path: Path, mode: str) -> str:
    """The SQLite address of a file; `mode` is ro, rw or immutable."""
    tail = "immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"{path.absolute().as_uri()}?{tail}"


def make(path: Path) -> None:
    """Make an empty file that only its owner can read, and its folder."""
    path.parent.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE))


def writable(path: Path) -> bool:
    """Whether the file and its folder may be written to: SQLite needs both."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def read_mode(path: Path) -> str:
    """How a file that may not be written to can be read: ro, else immutable.

    SQLite needs a shared-memory file even to read in WAL mode. Where it cannot
    be made, only `immutable` reads, and it sees nothing of a write-ahead log.
    """
    try:
        connection = connect(path, "ro")
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return "immutable" if not writable(path) else "ro"
    return "ro"


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A plain connection in the driver's autocommit: transactions are begun by us alone.

    It may be used by whichever thread has it; no two use one at a time.
    """
    return sqlite3.connect(
        uri(path, mode),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1_000,
    )


def free_bytes(folder: Path) -> int:
    """How much room there is on the disk that a folder is on, or will be on."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free


def left_unclean(path: Path) -> bool:
    """Whether the last program that wrote here did not come to its end."""
    return any(
        beside(path, tail).is_file() and beside(path, tail).stat().st_size > 0
        for tail in ("-wal", "-journal")
    )


def beside(path: Path, tail: str) -> Path:
    """A file that belongs to the store: `qbank.db-wal` for the tail `-wal`."""
    return path.with_name(path.name + tail)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable, where the system lets a folder be synced."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def shared_disk(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str | None:
    """The kind of network or synced disk a path is on, None for a disk of this machine.

    Memory shared between processes does not reach across such a disk, and the
    write-ahead log needs it. Where the system does not say what is mounted, only
    folders of well-known synchronising programs are known.
    """
    for part in path.absolute().parts:
        folded = part.casefold()
        if any(folded == name or folded.startswith(f"{name} ") for name in _SYNCED):
            return f"the synchronised folder {part}"
    kind = _mounted(path.absolute(), mounts)
    return f"a network disk ({kind})" if kind in _NETWORK else None


def _mounted(path: Path, mounts: Path) -> str:
    """The type of the file system a path is on, as Linux tells it; empty elsewhere."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        place = Path(left.split()[4].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), right.split()[0]
    return kind
