package io.quarkgres.engine.ddl.type;

import io.quarkgres.engine.ast.ColumnConstraint;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.ObjectStatement.DomainAction;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.SourceExpression;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.ddl.CanonicalSql;
import io.quarkgres.engine.ddl.ColumnCollations;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.NameChooser;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** CREATE DOMAIN, ALTER DOMAIN and the constraints of domains. Used by the session's thread. */
public final class DomainDdl {
  private final DdlContext context;
  private final TypeDdl types;
  private final DomainUsers users;

  public DomainDdl(DdlContext context, TypeDdl types) {
    this.context = context;
    this.types = types;
    this.users = new DomainUsers(context);
  }

  public String create(ObjectStatement.CreateDomain s) {
    try {
      return created(s);
    } catch (SqlException e) {
      throw unplaced(e);
    }
  }

  /** As in PostgreSQL, errors of these statements point nowhere. */
  private static SqlException unplaced(SqlException e) {
    return e.withPosition(SqlException.NO_POSITION);
  }

  private String created(ObjectStatement.CreateDomain s) {
    SchemaEntry schema = types.schemaFor(s.name());
    ResolvedType parent = context.resolveType(s.type());
    if (parent.type().info().kind() == 'p') {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "\"" + s.type().name() + "\" is not a valid base type for a domain");
    }
    int collation = ColumnCollations.of(s.collation(), parent.type());
    Draft draft = new Draft(s.name().name(), schema.name(), parent);
    s.constraints().forEach(draft::add);
    if (!draft.hasDefault) {
      draft.defaultSql = context.catalog().defaultOf(parent.type());
    }
    types.put(
        new TypeEntry.Domain(
            context.newRowType(),
            schema.oid(),
            schema.name(),
            s.name().name(),
            context.currentUser(),
            parent.type().oid(),
            parent.typmod(),
            collation,
            draft.isNotNull,
            draft.defaultSql,
            draft.checks));
    return "CREATE DOMAIN";
  }

  /** A domain in the making. */
  private final class Draft {
    private final String name;
    private final String schema;
    private final ColumnEntry value;
    private final List<TypeEntry.Check> checks = new ArrayList<>();
    private boolean isNotNull;
    private boolean isNullSaid;
    private boolean hasDefault;
    private String defaultSql;

    Draft(String name, String schema, ResolvedType parent) {
      this.name = name;
      this.schema = schema;
      this.value = ColumnEntry.plain("value", 1, parent.type(), parent.typmod(), 0);
    }

    private void add(ColumnConstraint constraint) {
      switch (constraint) {
        case ColumnConstraint.NotNull c -> setNull(true);
        case ColumnConstraint.Null c -> setNull(false);
        case ColumnConstraint.Default c -> setDefault(c);
        case ColumnConstraint.Check c ->
            checks.add(make(name, schema, value, checks, unnamed(c), true));
        case ColumnConstraint.Key c -> throw impossible(c.isPrimary() ? "primary key" : "unique");
        case ColumnConstraint.References c -> throw impossible("foreign key");
        case ColumnConstraint.Generated c -> throw DdlErrors.notBuilt("a generated domain");
        case ColumnConstraint.Identity c -> throw DdlErrors.notBuilt("a domain with identity");
      }
    }

    private static TableConstraint.Check unnamed(ColumnConstraint.Check c) {
      return new TableConstraint.Check(
          c.name(), c.condition(), c.isNoInherit(), false, c.position());
    }

    private void setNull(boolean isRefused) {
      if (isNullSaid && isNotNull != isRefused) {
        throw new SqlException(SqlState.SYNTAX_ERROR, "conflicting NULL/NOT NULL constraints");
      }
      isNullSaid = true;
      isNotNull = isRefused;
    }

    private void setDefault(ColumnConstraint.Default c) {
      if (hasDefault) {
        throw new SqlException(SqlState.SYNTAX_ERROR, "multiple default expressions");
      }
      hasDefault = true;
      defaultSql = defaultSql(name, value, c.value());
    }
  }

  private static SqlException impossible(String kind) {
    return new SqlException(SqlState.SYNTAX_ERROR, kind + " constraints not possible for domains");
  }

  /** Returns the text of a default, {@code null} for DEFAULT NULL, which is none. */
  private String defaultSql(String domain, ColumnEntry value, SourceExpression written) {
    ColumnEntry column = value.named(domain);
    context.bindDefault(written.expression(), column);
    return CanonicalSql.assigned(context, written.text(), column);
  }

  private TypeEntry.Check make(
      String domain,
      String schema,
      ColumnEntry value,
      List<TypeEntry.Check> others,
      TableConstraint.Check c,
      boolean isNew) {
    if (c.isNoInherit()) {
      throw new SqlException(
          SqlState.INVALID_OBJECT_DEFINITION,
          "check constraints for domains cannot be marked NO INHERIT");
    }
    BoundExpr bound =
        context.bindOver(c.condition().expression(), "", List.of(value), DomainUsers.VALUE);
    if (bound.type().base().oid() != Oids.BOOL) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH,
          "argument of CHECK must be type boolean, not type " + context.shown(bound.type()),
          c.condition().expression().position());
    }
    List<String> taken = others.stream().map(TypeEntry.Check::name).toList();
    String name =
        c.name() != null
            ? c.name()
            : new NameChooser(context.catalog(), schema, taken)
                .constraint(List.of(), domain, null, "check");
    if (taken.contains(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_OBJECT,
          "constraint \"" + name + "\" for domain \"" + domain + "\" already exists");
    }
    String sql = CanonicalSql.overValue(context, c.condition().text(), value);
    return new TypeEntry.Check(context.newOid(), name, sql, isNew || !c.isNotValid());
  }

  public String alter(ObjectStatement.AlterDomain s) {
    try {
      alter(owned(s.name()), s.action());
    } catch (SqlException e) {
      throw unplaced(e);
    }
    return "ALTER DOMAIN";
  }

  private void alter(TypeEntry.Domain domain, DomainAction action) {
    switch (action) {
      case DomainAction.Default a -> alterDefault(domain, a);
      case DomainAction.NotNull a -> alterNotNull(domain, a);
      case DomainAction.AddConstraint a -> addConstraint(domain, a.constraint());
      case DomainAction.DropConstraint a -> dropConstraint(domain, a);
      case DomainAction.ValidateConstraint a -> validate(domain, a);
    }
  }

  /** Returns a domain that the current role may change. */
  public TypeEntry.Domain owned(QualifiedName name) {
    types.requireDomain(name);
    return (TypeEntry.Domain) types.owned(name);
  }

  private DomainType type(TypeEntry.Domain domain) {
    return (DomainType) context.catalog().types().byOid(domain.oid());
  }

  private ColumnEntry value(TypeEntry.Domain domain) {
    return TypeEntry.Domain.value(type(domain));
  }

  private void alterDefault(TypeEntry.Domain domain, DomainAction.Default a) {
    String sql = a.value() == null ? null : defaultSql(domain.name(), value(domain), a.value());
    types.put(domain.with(domain.isNotNull(), sql));
  }

  private void alterNotNull(TypeEntry.Domain domain, DomainAction.NotNull a) {
    if (a.isSet() != domain.isNotNull()) {
      if (a.isSet()) {
        users.requireNoNulls(domain);
      }
      types.put(domain.with(a.isSet(), domain.defaultSql()));
    }
  }

  private void addConstraint(TypeEntry.Domain domain, TableConstraint constraint) {
    switch (constraint) {
      case TableConstraint.Check c -> {
        TypeEntry.Check check =
            make(domain.name(), domain.schema(), value(domain), domain.checks(), c, false);
        if (check.isValidated()) {
          users.validate(domain, check);
        }
        List<TypeEntry.Check> all = new ArrayList<>(domain.checks());
        all.add(check);
        types.put(domain.withChecks(all));
      }
      case TableConstraint.Key c -> throw impossible(c.isPrimary() ? "primary key" : "unique");
      case TableConstraint.KeyUsingIndex c ->
          throw impossible(c.isPrimary() ? "primary key" : "unique");
      case TableConstraint.ForeignKey c -> throw impossible("foreign key");
      case TableConstraint.Exclusion c -> throw impossible("exclusion");
    }
  }

  private static SqlException undefined(TypeEntry.Domain domain, String constraint) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT,
        "constraint \"" + constraint + "\" of domain \"" + domain.name() + "\" does not exist");
  }

  private void dropConstraint(TypeEntry.Domain domain, DomainAction.DropConstraint a) {
    TypeEntry.Check check = domain.check(a.name());
    if (check == null) {
      if (!a.isIfExists()) {
        throw undefined(domain, a.name());
      }
      context.notice("NOTICE", "00000", undefined(domain, a.name()).getMessage() + ", skipping");
      return;
    }
    List<TypeEntry.Check> rest = new ArrayList<>(domain.checks());
    rest.remove(check);
    types.put(domain.withChecks(rest));
  }

  private void validate(TypeEntry.Domain domain, DomainAction.ValidateConstraint a) {
    TypeEntry.Check check = domain.check(a.name());
    if (check == null) {
      throw undefined(domain, a.name());
    }
    if (!check.isValidated()) {
      users.validate(domain, check);
      swap(domain, check, check.with(check.name(), check.conditionSql(), true));
    }
  }

  private void swap(TypeEntry.Domain domain, TypeEntry.Check old, TypeEntry.Check replaced) {
    List<TypeEntry.Check> all = new ArrayList<>(domain.checks());
    all.set(all.indexOf(old), replaced);
    types.put(domain.withChecks(all));
  }

  /** ALTER DOMAIN RENAME CONSTRAINT. */
  public String renameConstraint(QualifiedName name, String constraint, String newName) {
    TypeEntry.Domain domain = owned(name);
    TypeEntry.Check check = requireConstraint(domain, constraint);
    if (domain.check(newName) != null) {
      throw new SqlException(
          SqlState.DUPLICATE_OBJECT,
          "constraint \"" + newName + "\" for domain " + shown(domain) + " already exists");
    }
    swap(domain, check, check.with(newName, check.conditionSql(), check.isValidated()));
    return "ALTER DOMAIN";
  }

  /** Returns a constraint by name; raises 42704. */
  public TypeEntry.Check requireConstraint(TypeEntry.Domain domain, String name) {
    TypeEntry.Check check = domain.check(name);
    if (check == null) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT,
          "constraint \"" + name + "\" for domain " + shown(domain) + " does not exist");
    }
    return check;
  }

  private String shown(TypeEntry.Domain domain) {
    SqlType type = type(domain);
    return context.shown(type);
  }
}
