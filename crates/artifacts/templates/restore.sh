#!/bin/sh
# Restores a backup into the database that the environment names, and shows that it answers: sh restore.sh FILE
set -eu
source="${1:?the file to restore}"
@needs@
?within database() { docker compose --file "$(dirname "$0")/compose.production.yaml" exec --no-TTY database sh -c "$1"; }
?within # shellcheck disable=SC2016 # The names are known within the container.
?within database '@load@' < "$source"
?within database '@health@'
?beside @restore@
?beside @probe@
