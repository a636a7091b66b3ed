#!/bin/sh
# Prints the path of a Chromium or Chrome; with --install, fetches Debian's where it is missing.
set -eu

found() {
    for name in "${KG_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null) && "$path" --version >/dev/null 2>&1 || continue
        echo "$path"
        return 0
    done
    return 1
}

driven() { # Selenium fetches a driver by itself for Chrome on macOS, not for a Linux distribution's Chromium
    [ "$(uname)" = Darwin ] || command -v chromedriver >/dev/null 2>&1
}

chinese() { # without a CJK font, screenshots show boxes instead of names
    [ "$(uname)" = Darwin ] || [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]
}

ready() { found >/dev/null && driven && chinese; }

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    root=
    [ "$(id -u)" = 0 ] || root="sudo -n"
    $root true 2>/dev/null || return 1
    echo "准备浏览器 · installing Chromium for the browser tests …" >&2
    $root apt-get update -qq >&2
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium chromium-driver fontconfig fonts-noto-cjk >&2
}

if [ "${1:-}" = --install ] && ! ready; then
    install || true # what is missing then is said below
fi
if ready; then
    found
    exit 0
fi
echo "The browser tests need Chromium with its driver and a Chinese font; install them, then run make test again" \
    "(Debian: apt-get install chromium chromium-driver fontconfig fonts-noto-cjk; macOS: brew install --cask google-chrome)." >&2
exit 2
