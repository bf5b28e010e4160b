#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bootstrap asks the right package manager for the right packages, and asks people before it changes
# their system. A path with nothing on it but a stub manager stands for the new machine.

set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/clone"
cp "$STELLWERK_SOURCE/bootstrap" "$folder/clone/"
for tool in awk cat dirname find grep mkdir sed sh sort tail tr; do
    ln -s "$(command -v $tool)" "$folder/bin/$tool"
done

# stub NAME SCRIPT: a program on the new machine.
stub() {
    printf '#!/bin/sh\n%s\n' "$2" >"$folder/bin/$1"
    chmod +x "$folder/bin/$1"
}

# machine SYSTEM USER-ID MANAGER: this manager notes what it is asked to do, and does nothing.
machine() {
    rm -f "$folder/asked" "$folder/bin/apt-get" "$folder/bin/brew" "$folder/bin/dnf" \
        "$folder/bin/pacman" "$folder/bin/sudo"
    stub uname "echo $1"
    stub id "echo $2"
    [ "$3" = none ] || stub "$3" "echo $3 \"\$@\" >>'$folder/asked'"
}

# bootstraps STATUS WORD...: bootstrap ends with that status.
bootstraps() {
    wanted=$1
    shift
    status=0
    env -i PATH="$folder/bin" "$folder/clone/bootstrap" "$@" </dev/null >"$folder/said" 2>&1 ||
        status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "bootstrap $* ends with $status, not $wanted, and says:"
        cat "$folder/said"
        exit 1
    fi
}

# asked TEXT: that is what the manager was asked.
asked() {
    grep -Fqx "$1" "$folder/asked" || {
        echo "not asked: $1, but:"
        cat "$folder/asked"
        exit 1
    }
}

# said TEXT: some line has it.
said() {
    grep -Fq "$1" "$folder/said" || {
        echo "bootstrap does not say '$1' but:"
        cat "$folder/said"
        exit 1
    }
}

machine Linux 0 apt-get
bootstraps 2
said 'usage: ./bootstrap run'
bootstraps 2 runn
bootstraps 0 --help
[ ! -f "$folder/asked" ]

# Root is not asked. The stub installs nothing, and bootstrap sees that.
bootstraps 2 build
asked 'apt-get update'
asked 'apt-get install -y --no-install-recommends autoconf automake check diffutils gcc gettext'\
' libc6-dev libcsv-dev libfyaml-dev libgsl-dev libjansson-dev libncurses-dev libsqlite3-dev'\
' libutf8proc-dev libvterm-dev libxxhash-dev libyaml-dev make pkg-config unixodbc-dev'\
' zlib1g-dev'
said 'these do not work'

# Who is not root, and cannot be asked, is told what to do.
machine Linux 1000 apt-get
bootstraps 2 check --yes
said 'sudo apt-get install -y'
said 'then ./bootstrap check again'
[ ! -f "$folder/asked" ]

# Nor does a sudo that wants a password get one.
stub sudo 'exit 1'
bootstraps 2 check --yes
[ ! -f "$folder/asked" ]

# A sudo without password is as good as root.
# shellcheck disable=SC2016 # the stub's own words
stub sudo '[ "$1" = -n ] || exec "$@"'
bootstraps 2 check
asked 'apt-get update'

machine Linux 0 dnf
bootstraps 2 run
asked 'dnf install -y autoconf automake check-devel diffutils gcc gettext glibc-devel gsl-devel'\
' jansson-devel libcsv-devel libfyaml-devel libvterm-devel libyaml-devel make ncurses-devel'\
' pkgconf-pkg-config sqlite-devel unixODBC-devel utf8proc-devel xxhash-devel zlib-devel'

machine Linux 0 pacman
bootstraps 2 build
asked 'pacman -S --needed --noconfirm autoconf automake check diffutils gcc gettext glibc gsl'\
' jansson libfyaml libutf8proc libvterm libyaml make ncurses pkgconf sqlite unixodbc xxhash'\
' zlib'
said 'install libcsv from the AUR'

# Homebrew is its user's, not the system's: only a yes lets it run.
machine Darwin 501 brew
bootstraps 2 build
said 'brew install autoconf'
if grep -q install "$folder/asked"; then
    echo "brew was run unasked"
    exit 1
fi
bootstraps 2 build --yes
asked 'brew install autoconf automake check gettext gsl jansson libcsv libfyaml libvterm libyaml'\
' ncurses pkgconf sqlite unixodbc utf8proc xxhash zlib'

machine Linux 0 none
bootstraps 2 build
said 'There is no apt-get, dnf, pacman or brew'
