package io.quarkgres.engine.ddl.type;

import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.EnumType.Label;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** CREATE TYPE AS ENUM, ALTER TYPE ADD VALUE and RENAME VALUE. Used by the session's thread. */
public final class EnumDdl {
  private static final int LABEL_BYTES_MAX = 63;

  private final DdlContext context;
  private final TypeDdl types;

  public EnumDdl(DdlContext context, TypeDdl types) {
    this.context = context;
    this.types = types;
  }

  public String create(ObjectStatement.CreateEnum s) {
    SchemaEntry schema = types.schemaFor(s.name());
    Set<String> texts = new HashSet<>();
    for (String text : s.labels()) {
      checkLength(text);
      if (!texts.add(text)) {
        throw new SqlException(
            SqlState.UNIQUE_VIOLATION,
            "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"",
            "Key (enumtypid, enumlabel)=(" + context.newOid() + ", " + text + ") already exists.",
            null);
      }
    }
    int oid = context.newRowType();
    List<Label> labels = new ArrayList<>();
    for (String text : s.labels()) {
      long number = (labels.size() + 1) * EnumType.STEP;
      labels.add(new Label(context.newOid(), number, text, () -> true));
    }
    String name = s.name().name();
    EnumType type = new EnumType(TypeEntry.Enum.info(oid, schema.name(), name), labels);
    types.put(
        new TypeEntry.Enum(oid, schema.oid(), schema.name(), name, context.currentUser(), type));
    return "CREATE TYPE";
  }

  private static void checkLength(String label) {
    if (label.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES_MAX) {
      throw new SqlException(
          SqlState.INVALID_NAME,
          "invalid enum label \"" + label + "\"",
          "Labels must be " + LABEL_BYTES_MAX + " bytes or less.",
          null);
    }
  }

  private TypeEntry.Enum owned(QualifiedName name) {
    if (types.find(name) != null && !(types.find(name) instanceof EnumType)) {
      throw new SqlException(SqlState.WRONG_OBJECT_TYPE, shown(name) + " is not an enum");
    }
    return (TypeEntry.Enum) types.owned(name);
  }

  private String shown(QualifiedName name) {
    return types.find(name).info().sqlName();
  }

  public String addValue(ObjectStatement.AddEnumValue s) {
    TypeEntry.Enum entry = owned(s.name());
    EnumType type = entry.type();
    checkLength(s.label());
    if (type.label(s.label()) != null) {
      String message = "enum label \"" + s.label() + "\" already exists";
      if (!s.isIfNotExists()) {
        throw new SqlException(SqlState.DUPLICATE_OBJECT, message);
      }
      context.notice("NOTICE", "42710", message + ", skipping");
      return "ALTER TYPE";
    }
    AtomicBoolean isCommitted = new AtomicBoolean();
    context.onCommit(() -> isCommitted.set(true));
    List<Label> labels = new ArrayList<>(type.labels());
    labels.add(new Label(context.newOid(), number(s, type), s.label(), isCommitted::get));
    put(entry, labels);
    return "ALTER TYPE";
  }

  /** Returns a number between those of the neighbors. */
  private static long number(ObjectStatement.AddEnumValue s, EnumType type) {
    List<Label> labels = type.labels();
    int place = labels.size();
    if (s.neighbor() != null) {
      Label neighbor = type.label(s.neighbor());
      if (neighbor == null) {
        throw notLabel(s.neighbor());
      }
      place = labels.indexOf(neighbor) + (s.isAfter() ? 1 : 0);
    }
    if (labels.isEmpty()) {
      return EnumType.STEP;
    }
    if (place == 0) {
      return labels.getFirst().number() - EnumType.STEP;
    }
    if (place == labels.size()) {
      return labels.getLast().number() + EnumType.STEP;
    }
    long before = labels.get(place - 1).number();
    long after = labels.get(place).number();
    if (after - before < 2) {
      throw DdlErrors.notBuilt("one more enum value between two that came to lie so close");
    }
    return before + (after - before) / 2;
  }

  private static SqlException notLabel(String text) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "\"" + text + "\" is not an existing enum label");
  }

  public String renameValue(ObjectStatement.RenameEnumValue s) {
    TypeEntry.Enum entry = owned(s.name());
    EnumType type = entry.type();
    checkLength(s.newLabel());
    Label old = type.label(s.oldLabel());
    if (old == null) {
      throw notLabel(s.oldLabel());
    }
    if (type.label(s.newLabel()) != null) {
      throw new SqlException(
          SqlState.DUPLICATE_OBJECT, "enum label \"" + s.newLabel() + "\" already exists");
    }
    List<Label> labels = new ArrayList<>(type.labels());
    labels.set(
        labels.indexOf(old), new Label(old.oid(), old.number(), s.newLabel(), old.isCommitted()));
    put(entry, labels);
    return "ALTER TYPE";
  }

  private void put(TypeEntry.Enum entry, List<Label> labels) {
    types.put(
        new TypeEntry.Enum(
            entry.oid(),
            entry.schemaOid(),
            entry.schema(),
            entry.name(),
            entry.owner(),
            new EnumType(entry.type().info(), labels)));
  }
}
