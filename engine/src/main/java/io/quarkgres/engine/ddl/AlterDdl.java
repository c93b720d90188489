package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ALTER TABLE, one method an action. Used by the session's thread. */
final class AlterDdl {
  private final DdlContext context;
  private final TableDdl tables;
  private final ConstraintDdl constraints;
  private final DropDdl drops;
  private final OwnerDdl owners;
  private final TableRewrite rewrite;
  private final ColumnSources sources;

  AlterDdl(
      DdlContext context,
      TableDdl tables,
      IndexDdl indexes,
      ConstraintDdl constraints,
      SequenceDdl sequences,
      DropDdl drops,
      OwnerDdl owners) {
    this.context = context;
    this.tables = tables;
    this.constraints = constraints;
    this.drops = drops;
    this.owners = owners;
    this.sources = new ColumnSources(context, tables, sequences);
    drops.setColumnRemover(this::removeColumn);
    this.rewrite = new TableRewrite(context, tables, indexes);
  }

  String alter(TableStatement.AlterTable s) {
    String tag = "ALTER " + s.kind().word().toUpperCase(java.util.Locale.ROOT);
    RelationEntry found = context.find(s.name());
    if (found == null) {
      if (!s.isIfExists()) {
        throw DdlErrors.undefinedRelation(s.name());
      }
      context.notice("NOTICE", "00000", "relation \"" + s.name() + "\" does not exist, skipping");
      return tag;
    }
    context.rights().requireOwner(found);
    if (!(found instanceof TableEntry)) {
      return alterOther(found, s, tag);
    }
    if (s.kind() != ObjectKind.TABLE) {
      throw DdlErrors.wrongKind(
          found.name(), s.kind().word(), s.kind() == ObjectKind.INDEX ? "an" : "a");
    }
    context.lock(found.oid(), LockMode.ACCESS_EXCLUSIVE);
    context.refusePendingChecks(found, "ALTER TABLE");
    // Columns first: constraints of the same statement may be about them.
    for (AlterTableAction action : s.actions()) {
      if (!(action instanceof AlterTableAction.AddConstraint)) {
        apply(table(found.oid()), action);
      }
    }
    for (AlterTableAction action : s.actions()) {
      if (action instanceof AlterTableAction.AddConstraint add) {
        constraints.add(found.oid(), add.constraint(), true);
      }
    }
    return tag;
  }

  private String alterOther(RelationEntry found, TableStatement.AlterTable s, String tag) {
    for (AlterTableAction action : s.actions()) {
      boolean isIndexOption =
          found instanceof IndexEntry && action instanceof AlterTableAction.StorageOptions;
      if (isIndexOption) {
        indexOptions((IndexEntry) found, (AlterTableAction.StorageOptions) action);
      } else if (action instanceof AlterTableAction.Owner owner) {
        owners.ofRelation(found, owner.role());
      } else {
        throw DdlErrors.notBuilt(tag + " with this action");
      }
    }
    return tag;
  }

  private void indexOptions(IndexEntry index, AlterTableAction.StorageOptions a) {
    DdlErrors.refuseSystem(index);
    Map<String, String> options = new LinkedHashMap<>(index.options());
    for (io.quarkgres.engine.ast.Option option : a.options()) {
      if (a.isReset()) {
        options.remove(option.name());
      } else {
        options.put(option.name(), option.value() == null ? "true" : option.value());
      }
    }
    if (OperatorClasses.isOfExtension(index.method())) {
      throw DdlErrors.notBuilt("ALTER INDEX SET of a " + index.method() + " index");
    }
    IndexOptions.check(index.method(), options);
    IndexEntry changed = index.withOptions(options);
    context.change(editor -> editor.put(changed));
  }

  private TableEntry table(int oid) {
    return (TableEntry) context.catalog().relationByOid(oid);
  }

