package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.drop.ColumnUses;
import io.quarkgres.engine.ddl.drop.DropDdl;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.engine.ddl.index.IndexOptions;
import io.quarkgres.engine.ddl.index.OperatorClasses;
import io.quarkgres.engine.ddl.right.OwnerDdl;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** ALTER TABLE: one arm an action. Used by the session's thread. */
public final class AlterTableDdl {
  private final DdlContext context;
  private final OwnerDdl owners;
  private final ConstraintDdl constraints;
  private final ColumnDefaults defaults;
  private final NotNulls notNulls;
  private final AddColumn addColumn;
  private final DropColumn dropColumn;
  private final AlterColumnType columnType;
  private final ColumnSources sources;

  public AlterTableDdl(
      DdlContext context,
      OwnedSequences sequences,
      IndexBuild indexes,
      ConstraintDdl constraints,
      ColumnDefaults defaults,
      NotNulls notNulls,
      DropDdl drops,
      OwnerDdl owners) {
    TableRewrite rewrite = new TableRewrite(context, indexes);
    this.context = context;
    this.owners = owners;
    this.constraints = constraints;
    this.defaults = defaults;
    this.notNulls = notNulls;
    this.addColumn = new AddColumn(context, sequences, constraints, defaults, notNulls, rewrite);
    this.dropColumn = new DropColumn(context, sequences, drops);
    this.columnType = new AlterColumnType(context, sequences, defaults, rewrite);
    this.sources = new ColumnSources(context, sequences);
  }

  public String alter(TableStatement.AlterTable s) {
    String tag = "ALTER " + s.kind().word().toUpperCase(Locale.ROOT);
    RelationEntry found = context.find(s.name());
    if (found == null) {
      if (!s.isIfExists()) {
        throw context.undefinedRelation(s.name());
      }
      context.notice(
          "NOTICE", "00000", "relation \"" + s.name().name() + "\" does not exist, skipping");
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
    refuseEntangled((TableEntry) found, s.actions());
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

  /** Actions run one after the other, but each USING is about the table as it was before all. */
  private void refuseEntangled(TableEntry table, List<AlterTableAction> actions) {
    Set<String> changed = new HashSet<>();
    for (AlterTableAction action : actions) {
      if (action instanceof AlterTableAction.AlterType a) {
        changed.add(a.column());
      } else if (action instanceof AlterTableAction.DropColumn a) {
        changed.add(a.column());
      }
    }
    for (AlterTableAction action : actions) {
      if (action instanceof AlterTableAction.AlterType a && a.using() != null) {
        for (ColumnEntry column : table.columns()) {
          boolean isOther = !column.name().equals(a.column()) && changed.contains(column.name());
          if (isOther && ColumnUses.reads(context, table, a.using().text(), column)) {
            throw DdlErrors.notBuilt("USING about a column that the same statement changes");
          }
        }
      }
    }
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
    for (Option option : a.options()) {
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
    context.put(index.withOptions(options));
  }

  private TableEntry table(int oid) {
    return (TableEntry) context.catalog().relationByOid(oid);
  }

  private void apply(TableEntry table, AlterTableAction action) {
    switch (action) {
      case AlterTableAction.AddColumn a -> addColumn.add(table, a);
      case AlterTableAction.DropColumn a -> dropColumn.drop(table, a);
      case AlterTableAction.AlterType a -> columnType.alter(table, a);
      case AlterTableAction.ColumnDefault a -> defaults.set(table, a);
      case AlterTableAction.ColumnNotNull a -> notNulls.set(table, a);
      case AlterTableAction.DropExpression a -> sources.dropExpression(table, a);
      case AlterTableAction.AddIdentity a -> sources.addIdentity(table, a);
      case AlterTableAction.AlterIdentity a -> sources.alterIdentity(table, a);
      case AlterTableAction.DropIdentity a -> sources.dropIdentity(table, a);
      case AlterTableAction.AddConstraint a -> throw new IllegalStateException("comes later");
      case AlterTableAction.AlterConstraint a -> constraints.alter(table, a);
      case AlterTableAction.ValidateConstraint a -> constraints.validate(table, a);
      case AlterTableAction.DropConstraint a -> constraints.drop(table, a);
      case AlterTableAction.Owner a -> owners.ofRelation(table, a.role());
      case AlterTableAction.StorageOptions a -> storageOptions(table, a);
      // Nothing of these has any meaning here, as there are no pages and no disk yet.
      case AlterTableAction.ColumnStatistics a -> ColumnSources.require(table, a.column());
      case AlterTableAction.ColumnStorage a -> ColumnSources.require(table, a.column());
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
    char persistence = a.isLogged() ? 'p' : 'u';
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s && s.ownedByTable() == table.oid()) {
        context.put(s.withPersistence(persistence));
      }
    }
    context.put(table.withPersistence(persistence));
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

  private void storageOptions(TableEntry table, AlterTableAction.StorageOptions a) {
    Map<String, String> options = new HashMap<>(table.options());
    Map<String, String> named = TableOptions.of(a.options());
    if (a.isReset()) {
      named.keySet().forEach(options::remove);
    } else {
      options.putAll(named);
    }
    context.put(table.withOptions(options));
  }
}
