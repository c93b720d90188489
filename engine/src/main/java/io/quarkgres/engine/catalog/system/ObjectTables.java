package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.EnumType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code pg_namespace}, {@code pg_type}, {@code pg_proc}, {@code pg_operator}, {@code pg_cast},
 * {@code pg_description}: what is not recorded as a fact. Thread: any.
 */
final class ObjectTables {
  /** The first oid that no built-in object has. */
  static final int FIRST_USER_OID = 16_384;

  /** Oid of language {@code c}, which functions of extensions are shown as. */
  private static final int LANGUAGE_C = 13;

  /** The catalogs that all databases share: databases, roles, tablespaces. */
  private static final Set<Integer> SHARED = Set.of(1262, 1260, 1213);

  private ObjectTables() {}

  static void register(SystemTables t) {
    t.rows("pg_namespace", ObjectTables::schemas);
    t.rows("pg_type", ObjectTables::types);
    t.rows("pg_enum", ObjectTables::labels);
    t.rows("pg_proc", ObjectTables::functions);
    t.rows("pg_operator", ObjectTables::operators);
    t.rows("pg_cast", ObjectTables::casts);
    t.rows("pg_aggregate", ObjectTables::aggregates);
    t.rows("pg_description", (catalog, context, out) -> comments(catalog, false, out));
    t.rows("pg_shdescription", (catalog, context, out) -> comments(catalog, true, out));
    t.fixed("pg_init_privs", ObjectTables::initialRights);
  }

  /** Tells whether an oid is not one of the recorded objects. */
  static boolean isOurs(int oid) {
    return Integer.compareUnsigned(oid, FIRST_USER_OID) >= 0;
  }

  private static void schemas(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (SchemaEntry schema : catalog.schemas()) {
      Acl acl = catalog.storedAcl(Privilege.Kind.SCHEMA.classOid(), schema.oid(), 0);
      out.set("oid", schema.oid())
          .set("nspname", schema.name())
          .set("nspowner", schema.owner())
          .set("nspacl", acl == null ? null : acl.texts(catalog.roles()::name))
          .end();
    }
  }

  /** Returns the rights that the system's schemas and {@code public} have from the start. */
  private static List<String> initialRights(int schema) {
    return switch (schema) {
      case SystemCatalog.PG_CATALOG, SystemCatalog.INFORMATION_SCHEMA ->
          List.of("postgres=UC/postgres", "=U/postgres");
      case SystemCatalog.PUBLIC ->
          List.of("pg_database_owner=UC/pg_database_owner", "=U/pg_database_owner");
      default -> null;
    };
  }

  private static void initialRights(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (SchemaEntry schema : catalog.schemas()) {
      if (initialRights(schema.oid()) != null) {
        out.set("objoid", schema.oid())
            .set("classoid", 2615)
            .set("objsubid", 0)
            .set("privtype", 'i')
            .set("initprivs", initialRights(schema.oid()))
            .end();
      }
    }
  }

  static int schemaOid(CatalogVersion catalog, String name) {
    SchemaEntry schema = catalog.schema(name);
    return schema == null ? 0 : schema.oid();
  }

  private static void types(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (SqlType type : catalog.types().all()) {
      if (!TypeFacts.isBuiltin(type.oid())) {
        type(catalog, type, out);
      }
    }
  }

  private static void labels(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (TypeEntry entry : catalog.userTypes()) {
      if (entry instanceof TypeEntry.Enum type) {
        for (EnumType.Label label : type.type().labels()) {
          out.set("oid", label.oid())
              .set("enumtypid", type.oid())
              .set("enumsortorder", (double) label.number() / EnumType.STEP)
              .set("enumlabel", label.text())
              .end();
        }
      }
    }
  }