  private void apply(TableEntry table, AlterTableAction action) {
    switch (action) {
      case AlterTableAction.AddColumn a -> addColumn(table, a);
      case AlterTableAction.DropColumn a -> dropColumn(table, a);
      case AlterTableAction.AlterType a -> alterType(table, a);
      case AlterTableAction.ColumnDefault a -> columnDefault(table, a);
      case AlterTableAction.ColumnNotNull a -> columnNotNull(table, a);
      case AlterTableAction.DropExpression a -> sources.dropExpression(table, a);
      case AlterTableAction.AddIdentity a -> sources.addIdentity(table, a);
      case AlterTableAction.AlterIdentity a -> sources.alterIdentity(table, a);
      case AlterTableAction.DropIdentity a -> sources.dropIdentity(table, a);
      case AlterTableAction.AddConstraint a -> throw new IllegalStateException("comes later");
      case AlterTableAction.AlterConstraint a -> alterConstraint(table, a);
      case AlterTableAction.ValidateConstraint a -> validate(table, a);
      case AlterTableAction.DropConstraint a -> dropConstraint(table, a);
      case AlterTableAction.Owner a -> owners.ofRelation(table, a.role());
      case AlterTableAction.StorageOptions a -> storageOptions(table, a);
      // Nothing of these has any meaning here, as there are no pages and no disk yet.
      case AlterTableAction.ColumnStatistics a -> require(table, a.column());
      case AlterTableAction.ColumnStorage a -> require(table, a.column());
      case AlterTableAction.WithoutOids a -> {}
      case AlterTableAction.ColumnCompression a -> throw notBuilt("SET COMPRESSION");
      case AlterTableAction.ColumnOptions a -> throw notBuilt("column options");
      case AlterTableAction.Logged a -> logged(table, a);
      case AlterTableAction.Tablespace a -> throw notBuilt("SET TABLESPACE");
      case AlterTableAction.AccessMethod a -> throw notBuilt("SET ACCESS METHOD");
      case AlterTableAction.ClusterOn a -> throw notBuilt("CLUSTER ON");
      case AlterTableAction.Firing a -> firing(a);
      case AlterTableAction.RowSecurity a -> throw notBuilt("ROW LEVEL SECURITY");
      case AlterTableAction.ForceRowSecurity a -> throw notBuilt("ROW LEVEL SECURITY");
      case AlterTableAction.ReplicaIdentity a -> throw notBuilt("REPLICA IDENTITY");
      case AlterTableAction.Inherit a -> throw notBuilt("INHERIT");
      case AlterTableAction.OfType a -> throw notBuilt("OF type");
      case AlterTableAction.AttachPartition a -> throw notBuilt("ATTACH PARTITION");
      case AlterTableAction.DetachPartition a -> throw notBuilt("DETACH PARTITION");
    }
  }

  private static SqlException notBuilt(String action) {
    return DdlErrors.notBuilt("ALTER TABLE ... " + action);
  }

