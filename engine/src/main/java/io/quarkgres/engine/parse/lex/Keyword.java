package io.quarkgres.engine.parse.lex;

import static io.quarkgres.engine.parse.lex.Keyword.Category.COLUMN_NAME;
import static io.quarkgres.engine.parse.lex.Keyword.Category.RESERVED;
import static io.quarkgres.engine.parse.lex.Keyword.Category.TYPE_OR_FUNCTION;
import static io.quarkgres.engine.parse.lex.Keyword.Category.UNRESERVED;

import java.util.Locale;

/**
 * The key words of PostgreSQL 15 (manual, appendix C): what each may name, and whether it may be a
 * column label without AS. Thread: any.
 */
public enum Keyword {
  ABORT(UNRESERVED, true),
  ABSOLUTE(UNRESERVED, true),
  ACCESS(UNRESERVED, true),
  ACTION(UNRESERVED, true),
  ADD(UNRESERVED, true),
  ADMIN(UNRESERVED, true),
  AFTER(UNRESERVED, true),
  AGGREGATE(UNRESERVED, true),
  ALL(RESERVED, true),
  ALSO(UNRESERVED, true),
  ALTER(UNRESERVED, true),
  ALWAYS(UNRESERVED, true),
  ANALYSE(RESERVED, true),
  ANALYZE(RESERVED, true),
  AND(RESERVED, true),
  ANY(RESERVED, true),
  ARRAY(RESERVED, false),
  AS(RESERVED, false),
  ASC(RESERVED, true),
  ASENSITIVE(UNRESERVED, true),
  ASSERTION(UNRESERVED, true),
  ASSIGNMENT(UNRESERVED, true),
  ASYMMETRIC(RESERVED, true),
  AT(UNRESERVED, true),
  ATOMIC(UNRESERVED, true),
  ATTACH(UNRESERVED, true),
  ATTRIBUTE(UNRESERVED, true),
  AUTHORIZATION(TYPE_OR_FUNCTION, true),
  BACKWARD(UNRESERVED, true),
  BEFORE(UNRESERVED, true),
  BEGIN(UNRESERVED, true),
  BETWEEN(COLUMN_NAME, true),
  BIGINT(COLUMN_NAME, true),
  BINARY(TYPE_OR_FUNCTION, true),
  BIT(COLUMN_NAME, true),
  BOOLEAN(COLUMN_NAME, true),
  BOTH(RESERVED, true),
  BREADTH(UNRESERVED, true),
  BY(UNRESERVED, true),
  CACHE(UNRESERVED, true),
  CALL(UNRESERVED, true),
  CALLED(UNRESERVED, true),
  CASCADE(UNRESERVED, true),
  CASCADED(UNRESERVED, true),
  CASE(RESERVED, true),
  CAST(RESERVED, true),
  CATALOG(UNRESERVED, true),
  CHAIN(UNRESERVED, true),
  CHAR(COLUMN_NAME, false),
  CHARACTER(COLUMN_NAME, false),
  CHARACTERISTICS(UNRESERVED, true),
  CHECK(RESERVED, true),
  CHECKPOINT(UNRESERVED, true),
  CLASS(UNRESERVED, true),
  CLOSE(UNRESERVED, true),
  CLUSTER(UNRESERVED, true),
  COALESCE(COLUMN_NAME, true),
  COLLATE(RESERVED, true),
  COLLATION(TYPE_OR_FUNCTION, true),
  COLUMN(RESERVED, true),
  COLUMNS(UNRESERVED, true),
  COMMENT(UNRESERVED, true),
  COMMENTS(UNRESERVED, true),
  COMMIT(UNRESERVED, true),
  COMMITTED(UNRESERVED, true),
  COMPRESSION(UNRESERVED, true),
  CONCURRENTLY(TYPE_OR_FUNCTION, true),
  CONFIGURATION(UNRESERVED, true),
  CONFLICT(UNRESERVED, true),
  CONNECTION(UNRESERVED, true),
  CONSTRAINT(RESERVED, true),
  CONSTRAINTS(UNRESERVED, true),
  CONTENT(UNRESERVED, true),
  CONTINUE(UNRESERVED, true),
  CONVERSION(UNRESERVED, true),
  COPY(UNRESERVED, true),
  COST(UNRESERVED, true),
  CREATE(RESERVED, false),
  CROSS(TYPE_OR_FUNCTION, true),
  CSV(UNRESERVED, true),
  CUBE(UNRESERVED, true),
  CURRENT(UNRESERVED, true),
  CURRENT_CATALOG(RESERVED, true),
  CURRENT_DATE(RESERVED, true),
  CURRENT_ROLE(RESERVED, true),
  CURRENT_SCHEMA(TYPE_OR_FUNCTION, true),
  CURRENT_TIME(RESERVED, true),
  CURRENT_TIMESTAMP(RESERVED, true),
  CURRENT_USER(RESERVED, true),
  CURSOR(UNRESERVED, true),
  CYCLE(UNRESERVED, true),
  DATA(UNRESERVED, true),
  DATABASE(UNRESERVED, true),
  DAY(UNRESERVED, false),
  DEALLOCATE(UNRESERVED, true),
  DEC(COLUMN_NAME, true),
  DECIMAL(COLUMN_NAME, true),
  DECLARE(UNRESERVED, true),
  DEFAULT(RESERVED, true),
  DEFAULTS(UNRESERVED, true),
  DEFERRABLE(RESERVED, true),
  DEFERRED(UNRESERVED, true),
  DEFINER(UNRESERVED, true),
  DELETE(UNRESERVED, true),
  DELIMITER(UNRESERVED, true),
  DELIMITERS(UNRESERVED, true),
  DEPENDS(UNRESERVED, true),
  DEPTH(UNRESERVED, true),
  DESC(RESERVED, true),
  DETACH(UNRESERVED, true),
  DICTIONARY(UNRESERVED, true),
  DISABLE(UNRESERVED, true),
  DISCARD(UNRESERVED, true),
  DISTINCT(RESERVED, true),
  DO(RESERVED, true),
  DOCUMENT(UNRESERVED, true),
  DOMAIN(UNRESERVED, true),
  DOUBLE(UNRESERVED, true),
  DROP(UNRESERVED, true),
  EACH(UNRESERVED, true),
  ELSE(RESERVED, true),
  ENABLE(UNRESERVED, true),
  ENCODING(UNRESERVED, true),
  ENCRYPTED(UNRESERVED, true),
  END(RESERVED, true),
  ENUM(UNRESERVED, true),
  ESCAPE(UNRESERVED, true),
  EVENT(UNRESERVED, true),
  EXCEPT(RESERVED, false),
  EXCLUDE(UNRESERVED, true),
  EXCLUDING(UNRESERVED, true),
  EXCLUSIVE(UNRESERVED, true),
  EXECUTE(UNRESERVED, true),
  EXISTS(COLUMN_NAME, true),
  EXPLAIN(UNRESERVED, true),
  EXPRESSION(UNRESERVED, true),
  EXTENSION(UNRESERVED, true),
  EXTERNAL(UNRESERVED, true),
  EXTRACT(COLUMN_NAME, true),
  FALSE(RESERVED, true),
  FAMILY(UNRESERVED, true),
  FETCH(RESERVED, false),
  FILTER(UNRESERVED, false),
  FINALIZE(UNRESERVED, true),
  FIRST(UNRESERVED, true),
  FLOAT(COLUMN_NAME, true),
  FOLLOWING(UNRESERVED, true),
  FOR(RESERVED, false),
  FORCE(UNRESERVED, true),
  FOREIGN(RESERVED, true),
  FORWARD(UNRESERVED, true),
  FREEZE(TYPE_OR_FUNCTION, true),
  FROM(RESERVED, false),
  FULL(TYPE_OR_FUNCTION, true),
  FUNCTION(UNRESERVED, true),
  FUNCTIONS(UNRESERVED, true),
  GENERATED(UNRESERVED, true),
  GLOBAL(UNRESERVED, true),
  GRANT(RESERVED, false),
  GRANTED(UNRESERVED, true),
  GREATEST(COLUMN_NAME, true),
  GROUP(RESERVED, false),
  GROUPING(COLUMN_NAME, true),
  GROUPS(UNRESERVED, true),
  HANDLER(UNRESERVED, true),
  HAVING(RESERVED, false),
  HEADER(UNRESERVED, true),
  HOLD(UNRESERVED, true),
  HOUR(UNRESERVED, false),
  IDENTITY(UNRESERVED, true),
  IF(UNRESERVED, true),
  ILIKE(TYPE_OR_FUNCTION, true),
  IMMEDIATE(UNRESERVED, true),
  IMMUTABLE(UNRESERVED, true),
  IMPLICIT(UNRESERVED, true),
  IMPORT(UNRESERVED, true),
  IN(RESERVED, true),
  INCLUDE(UNRESERVED, true),
  INCLUDING(UNRESERVED, true),
  INCREMENT(UNRESERVED, true),
  INDEX(UNRESERVED, true),
  INDEXES(UNRESERVED, true),
  INHERIT(UNRESERVED, true),
  INHERITS(UNRESERVED, true),
  INITIALLY(RESERVED, true),
  INLINE(UNRESERVED, true),
  INNER(TYPE_OR_FUNCTION, true),
  INOUT(COLUMN_NAME, true),
  INPUT(UNRESERVED, true),
  INSENSITIVE(UNRESERVED, true),
  INSERT(UNRESERVED, true),
  INSTEAD(UNRESERVED, true),
  INT(COLUMN_NAME, true),
  INTEGER(COLUMN_NAME, true),
  INTERSECT(RESERVED, false),
  INTERVAL(COLUMN_NAME, true),
  INTO(RESERVED, false),
  INVOKER(UNRESERVED, true),
  IS(TYPE_OR_FUNCTION, true),
  ISNULL(TYPE_OR_FUNCTION, false),
  ISOLATION(UNRESERVED, true),
  JOIN(TYPE_OR_FUNCTION, true),
  KEY(UNRESERVED, true),
  LABEL(UNRESERVED, true),
  LANGUAGE(UNRESERVED, true),
  LARGE(UNRESERVED, true),
  LAST(UNRESERVED, true),
  LATERAL(RESERVED, true),
  LEADING(RESERVED, true),
  LEAKPROOF(UNRESERVED, true),
  LEAST(COLUMN_NAME, true),
  LEFT(TYPE_OR_FUNCTION, true),
  LEVEL(UNRESERVED, true),
  LIKE(TYPE_OR_FUNCTION, true),
  LIMIT(RESERVED, false),
  LISTEN(UNRESERVED, true),
  LOAD(UNRESERVED, true),
  LOCAL(UNRESERVED, true),
  LOCALTIME(RESERVED, true),
  LOCALTIMESTAMP(RESERVED, true),
  LOCATION(UNRESERVED, true),
  LOCK(UNRESERVED, true),
  LOCKED(UNRESERVED, true),
  LOGGED(UNRESERVED, true),
  MAPPING(UNRESERVED, true),
  MATCH(UNRESERVED, true),
  MATCHED(UNRESERVED, true),
  MATERIALIZED(UNRESERVED, true),
  MAXVALUE(UNRESERVED, true),
  MERGE(UNRESERVED, true),
  METHOD(UNRESERVED, true),
  MINUTE(UNRESERVED, false),
  MINVALUE(UNRESERVED, true),
  MODE(UNRESERVED, true),
  MONTH(UNRESERVED, false),
  MOVE(UNRESERVED, true),
  NAME(UNRESERVED, true),
  NAMES(UNRESERVED, true),
  NATIONAL(COLUMN_NAME, true),
  NATURAL(TYPE_OR_FUNCTION, true),
  NCHAR(COLUMN_NAME, true),
  NEW(UNRESERVED, true),
  NEXT(UNRESERVED, true),
  NFC(UNRESERVED, true),
  NFD(UNRESERVED, true),
  NFKC(UNRESERVED, true),
  NFKD(UNRESERVED, true),
  NO(UNRESERVED, true),
  NONE(COLUMN_NAME, true),
  NORMALIZE(COLUMN_NAME, true),
  NORMALIZED(UNRESERVED, true),
  NOT(RESERVED, true),
  NOTHING(UNRESERVED, true),
  NOTIFY(UNRESERVED, true),
  NOTNULL(TYPE_OR_FUNCTION, false),
  NOWAIT(UNRESERVED, true),
  NULL(RESERVED, true),
  NULLIF(COLUMN_NAME, true),
  NULLS(UNRESERVED, true),
  NUMERIC(COLUMN_NAME, true),
  OBJECT(UNRESERVED, true),
  OF(UNRESERVED, true),
  OFF(UNRESERVED, true),
  OFFSET(RESERVED, false),
  OIDS(UNRESERVED, true),
  OLD(UNRESERVED, true),
  ON(RESERVED, false),
  ONLY(RESERVED, true),
  OPERATOR(UNRESERVED, true),
  OPTION(UNRESERVED, true),
  OPTIONS(UNRESERVED, true),
  OR(RESERVED, true),
  ORDER(RESERVED, false),
  ORDINALITY(UNRESERVED, true),
  OTHERS(UNRESERVED, true),
  OUT(COLUMN_NAME, true),
  OUTER(TYPE_OR_FUNCTION, true),
  OVER(UNRESERVED, false),
  OVERLAPS(TYPE_OR_FUNCTION, false),
  OVERLAY(COLUMN_NAME, true),
  OVERRIDING(UNRESERVED, true),
  OWNED(UNRESERVED, true),
  OWNER(UNRESERVED, true),
  PARALLEL(UNRESERVED, true),
  PARAMETER(UNRESERVED, true),
  PARSER(UNRESERVED, true),
  PARTIAL(UNRESERVED, true),
  PARTITION(UNRESERVED, true),
  PASSING(UNRESERVED, true),
  PASSWORD(UNRESERVED, true),
  PLACING(RESERVED, true),
  PLANS(UNRESERVED, true),
  POLICY(UNRESERVED, true),
  POSITION(COLUMN_NAME, true),
  PRECEDING(UNRESERVED, true),
  PRECISION(COLUMN_NAME, false),
  PREPARE(UNRESERVED, true),
  PREPARED(UNRESERVED, true),
  PRESERVE(UNRESERVED, true),
  PRIMARY(RESERVED, true),
  PRIOR(UNRESERVED, true),
  PRIVILEGES(UNRESERVED, true),
  PROCEDURAL(UNRESERVED, true),
  PROCEDURE(UNRESERVED, true),
  PROCEDURES(UNRESERVED, true),
  PROGRAM(UNRESERVED, true),
  PUBLICATION(UNRESERVED, true),
  QUOTE(UNRESERVED, true),
  RANGE(UNRESERVED, true),
  READ(UNRESERVED, true),
  REAL(COLUMN_NAME, true),
  REASSIGN(UNRESERVED, true),
  RECHECK(UNRESERVED, true),
  RECURSIVE(UNRESERVED, true),
  REF(UNRESERVED, true),
  REFERENCES(RESERVED, true),
  REFERENCING(UNRESERVED, true),
  REFRESH(UNRESERVED, true),
  REINDEX(UNRESERVED, true),
  RELATIVE(UNRESERVED, true),
  RELEASE(UNRESERVED, true),
  RENAME(UNRESERVED, true),
  REPEATABLE(UNRESERVED, true),
  REPLACE(UNRESERVED, true),
  REPLICA(UNRESERVED, true),
  RESET(UNRESERVED, true),
  RESTART(UNRESERVED, true),
  RESTRICT(UNRESERVED, true),
  RETURN(UNRESERVED, true),
  RETURNING(RESERVED, false),
  RETURNS(UNRESERVED, true),
  REVOKE(UNRESERVED, true),
  RIGHT(TYPE_OR_FUNCTION, true),
  ROLE(UNRESERVED, true),
  ROLLBACK(UNRESERVED, true),
  ROLLUP(UNRESERVED, true),
  ROUTINE(UNRESERVED, true),
  ROUTINES(UNRESERVED, true),
  ROW(COLUMN_NAME, true),
  ROWS(UNRESERVED, true),
  RULE(UNRESERVED, true),
  SAVEPOINT(UNRESERVED, true),
  SCHEMA(UNRESERVED, true),
  SCHEMAS(UNRESERVED, true),
  SCROLL(UNRESERVED, true),
  SEARCH(UNRESERVED, true),
  SECOND(UNRESERVED, false),
  SECURITY(UNRESERVED, true),
  SELECT(RESERVED, true),
  SEQUENCE(UNRESERVED, true),
  SEQUENCES(UNRESERVED, true),
  SERIALIZABLE(UNRESERVED, true),
  SERVER(UNRESERVED, true),
  SESSION(UNRESERVED, true),
  SESSION_USER(RESERVED, true),
  SET(UNRESERVED, true),
  SETOF(COLUMN_NAME, true),
  SETS(UNRESERVED, true),
  SHARE(UNRESERVED, true),
  SHOW(UNRESERVED, true),
  SIMILAR(TYPE_OR_FUNCTION, true),
  SIMPLE(UNRESERVED, true),
  SKIP(UNRESERVED, true),
  SMALLINT(COLUMN_NAME, true),
  SNAPSHOT(UNRESERVED, true),
  SOME(RESERVED, true),
  SQL(UNRESERVED, true),
  STABLE(UNRESERVED, true),
  STANDALONE(UNRESERVED, true),
  START(UNRESERVED, true),
  STATEMENT(UNRESERVED, true),
  STATISTICS(UNRESERVED, true),
  STDIN(UNRESERVED, true),
  STDOUT(UNRESERVED, true),
  STORAGE(UNRESERVED, true),
  STORED(UNRESERVED, true),
  STRICT(UNRESERVED, true),
  STRIP(UNRESERVED, true),
  SUBSCRIPTION(UNRESERVED, true),
  SUBSTRING(COLUMN_NAME, true),
  SUPPORT(UNRESERVED, true),
  SYMMETRIC(RESERVED, true),
  SYSID(UNRESERVED, true),
  SYSTEM(UNRESERVED, true),
  TABLE(RESERVED, true),
  TABLES(UNRESERVED, true),
  TABLESAMPLE(TYPE_OR_FUNCTION, true),
  TABLESPACE(UNRESERVED, true),
  TEMP(UNRESERVED, true),
  TEMPLATE(UNRESERVED, true),
  TEMPORARY(UNRESERVED, true),
  TEXT(UNRESERVED, true),
  THEN(RESERVED, true),
  TIES(UNRESERVED, true),
  TIME(COLUMN_NAME, true),
  TIMESTAMP(COLUMN_NAME, true),
  TO(RESERVED, false),
  TRAILING(RESERVED, true),
  TRANSACTION(UNRESERVED, true),
  TRANSFORM(UNRESERVED, true),
  TREAT(COLUMN_NAME, true),
  TRIGGER(UNRESERVED, true),
  TRIM(COLUMN_NAME, true),
  TRUE(RESERVED, true),
  TRUNCATE(UNRESERVED, true),
  TRUSTED(UNRESERVED, true),
  TYPE(UNRESERVED, true),
  TYPES(UNRESERVED, true),
  UESCAPE(UNRESERVED, true),
  UNBOUNDED(UNRESERVED, true),
  UNCOMMITTED(UNRESERVED, true),
  UNENCRYPTED(UNRESERVED, true),
  UNION(RESERVED, false),
  UNIQUE(RESERVED, true),
  UNKNOWN(UNRESERVED, true),
  UNLISTEN(UNRESERVED, true),
  UNLOGGED(UNRESERVED, true),
  UNTIL(UNRESERVED, true),
  UPDATE(UNRESERVED, true),
  USER(RESERVED, true),
  USING(RESERVED, true),
  VACUUM(UNRESERVED, true),
  VALID(UNRESERVED, true),
  VALIDATE(UNRESERVED, true),
  VALIDATOR(UNRESERVED, true),
  VALUE(UNRESERVED, true),
  VALUES(COLUMN_NAME, true),
  VARCHAR(COLUMN_NAME, true),
  VARIADIC(RESERVED, true),
  VARYING(UNRESERVED, false),
  VERBOSE(TYPE_OR_FUNCTION, true),
  VERSION(UNRESERVED, true),
  VIEW(UNRESERVED, true),
  VIEWS(UNRESERVED, true),
  VOLATILE(UNRESERVED, true),
  WHEN(RESERVED, true),
  WHERE(RESERVED, false),
  WHITESPACE(UNRESERVED, true),
  WINDOW(RESERVED, false),
  WITH(RESERVED, false),
  WITHIN(UNRESERVED, false),
  WITHOUT(UNRESERVED, false),
  WORK(UNRESERVED, true),
  WRAPPER(UNRESERVED, true),
  WRITE(UNRESERVED, true),
  XML(UNRESERVED, true),
  XMLATTRIBUTES(COLUMN_NAME, true),
  XMLCONCAT(COLUMN_NAME, true),
  XMLELEMENT(COLUMN_NAME, true),
  XMLEXISTS(COLUMN_NAME, true),
  XMLFOREST(COLUMN_NAME, true),
  XMLNAMESPACES(COLUMN_NAME, true),
  XMLPARSE(COLUMN_NAME, true),
  XMLPI(COLUMN_NAME, true),
  XMLROOT(COLUMN_NAME, true),
  XMLSERIALIZE(COLUMN_NAME, true),
  XMLTABLE(COLUMN_NAME, true),
  YEAR(UNRESERVED, false),
  YES(UNRESERVED, true),
  ZONE(UNRESERVED, true);

