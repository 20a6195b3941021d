#!/bin/sh
# Without arguments: the self-check page on this machine. With files or folders of reports: checks them.
# The first start installs everything beside this file, without any network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -x "$here/environment/bin/serve-checks" ]; then
    python=$(command -v python{version} || command -v python3 || true)
    if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "{version}")'; then
        echo "需要 Python {version}。Python {version} is needed." >&2
        exit 2
    fi
    rm -rf "$here/environment"
    "$python" -m venv "$here/environment"
    "$here/environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
        --constraint "$here/constraints.txt" "disclosure-checks[{extras}]"
fi
if [ $# -eq 0 ]; then
    exec "$here/environment/bin/serve-checks" "$here/specs"
fi
case ${1} in
-*) exec "$here/environment/bin/serve-checks" "$here/specs" "$@" ;;
*) exec "$here/environment/bin/run-checks" "$here/specs" "$@" ;;
esac
