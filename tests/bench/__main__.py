"""Runs every benchmark, one after the other, each in a process of its own.

    python -m tests.bench [NAME ...]

NAME is one of start, bring_in, search, typing, return, safety, keys, roles,
today, protection, attacker, issuing, diary, casework, pages. The status is 1 where one
of them is over a limit that it knows.
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
    "pages",
)


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all."""
    over = []
    for name in names or _ALL:
        print(f"== {name}", flush=True)
        module = f"tests.bench.bench_{name}"
        if subprocess.run([sys.executable, "-m", module], check=False).returncode:
            over.append(name)
    print(f"over a limit: {', '.join(over)}" if over else "all within their limits")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
