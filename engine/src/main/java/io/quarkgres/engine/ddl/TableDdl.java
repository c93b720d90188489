package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.ColumnConstraint;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableElement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.type.ArrayType;
import io.quarkgres.engine.type.CompositeType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.store.TableStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** CREATE TABLE. Used by the session's thread. */
final class TableDdl {
  /** The oid of collation {@code default}. */
  private static final int DEFAULT_COLLATION = 100;

  /** The oid of collation {@code C}. */
  private static final int C_COLLATION = 950;

  private static final int COLUMNS_MAX = 1600;

  private static final Set<String> KNOWN_OPTIONS =
      Set.of("fillfactor", "autovacuum_enabled", "toast_tuple_target", "parallel_workers");

  private final DdlContext context;
  private final SequenceDdl sequences;
  private final ConstraintDdl constraints;
  private final IndexDdl indexes;

  TableDdl(DdlContext context, SequenceDdl sequences, ConstraintDdl constraints, IndexDdl indexes) {
    this.context = context;
    this.indexes = indexes;
    this.sequences = sequences;
    this.constraints = constraints;
  }

  /** Returns the schema that a new relation goes to. */
  static String schemaFor(DdlContext context, QualifiedName name, Persistence persistence) {
    String written = name.schema();
    boolean isTemporary = persistence == Persistence.TEMPORARY;
    if (written == null && !isTemporary) {
      try {
        String chosen = context.creationSchema();
        context.rights().requireCreate(context.catalog().schema(chosen));
        return chosen;
      } catch (SqlException e) {
        throw e.withPosition(name.position());
      }
    }
    if (written == null || written.equals("pg_temp")) {
      requireTemporary(context);
      return context.temporarySchema();
    }
    if (isTemporary) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "cannot create temporary relation in non-temporary schema");
    }
    if (context.catalog().schema(written) == null) {
      throw new SqlException(
          SqlState.INVALID_SCHEMA_NAME,
          "schema \"" + written + "\" does not exist",
          name.position());
    }
    if (written.equals("pg_catalog") || written.equals("information_schema")) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to create \"" + written + "." + name.name() + "\"",
          "System catalog modifications are currently disallowed.",
          null);
    }
    try {
      context.rights().requireCreate(context.catalog().schema(written));
    } catch (SqlException e) {
      throw e.withPosition(name.position());
    }
    return written;
  }

  private static void requireTemporary(DdlContext context) {
    CatalogVersion catalog = context.catalog();
    if (!context.rights().onDatabase(catalog.databaseOid(), Privilege.TEMPORARY, false)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to create temporary tables in database \""
              + catalog.databaseName()
              + "\"");
    }
  }

  /** Locks a new relation's name; returns false (with a notice) if it exists and may. */
  static boolean claim(DdlContext context, String schema, String name, boolean isIfNotExists) {
    context.lockName(schema, name);
    if (context.catalog().relation(schema, name) == null) {
      TypeDdl.refuseTypeName(context, schema, name);
      return true;
    }
    if (!isIfNotExists) {
      throw DdlErrors.duplicateRelation(name);
    }
    context.notice("NOTICE", "42P07", "relation \"" + name + "\" already exists, skipping");
    return false;
  }

  String create(TableStatement.CreateTable s) {
    refuse(s);
    String schemaName = schemaFor(context, s.name(), s.persistence());
    String name = s.name().name();
    if (!claim(context, schemaName, name, s.isIfNotExists())) {
      return "CREATE TABLE";
    }
    SchemaEntry schema = context.catalog().schema(schemaName);
    int oid = context.newOid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
    Draft draft = new Draft(schema, name, oid);
    List<TableConstraint> tableConstraints = new ArrayList<>();
    for (TableElement element : s.elements()) {
      switch (element) {
        case ColumnDefinition column -> addColumn(draft, column);
        case TableConstraint constraint -> tableConstraints.add(constraint);
        case TableElement.Like like -> addLike(draft, like);
      }
    }
    if (draft.columns.size() > COLUMNS_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "tables can have at most " + COLUMNS_MAX + " columns");
    }
    char persistence =
        schemaName.startsWith("pg_temp_")
            ? 't'
            : s.persistence() == Persistence.UNLOGGED ? 'u' : 'p';
    TableEntry table =
        new TableEntry(
            oid,
            schema.oid(),
            schema.name(),
            name,
            context.currentUser(),
            persistence,
            draft.columns,
            List.of(),
            options(s.options()),
            context.newRowType(),
            newStore(draft.columns));
    requireTemporary(table, s.onCommit());
    context.change(editor -> {
      draft.sequences.forEach(editor::put);
      editor.put(table);
    });
    onCommit(table, s.onCommit());
    List<TableConstraint> all = new ArrayList<>(draft.constraints);
    draft.copies.forEach(c -> all.addAll(c.constraints()));
    all.addAll(tableConstraints);
    constraints.addAll(table, all);
    draft.copies.forEach(c -> c.finish(oid, indexes));
    constraints.validateExpressions(
        (TableEntry) context.catalog().relationByOid(oid), draft.defaults);
    return "CREATE TABLE";
  }

  static void requireTemporary(TableEntry table, TableStatement.OnCommit action) {
    if (action != null && table.persistence() != 't') {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION, "ON COMMIT can only be used on temporary tables");
    }
  }

  /** Notes what is to be done with a temporary table whenever a transaction commits. */
  void onCommit(TableEntry table, TableStatement.OnCommit action) {
    boolean isDropped = action == TableStatement.OnCommit.DROP;
    if (isDropped || action == TableStatement.OnCommit.DELETE_ROWS) {
      context.onEveryCommit(table.oid(), isDropped);
    }
  }

  /** Makes a store for columns. */
  TableStore newStore(List<ColumnEntry> columns) {
    List<Layout> layouts = new ArrayList<>();
    for (ColumnEntry column : columns) {
      requireStorable(column.type());
      layouts.add(column.type().layout());
    }
    return context.storage().createTable(layouts);
  }

  private static void refuse(TableStatement.CreateTable s) {
    if (!s.inherits().isEmpty()) {
      throw DdlErrors.notBuilt("INHERITS");
    }
    if (s.ofType() != null) {
      throw DdlErrors.notBuilt("CREATE TABLE OF");
    }
    if (s.partitionBy() != null || s.partitionOf() != null) {
      throw DdlErrors.notBuilt("partitioning");
    }
    if (s.accessMethod() != null && !s.accessMethod().equals("heap")) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "access method \"" + s.accessMethod() + "\" does not exist");
    }
    if (s.tablespace() != null && !s.tablespace().equals("pg_default")) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "tablespace \"" + s.tablespace() + "\" does not exist");
    }
  }

  static Map<String, String> options(List<Option> options) {
    Map<String, String> result = new HashMap<>();
    for (Option option : options) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (option.namespace() == null && !KNOWN_OPTIONS.contains(name)) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "unrecognized parameter \"" + option.name() + "\"");
      }
      String value = option.value() == null ? "true" : option.value();
      if (option.namespace() == null && name.equals("fillfactor") && option.value() != null) {
        IndexOptions.check("btree", Map.of(name, value));
      }
      result.put(name, value);
    }
    return result;
  }

  /** A table in the making. */
  static final class Draft {
    final SchemaEntry schema;
    final String name;
    final int oid;
    final List<ColumnEntry> columns = new ArrayList<>();
    final List<SequenceEntry> sequences = new ArrayList<>();
    final List<TableConstraint> constraints = new ArrayList<>();
    final List<LikeCopy> copies = new ArrayList<>();
    final Map<Integer, io.quarkgres.engine.ast.Expression> defaults = new HashMap<>();

    Draft(SchemaEntry schema, String name, int oid) {
      this.schema = schema;
      this.name = name;
      this.oid = oid;
    }
  }

  private void addLike(Draft draft, TableElement.Like like) {
    RelationEntry source = context.find(like.table());
    if (source == null) {
      throw new SqlException(
          SqlState.UNDEFINED_TABLE,
          "relation \"" + like.table() + "\" does not exist",
          like.position());
    }
    if (!(source instanceof TableEntry) && !(source instanceof ViewEntry)) {
      throw DdlErrors.notBuilt("LIKE of this relation");
    }
    if (!context.rights().onRelation(source, Privilege.SELECT, false)) {
      throw Rights.denied(source).withPosition(like.position());
    }
    Set<TableElement.LikeOption> wanted = Set.copyOf(like.including());
    for (ColumnEntry c : source.columns()) {
      if (!c.isDropped()) {
        requireNew(draft, c.name());
        draft.columns.add(likeColumn(draft, c, source, wanted));
      }
    }
    if (source instanceof TableEntry table) {
      draft.copies.add(new LikeCopy(context, table, wanted));
    }
  }

  private ColumnEntry likeColumn(
      Draft draft, ColumnEntry c, RelationEntry source, Set<TableElement.LikeOption> wanted) {
    boolean isGenerated = c.generated() != 0 && wanted.contains(TableElement.LikeOption.GENERATED);
    boolean hasDefault = c.generated() == 0 && wanted.contains(TableElement.LikeOption.DEFAULTS);
    boolean isIdentity = c.identity() != 0 && wanted.contains(TableElement.LikeOption.IDENTITY);
    int number = draft.columns.size() + 1;
    if (isIdentity) {
      SequenceEntry old = LikeCopy.sequenceOf(context, source.oid(), c.number());
      ownSequence(draft, c.name(), number, c.type().oid(), LikeCopy.options(old));
    }
    return new ColumnEntry(
        c.name(),
        number,
        c.type(),
        c.typmod(),
        c.collation(),
        c.isNotNull(),
        isGenerated || hasDefault ? c.defaultSql() : null,
        isIdentity ? c.identity() : (char) 0,
        isGenerated ? c.generated() : (char) 0,
        false);
  }

  private static void requireNew(Draft draft, String column) {
    for (ColumnEntry other : draft.columns) {
      if (other.name().equals(column)) {
        throw DdlErrors.duplicateColumn(column);
      }
    }
  }

  /** Adds a column of a definition to a draft, with its sequence and its constraints. */
  void addColumn(Draft draft, ColumnDefinition d) {
    requireNew(draft, d.name());
    draft.columns.add(column(draft, d, draft.columns.size() + 1));
  }

  /** Makes the entry of a column; its constraints but NOT NULL go to the draft. */
  ColumnEntry column(Draft draft, ColumnDefinition d, int number) {
    requireNotSystem(d.name());
    int serial = serialType(d);
    ResolvedType type =
        serial == 0
            ? context.resolveType(d.type())
            : new ResolvedType(context.catalog().types().byOid(serial), SqlType.NO_TYPMOD);
    if (type.type().info().kind() == 'p') {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "column \"" + d.name() + "\" has pseudo-type " + type.type().info().sqlName());
    }
    boolean isNotNull = serial != 0;
    boolean isSaidNotNull = serial != 0;
    boolean isNull = false;
    String defaultSql = null;
    char identity = 0;
    char generated = 0;
    if (serial != 0) {
      defaultSql = ownSequence(draft, d.name(), number, serial, List.of());
    }
    for (ColumnConstraint constraint : d.constraints()) {
      switch (constraint) {
        case ColumnConstraint.NotNull c -> {
          if (isNull) {
            throw conflictingNulls(draft, d, c.position());
          }
          isNotNull = true;
          isSaidNotNull = true;
        }
        case ColumnConstraint.Null c -> {
          if (isSaidNotNull) {
            throw conflictingNulls(draft, d, c.position());
          }
          isNull = true;
        }
        case ColumnConstraint.Default c -> {
          if (defaultSql != null && generated == 0) {
            throw multiple("multiple default values", draft, d, c.position());
          }
          requireOnlyOne(true, generated != 0, identity != 0, draft, d, c.position());
          defaultSql = c.value().text();
          draft.defaults.put(number, c.value().expression());
        }
        case ColumnConstraint.Check c ->
            draft.constraints.add(
                new TableConstraint.Check(
                    c.name(), c.condition(), c.isNoInherit(), false, c.position()));
        case ColumnConstraint.Generated c -> {
          if (generated != 0) {
            throw multiple("multiple generation clauses", draft, d, c.position());
          }
          requireOnlyOne(defaultSql != null, true, identity != 0, draft, d, c.position());
          generated = 's';
          defaultSql = c.value().text();
        }
        case ColumnConstraint.Identity c -> {
          if (identity != 0) {
            throw multiple("multiple identity specifications", draft, d, c.position());
          }
          boolean hasDefault = defaultSql != null && generated == 0;
          requireOnlyOne(hasDefault, generated != 0, true, draft, d, c.position());
          if (isNull) {
            throw conflictingNulls(draft, d, c.position());
          }
          isSaidNotNull = true;
          identity = c.isAlways() ? 'a' : 'd';
          isNotNull = true;
          requireIdentityType(type.type());
          ownSequence(draft, d.name(), number, type.type().oid(), c.options());
        }
        case ColumnConstraint.Key c -> {
          isNotNull |= c.isPrimary();
          draft.constraints.add(
              new TableConstraint.Key(
                  c.name(),
                  c.isPrimary(),
                  c.isNullsNotDistinct(),
                  List.of(d.name()),
                  c.index(),
                  c.deferral(),
                  c.position()));
        }
        case ColumnConstraint.References c ->
            draft.constraints.add(
                new TableConstraint.ForeignKey(
                    c.name(), List.of(d.name()), c.reference(), c.deferral(), false, c.position()));
      }
    }
    ColumnEntry made =
        new ColumnEntry(
            d.name(),
            number,
            type.type(),
            type.typmod(),
            collation(d, type.type()),
            isNotNull,
            defaultSql,
            identity,
            generated,
            false);
    boolean isWritten = defaultSql != null && serial == 0 && generated == 0;
    if (draft.defaults.containsKey(number)) {
      // As written, so that an error points into the statement.
      bindDefault(context, draft.defaults.get(number), made);
    }
    return isWritten
        ? AlterDdl.withDefault(made, CanonicalSql.assigned(context, defaultSql, made))
        : made;
  }

  private static void requireNotSystem(String name) {
    if (Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid").contains(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_COLUMN,
          "column name \"" + name + "\" conflicts with a system column name");
    }
  }

  /** Makes the sequence of a column that becomes an identity column. */
  SequenceEntry identitySequence(
      TableEntry table, ColumnEntry column, List<SequenceOption> options) {
    SchemaEntry schema = context.catalog().schemaByOid(table.schemaOid());
    Draft draft = new Draft(schema, table.name(), table.oid());
    ownSequence(draft, column.name(), column.number(), column.type().oid(), options);
    return draft.sequences.get(0);
  }

  static void requireIdentityType(SqlType type) {
    int oid = type.oid();
    if (oid != Oids.INT2 && oid != Oids.INT4 && oid != Oids.INT8) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "identity column type must be smallint, integer, or bigint");
    }
  }

  /** Binds a default as written; an error about its type points nowhere, as in PostgreSQL. */
  static BoundExpr bindDefault(DdlContext context, Expression value, ColumnEntry column) {
    try {
      return context.bindAssigned(value, column);
    } catch (SqlException e) {
      throw e.state() == SqlState.DATATYPE_MISMATCH ? e.withPosition(SqlException.NO_POSITION) : e;
    }
  }

  private static void requireOnlyOne(
      boolean hasDefault,
      boolean isGenerated,
      boolean isIdentity,
      Draft draft,
      ColumnDefinition d,
      int position) {
    String both =
        hasDefault && isIdentity
            ? "both default and identity"
            : hasDefault && isGenerated
                ? "both default and generation expression"
                : isIdentity && isGenerated ? "both identity and generation expression" : null;
    if (both != null) {
      throw multiple(both, draft, d, position);
    }
  }

  private static SqlException conflictingNulls(Draft draft, ColumnDefinition d, int position) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        "conflicting NULL/NOT NULL declarations for column \""
            + d.name()
            + "\" of table \""
            + draft.name
            + "\"",
        position);
  }

  private static SqlException multiple(String what, Draft draft, ColumnDefinition d, int position) {
    return new SqlException(
        SqlState.SYNTAX_ERROR,
        what + " specified for column \"" + d.name() + "\" of table \"" + draft.name + "\"",
        position);
  }

  private static int serialType(ColumnDefinition d) {
    QualifiedName name = d.type().name();
    if (name.parts().size() > 1 || d.type().isArray()) {
      return 0;
    }
    return switch (name.name()) {
      case "serial", "serial4" -> Oids.INT4;
      case "bigserial", "serial8" -> Oids.INT8;
      case "smallserial", "serial2" -> Oids.INT2;
      default -> 0;
    };
  }

  /** Makes the sequence of a serial or identity column; returns the default that reads it. */
  String ownSequence(
      Draft draft, String column, int number, int type, List<SequenceOption> options) {
    String name = null;
    for (SequenceOption option : options) {
      if (option instanceof SequenceOption.SequenceName given) {
        name = given.name().name();
      }
    }
    if (name == null) {
      List<String> taken = new ArrayList<>();
      taken.add(draft.name);
      draft.sequences.forEach(s -> taken.add(s.name()));
      name =
          new NameChooser(context.catalog(), draft.schema.name(), taken)
              .relation(draft.name, column, "seq");
    }
    SequenceEntry sequence =
        sequences.make(draft.schema, name, type, options, draft.oid, number, context.newOid());
    draft.sequences.add(sequence);
    String qualified =
        io.quarkgres.engine.catalog.ObjectNaming.quote(draft.schema.name())
            + "."
            + io.quarkgres.engine.catalog.ObjectNaming.quote(name);
    return "nextval('" + qualified.replace("'", "''") + "'::regclass)";
  }

  private int collation(ColumnDefinition d, SqlType type) {
    return collation(d.collation(), type);
  }

  /** Returns the oid of a collation as written, or of the type's own. */
  int collation(QualifiedName written, SqlType type) {
    boolean isCollatable = type.info().category() == 'S' || isTextArray(type);
    if (written == null) {
      if (!isCollatable) {
        return 0;
      }
      return type.oid() == Oids.NAME ? C_COLLATION : DEFAULT_COLLATION;
    }
    if (!isCollatable) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "collations are not supported by type " + type.info().sqlName(),
          written.position());
    }
    return switch (written.name()) {
      case "default" -> DEFAULT_COLLATION;
      case "C" -> C_COLLATION;
      case "POSIX" -> 951;
      case "ucs_basic" -> 12_669;
      default ->
          throw new SqlException(
              SqlState.UNDEFINED_OBJECT,
              "collation \"" + written + "\" for encoding \"UTF8\" does not exist",
              written.position());
    };
  }

  private boolean isTextArray(SqlType type) {
    SqlType element = context.catalog().types().byOid(type.info().element());
    return element != null && type.info().category() == 'A' && element.info().category() == 'S';
  }

  /** Refuses types of rows: altering their relation would have to rewrite other tables. */
  private static void requireStorable(SqlType type) {
    SqlType element = type instanceof ArrayType array ? array.element() : type;
    if (element instanceof CompositeType) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "columns of a composite type are not supported yet");
    }
  }

  /** Returns the indexes of a table as they are now. */
  List<IndexEntry> indexesOf(TableEntry table) {
    return context.catalog().indexesOf(table.oid());
  }

  /** Returns a table with other columns, constraints or store. */
  static TableEntry with(
      TableEntry t,
      List<ColumnEntry> columns,
      List<ConstraintEntry> constraints,
      TableStore store) {
    return new TableEntry(
        t.oid(),
        t.schemaOid(),
        t.schema(),
        t.name(),
        t.owner(),
        t.persistence(),
        columns,
        constraints,
        t.options(),
        t.rowType(),
        store);
  }
}
