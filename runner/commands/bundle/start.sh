#!/bin/sh
# Without arguments: the self-check page on this machine. With files or folders of reports: checks them.
# The first start installs everything beside this file, without any network.
set -eu
cd "$(dirname "$0")"
if [ ! -x environment/bin/serve-checks ]; then
    python=$(command -v python{version} || command -v python3 || true)
    if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "{version}")'; then
        echo "需要 Python {version}。Python {version} is needed." >&2
        exit 2
    fi
    rm -rf environment
    "$python" -m venv environment
    environment/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \
        --constraint constraints.txt "disclosure-checks[{extras}]"
fi
if [ $# -eq 0 ]; then
    exec environment/bin/serve-checks specs
fi
case ${1} in
-*) exec environment/bin/serve-checks specs "$@" ;;
*) exec environment/bin/run-checks specs "$@" ;;
esac
