"""The installer: what it locks, and that its twins for sh and PowerShell agree."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LOCKS = {
    "requirements-tools.txt": PYPROJECT["build-system"]["requires"],
    "requirements.txt": PYPROJECT["project"]["dependencies"],
    "requirements-dev.txt": PYPROJECT["dependency-groups"]["dev"],
    "requirements-bench.txt": PYPROJECT["dependency-groups"]["bench"],
}
"""Each locked file, with what it is made for above all."""

SH_SCRIPTS = ["run", "test", "lock", "setup.sh"]

needs_sh = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has the PowerShell twin"
)


def read(name: str) -> str:
    """Return the text of a file of the installer."""
    return (INSTALLER / name).read_text(encoding="utf-8")


def entries(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Yield each pinned package of a locked file, with its hashes."""
    unfolded = read(name).replace("\\\n", " ")
    for line in unfolded.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pin, *options = line.split(" --hash=")
            yield Requirement(pin), [option.strip() for option in options]


def pins(name: str) -> set[str]:
    """Return the pins of a locked file, with the systems each is for."""
    return {str(requirement) for requirement, _ in entries(name)}


def steps(name: str) -> list[str]:
    """Return the checks that a test script runs, in its order."""
    pattern = r"^(?:check|Invoke-Check) ['\"](.+?)['\"]"
    return [str(step) for step in re.findall(pattern, read(name), re.MULTILINE)]


def words_of_checks(name: str) -> list[str]:
    """Return the words that a test script gives its checks, however quoted."""
    body = read(name).split("'dev'" if name.endswith("ps1") else "set_up dev")[1]
    return re.findall(r"--\w[\w-]*|\b(?:provider_desk|tests|auto)\b", body)


def run_in_setup(command: str, path: Path) -> str:
    """Return what a command prints after setup.sh, with `path` searched first."""
    done = subprocess.run(
        ["sh", "-c", f". ./setup.sh; {command}"],
        cwd=INSTALLER,
        env={"PATH": f"{path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_an_exact_version_and_a_hash(name: str) -> None:
    found = list(entries(name))

    assert found
    for requirement, hashes in found:
        assert [spec.operator for spec in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)


@pytest.mark.parametrize("name", LOCKS)
def test_a_locked_file_names_no_address_and_no_path(name: str) -> None:
    text = read(name)

    options = set(re.findall(r"(?<!\S)--?[a-z][\w-]*", text))
    assert options <= {"--hash", "-c"}
    assert "://" not in text
    assert " @ " not in text
    assert re.findall(r"-c (\S+)", text) == [
        path for path in re.findall(r"-c (\S+)", text) if path.startswith("installer/")
    ]
    assert not re.search(r"(?<!\S)(?:/|~|[A-Za-z]:\\)", text)


@pytest.mark.parametrize("name", LOCKS)
def test_a_locked_file_holds_what_pyproject_asks_for(name: str) -> None:
    locked: dict[str, list[Requirement]] = {}
    for requirement, _ in entries(name):
        locked.setdefault(canonicalize_name(requirement.name), []).append(requirement)

    for wanted in map(Requirement, LOCKS[name]):
        for found in locked[canonicalize_name(wanted.name)]:
            (version,) = (spec.version for spec in found.specifier)
            assert wanted.specifier.contains(version), (wanted, version)


def test_each_set_holds_the_smaller_one_unchanged() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt")
    assert pins("requirements-dev.txt") < pins("requirements-bench.txt")


def test_the_tools_hold_uv() -> None:
    assert "uv" in {requirement.name for requirement, _ in entries(next(iter(LOCKS)))}


@needs_sh
@pytest.mark.parametrize("name", SH_SCRIPTS)
def test_a_script_parses(name: str) -> None:
    subprocess.run(["sh", "-n", str(INSTALLER / name)], check=True)


@needs_sh
def test_an_unknown_word_is_answered_with_the_usage_and_nothing_is_set_up() -> None:
    done = subprocess.run(
        ["sh", str(INSTALLER / "run"), "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "Usage: sh installer/run" in done.stderr
    assert done.stdout == ""


@needs_sh
def test_a_package_counts_as_installed_under_its_newer_name(tmp_path: Path) -> None:
    dpkg_query = tmp_path / "dpkg-query"
    dpkg_query.write_text(
        "#!/bin/sh\n"
        "printf 'installed libglib2.0-0t64|config-files libgl1|installed libegl1|'\n"
        "exit 1\n"
    )
    dpkg_query.chmod(0o755)

    missing = run_in_setup("missing_packages libglib2.0-0 libgl1 libegl1", tmp_path)

    assert missing.split() == ["libgl1"]


@needs_sh
def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    good = tmp_path / "python3.13"
    good.write_text("#!/bin/sh\necho '/a path/python3.13'\n")
    for python in (old, good):
        python.chmod(0o755)

    assert run_in_setup("find_python", tmp_path) == "/a path/python3.13\n"


@needs_sh
def test_a_failure_says_what_to_do_and_gives_a_status() -> None:
    done = subprocess.run(
        ["sh", "-c", ". ./setup.sh; fail 'It broke.' 'Mend it.'; echo on"],
        cwd=INSTALLER,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "\nIt broke.\nMend it.\n"
    assert done.stdout == ""


@needs_sh
def test_ci_runs_the_test_command_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    subprocess.run(["sh", "-n", str(script)], check=True)
    lines = script.read_text(encoding="utf-8").splitlines()

    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == [
        "set -eu",
        'cd -- "$(dirname -- "$0")/.."',
        'exec sh installer/test "$@"',
    ]


def test_the_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "sh installer/run\n" in readme
    assert "sh installer/test\n" in readme


def test_the_twins_run_the_same_checks_in_the_same_order() -> None:
    assert steps("test.ps1") == steps("test") != []
    assert words_of_checks("test.ps1") == words_of_checks("test") != []


def test_the_twins_install_the_same_locked_files() -> None:
    for name in LOCKS:
        assert name in read("setup.ps1")
    for name in ("requirements-tools.txt", "requirements.txt", "requirements-$wanted"):
        assert name in read("setup.sh")


@pytest.mark.parametrize("option", ["--require-hashes", "--only-binary", "--no-deps"])
def test_the_twins_install_with_the_same_care(option: str) -> None:
    assert read("setup.ps1").count(option) == read("setup.sh").count(option) > 0
