package io.quarkgres.engine.ddl.drop;

import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Defaults that read a sequence. They are kept as SQL text with the sequence's qualified name,
 * which has to follow when the sequence or its schema gets another name. Thread: any.
 */
public final class SequenceDefaults {
  private SequenceDefaults() {}

  private static final Pattern CALL = Pattern.compile("nextval\\('((?:[^']|'')*)'(::\\w+)?\\)");

  private static String literal(String schema, String name) {
    String qualified = ObjectNaming.quote(schema) + "." + ObjectNaming.quote(name);
    return "nextval('" + qualified.replace("'", "''") + "'::regclass)";
  }

  /** Tells whether a column's default reads a sequence. */
  static boolean reads(ColumnEntry column, RelationEntry sequence) {
    if (column.defaultSql() == null || column.generated() != 0) {
      return false;
    }
    Matcher calls = CALL.matcher(column.defaultSql());
    while (calls.find()) {
      if (isNameOf(calls.group(1), sequence)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNameOf(String written, RelationEntry sequence) {
    List<String> parts = ObjectNaming.split(written.replace("''", "'"));
    int last = parts.size() - 1;
    return parts.get(last).equals(sequence.name())
        && (last == 0 || parts.get(last - 1).equals(sequence.schema()));
  }

  /** Makes all defaults that read a sequence read it under another name. */
  public static void follow(DdlContext context, RelationEntry before, RelationEntry after) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof TableEntry table
          && table.columns().stream().anyMatch(c -> reads(c, before))) {
        List<ColumnEntry> columns = new ArrayList<>();
        for (ColumnEntry c : table.columns()) {
          columns.add(reads(c, before) ? c.withDefault(renamed(c, before, after)) : c);
        }
        TableEntry changed = table.withColumns(columns);
        context.change(editor -> editor.put(changed));
      }
    }
  }

  private static String renamed(ColumnEntry c, RelationEntry before, RelationEntry after) {
    String now = literal(after.schema(), after.name());
    return CALL.matcher(c.defaultSql())
        .replaceAll(
            call -> Matcher.quoteReplacement(isNameOf(call.group(1), before) ? now : call.group()));
  }
}