  private static void type(CatalogVersion catalog, SqlType type, RowSink out) {
    boolean isArray = TypeFacts.isArray(type);
    CompositeType row = type instanceof CompositeType composite ? composite : null;
    TypeEntry entry = catalog.userType(isArray ? type.info().element() : type.oid());
    String prefix = functionPrefix(type);
    TypeEntry.Domain domain = entry instanceof TypeEntry.Domain d && !isArray ? d : null;
    // a domain is read by functions of its own and written like the type it is over
    String inPrefix = domain != null ? "domain" : prefix;
    String outPrefix = domain != null ? functionPrefix(type.base()) : prefix;
    out.set("oid", type.oid())
        .set("typname", type.name())
        .set("typnamespace", schemaOid(catalog, type.info().schema()))
        .set("typowner", entry == null ? 10 : entry.owner())
        .set("typlen", type.info().typlen())
        .set("typbyval", TypeFacts.isByValue(type))
        .set("typtype", type.info().kind())
        .set("typcategory", type.info().category())
        .set("typispreferred", type.info().preferred())
        .set("typisdefined", true)
        .set("typdelim", type.info().delimiter())
        .set("typsubscript", isArray ? function(catalog, "array_subscript_handler") : 0)
        .set("typrelid", row == null ? 0 : row.relation())
        .set("typelem", type.info().element())
        .set("typarray", type.info().array())
        .set("typinput", inOrOut(catalog, inPrefix, "in"))
        .set("typoutput", inOrOut(catalog, outPrefix, "out"))
        .set("typreceive", inOrOut(catalog, inPrefix, "recv"))
        .set("typsend", inOrOut(catalog, outPrefix, "send"))
        .set("typmodin", function(catalog, element(catalog, type) + "_typmod_in"))
        .set("typmodout", function(catalog, element(catalog, type) + "_typmod_out"))
        .set(
            "typanalyze",
            TypeFacts.isArray(type.base()) ? function(catalog, "array_typanalyze") : 0)
        .set("typalign", TypeFacts.align(type))
        .set("typstorage", TypeFacts.storage(type))
        .set("typtypmod", domain == null ? -1 : domain.parentTypmod());
    if (domain != null) {
      out.set("typnotnull", domain.isNotNull())
          .set("typbasetype", domain.parent())
          .set("typndims", TypeFacts.isArray(catalog.types().byOid(domain.parent())) ? 1 : 0)
          .set("typcollation", domain.collation())
          .set("typdefault", domain.defaultSql())
          .set("typdefaultbin", domain.defaultSql());
    } else if (type.info().category() == 'A'
        && catalog.userType(type.info().element()) instanceof TypeEntry.Domain element) {
      out.set("typcollation", element.collation());
    }
    out.end();
  }

  /** Returns how the names of a type's input and output functions begin. */
  private static String functionPrefix(SqlType type) {
    return switch (type) {
      case ArrayType a -> "array";
      case CompositeType c -> "record";
      case EnumType e -> "enum";
      default -> type.name();
    };
  }

  /** Returns a function of a type, with or without an underscore in its name. */
  private static int inOrOut(CatalogVersion catalog, String prefix, String suffix) {
    int plain = function(catalog, prefix + suffix);
    return plain != 0 ? plain : function(catalog, prefix + "_" + suffix);
  }

  private static String element(CatalogVersion catalog, SqlType type) {
    return TypeFacts.isArray(type)
        ? catalog.types().byOid(type.info().element()).name()
        : type.name();
  }

  /** Returns the oid of the function of a name, 0 when there is none. */
  static int function(CatalogVersion catalog, String name) {
    List<FunctionDef> found = catalog.functions().functions(name);
    return found.isEmpty() ? 0 : found.get(0).oid();
  }

  private static void functions(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (FunctionDef f : catalog.functions().allFunctions()) {
      if (isOurs(f.oid())) {
        function(catalog, f, out);
      }
    }
  }

