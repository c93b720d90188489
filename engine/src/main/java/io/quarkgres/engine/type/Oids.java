package io.quarkgres.engine.type;

/** PostgreSQL's fixed type OIDs that code needs to name. Thread: any. */
public final class Oids {
  private Oids() {}

  /** {@code bool}. */
  public static final int BOOL = 16;

  /** {@code bytea}. */
  public static final int BYTEA = 17;

  /** {@code char}. */
  public static final int CHAR = 18;

  /** {@code name}. */
  public static final int NAME = 19;

  /** {@code int8}. */
  public static final int INT8 = 20;

  /** {@code int2}. */
  public static final int INT2 = 21;

  /** {@code int2vector}. */
  public static final int INT2VECTOR = 22;

  /** {@code int4}. */
  public static final int INT4 = 23;

  /** {@code regproc}. */
  public static final int REGPROC = 24;

  /** {@code text}. */
  public static final int TEXT = 25;

  /** {@code oid}. */
  public static final int OID = 26;

  /** {@code tid}. */
  public static final int TID = 27;

  /** {@code xid}. */
  public static final int XID = 28;

  /** {@code cid}. */
  public static final int CID = 29;

  /** {@code oidvector}. */
  public static final int OIDVECTOR = 30;

  /** {@code json}. */
  public static final int JSON = 114;

  /** {@code xml}. */
  public static final int XML = 142;

  /** {@code pg_node_tree}. */
  public static final int PG_NODE_TREE = 194;

  /** {@code float4}. */
  public static final int FLOAT4 = 700;

  /** {@code float8}. */
  public static final int FLOAT8 = 701;

  /** {@code unknown}. */
  public static final int UNKNOWN = 705;

  /** {@code money}. */
  public static final int MONEY = 790;

  /** {@code inet}. */
  public static final int INET = 869;

  /** {@code _bool}. */
  public static final int BOOL_ARRAY = 1000;

  /** {@code _char}. */
  public static final int CHAR_ARRAY = 1002;

  /** {@code _name}. */
  public static final int NAME_ARRAY = 1003;

  /** {@code _int2}. */
  public static final int INT2_ARRAY = 1005;

  /** {@code _int4}. */
  public static final int INT4_ARRAY = 1007;

  /** {@code _text}. */
  public static final int TEXT_ARRAY = 1009;

  /** {@code _varchar}. */
  public static final int VARCHAR_ARRAY = 1015;

  /** {@code _int8}. */
  public static final int INT8_ARRAY = 1016;

  /** {@code _float4}. */
  public static final int FLOAT4_ARRAY = 1021;

  /** {@code _float8}. */
  public static final int FLOAT8_ARRAY = 1022;

  /** {@code _oid}. */
  public static final int OID_ARRAY = 1028;

  /** {@code aclitem}. */
  public static final int ACLITEM = 1033;

  /** {@code bpchar}. */
  public static final int BPCHAR = 1042;

  /** {@code varchar}. */
  public static final int VARCHAR = 1043;

  /** {@code date}. */
  public static final int DATE = 1082;

  /** {@code time}. */
  public static final int TIME = 1083;

  /** {@code timestamp}. */
  public static final int TIMESTAMP = 1114;

  /** {@code timestamptz}. */
  public static final int TIMESTAMPTZ = 1184;

  /** {@code interval}. */
  public static final int INTERVAL = 1186;

  /** {@code _numeric}. */
  public static final int NUMERIC_ARRAY = 1231;

  /** {@code timetz}. */
  public static final int TIMETZ = 1266;

  /** {@code bit}. */
  public static final int BIT = 1560;

  /** {@code varbit}. */
  public static final int VARBIT = 1562;

  /** {@code numeric}. */
  public static final int NUMERIC = 1700;

  /** {@code refcursor}. */
  public static final int REFCURSOR = 1790;

  /** {@code regprocedure}. */
  public static final int REGPROCEDURE = 2202;

  /** {@code regoper}. */
  public static final int REGOPER = 2203;

  /** {@code regoperator}. */
  public static final int REGOPERATOR = 2204;

  /** {@code regclass}. */
  public static final int REGCLASS = 2205;

  /** {@code regtype}. */
  public static final int REGTYPE = 2206;

  /** {@code record}. */
  public static final int RECORD = 2249;

  /** {@code cstring}. */
  public static final int CSTRING = 2275;

  /** {@code any}. */
  public static final int ANY = 2276;

  /** {@code anyarray}. */
  public static final int ANYARRAY = 2277;

  /** {@code void}. */
  public static final int VOID = 2278;

  /** {@code trigger}. */
  public static final int TRIGGER = 2279;

  /** {@code internal}. */
  public static final int INTERNAL = 2281;

  /** {@code anyelement}. */
  public static final int ANYELEMENT = 2283;

  /** {@code _record}. */
  public static final int RECORD_ARRAY = 2287;

  /** {@code anynonarray}. */
  public static final int ANYNONARRAY = 2776;

  /** {@code uuid}. */
  public static final int UUID = 2950;

  /** {@code _uuid}. */
  public static final int UUID_ARRAY = 2951;

  /** {@code pg_lsn}. */
  public static final int PG_LSN = 3220;

  /** {@code anyenum}. */
  public static final int ANYENUM = 3500;

  /** {@code tsvector}. */
  public static final int TSVECTOR = 3614;

  /** {@code tsquery}. */
  public static final int TSQUERY = 3615;

  /** {@code regconfig}. */
  public static final int REGCONFIG = 3734;

  /** {@code regdictionary}. */
  public static final int REGDICTIONARY = 3769;

  /** {@code jsonb}. */
  public static final int JSONB = 3802;

  /** {@code anyrange}. */
  public static final int ANYRANGE = 3831;

  /** {@code event_trigger}. */
  public static final int EVENT_TRIGGER = 3838;

  /** {@code jsonpath}. */
  public static final int JSONPATH = 4072;

  /** {@code regnamespace}. */
  public static final int REGNAMESPACE = 4089;

  /** {@code regrole}. */
  public static final int REGROLE = 4096;

  /** {@code regcollation}. */
  public static final int REGCOLLATION = 4191;

  /** {@code xid8}. */
  public static final int XID8 = 5069;

  /** {@code anycompatible}. */
  public static final int ANYCOMPATIBLE = 5077;

  /** {@code anycompatiblearray}. */
  public static final int ANYCOMPATIBLEARRAY = 5078;

  /** {@code anycompatiblenonarray}. */
  public static final int ANYCOMPATIBLENONARRAY = 5079;

  /** {@code anycompatiblerange}. */
  public static final int ANYCOMPATIBLERANGE = 5080;
}
