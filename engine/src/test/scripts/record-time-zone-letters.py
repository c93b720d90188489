#!/usr/bin/env python3
"""Records the abbreviations that zones show for their offsets, from compiled zone files (RFC 8536).

Usage: record-time-zone-letters.py /usr/share/zoneinfo, from the repository's root. A line of the
result: names of zones, a tab, and entries "offset=letters" or "offset=letters@from" (seconds since
1970): the letters for an offset, from the beginning or from an instant on.
"""
import os
import struct
import sys

TARGET = "engine/src/main/resources/io/quarkgres/engine/type/time_zone_letters.tsv"
HEADER = ">4sc15x6l"


def read(path):
    data = open(path, "rb").read()
    if data[:4] != b"TZif":
        return None
    _, _, utc, std, leap, times, types, chars = struct.unpack(HEADER, data[:44])
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    _, _, utc, std, leap, times, types, chars = struct.unpack(HEADER, data[at : at + 44])
    at += 44
    instants = struct.unpack(">%dq" % times, data[at : at + 8 * times])
    at += 8 * times
    kinds = data[at : at + times]
    at += times
    offsets = [struct.unpack(">lBB", data[at + 6 * i : at + 6 * i + 6]) for i in range(types)]
    at += 6 * types
    letters = data[at : at + chars]

    def name(kind):
        start = offsets[kind][2]
        return letters[start : letters.index(b"\0", start)].decode()

    yield None, offsets[0][0], name(0)
    for instant, kind in zip(instants, kinds):
        yield instant, offsets[kind][0], name(kind)


def entries(path):
    known = {}
    result = []
    for instant, offset, letters in read(path):
        if known.get(offset) != letters:
            first = offset not in known
            known[offset] = letters
            result.append("%d=%s%s" % (offset, letters, "" if first else "@%d" % instant))
    return " ".join(result)


def main():
    root = sys.argv[1]
    groups = {}
    for folder, _, files in os.walk(root):
        for file in files:
            path = os.path.join(folder, file)
            name = os.path.relpath(path, root)
            if name.startswith(("posix/", "right/")) or name in ("localtime", "posixrules"):
                continue
            if open(path, "rb").read(4) == b"TZif":
                groups.setdefault(entries(path), []).append(name)
    with open(TARGET, "w") as out:
        out.write("# zones, then offset=letters[@from]\n")
        for key, names in sorted(groups.items(), key=lambda item: sorted(item[1])):
            out.write(" ".join(sorted(names)) + "\t" + key + "\n")


main()
