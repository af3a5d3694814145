"""Runs every benchmark, one after the other, each in a process of its own.

    python -m tests.bench [NAME ...] [ARGUMENT ...]

NAME is one of start, bring_in, search, typing, return, safety, keys, roles, today,
protection, attacker, issuing, diary, casework, window. What else is given goes to each
of them: ``window FOLDER MANAGER``. The status is 1 where one of them is over a limit
that it knows.
"""

import subprocess
import sys

_ALL = (
    "start",
    "bring_in",
    "search",
    "typing",
    "return",
    "safety",
    "keys",
    "roles",
    "today",
    "protection",
    "attacker",
    "issuing",
    "diary",
    "casework",
    "window",
)


def main(given: list[str]) -> int:
    """Run the benchmarks named, or all."""
    over = []
    names = [name for name in given if name in _ALL]
    more = [each for each in given if each not in _ALL]
    for name in names or _ALL:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.bench.bench_{name}", *more]
        if subprocess.run(command, check=False).returncode:
            over.append(name)
    print(f"over a limit: {', '.join(over)}" if over else "all within their limits")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
