"""Start Provider Desk: ``python -m provider_desk``."""

import sys

from provider_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
