"""How long the first window takes, against a bare PySide6 window, in one run.

    python -m tests.bench.bench_start [REPEATS]

Both are started by turns in processes of their own, on the platform that Qt chooses
(or QT_QPA_PLATFORM), and timed from the start of the process to the first painting of
a window on an empty desk folder. Seconds; the middle of the repeats, and the ratio.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_REPEATS = 11
#: Time since the process began, from the kernel's own count.
_CLOCK = """
import os, time
def told():
    ticks = float(open("/proc/self/stat").read().rpartition(")")[2].split()[19])
    began = ticks / os.sysconf("SC_CLK_TCK")
    now = time.clock_gettime(time.CLOCK_BOOTTIME)
    print(now - began, flush=True)
"""
_BARE = (
    _CLOCK
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    seen = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.seen:
            self.seen = True
            told()
            os._exit(0)
app = QApplication(sys.argv[:1])
window = Bare()
window.resize(1366, 740)
window.show()
app.exec()
"""
)
_OURS = (
    _CLOCK
    + """
import sys
from provider_desk import cli
from provider_desk.ui import main_window
def painted(self, event):
    super(main_window.MainWindow, self).paintEvent(event)
    told()
    os._exit(0)
main_window.MainWindow.paintEvent = painted
sys.exit(cli.main(["--data", sys.argv[1]]))
"""
)


def started(program: str, folder: str) -> float:
    """Seconds from the start of a process to its first painting."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", program, folder],
        capture_output=True,
        text=True,
        env=env,
        check=True,
        timeout=60,
    )
    return float(done.stdout.split()[0])


def main() -> None:
    """Print both times and their ratio."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else _REPEATS
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeats + 1):
            bare.append(started(_BARE, folder))
            ours.append(started(_OURS, folder))
    # The first of each fills the machine's file cache.
    bare, ours = bare[1:], ours[1:]
    for name, times in (("bare PySide6 window", bare), ("Provider Desk", ours)):
        low, high = min(times), max(times)
        middle = statistics.median(times)
        print(f"{name:20} {middle:.3f} s   ({low:.3f} to {high:.3f})")
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"ratio {ratio:.2f} (wanted: at most 1.50)")


if __name__ == "__main__":
    main()
