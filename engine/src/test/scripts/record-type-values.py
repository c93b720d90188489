#!/usr/bin/env python3
"""Records what PostgreSQL 15 makes of the inputs in recorded/*.txt into recorded/*.tsv.

Usage: record-type-values.py [psql options], from the repository's root; the database named by the
options gets a temporary function only.

A line of input is a type, a blank, and the text (with \\\\, \\n, \\t and \\xHH escapes); "@set NAME VALUE"
changes a setting for the lines after it, "@reset" all of them; "#" starts a comment. A line of the
result, in COPY's text format: settings, type, text, then either OK, text form, binary form in hex, or
ERR, SQLSTATE, message, detail, hint, context.
"""
import glob
import os
import re
import subprocess
import sys

FOLDER = "engine/src/test/resources/io/quarkgres/engine/type/recorded"

SETUP = r"""
set client_min_messages = error;
create function pg_temp.probe(typ text, inp text) returns text[] language plpgsql as $f$
declare r text; h text; s text; m text; d text; hi text; c text; f text;
begin
  select typsend::text into f from pg_type where oid = typ::regtype;
  execute format('select format(''%%s'', v), encode(%s(v), ''hex'') from (select %L::%s as v) q', f, inp, typ)
    into r, h;
  return array['OK', r, h];
exception when others then
  get stacked diagnostics s = returned_sqlstate, m = message_text, d = pg_exception_detail,
    hi = pg_exception_hint, c = pg_exception_context;
  if c like 'SQL statement "%' or c like 'PL/pgSQL function%' then c := ''; end if;
  c := split_part(split_part(c, E'\nSQL statement "', 1), E'\nPL/pgSQL function', 1);
  return array['ERR', s, m, d, hi, c];
end $f$;
create temp table result (n serial, settings text, typ text, inp text, a text[]);
"""


def unescape(text):
    def one(match):
        c = match.group(1)
        if c[0] == "x":
            return chr(int(c[1:], 16))
        return {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "s": " "}[c]

    return re.sub(r"\\(x[0-9a-f]{2}|.)", one, text)


def quote(text):
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def main():
    for path in sorted(glob.glob(FOLDER + "/*.txt")):
        settings = {}
        sql = [SETUP]
        for line in open(path, encoding="utf-8").read().split("\n"):
            if not line or line.startswith("#"):
                continue
            if line.startswith("@set "):
                _, name, value = line.split(" ", 2)
                settings[name] = value
                sql.append("set %s = '%s';" % (name, value))
            elif line == "@reset":
                sql.extend("reset %s;" % name for name in settings)
                settings = {}
            else:
                split = re.match(r"((?:interval [a-z ]+(?:\(\d+\))?|[^ ]+?)(?: with time zone)?):? (.*)$", line)
                shown = ";".join("%s=%s" % item for item in settings.items())
                typ, inp = split.group(1), unescape(split.group(2))
                sql.append(
                    "insert into result (settings, typ, inp, a) values (%s, %s, %s, pg_temp.probe(%s, %s));"
                    % (quote(shown), quote(typ), quote(inp), quote(typ), quote(inp))
                )
        sql.append(
            "copy (select settings, typ, inp, a[1], a[2], a[3], a[4], a[5], a[6] from result order by n) to stdout;"
        )
        done = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"] + sys.argv[1:],
            input="\n".join(sql),
            capture_output=True,
            text=True,
            env=dict(os.environ, PGOPTIONS="-c timezone=UTC", PGCLIENTENCODING="UTF8"),
        )
        if done.returncode:
            sys.exit(path + ": " + done.stderr)
        with open(path[:-3] + "tsv", "w", encoding="utf-8") as out:
            out.write(done.stdout)


main()
