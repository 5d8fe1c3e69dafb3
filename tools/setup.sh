#!/bin/sh
# Makes .venv once and installs into it. Usage: tools/setup.sh run|dev
#   run  what `make run` needs: qbank and its dependencies
#   dev  the same, and what tests, checks and builds need
# PYTHON names the interpreter to use; without it the first new enough one is taken.
set -eu
cd "$(dirname "$0")/.."
want=$1

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

make_venv() {
    python=${PYTHON:-$(find_python)}
    [ -n "$python" ] || stop "qbank needs Python 3.11 or newer, and none was found." \
        "Install one, or name it: make PYTHON=/path/to/python3.12"
    command -v "$python" >/dev/null 2>&1 || stop "There is no $python to run."
    new_enough "$python" || stop "qbank needs Python 3.11 or newer;" \
        "$python is $("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')." \
        "Name a newer one: make PYTHON=/path/to/python3.12"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        say "$python cannot make a virtual environment: it comes without ensurepip."
        say "On Debian and Ubuntu: sudo apt install python3-venv (or python$version-venv)"
        stop "Then run make again."
    fi
    say "Setting up .venv, once ..."
    rm -rf .venv
    "$python" -m venv .venv
}

install() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check \
        --constraint constraints.txt "$@"
}

.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
if [ "$want" = dev ]; then
    install pip # dependency groups are younger than the pip of many a Python
    install --editable . --group dev
    touch .venv/installed-dev
else
    install --editable .
fi
touch .venv/installed-run
