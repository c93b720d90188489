package io.quarkgres.engine.ddl.execute;

import io.quarkgres.engine.ast.DatabaseStatement;
import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.IndexStatement;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoutineStatement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.DropItem;
import io.quarkgres.engine.ddl.drop.DropDdl;
import io.quarkgres.engine.ddl.index.IndexBuild;
import io.quarkgres.engine.ddl.index.IndexDdl;
import io.quarkgres.engine.ddl.object.ExtensionDdl;
import io.quarkgres.engine.ddl.object.SchemaDdl;
import io.quarkgres.engine.ddl.right.GrantDdl;
import io.quarkgres.engine.ddl.right.OwnedDdl;
import io.quarkgres.engine.ddl.right.OwnerDdl;
import io.quarkgres.engine.ddl.role.RoleDdl;
import io.quarkgres.engine.ddl.role.RoleSettings;
import io.quarkgres.engine.ddl.table.AlterTableDdl;
import io.quarkgres.engine.ddl.table.ColumnDefaults;
import io.quarkgres.engine.ddl.table.ConstraintDdl;
import io.quarkgres.engine.ddl.table.CreateTableAsDdl;
import io.quarkgres.engine.ddl.table.CreateTableDdl;
import io.quarkgres.engine.ddl.table.NotNulls;
import io.quarkgres.engine.ddl.table.OwnedSequences;
import io.quarkgres.engine.ddl.table.SequenceDdl;
import io.quarkgres.engine.ddl.table.TruncateDdl;
import io.quarkgres.engine.ddl.table.ViewDdl;
import io.quarkgres.engine.ddl.type.DomainDdl;
import io.quarkgres.engine.ddl.type.EnumDdl;
import io.quarkgres.engine.ddl.type.TypeDdl;
import java.util.List;
import java.util.Locale;

/** Runs DDL statements: one arm a statement. Used by the session's thread. */
public final class DdlExecutor {
  private final CreateTableDdl tables;
  private final CreateTableAsDdl tablesAs;
  private final AlterTableDdl alter;
  private final TruncateDdl truncate;
  private final IndexDdl indexes;
  private final SequenceDdl sequences;
  private final ViewDdl views;
  private final SchemaDdl schemas;
  private final ExtensionDdl extensions;
  private final DropDdl drops;
  private final RenameDdl renames;
  private final CommentDdl comments;
  private final RoleDdl roles;
  private final RoleSettings settings;
  private final GrantDdl grants;
  private final OwnerDdl owners;
  private final OwnedDdl owned;
  private final EnumDdl enums;
  private final DomainDdl domains;

  /** Makes an executor for a session. */
  public DdlExecutor(DdlContext context) {
    sequences = new SequenceDdl(context);
    IndexBuild builder = new IndexBuild(context);
    indexes = new IndexDdl(context, builder);
    extensions = new ExtensionDdl(context);
    TypeDdl types = new TypeDdl(context);
    drops = new DropDdl(context, extensions, types);
    owners = new OwnerDdl(context, types);
    owned = new OwnedDdl(context, drops, owners);
    OwnedSequences counters = new OwnedSequences(context, sequences);
    ColumnDefaults defaults = new ColumnDefaults(context);
    NotNulls notNulls = new NotNulls(context);
    ConstraintDdl constraints = new ConstraintDdl(context, builder, notNulls, drops);
    tables = new CreateTableDdl(context, counters, constraints, indexes, defaults);
    tablesAs = new CreateTableAsDdl(context);
    truncate = new TruncateDdl(context, builder);
    alter =
        new AlterTableDdl(
            context, counters, builder, constraints, defaults, notNulls, drops, owners);
    views = new ViewDdl(context);
    schemas = new SchemaDdl(context, statement -> execute(statement, ""));
    enums = new EnumDdl(context, types);
    domains = new DomainDdl(context, types);
    roles = new RoleDdl(context);
    settings = new RoleSettings(context);
    grants = new GrantDdl(context);
    renames = new RenameDdl(context, roles, types, domains);
    comments = new CommentDdl(context, types, domains);
  }

  /** Runs a statement; returns its command tag. Raises 0A000 for what is not built. */
  public String execute(DdlStatement statement, String sql) {
    return switch (statement) {
      case TableStatement s -> table(s);
      case IndexStatement s -> index(s);
      case RelationStatement s -> relation(s);
      case ObjectStatement s -> object(s);
      case RoutineStatement s -> throw DdlErrors.notBuilt(leadingWords(sql));
      case RoleStatement s -> role(s);
      case DatabaseStatement s -> throw new IllegalStateException("the session runs it");
    };
  }

