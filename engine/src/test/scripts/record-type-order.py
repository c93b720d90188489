#!/usr/bin/env python3
"""Records the order in which PostgreSQL 15 puts the values of recorded/*.tsv into recorded/order.tsv.

Usage: record-type-order.py [psql options], from the repository's root, after record-type-values.py.
A line of the result, in COPY's text format: type, rank, text form. Equal values share a rank.
"""
import glob
import os
import subprocess
import sys

FOLDER = "engine/src/test/resources/io/quarkgres/engine/type/recorded"
UNORDERED = {"json", "xid", "cid", "regclass", "regtype", "regproc", "int2vector", "json[]", "bit"}


def unescape(text):
    result = ""
    parts = iter(text)
    for c in parts:
        if c == "\\":
            c = next(parts)
            c = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}.get(c, c)
        result += c
    return result


def quote(text):
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def main():
    values = {}
    for path in sorted(glob.glob(FOLDER + "/*.tsv")):
        if path.endswith(("/order.tsv", "/format_type.tsv")):
            continue
        for line in open(path, encoding="utf-8").read().split("\n"):
            fields = line.split("\t")
            if len(fields) < 6 or fields[3] != "OK" or "Style" in fields[0] or "digits" in fields[0]:
                continue
            typ = fields[1]
            if "(" in typ or " " in typ or typ in UNORDERED:
                continue
            text = unescape(fields[4])
            if typ == "bytea" and not text.startswith("\\x"):
                continue
            values.setdefault(typ, set()).add(text)
    sql = ["set client_min_messages = error;", "create temp table result (n serial, t text, r int, v text);"]
    for typ, texts in sorted(values.items()):
        rows = ", ".join("(%s)" % quote(text) for text in sorted(texts))
        sql.append(
            "insert into result (t, r, v) select %s, dense_rank() over (order by v::%s), v from (values %s) x(v)"
            " order by 2, v collate \"C\";" % (quote(typ), typ, rows)
        )
    sql.append("copy (select t, r, v from result order by n) to stdout;")
    done = subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"] + sys.argv[1:],
        input="\n".join(sql),
        capture_output=True,
        text=True,
        env=dict(os.environ, PGOPTIONS="-c timezone=UTC", PGCLIENTENCODING="UTF8"),
    )
    if done.returncode:
        sys.exit(done.stderr)
    with open(FOLDER + "/order.tsv", "w", encoding="utf-8") as out:
        out.write(done.stdout)


main()