  /** What a key word may stand for beside its own meaning. */
  public enum Category {
    /** Anything. */
    UNRESERVED,
    /** Tables and columns, not functions or types. */
    COLUMN_NAME,
    /** Functions and types, not tables or columns. */
    TYPE_OR_FUNCTION,
    /** Nothing but a label after AS. */
    RESERVED
  }

  /** No key word is longer than this. */
  static final int LENGTH_MAX = 17;

  private static final int SLOT_COUNT = 2048;
  private static final Keyword[] SLOTS = new Keyword[SLOT_COUNT];

  static {
    for (Keyword keyword : values()) {
      int slot = hash(keyword.word, 0, keyword.word.length()) & (SLOT_COUNT - 1);
      while (SLOTS[slot] != null) {
        slot = (slot + 1) & (SLOT_COUNT - 1);
      }
      SLOTS[slot] = keyword;
    }
  }

  private final String word;
  private final Category category;
  private final boolean isBareLabel;

  Keyword(Category category, boolean isBareLabel) {
    this.word = name().toLowerCase(Locale.ROOT);
    this.category = category;
    this.isBareLabel = isBareLabel;
  }

  /** Returns the key word in lower case. */
  public String word() {
    return word;
  }

  /** Returns what the key word may name. */
  public Category category() {
    return category;
  }

