#!/usr/bin/env bash
# A copy of the leads database while Instap runs, and the list of what was erased.
#   ops/backup.sh FOLDER                   both; removes what would be older than 30 days
#   ops/backup.sh --erasures-only FOLDER   the list alone: often, and to another machine
# The key is never copied. Without it a copy cannot be read, also not by you: keep it elsewhere.
set -euo pipefail
umask 077

only_erasures=
# What is 29 whole days old goes tonight: tomorrow it would be over the 30 that we promise.
term=+28
if [ "${1:-}" = --erasures-only ]; then
  only_erasures=yes
  shift
fi
if [ $# -ne 1 ]; then
  echo "Usage: $0 [--erasures-only] FOLDER" >&2
  exit 2
fi
mkdir -p "$1"
folder=$(realpath "$1")
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
now=$(date -u +%Y%m%dT%H%M%SZ)

# A copy that was killed halfway is a copy too.
find "$folder" -maxdepth 1 -name '.part-*' -mtime +0 -exec rm -rf {} +

# What is not finished has a name that no restore and no other copy looks at.
part=$(mktemp -d "$folder/.part-XXXXXX")
trap 'rm -rf "$part"' EXIT
keep_all=
if ! "$python" ops/store.py clock; then keep_all=yes; fi
tasks=(apart "$folder" -- erasures "$part/list")
if [ -z "$only_erasures" ]; then tasks+=(-- copy "$part/database"); fi
"$python" ops/store.py "${tasks[@]}"
mv "$part/list" "$folder/erasures-$now.jsonl"
if [ -z "$only_erasures" ]; then
  mv "$part/database" "$folder/instap-$now.backup"
  echo "$folder/instap-$now.backup"
  if [ -z "$keep_all" ]; then find "$folder" -maxdepth 1 -name 'instap-*.backup' -mtime "$term" -delete; fi
fi
if [ -z "$keep_all" ]; then find "$folder" -maxdepth 1 -name 'erasures-*.jsonl' -mtime "$term" -delete; fi
