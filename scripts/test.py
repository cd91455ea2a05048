"""Runs the tests, in an environment that it makes when it is missing.

python3 scripts/test.py              everything but what is slow (a few minutes)
python3 scripts/test.py --all        everything
python3 scripts/test.py -k align -x  other arguments go to pytest (python -m pytest --help)
"""

from _environment import ROOT, ensure

ensure(extras=("test", "pdf", "new-story", "corpus", "teach"))

import os
import sys

if {"-h", "--help"} & set(sys.argv[1:]):
    print(__doc__.strip())
    sys.exit(0)

import pytest

# Whatever a test starts finds no index of packages to ask: tests need no network.
os.environ.update(PIP_NO_INDEX="1", UV_OFFLINE="1")
os.chdir(ROOT)
# One worker a processor, a file's tests in one of them, so that what they share is made once.
sys.exit(pytest.main(["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", *sys.argv[1:]]))