  /** Returns whether the key word may be a column label without AS. */
  public boolean isBareLabel() {
    return isBareLabel;
  }

  /** Tells whether a name must be quoted to be read back as it is. */
  public static boolean needsQuotes(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || c == '_';
      if (!isLetter && (i == 0 || c < '0' || c > '9')) {
        return true;
      }
    }
    Keyword keyword = name.length() > LENGTH_MAX ? null : find(name, 0, name.length());
    return name.isEmpty() || (keyword != null && keyword.category() != UNRESERVED);
  }

  /** Finds the key word that {@code sql[start, end)} spells in any case, or returns null. */
  static Keyword find(String sql, int start, int end) {
    int length = end - start;
    if (length > LENGTH_MAX) {
      return null;
    }
    int slot = hash(sql, start, end) & (SLOT_COUNT - 1);
    while (true) {
      Keyword candidate = SLOTS[slot];
      if (candidate == null) {
        return null;
      }
      if (candidate.word.length() == length && candidate.isSpelled(sql, start)) {
        return candidate;
      }
      slot = (slot + 1) & (SLOT_COUNT - 1);
    }
  }

  private boolean isSpelled(String sql, int start) {
    for (int i = 0; i < word.length(); i++) {
      if (fold(sql.charAt(start + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + fold(text.charAt(i));
    }
    return hash ^ (hash >>> 11);
  }

  /** Folds ASCII letters only, as PostgreSQL does in a UTF-8 database. */
  static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
