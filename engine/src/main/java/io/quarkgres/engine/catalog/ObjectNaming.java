package io.quarkgres.engine.catalog;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.function.textsearch.Configuration;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of catalog objects as text: what the reg types read and print, with quoting and with the
 * schema where the search path does not find the object. Thread: the statement's.
 */
public final class ObjectNaming {
  private ObjectNaming() {}

  /** Splits a dotted name; unquoted parts fold to lower case. Raises 42602 for a malformed one. */
  public static List<String> split(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int i = 0;
    int n = name.length();
    while (i < n) {
      char c = name.charAt(i);
      if (c == '"') {
        i++;
        while (i < n && (name.charAt(i) != '"' || (i + 1 < n && name.charAt(i + 1) == '"'))) {
          if (name.charAt(i) == '"') {
            i++;
          }
          part.append(name.charAt(i++));
        }
        if (i >= n) {
          throw invalid();
        }
        i++;
      } else if (c == '.') {
        addPart(parts, part);
        i++;
      } else if (Character.isWhitespace(c)) {
        i = passedBlanks(name, i, part.isEmpty());
      } else {
        part.append(Character.toLowerCase(c));
        i++;
      }
    }
    addPart(parts, part);
    return parts;
  }

  /** Returns the place behind white space, which may stand before and behind a part only. */
  private static int passedBlanks(String name, int from, boolean isBefore) {
    int at = from;
    while (at < name.length() && Character.isWhitespace(name.charAt(at))) {
      at++;
    }
    if (!isBefore && at < name.length() && name.charAt(at) != '.') {
      throw invalid();
    }
    return at;
  }

  private static void addPart(List<String> parts, StringBuilder part) {
    String text = part.toString().strip();
    if (text.isEmpty()) {
      throw invalid();
    }
    parts.add(text);
    part.setLength(0);
  }

  private static SqlException invalid() {
    return new SqlException(SqlState.INVALID_NAME, "invalid name syntax");
  }

  /** Quotes an identifier if it has to be. */
  public static String quote(String name) {
    return Keyword.needsQuotes(name) ? '"' + name.replace("\"", "\"\"") + '"' : name;
  }

  /** Returns a relation's name with its schema, quoted where that is needed. */
  public static String qualified(RelationEntry relation) {
    return quote(relation.schema()) + "." + quote(relation.name());
  }

  private static final Set<String> NAMED_IN_SCHEMAS = Set.of("regclass", "regtype", "regproc");

  /** Resolves the text of a reg type; raises PostgreSQL's error when there is no such object. */
  public static int oid(CatalogServices services, String kind, String name) {
    Integer found = find(services, kind, name);
    if (found != null) {
      return found;
    }
    if (NAMED_IN_SCHEMAS.contains(kind)) {
      requireSchema(services, name);
    }
    throw switch (kind) {
      case "regclass" ->
          new SqlException(
              SqlState.UNDEFINED_TABLE, "relation \"" + shown(name) + "\" does not exist");
      case "regtype" ->
          new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
      case "regproc", "regprocedure" ->
          new SqlException(SqlState.UNDEFINED_FUNCTION, "function \"" + name + "\" does not exist");
      case "regoper", "regoperator" ->
          new SqlException(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + name);
      case "regnamespace" ->
          new SqlException(
              SqlState.INVALID_SCHEMA_NAME, "schema \"" + shown(name) + "\" does not exist");
      case "regrole" ->
          new SqlException(
              SqlState.UNDEFINED_OBJECT, "role \"" + shown(name) + "\" does not exist");
      case "regconfig" ->
          new SqlException(
              SqlState.UNDEFINED_OBJECT,
              "text search configuration \"" + shown(name) + "\" does not exist");
      default -> new SqlException(SqlState.FEATURE_NOT_SUPPORTED, kind + " is not supported yet");
    };
  }

  /** Raises 3F000 for a name in a schema that is not there. */
  private static void requireSchema(CatalogServices services, String name) {
    List<String> parts = split(name);
    String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
    if (schema != null && !schema.equals("pg_temp") && services.catalog().schema(schema) == null) {
      throw new SqlException(
          SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist");
    }
  }

  private static String shown(String name) {
    return String.join(".", split(name));
  }

  /** Resolves the text of a reg type, {@code null} when there is no such object. */
  public static Integer find(CatalogServices services, String kind, String name) {
    if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Integer.parseUnsignedInt(name);
    }
    if (name.equals("-")) {
      return 0;
    }
    return switch (kind) {
      case "regclass" -> {
        RelationEntry relation = services.relation(name);
        yield relation == null ? null : Integer.valueOf(relation.oid());
      }
      case "regtype" -> type(services, name);
      case "regproc" -> function(services, name);
      case "regprocedure" -> procedure(services, name);
      case "regoper" -> operator(services, name);
      case "regoperator" -> operatorOf(services, name);
      case "regnamespace" -> schema(services, name);
      case "regrole" -> {
        RoleEntry role = services.catalog().roles().role(split(name).get(0));
        yield role == null ? null : Integer.valueOf(role.oid());
      }
      case "regconfig" -> {
        List<String> parts = split(name);
        String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
        yield Configuration.oidOf(schema, parts.getLast());
      }
      default -> null;
    };
  }

