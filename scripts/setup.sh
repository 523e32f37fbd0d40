# Sourced by ./demo and ./test: what the machine needs, installed where it is missing. Says what it does.
# shellcheck shell=bash

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# run_quietly WHAT CMD…: runs CMD, shows its output only when it fails.
run_quietly() {
    local what=$1 log; shift
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        rm -f "$log"
        fail "$what failed (the last lines are above)"
    fi
    rm -f "$log"
}

# need_packages PACKAGE…: Debian packages, installed only where one is missing.
need_packages() {
    command -v dpkg-query >/dev/null || { say "not a Debian-like system: make sure that these are installed: $*"; return 0; }
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing, and there is no sudo to install them with: ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq >/dev/null 2>&1 || true
    run_quietly "apt-get install ${missing[*]}" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# need_build_packages: the libraries that Atles is built with.
need_build_packages() {
    need_packages pkg-config zlib1g-dev libsqlite3-dev libturbojpeg0-dev libopenjp2-7-dev libcharls-dev \
        libtesseract-dev tesseract-ocr liblapacke-dev libboost-math-dev
}

need_swift() {
    command -v swift >/dev/null || fail "there is no Swift toolchain on the PATH: install Swift 6.2 or later from https://www.swift.org/install/linux/"
}

# need_venv REQUIREMENTS: a Python environment in .venv that holds the listed packages.
need_venv() {
    local requirements=$1 mark=.venv/.requirements
    if [ -x .venv/bin/python ] && cmp -s "$requirements" "$mark"; then return 0; fi
    say "setting up the Python test tools"
    [ -x .venv/bin/python ] || run_quietly "python3 -m venv" python3 -m venv .venv
    run_quietly "pip install" .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$mark"
}
