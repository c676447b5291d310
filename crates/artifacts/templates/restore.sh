#!/bin/sh
# Restores a backup into the database that the environment names, and shows that it answers: sh restore.sh FILE
set -eu
source="${1:?the file to restore}"
@needs@
@restore@
@probe@
