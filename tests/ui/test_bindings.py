"""The bindings count references; PySide6 6.12.0 does not and Python aborts."""

import subprocess
import sys

_MANY_CALLS = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
line = QLineEdit()
line.textChanged.connect(lambda text: None)
for number in range(30_000):
    line.setText(str(number))
    line.returnPressed.emit()
print("alive")
"""


def test_tens_of_thousands_of_calls_do_not_use_none_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY_CALLS],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == "alive", done.stderr
