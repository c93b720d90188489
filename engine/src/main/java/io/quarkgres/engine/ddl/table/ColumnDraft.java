package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.ColumnConstraint;
import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.ColumnCollations;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/**
 * A column in the making: what its constraints say, one after the other. Those that belong to the
 * table go to the draft of the table. Used by the session's thread.
 */
final class ColumnDraft {
  private final DdlContext context;
  private final OwnedSequences sequences;
  private final TableDraft table;
  private final ColumnDefinition definition;
  private final int number;
  private final int serial;
  private final ResolvedType type;
  private boolean isNotNull;
  private boolean isSaidNotNull;
  private boolean isSaidNull;
  private String defaultSql;
  private char identity;
  private char generated;

  private ColumnDraft(
      DdlContext context,
      OwnedSequences sequences,
      TableDraft table,
      ColumnDefinition definition,
      int number) {
    this.context = context;
    this.sequences = sequences;
    this.table = table;
    this.definition = definition;
    this.number = number;
    this.serial = serialType(definition);
    this.type =
        serial == 0
            ? context.resolveType(definition.type())
            : new ResolvedType(context.catalog().types().byOid(serial), SqlType.NO_TYPMOD);
  }

  /** Makes the entry of a column; its constraints but NOT NULL go to the table's draft. */
  static ColumnEntry entry(
      DdlContext context,
      OwnedSequences sequences,
      TableDraft table,
      ColumnDefinition definition,
      int number) {
    SystemColumns.refuseNew(definition.name());
    ColumnDraft draft = new ColumnDraft(context, sequences, table, definition, number);
    draft.refusePseudoType();
    draft.countIfSerial();
    definition.constraints().forEach(draft::add);
    return draft.finish();
  }

  private void refusePseudoType() {
    if (type.type().info().kind() == 'p') {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "column \"" + definition.name() + "\" has pseudo-type " + type.type().info().sqlName());
    }
  }

  private void countIfSerial() {
    if (serial != 0) {
      isNotNull = true;
      isSaidNotNull = true;
      defaultSql = sequences.make(table, definition.name(), number, serial, List.of());
    }
  }

  private void add(ColumnConstraint constraint) {
    switch (constraint) {
      case ColumnConstraint.NotNull c -> refuseNull(c);
      case ColumnConstraint.Null c -> allowNull(c);
      case ColumnConstraint.Default c -> setDefault(c);
      case ColumnConstraint.Check c -> table.constraints.add(check(c));
      case ColumnConstraint.Generated c -> generate(c);
      case ColumnConstraint.Identity c -> identify(c);
      case ColumnConstraint.Key c -> addKey(c);
      case ColumnConstraint.References c -> table.constraints.add(foreignKey(c));
    }
  }

  private void refuseNull(ColumnConstraint.NotNull c) {
    if (isSaidNull) {
      throw conflictingNulls(c.position());
    }
    isNotNull = true;
    isSaidNotNull = true;
  }

  private void allowNull(ColumnConstraint.Null c) {
    if (isSaidNotNull) {
      throw conflictingNulls(c.position());
    }
    isSaidNull = true;
  }

  private void setDefault(ColumnConstraint.Default c) {
    if (defaultSql != null && generated == 0) {
      throw multiple("multiple default values", c.position());
    }
    requireOnlyOne(true, generated != 0, identity != 0, c.position());
    defaultSql = c.value().text();
    table.defaults.put(number, c.value().expression());
  }

  private static TableConstraint.Check check(ColumnConstraint.Check c) {
    return new TableConstraint.Check(c.name(), c.condition(), c.isNoInherit(), false, c.position());
  }

  private void generate(ColumnConstraint.Generated c) {
    if (generated != 0) {
      throw multiple("multiple generation clauses", c.position());
    }
    requireOnlyOne(defaultSql != null, true, identity != 0, c.position());
    generated = 's';
    defaultSql = c.value().text();
    table.defaults.put(number, c.value().expression());
  }

  private void identify(ColumnConstraint.Identity c) {
    if (identity != 0) {
      throw multiple("multiple identity specifications", c.position());
    }
    boolean hasDefault = defaultSql != null && generated == 0;
    requireOnlyOne(hasDefault, generated != 0, true, c.position());
    if (isSaidNull) {
      throw conflictingNulls(c.position());
    }
    isSaidNotNull = true;
    isNotNull = true;
    identity = c.isAlways() ? 'a' : 'd';
    requireIdentityType(type.type());
    sequences.make(table, definition.name(), number, type.type().oid(), c.options());
  }

  private void addKey(ColumnConstraint.Key c) {
    isNotNull |= c.isPrimary();
    table.constraints.add(
        new TableConstraint.Key(
            c.name(),
            c.isPrimary(),
            c.isNullsNotDistinct(),
            List.of(definition.name()),
            c.index(),
            c.deferral(),
            c.position()));
  }

  private TableConstraint.ForeignKey foreignKey(ColumnConstraint.References c) {
    return new TableConstraint.ForeignKey(
        c.name(), List.of(definition.name()), c.reference(), c.deferral(), false, c.position());
  }

  private ColumnEntry finish() {
    ColumnEntry made =
        new ColumnEntry(
            definition.name(),
            number,
            type.type(),
            type.typmod(),
            ColumnCollations.of(definition.collation(), type.type()),
            isNotNull,
            defaultSql,
            identity,
            generated,
            false);
    Expression written = table.defaults.get(number);
    if (written == null || generated != 0) {
      return made;
    }
    // As written, so that an error points into the statement.
    context.bindDefault(written, made);
    return made.withDefault(CanonicalSql.assigned(context, defaultSql, made));
  }

  /** Raises 22023 for a type whose values do not count. */
  static void requireIdentityType(SqlType type) {
    int oid = type.oid();
    if (oid != Oids.INT2 && oid != Oids.INT4 && oid != Oids.INT8) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "identity column type must be smallint, integer, or bigint");
    }
  }

  private void requireOnlyOne(
      boolean hasDefault, boolean isGenerated, boolean isIdentity, int position) {
    String both =
        hasDefault && isIdentity
            ? "both default and identity"
            : hasDefault && isGenerated
                ? "both default and generation expression"
                : isIdentity && isGenerated ? "both identity and generation expression" : null;
    if (both != null) {
      throw multiple(both, position);
    }
  }

  private SqlException conflictingNulls(int position) {
    return new SqlException(
        SqlState.SYNTAX_ERROR, "conflicting NULL/NOT NULL declarations for" + shown(), position);
  }

  private SqlException multiple(String what, int position) {
    return new SqlException(SqlState.SYNTAX_ERROR, what + " specified for" + shown(), position);
  }

  private String shown() {
    return " column \"" + definition.name() + "\" of table \"" + table.name + "\"";
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
}
