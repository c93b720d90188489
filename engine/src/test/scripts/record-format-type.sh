#!/bin/sh
# Records what format_type shows for modifiers. Usage: record-format-type.sh [psql options], from the
# repository's root.
set -eu
target=engine/src/test/resources/io/quarkgres/engine/type/recorded/format_type.tsv
psql "$@" -X -q -A -t -F "$(printf '\t')" -c "
  SELECT t::oid, m, format_type(t::oid, m)
  FROM unnest(ARRAY['numeric', 'varchar', 'bpchar', 'timestamp', 'timestamptz', 'time', 'timetz',
      'interval', 'bit', 'varbit', 'int4', 'text', '\"char\"', 'numeric[]', 'varchar[]', 'bpchar[]',
      'timestamptz[]', 'interval[]', 'int4[]', 'int2vector', 'oidvector', 'name', 'float8', 'bool',
      'record', 'record[]', 'jsonb', 'regclass', 'bit[]']::regtype[]) t,
    unnest(ARRAY[-1, 0, 3, 6, 14, 655366, 65540, 786439, 2147418115, 470351871, 470286339, 327679,
      458751, 67174399, 268435458]) m
  WHERE m = -1
    OR t::text IN ('numeric', 'numeric[]') AND m IN (655366, 65540, 786439)
    OR t::text IN ('character varying', 'character', 'character varying[]', 'character[]') AND m IN (6, 14)
    OR t::text ~ '^time' AND m IN (0, 3, 6)
    OR t::text ~ '^interval' AND m > 300000 AND m NOT IN (655366, 786439)
    OR t::text ~ '^bit' AND m IN (3, 14)
  ORDER BY 1, 2" > "$target"
