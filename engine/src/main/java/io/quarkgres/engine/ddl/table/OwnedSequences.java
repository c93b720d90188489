package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.NameChooser;
import io.quarkgres.spi.error.Invariant;
import java.util.ArrayList;
import java.util.List;

/** The sequences of serial and identity columns. Used by the session's thread. */
public final class OwnedSequences {
  private final DdlContext context;
  private final SequenceDdl sequences;

  public OwnedSequences(DdlContext context, SequenceDdl sequences) {
    this.context = context;
    this.sequences = sequences;
  }

  /** Makes the sequence of a serial or identity column; returns the default that reads it. */
  String make(TableDraft draft, String column, int number, int type, List<SequenceOption> options) {
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
        sequences
            .make(draft.schema, name, type, options, draft.oid, number, context.newOid())
            .withPersistence(draft.persistence);
    draft.sequences.add(sequence);
    return nextValue(sequence);
  }

  /** Makes the sequence of a column that becomes an identity column. */
  SequenceEntry makeFor(TableEntry table, ColumnEntry column, List<SequenceOption> options) {
    SchemaEntry schema = context.catalog().schemaByOid(table.schemaOid());
    TableDraft draft = new TableDraft(schema, table.name(), table.oid(), table.persistence());
    make(draft, column.name(), column.number(), column.type().oid(), options);
    return draft.sequences.get(0);
  }

  /** Returns the default of a column that counts. */
  static String nextValue(SequenceEntry sequence) {
    String qualified = ObjectNaming.qualified(sequence);
    return "nextval('" + qualified.replace("'", "''") + "'::regclass)";
  }

  /** Returns the sequence that a column owns, {@code null} when there is none. */
  static SequenceEntry of(DdlContext context, int table, int column) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof SequenceEntry s
          && s.ownedByTable() == table
          && s.ownedByColumn() == column) {
        return s;
      }
    }
    return null;
  }

  /** Returns the sequence of an identity column. */
  SequenceEntry ofIdentity(TableEntry table, ColumnEntry column) {
    SequenceEntry sequence = of(context, table.oid(), column.number());
    Invariant.check(sequence != null, "an identity column has a sequence");
    return sequence;
  }

  /** Makes an identity column's sequence count in the column's new type. */
  void retype(TableEntry table, ColumnEntry column, TypeName type) {
    SequenceEntry retyped = sequences.retyped(ofIdentity(table, column), type);
    context.change(editor -> editor.put(retyped));
  }

  /** Changes an identity column's sequence. */
  void alter(TableEntry table, ColumnEntry column, List<SequenceOption> options) {
    SequenceEntry altered = sequences.altered(ofIdentity(table, column), options);
    context.change(editor -> editor.put(altered));
  }

  /** Removes the sequence of a column, if it has one. */
  void remove(TableEntry table, ColumnEntry column) {
    SequenceEntry sequence = of(context, table.oid(), column.number());
    if (sequence != null) {
      context.change(editor -> editor.removeRelation(sequence.oid()));
    }
  }
}
