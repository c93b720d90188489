"""What the suites share: where the server is, values of every type, and embeddings that need no model."""

import datetime as dt
import decimal
import hashlib
import math
import os
import uuid

HOST = os.environ["PGHOST"]
PORT = int(os.environ["PGPORT"])
DATABASE = os.environ["PGDATABASE"]
USER = "postgres"


def url(driver: str) -> str:
    """An SQLAlchemy URL of the database under test."""
    return f"postgresql+{driver}://{USER}:none@{HOST}:{PORT}/{DATABASE}"


UTC = dt.timezone.utc

#: (type name, values): what a client sends for a parameter of the type must come back equal.
TYPE_VALUES = [
    ("bool", [True, False, None]),
    ("int2", [0, -32768, 32767]),
    ("int4", [0, -(2**31), 2**31 - 1]),
    ("int8", [0, -(2**63), 2**63 - 1]),
    ("float4", [0.0, 1.5, -0.25, math.inf]),
    ("float8", [0.1, -1e300, 5e-324, math.inf, -math.inf]),
    ("numeric", [decimal.Decimal(v) for v in ("0", "1.50", "-0.00001", "123456789012345678901234567890.5", "NaN")]),
    ("text", ["", "x", "Grüße, 世界 🎉", "a'b\"c\\d", None]),
    ("varchar(40)", ["short", None]),
    ("bytea", [b"", b"\x00\x01\xff", bytes(range(256))]),
    ("date", [dt.date(1970, 1, 1), dt.date(1, 1, 1), dt.date(9999, 12, 31)]),
    ("time", [dt.time(0, 0), dt.time(23, 59, 59, 999999)]),
    ("timestamp", [dt.datetime(2024, 2, 29, 12, 34, 56, 789012), dt.datetime(1, 1, 1)]),
    ("timestamptz", [dt.datetime(2024, 2, 29, 12, 34, 56, 789012, UTC)]),
    ("interval", [dt.timedelta(days=3, seconds=4, microseconds=5), dt.timedelta(days=-1)]),
    ("uuid", [uuid.UUID("12345678-1234-5678-1234-567812345678"), None]),
    ("int4[]", [[], [1, None, 3], [[1, 2], [3, 4]]]),
    ("text[]", [["a", "", 'q"uote', "NULL", None]]),
]


def same(sent, received) -> bool:
    """Equality in which NaN equals itself."""
    if isinstance(sent, decimal.Decimal) and sent.is_nan():
        return isinstance(received, decimal.Decimal) and received.is_nan()
    return sent == received


def embed(text: str, dimensions: int = 8) -> list[float]:
    """A direction for a text: the same for the same words, near for texts that share words."""
    vector = [0.0] * dimensions
    for word in text.lower().split():
        digest = hashlib.sha256(word.strip(".,?!").encode()).digest()
        for i in range(dimensions):
            vector[i] += digest[i] / 255 - 0.5
    length = math.sqrt(sum(v * v for v in vector)) or 1.0
    return [v / length for v in vector]


PASSAGES = [
    ("Pumps are serviced every six months.", {"topic": "pumps", "page": 1, "lang": "en"}),
    ("Valves are checked every year.", {"topic": "valves", "page": 2, "lang": "en"}),
    ("Invoices are paid within thirty days.", {"topic": "money", "page": 3, "lang": "en"}),
    ("Pumpen werden halbjährlich gewartet.", {"topic": "pumps", "page": 4, "lang": "de"}),
]
