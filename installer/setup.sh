# What run, test and lock have in common: from a bare machine to a ready .venv.
#
# Sourced, never run. POSIX sh, so that dash and the sh of macOS read it alike.
# Each step looks first and does nothing when nothing is missing. All it makes lies
# in the checkout (.venv, *.egg-info), but for Debian's system packages.
# shellcheck shell=sh

set -eu

checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
installer=$checkout/installer
venv=$checkout/.venv
bin=$venv/bin

# What Qt, drawing to a window or to memory, loads from the system. Debian's names.
window_packages="libglib2.0-0 libgl1 libegl1 libdbus-1-3 libfontconfig1
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
# A virtual screen, for the tests that want a real one; strace records what a program
# asks of the disk, for the tests that cut the power; a keyring and its message bus, for
# those that keep a secret in a real one.
test_packages="xvfb xauth strace gnome-keyring dbus at-spi2-core python3-pyatspi"

# uv keeps what it downloads in .venv, uses the Python it is given and trusts the
# certificates the office trusts.
export UV_CACHE_DIR="$venv/cache"
export UV_PYTHON_DOWNLOADS=never
export UV_SYSTEM_CERTS=true

say() {
    printf '%s\n' "$@"
}

# Say what went wrong and what to do about it, one line an argument, and stop.
fail() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# --- the system ----------------------------------------------------------------------

# Which of the named Debian packages are not installed. Some carry "t64" at the end of
# their name since Debian 13 and Ubuntu 24.04.
missing_packages() {
    query=
    for package in "$@"; do
        query="$query $package ${package}t64"
    done
    # shellcheck disable=SC2086,SC2016  # a list of names; the fields are dpkg's own
    present=$(dpkg-query -W -f='${db:Status-Status} ${Package}|' $query 2>/dev/null) ||
        true
    for package in "$@"; do
        case "|$present" in
        *"|installed $package|"* | *"|installed ${package}t64|"*) ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -- "$@"
    fi
}

# Install the system packages named here that are missing.
install_system_packages() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "Missing system packages:$missing"
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || fail \
            "Only root can install system packages, and there is no sudo here." \
            "Ask the administrator to run this, then start again:" \
            "    apt-get update && apt-get install --no-install-recommends$missing"
        say "To install them needs root: sudo may ask for your password."
    fi
    say "Installing them with apt-get."
    as_root apt-get -qq update ||
        say "The package lists could not be refreshed; trying with those at hand."
    # shellcheck disable=SC2086  # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
        -o DPkg::Lock::Timeout=120 install --no-install-recommends $missing \
        >/dev/null || fail \
        "The system packages could not be installed; apt-get says why above." \
        "Check that this computer is online, or run this by hand, then start again:" \
        "    apt-get update && apt-get install --no-install-recommends$missing"
}

# The path of the first Python that will do; nothing when there is none. From inside an
# environment it is the Python behind it, so that .venv can be made anew.
find_python() {
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if has "$name" && "$name" -c '
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(1)
print(getattr(sys, "_base_executable", sys.executable))' 2>/dev/null; then
            return 0
        fi
    done
}

# Everything the system has to bring. Arguments: further Debian packages.
prepare_system() {
    if [ "$(uname -s)" = Linux ] && has apt-get && has dpkg-query; then
        if ! environment_is_made; then
            python=$(find_python)
            set -- "$@" ca-certificates
            if [ -z "$python" ]; then
                set -- "$@" python3 python3-venv
            elif ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
                set -- "$@" python3-venv
            fi
        fi
        # shellcheck disable=SC2086  # a list of names
        install_system_packages "$@" $window_packages
    elif [ "$(uname -s)" = Linux ] && ! environment_is_made; then
        say "This is not Debian, so no system packages are installed here." \
            "If the window does not open, install what your system calls these:" \
            "    $(printf '%s ' $window_packages)"
    fi
}

# --- the Python environment ----------------------------------------------------------

# What the environment was made from: a change of any of it means making it anew.
environment_stamp() {
    "$bin/python" -c 'import sys; print(sys.version_info[:2], sys.prefix)' 2>/dev/null
    cksum <"$installer/requirements-tools.txt"
}

environment_is_made() {
    [ -x "$bin/python" ] && [ -f "$venv/made" ] &&
        [ "$(cat "$venv/made")" = "$(environment_stamp)" ]
}

# Make .venv with uv in it, unless it is there and whole.
make_environment() {
    ! environment_is_made || return 0
    python=$(find_python)
    [ -n "$python" ] || fail \
        "Provider Desk needs Python 3.11, 3.12, 3.13 or 3.14, and there is none here." \
        "Debian 12 and Ubuntu 24.04 bring one: apt-get install python3 python3-venv" \
        "macOS: brew install python@3.13, or the installer from python.org." \
        "Then start again."
    if [ -e "$venv" ] || [ -h "$venv" ]; then
        say "The .venv here is unfinished, outdated or from elsewhere: making it anew."
        rm -rf -- "$venv"
    fi
    say "Making the Python environment in .venv ($("$python" --version))."
    "$python" -m venv "$venv" || fail \
        "Python could not make the environment in .venv; it says why above." \
        "If it misses 'ensurepip' or 'venv', install the package of that name for it" \
        "(on Debian: python3-venv), then start again."
    "$bin/python" -m pip --disable-pip-version-check install --quiet --no-cache-dir \
        --require-hashes --only-binary :all: -r "$installer/requirements-tools.txt" ||
        fail "uv, which installs the Python packages, could not be installed itself." \
            "Check that this computer is online and start again."
    environment_stamp >"$venv/made"
}

# uv, working on .venv; its passing files lie there too.
run_uv() {
    mkdir -p -- "$UV_CACHE_DIR"
    TMPDIR=$UV_CACHE_DIR "$bin/uv" --quiet "$@" --python "$bin/python"
}

# What decides which packages belong in .venv.
requirements_stamp() {
    cat "$installer"/requirements*.txt "$checkout/pyproject.toml" | cksum | tr ' ' '-'
}

# Bring .venv to one of the locked sets: run, dev (run and more) or bench (dev and
# more). A larger set already there will do.
install_requirements() {
    wanted=$1
    stamp=$(requirements_stamp)
    installed=
    [ ! -f "$venv/installed" ] || installed=$(cat "$venv/installed")
    case "$wanted: $installed" in
    "run: run $stamp" | "run: dev $stamp" | "run: bench $stamp") return 0 ;;
    "dev: dev $stamp" | "dev: bench $stamp" | "bench: bench $stamp") return 0 ;;
    esac
    case $wanted in
    run) locked=$installer/requirements.txt ;;
    *) locked=$installer/requirements-$wanted.txt ;;
    esac
    say "Installing the Python packages locked in installer/${locked##*/}."
    rm -f -- "$venv/installed"
    run_uv pip sync --require-hashes --only-binary :all: \
        "$locked" "$installer/requirements-tools.txt" || fail \
        "The Python packages could not be installed; uv says why above." \
        "Check that this computer is online and has 1 GB free, and start again:" \
        "what has been downloaded is kept." \
        "README.md says for which systems the packages are made."
    run_uv pip install --no-deps --no-build-isolation --editable "$checkout" || fail \
        "Provider Desk itself could not be put into .venv; uv says why above." \
        "Remove the .venv folder and start again."
    printf '%s %s\n' "$wanted" "$stamp" >"$venv/installed"
}

# All of it. Arguments: the set of Python packages, then further Debian packages.
set_up() {
    set_wanted=$1
    shift
    prepare_system "$@"
    make_environment
    install_requirements "$set_wanted"
}
