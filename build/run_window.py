"""Where the bundled `poruch-window` begins."""

import sys

from ui.main import main

sys.exit(main())