  private static void function(CatalogVersion catalog, FunctionDef f, RowSink out) {
    boolean hasOut = !f.outTypes().isEmpty();
    List<Integer> allTypes = new ArrayList<>(f.argumentTypes());
    List<String> modes = new ArrayList<>();
    f.argumentTypes().forEach(t -> modes.add("i"));
    for (int type : f.outTypes()) {
      allTypes.add(type);
      modes.add(f.returnsSet() ? "t" : "o");
    }
    out.set("oid", f.oid())
        .set("proname", f.name())
        .set("pronamespace", schemaOid(catalog, f.schema()))
        .set("proowner", 10)
        .set("prolang", LANGUAGE_C)
        .set("procost", 1)
        .set("prorows", f.returnsSet() ? 1000 : 0)
        .set("provariadic", f.variadicElement())
        .set(
            "prokind",
            switch (f.kind()) {
              case SCALAR -> 'f';
              case AGGREGATE -> 'a';
              case WINDOW -> 'w';
              case PROCEDURE -> 'p';
            })
        .set("proisstrict", f.strict())
        .set("proretset", f.returnsSet())
        .set(
            "provolatile",
            switch (f.volatility()) {
              case IMMUTABLE -> 'i';
              case STABLE -> 's';
              case VOLATILE -> 'v';
            })
        .set("proparallel", 's')
        .set("pronargs", f.argumentTypes().size())
        .set("pronargdefaults", f.defaults())
        .set("prorettype", f.returnType())
        .set("proargtypes", Texts.spaced(f.argumentTypes()))
        .set("proallargtypes", hasOut ? Texts.numbers(allTypes) : null)
        .set("proargmodes", hasOut ? Texts.array(modes) : null)
        .set("proargnames", f.argumentNames().isEmpty() ? null : Texts.array(f.argumentNames()))
        .set("prosrc", f.name())
        .end();
  }

  private static void operators(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (OperatorDef o : catalog.functions().allOperators()) {
      if (isOurs(o.oid())) {
        out.set("oid", o.oid())
            .set("oprname", o.name())
            .set("oprnamespace", schemaOid(catalog, o.schema()))
            .set("oprowner", 10)
            .set("oprkind", o.left() == 0 ? 'l' : 'b')
            .set("oprleft", o.left())
            .set("oprright", o.right())
            .set("oprresult", o.result())
            .set("oprcom", o.commutator())
            .set("oprnegate", o.negator())
            .set("oprcode", o.function())
            .end();
      }
    }
  }

  /** Returns a made-up oid for a cast that no system table has. */
  static int castOid(CastDef cast) {
    return 1_000_000_000 + cast.source() * 1000 + cast.target();
  }

  private static void casts(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (CastDef c : catalog.functions().allCasts()) {
      if (isOurs(c.source()) || isOurs(c.target())) {
        out.set("oid", castOid(c))
            .set("castsource", c.source())
            .set("casttarget", c.target())
            .set("castfunc", c.function())
            .set(
                "castcontext",
                switch (c.context()) {
                  case IMPLICIT -> 'i';
                  case ASSIGNMENT -> 'a';
                  case EXPLICIT -> 'e';
                })
            .set(
                "castmethod",
                switch (c.method()) {
                  case FUNCTION -> 'f';
                  case BINARY -> 'b';
                  case INOUT -> 'i';
                })
            .end();
      }
    }
  }

  private static void aggregates(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (FunctionDef f : catalog.functions().allFunctions()) {
      if (isOurs(f.oid()) && f.kind() == FunctionKind.AGGREGATE) {
        out.set("aggfnoid", f.oid())
            .set("aggkind", 'n')
            .set("aggfinalmodify", 'r')
            .set("aggmfinalmodify", 'r')
            .end();
      }
    }
  }

  private static void comments(CatalogVersion catalog, boolean isShared, RowSink out) {
    for (Map.Entry<String, String> comment : catalog.comments().entrySet()) {
      String[] key = comment.getKey().split("/");
      int classOid = Integer.parseInt(key[0]);
      if (SHARED.contains(classOid) == isShared) {
        out.set("classoid", classOid)
            .set("objoid", Integer.parseInt(key[1]))
            .set("description", comment.getValue());
        if (!isShared) {
          out.set("objsubid", Integer.parseInt(key[2]));
        }
        out.end();
      }
    }
  }
}
