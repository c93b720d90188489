package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** CREATE SEQUENCE and ALTER SEQUENCE. Used by the session's thread. */
public final class SequenceDdl {
  private final DdlContext context;

  public SequenceDdl(DdlContext context) {
    this.context = context;
  }

  public String create(RelationStatement.CreateSequence s) {
    String schemaName = NewRelation.schemaFor(context, s.name(), s.persistence());
    if (!NewRelation.claim(context, schemaName, s.name().name(), s.isIfNotExists())) {
      return "CREATE SEQUENCE";
    }
    SchemaEntry schema = context.catalog().schema(schemaName);
    SequenceEntry entry =
        make(schema, s.name().name(), Oids.INT8, s.options(), 0, 0, context.newOid())
            .withPersistence(NewRelation.persistence(schemaName, s.persistence()));
    context.change(editor -> editor.put(entry));
    return "CREATE SEQUENCE";
  }

  /** Makes the entry of a new sequence. */
  SequenceEntry make(
      SchemaEntry schema,
      String name,
      int defaultType,
      List<SequenceOption> options,
      int ownerTable,
      int ownerColumn,
      int oid) {
    Numbers n = new Numbers();
    n.type = defaultType;
    n.ownerTable = ownerTable;
    n.ownerColumn = ownerColumn;
    apply(options, n, true);
    long first = n.restart != null ? n.restart : n.start;
    return new SequenceEntry(
        oid,
        schema.oid(),
        schema.name(),
        name,
        context.currentUser(),
        NewRelation.persistence(schema.name(), Persistence.PERMANENT),
        n.type,
        n.start,
        n.increment,
        n.minimum,
        n.maximum,
        n.cache,
        n.isCycling,
        n.ownerTable,
        n.ownerColumn,
        new AtomicReference<>(new SequenceEntry.State(first, false)),
        columns());
  }

  private List<ColumnEntry> columns() {
    TypeRegistry types = context.catalog().types();
    return List.of(
        column("last_value", 1, types.byOid(Oids.INT8)),
        column("log_cnt", 2, types.byOid(Oids.INT8)),
        column("is_called", 3, types.byOid(Oids.BOOL)));
  }

  private static ColumnEntry column(String name, int number, SqlType type) {
    return new ColumnEntry(name, number, type, -1, 0, true, null, (char) 0, (char) 0, false);
  }

  /** The numbers of a sequence in the making. */
  private static final class Numbers {
    int type;
    Long startGiven;
    long start;
    long increment = 1;
    Long minimumGiven;
    Long maximumGiven;
    long minimum;
    long maximum;
    long cache = 1;
    boolean isCycling;
    Long restart;
    boolean restarts;
    boolean resetsMinimum;
    boolean resetsMaximum;
    int ownerTable;
    int ownerColumn;
  }

  private void apply(List<SequenceOption> options, Numbers n, boolean isNew) {
    if (!isNew) {
      resetBounds(options, n);
    }
    for (SequenceOption option : options) {
      switch (option) {
        case SequenceOption.As o -> n.type = context.resolveType(o.type()).type().oid();
        case SequenceOption.Increment o -> n.increment = number(o.value());
        case SequenceOption.MinValue o ->
            n.minimumGiven = o.value() == null ? null : Long.valueOf(number(o.value()));
        case SequenceOption.MaxValue o ->
            n.maximumGiven = o.value() == null ? null : Long.valueOf(number(o.value()));
        case SequenceOption.Start o -> n.startGiven = number(o.value());
        case SequenceOption.Restart o -> {
          n.restarts = true;
          n.restart = o.value() == null ? null : Long.valueOf(number(o.value()));
        }
        case SequenceOption.Cache o -> n.cache = number(o.value());
        case SequenceOption.Cycle o -> n.isCycling = o.isCycling();
        case SequenceOption.OwnedBy o -> owner(o, n);
        case SequenceOption.SequenceName o -> {}
      }
    }
    check(n);
    if (isNew || n.startGiven != null) {
      n.start = n.startGiven != null ? n.startGiven : n.increment > 0 ? n.minimum : n.maximum;
    }
    checkStart(n);
  }

