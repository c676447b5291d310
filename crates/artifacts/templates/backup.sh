#!/bin/sh
# Saves the data and proves that the file can be read. Run by @schedule@; BACKUP_DIR lies outside of the machine.
set -eu
?machine cd "$(dirname "$0")"
?own # shellcheck source=/dev/null
?machine . ./.env
?servers . /etc/@name@/backup.env
: "${BACKUP_DIR:?where backups are kept}"
@needs@
target="$BACKUP_DIR/@name@-$(date -u +%Y%m%dT%H%M%SZ).dump"
?file # Before the first release there is nothing to save.
?file test -e "$DATABASE_FILE" || exit 0
?within compose() { docker compose --file compose.production.yaml "$@"; }
?within # Before the first release there is nothing to save. Within the container the owner reads past all policies on rows.
?within test -n "$(compose ps --all --quiet database)" || exit 0
?within # shellcheck disable=SC2016 # The names are known within the container.
?within compose exec --no-TTY database sh -c '@dump@' > "$target"
?within @check-within@
?beside @backup@
?beside @check@
# @nights@ nights are kept; the alert BackupTooOld reads the time written here.
find "$BACKUP_DIR" -name '@name@-*.dump' -mtime +@nights@ -delete
printf 'backup_last_success_timestamp_seconds %s\n' "$(date +%s)" > "$BACKUP_DIR/backup.prom"
