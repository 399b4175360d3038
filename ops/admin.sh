#!/usr/bin/env bash
# Runs a command as Instap's own user with Instap's settings and secrets, on a machine with the units:
#   sudo ops/admin.sh .venv/bin/instap leads list
#   sudo DATABASE=instap.owner_url ops/admin.sh ops/restore.sh ...   what changes tables on PostgreSQL
set -euo pipefail
if [ $# -eq 0 ]; then
  echo "Usage: $0 COMMAND..." >&2
  exit 2
fi
home=$(realpath "$(dirname "$0")/..")
how=--pipe
if [ -t 0 ] && [ -t 1 ]; then how=--pty; fi
exec systemd-run --quiet --wait --collect "$how" --service-type=exec \
  --uid=instap-actions --gid=instap --working-directory="$home" \
  --property=SupplementaryGroups=instap-tracker \
  --property=EnvironmentFile=/etc/instap/instap.env \
  --property=LoadCredential=INSTAP_KEY_FILE:/etc/instap/secrets/INSTAP_KEY_FILE \
  --property=LoadCredential="INSTAP_DATABASE_URL:${DATABASE:-instap.database_url}" \
  --property=LoadCredential=INSTAP_TRACKER_URL:instap.tracker_url \
  --property=NoNewPrivileges=yes --property=PrivateTmp=yes \
  --property=ProtectSystem=strict \
  --property="ReadWritePaths=/var/lib/instap /var/lib/instap-tracker -/var/backups/instap" \
  "$home/ops/with-secrets.sh" "$@"
