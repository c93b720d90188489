#!/bin/sh
# Records the identity of every built-in type from a PostgreSQL 15 server into the resource that
# TypeTable reads. Usage: record-pg-type.sh [psql options], from the repository's root.
set -eu
target=engine/src/main/resources/io/quarkgres/engine/type/pg_type.tsv
{
  echo "# oid name format_type typlen typtype typcategory typispreferred typelem typarray typdelim"
  psql "$@" -X -q -A -t -F "$(printf '\t')" -c "
    SELECT oid, typname, format_type(oid, NULL), typlen, typtype, typcategory, typispreferred,
           typelem, typarray, typdelim
    FROM pg_type
    WHERE typnamespace = 'pg_catalog'::regnamespace
      AND oid < 10000
      AND (typtype <> 'c')
      AND NOT EXISTS (
        SELECT 1 FROM pg_type e WHERE e.oid = pg_type.typelem AND e.typtype = 'c'
          AND pg_type.typcategory = 'A')
    ORDER BY oid"
} > "$target"
