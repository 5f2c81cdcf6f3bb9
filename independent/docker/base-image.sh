#!/bin/sh
# base-image.sh NAME: makes a Python base image from this Debian's own packages, without any registry of images.
set -eu
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
# The archive and release that apt is set up with.
set -- "$1" $(apt-get indextargets --format '$(SITE) $(CODENAME)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' 'Label: Debian' |
  grep -v -- '-updates$' | head -n 1)
[ $# -eq 3 ] || { echo 'apt knows no Debian archive: run apt-get update' >&2; exit 1; }
debootstrap --variant=minbase --include=python3 "$3" "$directory/root" "$2" >"$directory/log" 2>&1 ||
  { tail -n 20 "$directory/log" >&2; exit 1; }
tar -C "$directory/root" --exclude=./var/cache/apt --exclude=./var/lib/apt -c . | /usr/bin/docker import - "$1"
