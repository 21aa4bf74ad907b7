"""Who runs the embedded servers, and which folders are theirs."""

import contextlib
import os
import pwd
import stat
from pathlib import Path

from advisory.embedded import EmbeddedServerFailed
from advisory.tether import Account


def account_for(cluster: Path) -> Account | None:
    """Choose who runs the servers: this user, or as root the owner of the data, else nobody."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(FileNotFoundError):
        owner = cluster.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    with contextlib.suppress(KeyError):
        nobody = pwd.getpwnam("nobody")
        return Account(nobody.pw_uid, nobody.pw_gid)
    msg = "PostgreSQL does not run as root and there is no user 'nobody': start this as a user."
    raise EmbeddedServerFailed(msg)


def own_folder(folder: Path, *, account: Account | None) -> None:
    """
    Make a private folder for the servers' user, or check that a private one of theirs is there.

    :raises EmbeddedServerFailed: if somebody else made it
    """
    expected = account.uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if found.st_uid != expected or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o022:
            msg = f"{folder} was made by somebody else: remove it, or set TMPDIR to another folder."
            raise EmbeddedServerFailed(msg) from None
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise EmbeddedServerFailed(msg) from None
    else:
        if account:
            os.chown(folder, account.uid, account.gid)


def open_to(account: Account, folder: Path) -> bool:
    """Tell whether the account can walk down to ``folder``."""
    for step in (folder.resolve(), *folder.resolve().parents):
        found = step.stat()
        if found.st_uid == account.uid:
            allowed = found.st_mode & stat.S_IXUSR
        elif found.st_gid == account.gid:
            allowed = found.st_mode & stat.S_IXGRP
        else:
            allowed = found.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True
