#!/bin/sh
# Records which abbreviations of time zones PostgreSQL 15 takes by default: abbreviation, offset in
# seconds east of UTC or the zone that decides, and D for daylight saving time.
# Usage: record-time-zone-abbreviations.sh SHAREDIR/timezonesets/Default, from the repository's root.
set -eu
target=engine/src/main/resources/io/quarkgres/engine/type/time_zone_abbreviations.tsv
{
  echo "# abbreviation offset-or-zone D"
  awk 'NF >= 2 && $1 !~ /^#/ { printf "%s\t%s\t%s\n", tolower($1), $2, ($3 == "D" ? "D" : "") }' "$1" |
    LC_ALL=C sort
} > "$target"
