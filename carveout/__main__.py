"""`python -m carveout`: the command line from a checkout, without installing it."""

import sys

from carveout.cli import main

if __name__ == "__main__":
    sys.exit(main())