  private static Integer schema(CatalogServices services, String name) {
    SchemaEntry schema = services.catalog().schema(split(name).get(0));
    return schema == null ? null : Integer.valueOf(schema.oid());
  }

  /** Finds a type by its SQL spelling, such as {@code double precision} or {@code s.t[]}. */
  public static Integer type(CatalogServices services, String name) {
    String text = name.strip();
    boolean isArray = false;
    while (text.endsWith("[]")) {
      isArray = true;
      text = text.substring(0, text.length() - 2).strip();
    }
    SqlType type = typeByName(services, text);
    if (type == null) {
      return null;
    }
    return isArray ? Integer.valueOf(type.info().array()) : Integer.valueOf(type.oid());
  }

  private static SqlType typeByName(CatalogServices services, String text) {
    String bare = withoutModifier(text);
    String lower = bare.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    for (SqlType type : services.catalog().types().all()) {
      if (type.info().sqlName().equals(lower) && type.info().schema().equals("pg_catalog")) {
        return type;
      }
    }
    String alias =
        switch (lower) {
          case "int", "integer" -> "int4";
          case "smallint" -> "int2";
          case "bigint" -> "int8";
          case "real" -> "float4";
          case "float" -> "float8";
          case "decimal", "dec" -> "numeric";
          case "boolean" -> "bool";
          case "char", "character" -> "bpchar";
          case "timestamp" -> "timestamp";
          case "time" -> "time";
          default -> null;
        };
    List<String> parts = alias != null ? List.of(alias) : split(bare);
    String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
    String simple = parts.get(parts.size() - 1);
    List<String> path = schema == null ? services.searchPathWithImplied() : List.of(schema);
    for (String candidate : path) {
      for (SqlType type : services.catalog().types().byName(simple)) {
        if (type.info().schema().equals(candidate)) {
          return type;
        }
      }
    }
    return null;
  }

  private static String withoutModifier(String text) {
    int open = text.indexOf('(');
    int close = text.indexOf(')');
    return open < 0 || close < open ? text : text.substring(0, open) + text.substring(close + 1);
  }

  private static Integer function(CatalogServices services, String name) {
    List<FunctionDef> found = functions(services, name);
    if (found.size() > 1) {
      throw new SqlException(
          SqlState.AMBIGUOUS_FUNCTION, "more than one function named \"" + name + "\"");
    }
    return found.isEmpty() ? null : Integer.valueOf(found.get(0).oid());
  }

  private static List<FunctionDef> functions(CatalogServices services, String name) {
    List<String> parts = split(name);
    String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
    List<FunctionDef> result = new ArrayList<>();
    for (FunctionDef function :
        services.catalog().functions().functions(parts.get(parts.size() - 1))) {
      boolean isVisible =
          schema == null
              ? services.searchPathWithImplied().contains(function.schema())
              : function.schema().equals(schema);
      if (isVisible) {
        result.add(function);
      }
    }
    return result;
  }

