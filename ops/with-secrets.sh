#!/bin/sh
# Runs a command with its secrets as settings: each file INSTAP_... that systemd (LoadCredential) or
# the container (secrets) put there is a setting; INSTAP_..._FILE is set to the place of that file.
# So no secret stands in a unit file or in compose.yaml.
set -eu
for file in "${CREDENTIALS_DIRECTORY:-/run/secrets}"/INSTAP_*; do
  [ -f "$file" ] || continue
  name=$(basename "$file")
  case $name in
    *_FILE) value=$file ;;
    *) value=$(cat "$file") ;;
  esac
  export "$name=$value"
done
# Files for owner and group: the group is who shares the database.
umask 0007
exec "$@"