  private String table(TableStatement statement) {
    return switch (statement) {
      case TableStatement.CreateTable s -> tables.create(s);
      case TableStatement.CreateTableAs s -> tablesAs.create(s);
      case TableStatement.AlterTable s -> alter.alter(s);
      case TableStatement.Truncate s -> truncate.truncate(s);
    };
  }

  private String role(RoleStatement statement) {
    return switch (statement) {
      case RoleStatement.CreateRole s -> roles.create(s);
      case RoleStatement.AlterRole s -> roles.alter(s);
      case RoleStatement.DropRole s -> roles.drop(s);
      case RoleStatement.AlterGroup s -> roles.alterGroup(s);
      case RoleStatement.GrantRole s -> roles.grant(s);
      case RoleStatement.GrantPrivileges s -> grants.execute(s);
      case RoleStatement.AlterRoleSet s -> settings.ofRole(s);
      case RoleStatement.DropOwned s -> owned.drop(s);
      case RoleStatement.ReassignOwned s -> owned.reassign(s);
      case RoleStatement.AlterDefaultPrivileges s ->
          throw DdlErrors.notBuilt("ALTER DEFAULT PRIVILEGES");
    };
  }

  private String index(IndexStatement statement) {
    return switch (statement) {
      case IndexStatement.CreateIndex s -> indexes.create(s);
      case IndexStatement.Reindex s -> indexes.reindex(s);
    };
  }

  private String relation(RelationStatement statement) {
    return switch (statement) {
      case RelationStatement.CreateView s -> views.create(s);
      case RelationStatement.CreateSequence s -> sequences.create(s);
      case RelationStatement.AlterSequence s -> sequences.alter(s);
      case RelationStatement.RefreshMaterializedView s ->
          throw DdlErrors.notBuilt("REFRESH MATERIALIZED VIEW");
    };
  }

  private String object(ObjectStatement statement) {
    return switch (statement) {
      case ObjectStatement.Drop s -> drops.drop(s);
      case ObjectStatement.Rename s -> renames.rename(s);
      case ObjectStatement.SetSchema s -> renames.setSchema(s);
      case ObjectStatement.ChangeOwner s -> owners.change(s);
      case ObjectStatement.Comment s -> comments.comment(s);
      case ObjectStatement.CreateSchema s -> schemas.create(s);
      case ObjectStatement.CreateExtension s -> extensions.create(s);
      case ObjectStatement.AlterExtension s -> throw DdlErrors.notBuilt("ALTER EXTENSION");
      case ObjectStatement.AlterDatabase s -> throw DdlErrors.notBuilt("ALTER DATABASE");
      case ObjectStatement.AlterDatabaseSet s -> settings.ofDatabase(s);
      case ObjectStatement.CreateEnum s -> enums.create(s);
      case ObjectStatement.AddEnumValue s -> enums.addValue(s);
      case ObjectStatement.RenameEnumValue s -> enums.renameValue(s);
      case ObjectStatement.CreateComposite s -> throw DdlErrors.notBuilt("CREATE TYPE");
      case ObjectStatement.CreateRange s -> throw DdlErrors.notBuilt("CREATE TYPE AS RANGE");
      case ObjectStatement.AlterComposite s -> throw DdlErrors.notBuilt("ALTER TYPE");
      case ObjectStatement.CreateDomain s -> domains.create(s);
      case ObjectStatement.AlterDomain s -> domains.alter(s);
    };
  }

  private static String leadingWords(String sql) {
    String[] words = sql.strip().split("\\s+", 3);
    return (words[0] + (words.length > 1 ? " " + words[1] : "")).toUpperCase(Locale.ROOT);
  }

  /** Runs SELECT INTO; returns its tag. */
  public String selectInto(Query query, String sql) {
    return tablesAs.selectInto(query);
  }

  /** Drops relations and what depends on them. */
  public void dropAll(List<RelationEntry> relations) {
    drops.dropWithDependents(relations.stream().map(DropItem.Relation::new).toList(), true);
  }

  /** Empties tables. */
  public void truncateAll(List<TableEntry> list) {
    list.forEach(truncate::empty);
  }

  /** Drops all relations in a schema. */
  public void dropAllIn(String schema) {
    drops.dropAllIn(schema);
  }
}