  /** With another type, bounds that were those of the old type become those of the new one. */
  private static void resetBounds(List<SequenceOption> options, Numbers n) {
    if (options.stream().noneMatch(o -> o instanceof SequenceOption.As)) {
      return;
    }
    long greatest = greatest(n.type);
    n.resetsMaximum = n.maximumGiven == greatest;
    n.resetsMinimum = n.minimumGiven == -greatest - 1;
    n.maximumGiven = n.resetsMaximum ? null : n.maximumGiven;
    n.minimumGiven = n.resetsMinimum ? null : n.minimumGiven;
  }

  private static long greatest(int type) {
    return type == Oids.INT2
        ? Short.MAX_VALUE
        : type == Oids.INT4 ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.startsWith("+") ? text.substring(1) : text);
    } catch (NumberFormatException e) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "value \"" + text + "\" is out of range for type bigint");
    }
  }

  private void owner(SequenceOption.OwnedBy o, Numbers n) {
    if (o.column() == null) {
      n.ownerTable = 0;
      n.ownerColumn = 0;
      return;
    }
    List<String> parts = o.column().parts();
    if (parts.size() < 2) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "invalid OWNED BY option")
          .withHint("Specify OWNED BY table.column or OWNED BY NONE.");
    }
    QualifiedName table =
        new QualifiedName(parts.subList(0, parts.size() - 1), o.column().position());
    RelationEntry found = context.find(table);
    if (!(found instanceof TableEntry entry)) {
      throw context.undefinedRelation(table);
    }
    String wanted = parts.get(parts.size() - 1);
    for (ColumnEntry column : entry.columns()) {
      if (!column.isDropped() && column.name().equals(wanted)) {
        n.ownerTable = entry.oid();
        n.ownerColumn = column.number();
        return;
      }
    }
    throw DdlErrors.undefinedColumn(wanted, entry.name());
  }

  private static void check(Numbers n) {
    if (n.type != Oids.INT2 && n.type != Oids.INT4 && n.type != Oids.INT8) {
      throw invalid("sequence type must be smallint, integer, or bigint");
    }
    if (n.increment == 0) {
      throw invalid("INCREMENT must not be zero");
    }
    long typeMaximum = greatest(n.type);
    long typeMinimum = -typeMaximum - 1;
    boolean isUp = n.increment > 0;
    n.maximum =
        n.maximumGiven != null ? n.maximumGiven : isUp || n.resetsMaximum ? typeMaximum : -1;
    n.minimum =
        n.minimumGiven != null ? n.minimumGiven : !isUp || n.resetsMinimum ? typeMinimum : 1;
    String typeName = n.type == Oids.INT2 ? "smallint" : n.type == Oids.INT4 ? "integer" : "bigint";
    if (n.maximum < typeMinimum || n.maximum > typeMaximum) {
      throw invalid(
          "MAXVALUE (" + n.maximum + ") is out of range for sequence data type " + typeName);
    }
    if (n.minimum < typeMinimum || n.minimum > typeMaximum) {
      throw invalid(
          "MINVALUE (" + n.minimum + ") is out of range for sequence data type " + typeName);
    }
    if (n.minimum >= n.maximum) {
      throw invalid("MINVALUE (" + n.minimum + ") must be less than MAXVALUE (" + n.maximum + ")");
    }
    if (n.cache <= 0) {
      throw invalid("CACHE (" + n.cache + ") must be greater than zero");
    }
  }

  private static void checkStart(Numbers n) {
    if (n.start < n.minimum) {
      throw invalid(
          "START value (" + n.start + ") cannot be less than MINVALUE (" + n.minimum + ")");
    }
    if (n.start > n.maximum) {
      throw invalid(
          "START value (" + n.start + ") cannot be greater than MAXVALUE (" + n.maximum + ")");
    }
    if (n.restart != null && n.restart < n.minimum) {
      throw invalid(
          "RESTART value (" + n.restart + ") cannot be less than MINVALUE (" + n.minimum + ")");
    }
    if (n.restart != null && n.restart > n.maximum) {
      throw invalid(
          "RESTART value (" + n.restart + ") cannot be greater than MAXVALUE (" + n.maximum + ")");
    }
  }

  private static SqlException invalid(String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  public String alter(RelationStatement.AlterSequence s) {
    RelationEntry found = context.find(s.name());
    if (found == null) {
      if (!s.isIfExists()) {
        throw context.undefinedRelation(s.name());
      }
      context.notice(
          "NOTICE", "00000", "relation \"" + s.name().name() + "\" does not exist, skipping");
      return "ALTER SEQUENCE";
    }
    if (!(found instanceof SequenceEntry old)) {
      throw DdlErrors.wrongKind(found.name(), "sequence", "a");
    }
    context.rights().requireOwner(old);
    context.lock(old.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
    requireFreeOwnership(old, s.options());
    SequenceEntry altered = altered(old, s.options());
    context.change(editor -> editor.put(altered));
    return "ALTER SEQUENCE";
  }

  private void requireFreeOwnership(SequenceEntry sequence, List<SequenceOption> options) {
    boolean isOwning = options.stream().anyMatch(o -> o instanceof SequenceOption.OwnedBy);
    boolean isOfIdentity =
        context.catalog().relationByOid(sequence.ownedByTable()) instanceof TableEntry table
            && table.columns().get(sequence.ownedByColumn() - 1).identity() != 0;
    if (isOwning && isOfIdentity) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot change ownership of identity sequence",
          "Sequence \""
              + sequence.name()
              + "\" is linked to table \""
              + context.catalog().relationByOid(sequence.ownedByTable()).name()
              + "\".",
          null);
    }
  }

  /** Returns a sequence whose numbers are of another integer type. */
  SequenceEntry retyped(SequenceEntry old, TypeName type) {
    return altered(old, List.of(new SequenceOption.As(type, type.position())));
  }

  /** Returns a sequence with options changed; its state restarts where they say so. */
  SequenceEntry altered(SequenceEntry old, List<SequenceOption> options) {
    Numbers n = new Numbers();
    n.type = old.typeOid();
    n.increment = old.increment();
    n.start = old.start();
    n.cache = old.cache();
    n.isCycling = old.isCycling();
    n.minimumGiven = old.minimum();
    n.maximumGiven = old.maximum();
    n.ownerTable = old.ownedByTable();
    n.ownerColumn = old.ownedByColumn();
    apply(options, n, false);
    SequenceEntry.State now = old.state().get();
    AtomicReference<SequenceEntry.State> state = old.state();
    if (n.restarts) {
      state =
          new AtomicReference<>(
              new SequenceEntry.State(n.restart != null ? n.restart : n.start, false));
    } else if (now.lastValue() < n.minimum || now.lastValue() > n.maximum) {
      throw invalid(
          now.lastValue() < n.minimum
              ? "RESTART value ("
                  + now.lastValue()
                  + ") cannot be less than MINVALUE ("
                  + n.minimum
                  + ")"
              : "RESTART value ("
                  + now.lastValue()
                  + ") cannot be greater than MAXVALUE ("
                  + n.maximum
                  + ")");
    }
    return new SequenceEntry(
        old.oid(),
        old.schemaOid(),
        old.schema(),
        old.name(),
        old.owner(),
        old.persistence(),
        n.type,
        n.start,
        n.increment,
        n.minimum,
        n.maximum,
        n.cache,
        n.isCycling,
        n.ownerTable,
        n.ownerColumn,
        state,
        old.columns());
  }
}
