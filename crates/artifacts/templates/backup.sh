#!/bin/sh
# Saves the data and proves that the file can be read. Run by @schedule@; BACKUP_DIR lies outside of the machine.
set -eu
: "${BACKUP_DIR:?where backups are kept}"
@needs@
target="$BACKUP_DIR/@name@-$(date -u +%Y%m%dT%H%M%SZ).dump"
@backup@
@check@
# @nights@ nights are kept; the alert BackupTooOld reads the time written here.
find "$BACKUP_DIR" -name '@name@-*.dump' -mtime +@nights@ -delete
printf 'backup_last_success_timestamp_seconds %s\n' "$(date +%s)" > "$BACKUP_DIR/backup.prom"
