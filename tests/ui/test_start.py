"""The first window comes quickly because it waits for nothing that it does not need."""

import subprocess
import sys
from pathlib import Path

_UNTIL_PAINTED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from provider_desk import cli
from provider_desk.ui import main_window
def painted(self, event):
    heavy = "services store model.records".split()
    heavy = ["provider_desk." + name for name in heavy]
    heavy += "sqlcipher3 cryptography keyring reportlab openpyxl tomllib".split()
    print(sorted(name for name in heavy if name in sys.modules), flush=True)
    os._exit(0)
main_window.MainWindow.paintEvent = painted
cli.main(["--data", sys.argv[1]])
"""


def test_nothing_heavy_is_loaded_before_the_first_painting(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={
            "XDG_CONFIG_HOME": str(tmp_path),
            "PATH": "/usr/bin",
            "HOME": str(tmp_path),
        },
    )

    assert done.stdout.strip() == "[]"
