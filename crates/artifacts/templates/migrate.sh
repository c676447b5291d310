#!/bin/sh
# Brings the database to the newest step: each one that it has not had, in a transaction with the note that it has had it.
# Run before the new version, as the owner of the tables; what the old version reads stays until a later release.
set -eu
: "${DATABASE_URL:?where the database is}"
run() {
  psql "$DATABASE_URL" --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@"
}
run --command 'SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS migrations; CREATE TABLE IF NOT EXISTS migrations.applied (step text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())'
for file in db/migrations/*.up.sql; do
  step=$(basename "$file" .up.sql)
  test -z "$(run --command "SELECT step FROM migrations.applied WHERE step = '$step'")" || continue
  run --single-transaction --file "$file" --command "INSERT INTO migrations.applied (step) VALUES ('$step')"
  echo "applied $step"
done