  private static ColumnEntry require(TableEntry table, String name) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column;
      }
    }
    throw DdlErrors.undefinedColumn(name, table.name());
  }

  private void put(TableEntry table) {
    context.change(editor -> editor.put(table));
  }

  private void replace(TableEntry table, ColumnEntry column) {
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.set(column.number() - 1, column);
    put(TableDdl.with(table, columns, table.constraints(), table.store()));
  }

  // Columns.

  private void addColumn(TableEntry table, AlterTableAction.AddColumn a) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(a.column().name())) {
        String message =
            "column \"" + column.name() + "\" of relation \"" + table.name() + "\" already exists";
        if (!a.isIfNotExists()) {
          throw new SqlException(SqlState.DUPLICATE_COLUMN, message);
        }
        context.notice("NOTICE", "42701", message + ", skipping");
        return;
      }
    }
    TableDdl.Draft draft =
        new TableDdl.Draft(
            context.catalog().schemaByOid(table.schemaOid()), table.name(), table.oid());
    ColumnEntry column = tables.column(draft, a.column(), table.columns().size() + 1);
    if (!draft.sequences.isEmpty()) {
      context.change(editor -> draft.sequences.forEach(editor::put));
    }
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.add(column);
    List<BoundExpr> values = TableRewrite.identity(table);
    values.add(initialValue(table, column, draft));
    TableEntry rewritten = rewrite.rewrite(table, columns, values);
    constraints.validateExpression(rewritten, column);
    if (column.isNotNull()) {
      constraints.requireNoNulls(rewritten, column);
    }
    draft.constraints.forEach(c -> constraints.add(table.oid(), c, true));
  }

  private BoundExpr initialValue(TableEntry table, ColumnEntry column, TableDdl.Draft draft) {
    if (column.generated() != 0) {
      return context.bindOver(column.defaultSql(), table.name(), table.columns(), TableRewrite.OLD);
    }
    String sql = column.defaultSql();
    if (column.identity() != 0) {
      SequenceEntry sequence = draft.sequences.get(0);
      sql = "nextval('" + ConstraintDdl.qualified(sequence).replace("'", "''") + "'::regclass)";
    }
    if (sql == null) {
      return new BoundExpr.Constant(
          column.type(), column.typmod(), ColumnBuilder.nulls(column.type().layout(), 1));
    }
    return context.bindAssigned(Parser.parseExpression(sql), column);
  }

  private void dropColumn(TableEntry table, AlterTableAction.DropColumn a) {
    ColumnEntry column = null;
    for (ColumnEntry candidate : table.columns()) {
      if (!candidate.isDropped() && candidate.name().equals(a.column())) {
        column = candidate;
      }
    }
    if (column == null) {
      if (!a.isIfExists()) {
        throw DdlErrors.undefinedColumn(a.column(), table.name());
      }
      context.notice(
          "NOTICE",
          "00000",
          "column \""
              + a.column()
              + "\" of relation \""
              + table.name()
              + "\" does not exist, skipping");
      return;
    }
    drops.dropWithDependents(List.of(new Dependencies.Column(table, column)), a.isCascade());
  }

  /** Takes a column out of a table, with the constraints and indexes that are about it. */
  private void removeColumn(TableEntry table, ColumnEntry c) {
    int number = c.number();
    List<ConstraintEntry> kept = new ArrayList<>();
    for (ConstraintEntry constraint : table.constraints()) {
      if (!uses(table, constraint, number)) {
        kept.add(constraint);
      }
    }
    dropIndexesOn(table, number);
    List<ColumnEntry> columns = new ArrayList<>(table(table.oid()).columns());
    columns.set(
        number - 1,
        new ColumnEntry(
            "........pg.dropped." + number + "........",
            number,
            c.type(),
            c.typmod(),
            c.collation(),
            false,
            null,
            (char) 0,
            (char) 0,
            true));
    put(TableDdl.with(table(table.oid()), columns, kept, table.store()));
    dropOwnedSequence(table, number);
  }

  private void refuseViews(TableEntry table, ColumnEntry column) {
    Dependencies dependencies = new Dependencies(context);
    for (RelationEntry relation : context.catalog().relations()) {
      // Which columns a view uses is not kept; one that uses the table counts as using all.
      if (relation instanceof ViewEntry view && dependencies.uses(view, table.oid())) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "cannot alter type of a column used by a view or rule",
            "rule _RETURN on view "
                + context.shown(view)
                + " depends on column \""
                + column.name()
                + "\"",
            null);
      }
    }
  }

  private boolean uses(TableEntry table, ConstraintEntry constraint, int number) {
    return switch (constraint) {
      case ConstraintEntry.Key key -> key.columns().contains(number);
      case ConstraintEntry.ForeignKey key -> key.columns().contains(number);
      case ConstraintEntry.Check check -> {
        boolean[] found = new boolean[1];
        BoundExpr bound = context.bindOver(check.conditionSql(), table.name(), table.columns(), 1);
        io.quarkgres.engine.bind.Expressions.walk(
            bound,
            e -> found[0] |= e instanceof BoundExpr.ColumnRef ref && ref.column() == number - 1);
        yield found[0];
      }
    };
  }

  private void dropIndexesOn(TableEntry table, int number) {
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      boolean isPlain = index.predicateSql() == null;
      boolean usesColumn = index.includedColumns().contains(number);
      for (IndexEntry.Key key : index.keys()) {
        usesColumn |= key.column() == number;
        isPlain &= key.expressionSql() == null;
      }
      if (!usesColumn && !isPlain) {
        List<BoundExpr> expressions = new ArrayList<>();
        index.keys().stream()
            .filter(k -> k.expressionSql() != null)
            .forEach(k ->
                expressions.add(
                    context.bindOver(k.expressionSql(), table.name(), table.columns(), 1)));
        if (index.predicateSql() != null) {
          expressions.add(context.bindOver(index.predicateSql(), table.name(), table.columns(), 1));
        }
        boolean[] found = new boolean[1];
        for (BoundExpr expression : expressions) {
          io.quarkgres.engine.bind.Expressions.walk(
              expression,
              e -> found[0] |= e instanceof BoundExpr.ColumnRef ref && ref.column() == number - 1);
        }
        usesColumn = found[0];
      }
      if (usesColumn) {
        removeIndex(table, index);
      }
    }
  }

  private void removeIndex(TableEntry table, IndexEntry index) {
    context.change(editor -> editor.removeRelation(index.oid()));
    if (index.index() != null) {
      context.onCommit(() -> table.store().dropIndex(index.index()));
    }
  }

  private void dropOwnedSequence(TableEntry table, int number) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s
          && s.ownedByTable() == table.oid()
          && s.ownedByColumn() == number) {
        context.change(editor -> editor.removeRelation(s.oid()));
        return;
      }
    }
  }

  private void alterType(TableEntry table, AlterTableAction.AlterType a) {
    ColumnEntry column = require(table, a.column());
    refuseViews(table, column);
    ResolvedType type = context.resolveType(a.type());
    ColumnEntry changed =
        new ColumnEntry(
            column.name(),
            column.number(),
            type.type(),
            type.typmod(),
            tables.collation(a.collation(), type.type()),
            column.isNotNull(),
            column.defaultSql(),
            column.identity(),
            column.generated(),
            false);
    if (column.identity() != 0) {
      TableDdl.requireIdentityType(type.type());
    }
    if (column.generated() != 0 && a.using() != null) {
      throw new SqlException(
          SqlState.INVALID_COLUMN_DEFINITION,
          "cannot specify USING when altering type of generated column",
          "Column \"" + column.name() + "\" is a generated column.",
          null);
    }
    refuseGenerated(table, column);
    BoundExpr value = converted(table, column, changed, a);
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.set(column.number() - 1, changed);
    List<BoundExpr> values = TableRewrite.identity(table);
    values.set(column.number() - 1, value);
    if (changed.generated() == 0) {
      requireChecksBind(table, columns, column.number());
    }
    TableEntry rewritten = rewrite.rewrite(table, columns, values);
    if (changed.defaultSql() != null) {
      constraints.validateExpression(rewritten, changed);
    }
    if (column.identity() != 0) {
      sources.retypeIdentity(table, column.number(), a.type());
    }
  }

  /** Raises an error when a condition makes no sense any more with a column's new type. */
  private void requireChecksBind(TableEntry table, List<ColumnEntry> columns, int number) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check check && uses(table, check, number)) {
        try {
          context.bindOver(check.conditionSql(), table.name(), columns, 1);
        } catch (SqlException e) {
          // The condition does not stand in this statement.
          throw e.withPosition(SqlException.NO_POSITION);
        }
      }
    }
  }

  private void refuseGenerated(TableEntry table, ColumnEntry column) {
    for (ColumnEntry other : new Dependencies(context).generatedFrom(table, column)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot alter type of a column used by a generated column",
          "Column \"" + column.name() + "\" is used by generated column \"" + other.name() + "\".",
          null);
    }
  }

  private BoundExpr converted(
      TableEntry table, ColumnEntry column, ColumnEntry changed, AlterTableAction.AlterType a) {
    io.quarkgres.engine.ast.Expression expression =
        a.using() != null
            ? a.using().expression()
            : new io.quarkgres.engine.ast.Expression.ColumnRef(List.of(column.name()), -1);
    try {
      return context.bindConverted(
          expression, table.name(), table.columns(), TableRewrite.OLD, changed);
    } catch (SqlException e) {
      if (e.state() != SqlState.DATATYPE_MISMATCH) {
        throw e;
      }
      String target = changed.type().info().sqlName();
      throw a.using() == null
          ? new SqlException(
              SqlState.DATATYPE_MISMATCH,
              "column \"" + column.name() + "\" cannot be cast automatically to type " + target,
              null,
              "You might need to specify \"USING "
                  + io.quarkgres.engine.catalog.ObjectNaming.quote(column.name())
                  + "::"
                  + target
                  + "\".")
          : new SqlException(
              SqlState.DATATYPE_MISMATCH,
              "result of USING clause for column \""
                  + column.name()
                  + "\" cannot be cast automatically to type "
                  + target,
              null,
              "You might need to add an explicit cast.");
    }
  }

  static ColumnEntry withDefault(ColumnEntry c, String sql) {
    return new ColumnEntry(
        c.name(),
        c.number(),
        c.type(),
        c.typmod(),
        c.collation(),
        c.isNotNull(),
        sql,
        c.identity(),
        c.generated(),
        c.isDropped());
  }

  private void columnDefault(TableEntry table, AlterTableAction.ColumnDefault a) {
    ColumnEntry column = require(table, a.column());
    if (column.identity() != 0) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" is an identity column");
    }
    if (column.generated() != 0) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" is a generated column");
    }
    if (a.value() != null) {
      TableDdl.bindDefault(context, a.value().expression(), column);
    }
    String sql =
        a.value() == null ? null : CanonicalSql.assigned(context, a.value().text(), column);
    replace(table, withDefault(column, sql));
  }

  private void columnNotNull(TableEntry table, AlterTableAction.ColumnNotNull a) {
    ColumnEntry column = require(table, a.column());
    if (a.isSet()) {
      constraints.requireNoNulls(table, column);
    } else {
      refusePrimaryKey(table, column);
    }
    replace(table, ConstraintDdl.notNull(column, a.isSet()));
  }

  private static void refusePrimaryKey(TableEntry table, ColumnEntry column) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key
          && key.isPrimary()
          && key.columns().contains(column.number())) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "column \"" + column.name() + "\" is in a primary key");
      }
    }
    if (column.identity() != 0) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" is an identity column");
    }
  }

  /** There are no triggers of users, and those of constraints are never disabled. */
  private static void firing(AlterTableAction.Firing a) {
    boolean hasNothingToDo =
        a.kind() == ObjectKind.TRIGGER
            && a.name() == null
            && (a.isUserOnly() || a.mode() == AlterTableAction.FiringMode.ENABLE);
    if (!hasNothingToDo) {
      throw notBuilt("ENABLE or DISABLE");
    }
  }

  private void logged(TableEntry table, AlterTableAction.Logged a) {
    if (table.persistence() == 't') {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "cannot change logged status of table \"" + table.name() + "\" because it is temporary");
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (!a.isLogged() || !(constraint instanceof ConstraintEntry.ForeignKey key)) {
        continue;
      }
      RelationEntry other = context.catalog().relationByOid(key.referencedTable());
      if (other instanceof TableEntry t && t.persistence() == 'u' && t.oid() != table.oid()) {
        throw wrongLogged(table, other, "logged", "unlogged");
      }
    }
    for (ConstraintEntry reference : context.catalog().referencesTo(table.oid())) {
      RelationEntry other = context.catalog().relationByOid(reference.tableOid());
      boolean isLoggedElsewhere =
          other instanceof TableEntry t && t.persistence() == 'p' && t.oid() != table.oid();
      if (!a.isLogged() && isLoggedElsewhere) {
        throw wrongLogged(table, other, "unlogged", "logged");
      }
    }
    put(
        new TableEntry(
            table.oid(),
            table.schemaOid(),
            table.schema(),
            table.name(),
            table.owner(),
            a.isLogged() ? 'p' : 'u',
            table.columns(),
            table.constraints(),
            table.options(),
            table.rowType(),
            table.store()));
  }

  private static SqlException wrongLogged(
      TableEntry table, RelationEntry other, String to, String kind) {
    return new SqlException(
        SqlState.INVALID_TABLE_DEFINITION,
        "could not change table \""
            + table.name()
            + "\" to "
            + to
            + " because it references "
            + kind
            + " table \""
            + other.name()
            + "\"");
  }

  // Constraints.

  private static ConstraintEntry find(TableEntry table, String name) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint.name().equals(name)) {
        return constraint;
      }
    }
    return null;
  }

  private static SqlException undefinedConstraint(TableEntry table, String name) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
  }

  private void alterConstraint(TableEntry table, AlterTableAction.AlterConstraint a) {
    ConstraintEntry found = find(table, a.name());
    if (found == null) {
      throw undefinedConstraint(table, a.name());
    }
    if (!(found instanceof ConstraintEntry.ForeignKey key)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "constraint \""
              + found.name()
              + "\" of relation \""
              + table.name()
              + "\" is not a foreign key constraint");
    }
    TableConstraint.Deferral deferral = a.deferral();
    swap(table, key, key.deferred(deferral.isDeferrable(), deferral.isInitiallyDeferred()));
  }

  private void validate(TableEntry table, AlterTableAction.ValidateConstraint a) {
    ConstraintEntry found = find(table, a.name());
    switch (found) {
      case null -> throw undefinedConstraint(table, a.name());
      case ConstraintEntry.Check c -> {
        constraints.validateCheck(table, c.name(), c.conditionSql());
        swap(
            table,
            c,
            new ConstraintEntry.Check(c.oid(), c.name(), c.tableOid(), c.conditionSql(), true));
      }
      case ConstraintEntry.ForeignKey c -> {
        TableEntry target = (TableEntry) context.catalog().relationByOid(c.referencedTable());
        constraints.validateForeignKey(table, target, c);
        swap(table, c, c.validated());
      }
      case ConstraintEntry.Key c ->
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "constraint \""
                  + c.name()
                  + "\" of relation \""
                  + table.name()
                  + "\" is not a foreign key or check constraint");
    }
  }

  private void swap(TableEntry table, ConstraintEntry old, ConstraintEntry replaced) {
    List<ConstraintEntry> all = new ArrayList<>(table.constraints());
    all.set(all.indexOf(old), replaced);
    put(TableDdl.with(table, table.columns(), all, table.store()));
  }

  private void dropConstraint(TableEntry table, AlterTableAction.DropConstraint a) {
    ConstraintEntry found = find(table, a.name());
    if (found == null) {
      if (!a.isIfExists()) {
        throw undefinedConstraint(table, a.name());
      }
      context.notice(
          "NOTICE", "00000", undefinedConstraint(table, a.name()).getMessage() + ", skipping");
      return;
    }
    drops.dropWithDependents(List.of(new Dependencies.Constraint(found)), a.isCascade());
  }

  private void storageOptions(TableEntry table, AlterTableAction.StorageOptions a) {
    Map<String, String> options = new HashMap<>(table.options());
    Map<String, String> named = TableDdl.options(a.options());
    if (a.isReset()) {
      named.keySet().forEach(options::remove);
    } else {
      options.putAll(named);
    }
    put(
        new TableEntry(
            table.oid(),
            table.schemaOid(),
            table.schema(),
            table.name(),
            table.owner(),
            table.persistence(),
            table.columns(),
            table.constraints(),
            options,
            table.rowType(),
            table.store()));
  }
}
