"""Where the bundled `poruch` begins."""

import sys

from app.cli import main

sys.exit(main())
