"""Words for whoever reads the console, if anybody does."""

import errno
import os
import sys

# A pipe that nobody reads any more; Windows says the second.
_LEFT = {errno.EPIPE, errno.EINVAL}


def say(words: str) -> None:
    """To the console, where there is one and somebody listens; else the work goes on in silence."""
    if sys.stdout is not None:
        encoding = sys.stdout.encoding or "utf-8"
        try:
            sys.stdout.write(words.encode(encoding, "replace").decode(encoding) + "\n")
            sys.stdout.flush()
        except OSError as error:
            if error.errno not in _LEFT:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