  private static Integer procedure(CatalogServices services, String text) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      throw new SqlException(SqlState.INVALID_TEXT_REPRESENTATION, "expected a left parenthesis");
    }
    String inside = text.substring(open + 1, text.length() - 1).strip();
    List<Integer> types = new ArrayList<>();
    for (String word : inside.isEmpty() ? new String[0] : inside.split(",")) {
      types.add(oid(services, "regtype", word.strip()));
    }
    for (FunctionDef function : functions(services, text.substring(0, open).strip())) {
      if (function.argumentTypes().equals(types)) {
        return function.oid();
      }
    }
    return null;
  }

  private static Integer operator(CatalogServices services, String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    List<OperatorDef> found = services.catalog().functions().operators(simple);
    if (found.size() > 1) {
      throw new SqlException(SqlState.AMBIGUOUS_FUNCTION, "more than one operator named " + name);
    }
    return found.isEmpty() ? null : Integer.valueOf(found.get(0).oid());
  }

  /** Finds an operator by name and operand types, NONE for a missing left one. */
  private static Integer operatorOf(CatalogServices services, String text) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      throw new SqlException(SqlState.INVALID_TEXT_REPRESENTATION, "expected a left parenthesis");
    }
    String[] words = text.substring(open + 1, text.length() - 1).split(",");
    if (words.length != 2) {
      throw new SqlException(
          SqlState.UNDEFINED_PARAMETER,
          words.length < 2 ? "missing argument" : "too many arguments",
          null,
          words.length < 2
              ? "Use NONE to denote the missing argument of a unary operator."
              : "Provide two argument types for operator.");
    }
    boolean isPrefix = words[0].strip().equalsIgnoreCase("none");
    int left = isPrefix ? 0 : oid(services, "regtype", words[0].strip());
    int right = oid(services, "regtype", words[1].strip());
    String name = text.substring(0, open).strip();
    for (OperatorDef o :
        services.catalog().functions().operators(name.substring(name.lastIndexOf('.') + 1))) {
      if (o.left() == left && o.right() == right) {
        return o.oid();
      }
    }
    return null;
  }

  /** An operator of which there are several is shown with its schema. */
  private static String operatorName(CatalogServices services, OperatorDef operator) {
    if (operator == null) {
      return null;
    }
    boolean isUnique = services.catalog().functions().operators(operator.name()).size() == 1;
    return isUnique ? operator.name() : quote(operator.schema()) + "." + operator.name();
  }

  private static String operatorSignature(CatalogServices services, OperatorDef operator) {
    if (operator == null) {
      return null;
    }
    boolean isVisible = services.searchPathWithImplied().contains(operator.schema());
    String left =
        operator.left() == 0
            ? "NONE"
            : typeName(services, services.catalog().types().byOid(operator.left()));
    return (isVisible ? "" : quote(operator.schema()) + ".")
        + operator.name()
        + "("
        + left
        + ","
        + typeName(services, services.catalog().types().byOid(operator.right()))
        + ")";
  }

  /** Returns the name of an object as its reg type prints it, {@code null} when there is none. */
  public static String name(CatalogServices services, String kind, int oid) {
    if (oid == 0) {
      return "-";
    }
    CatalogVersion catalog = services.catalog();
    return switch (kind) {
      case "regclass" -> relationName(services, catalog.relationByOid(oid));
      case "regtype" -> typeName(services, catalog.types().byOid(oid));
      case "regproc" -> functionName(services, catalog.functions().function(oid));
      case "regprocedure" -> procedureName(services, catalog.functions().function(oid));
      case "regoper" -> operatorName(services, catalog.functions().operator(oid));
      case "regoperator" -> operatorSignature(services, catalog.functions().operator(oid));
      case "regnamespace" -> {
        SchemaEntry schema = catalog.schemaByOid(oid);
        yield schema == null ? null : quote(schema.name());
      }
      case "regrole" -> {
        String role = catalog.roles().name(oid);
        yield role == null ? null : quote(role);
      }
      case "regconfig" -> Configuration.nameOf(oid);
      default -> null;
    };
  }

  /** Returns a relation's name, qualified where the search path would not find it. */
  public static String relationName(CatalogServices services, RelationEntry relation) {
    if (relation == null) {
      return null;
    }
    return isVisible(services, relation)
        ? quote(relation.name())
        : quote(relation.schema()) + "." + quote(relation.name());
  }

  /** Tells whether an unqualified name would find a relation. */
  public static boolean isVisible(CatalogServices services, RelationEntry relation) {
    for (String schema : services.searchPathWithImplied()) {
      RelationEntry found = services.catalog().relation(schema, relation.name());
      if (found != null) {
        return found.oid() == relation.oid();
      }
    }
    return false;
  }

  /** Returns a type's name as {@code format_type} prints it without a modifier. */
  public static String typeName(CatalogServices services, SqlType type) {
    if (type == null) {
      return null;
    }
    if (type.info().schema().equals("pg_catalog")) {
      return type.info().sqlName();
    }
    boolean isArray = type.info().element() != 0 && type.info().name().startsWith("_");
    SqlType shown = isArray ? services.catalog().types().byOid(type.info().element()) : type;
    String name = quote(shown.info().name());
    boolean isFound = services.searchPathWithImplied().contains(shown.info().schema());
    String full = isFound ? name : quote(shown.info().schema()) + "." + name;
    return isArray ? full + "[]" : full;
  }

  private static String functionName(CatalogServices services, FunctionDef function) {
    if (function == null) {
      return null;
    }
    String name = quote(function.name());
    boolean isUnique = functions(services, name).size() == 1;
    return isUnique ? name : quote(function.schema()) + "." + name;
  }

  private static String procedureName(CatalogServices services, FunctionDef function) {
    if (function == null) {
      return null;
    }
    List<String> types = new ArrayList<>();
    for (int oid : function.argumentTypes()) {
      types.add(typeName(services, services.catalog().types().byOid(oid)));
    }
    boolean isVisible = services.searchPathWithImplied().contains(function.schema());
    String name = quote(function.name());
    return (isVisible ? name : quote(function.schema()) + "." + name)
        + "("
        + String.join(",", types)
        + ")";
  }
}
