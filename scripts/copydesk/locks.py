"""Locks on files, of which the system lets go when their holder ends, however it ends.

Standard library only, in the syntax of Python 3.8: what makes the environment needs them too.
"""

import os


def try_lock(file):
    """Lock an open file: True when it is now ours, False when another has it, None where there are no locks."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None  # as on some network drives
    return True
