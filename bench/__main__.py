"""Everything that is measured: understanding, the time of a start and of a turn, the widget."""

import sys

from bench import turns, understanding, widget

if __name__ == "__main__":
    status = understanding.main()
    turns.main()
    widget.main()
    sys.exit(status)
