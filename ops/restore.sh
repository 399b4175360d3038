#!/usr/bin/env bash
# Puts a copy back, and erases again what was erased after the copy was made.
#   ops/restore.sh FOLDER/instap-....backup
# Instap must be stopped. Reads every list erasures-*.jsonl beside the copy, and the database of now.
set -euo pipefail
umask 077

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  echo "Usage: $0 FOLDER/instap-....backup" >&2
  exit 2
fi
copy=$(realpath "$1")
folder=$(dirname "$copy")
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
now=$(date -u +%Y%m%dT%H%M%SZ)-before-restore

"$python" ops/store.py stopped -- apart "$folder"

# The newest erasures are in the database that is about to go.
part=$(mktemp -d "$folder/.part-XXXXXX")
trap 'rm -rf "$part"' EXIT
if ! "$python" ops/store.py erasures "$part/list" -- copy "$part/database" 2>"$part/why"; then
  echo "The database of now cannot be read or copied: $(tail -n 1 "$part/why")" >&2
fi
if [ -e "$part/list" ]; then
  mv "$part/list" "$folder/erasures-$now.jsonl"
else
  echo "Only the lists beside the copy are known." >&2
fi
if [ -e "$part/database" ]; then
  mv "$part/database" "$folder/instap-$now.backup"
  echo "The database of now is kept as $folder/instap-$now.backup"
fi
shopt -s nullglob
lists=("$folder"/erasures-*.jsonl)
if [ "${#lists[@]}" -eq 0 ]; then
  echo "There is no list of erasures: what was erased since the copy would come back. Not done." >&2
  exit 1
fi

"$python" ops/store.py put "$copy"
if ! "$python" ops/store.py again "${lists[@]}"; then
  echo "Erasing again FAILED. Do not start Instap: run this again when the cause is gone." >&2
  exit 1
fi
echo "Restored. Start Instap."
