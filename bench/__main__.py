"""Everything that is measured: understanding, and the time of a start and of a turn."""

import sys

from bench import turns, understanding

if __name__ == "__main__":
    status = understanding.main()
    turns.main()
    sys.exit(status)
