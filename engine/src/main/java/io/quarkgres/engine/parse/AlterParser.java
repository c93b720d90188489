package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.SequenceOption;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.List;

/** Reads ALTER: renaming, schema and owner itself, the rest by others. Thread: one. */
final class AlterParser {
  private final Grammar grammar;
  private final Tokens tokens;

  AlterParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads ALTER. */
  Statement alter() {
    int position = tokens.expect(Keyword.ALTER);
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    return switch (keyword) {
      case TABLE -> relation(ObjectKind.TABLE, position);
      case INDEX -> relation(ObjectKind.INDEX, position);
      case VIEW -> relation(ObjectKind.VIEW, position);
      case SEQUENCE -> relation(ObjectKind.SEQUENCE, position);
      case MATERIALIZED -> {
        tokens.advance();
        if (!tokens.at(Keyword.VIEW)) {
          throw tokens.syntaxError();
        }
        yield relation(ObjectKind.MATERIALIZED_VIEW, position);
      }
      case ROLE, USER, GROUP -> grammar.roles.alterRole(position);
      case DEFAULT -> grammar.grants.alterDefaultPrivileges(position);
      case SYSTEM -> grammar.settings.alterSystem(position);
      case SCHEMA -> object(ObjectKind.SCHEMA, position);
      case DATABASE -> object(ObjectKind.DATABASE, position);
      case EXTENSION -> object(ObjectKind.EXTENSION, position);
      case TYPE -> object(ObjectKind.TYPE, position);
      case DOMAIN -> object(ObjectKind.DOMAIN, position);
      case FUNCTION -> object(ObjectKind.FUNCTION, position);
      case PROCEDURE -> object(ObjectKind.PROCEDURE, position);
      case ROUTINE -> object(ObjectKind.ROUTINE, position);
      case AGGREGATE -> object(ObjectKind.AGGREGATE, position);
      case COLLATION -> object(ObjectKind.COLLATION, position);
      case LANGUAGE -> object(ObjectKind.LANGUAGE, position);
      case TABLESPACE -> object(ObjectKind.TABLESPACE, position);
      case TRIGGER -> object(ObjectKind.TRIGGER, position);
      case RULE -> object(ObjectKind.RULE, position);
      case POLICY -> object(ObjectKind.POLICY, position);
      case CONVERSION,
          EVENT,
          FOREIGN,
          LARGE,
          OPERATOR,
          PROCEDURAL,
          PUBLICATION,
          SERVER,
          STATISTICS,
          SUBSCRIPTION,
          TEXT ->
          throw ParseErrors.unsupported("ALTER " + keyword.name(), position);
      default -> throw tokens.syntaxError();
    };
  }

  private Statement relation(ObjectKind kind, int position) {
    tokens.advance();
    if (tokens.at(Keyword.ALL)) {
      throw ParseErrors.unsupported("ALTER " + kind.name() + " ALL IN TABLESPACE", position);
    }
    boolean isIfExists = grammar.alterTables.ifExists();
    FromItem.Table table = target(kind);
    QualifiedName name = table.name();
    if (tokens.at(Keyword.RENAME)) {
      return renameInRelation(kind, table, isIfExists, position);
    }
    if (tokens.accept(Keyword.SET, Keyword.SCHEMA)) {
      String schema = grammar.names.columnName();
      return new ObjectStatement.SetSchema(
          kind, new ObjectName.Plain(name), isIfExists, schema, position);
    }
    refuseDependency();
    if (kind == ObjectKind.SEQUENCE) {
      List<SequenceOption> options = grammar.sequences.options();
      if (!options.isEmpty()) {
        return new RelationStatement.AlterSequence(name, isIfExists, options, position);
      }
    }
    List<AlterTableAction> actions = grammar.alterTables.actions(kind);
    return new TableStatement.AlterTable(kind, name, table.isOnly(), isIfExists, actions, position);
  }

  private FromItem.Table target(ObjectKind kind) {
    if (kind == ObjectKind.TABLE) {
      return grammar.froms.relation();
    }
    QualifiedName name = grammar.names.relation();
    return new FromItem.Table(name, false, null, null, name.position());
  }

  private Statement renameInRelation(
      ObjectKind kind, FromItem.Table table, boolean isIfExists, int position) {
    tokens.expect(Keyword.RENAME);
    if (tokens.accept(Keyword.TO)) {
      ObjectName object = new ObjectName.Plain(table.name());
      return rename(kind, kind, object, table.isOnly(), isIfExists, position);
    }
    if (kind == ObjectKind.INDEX || kind == ObjectKind.SEQUENCE) {
      throw tokens.syntaxError();
    }
    int namePosition = tokens.position();
    if (kind == ObjectKind.TABLE && tokens.accept(Keyword.CONSTRAINT)) {
      String constraint = grammar.names.columnName();
      tokens.expect(Keyword.TO);
      ObjectName object = new ObjectName.Within(constraint, table.name(), namePosition);
      return rename(ObjectKind.CONSTRAINT, kind, object, table.isOnly(), isIfExists, position);
    }
    tokens.accept(Keyword.COLUMN);
    String column = grammar.names.columnName();
    tokens.expect(Keyword.TO);
    ObjectName object = new ObjectName.Column(table.name(), column, namePosition);
    return rename(ObjectKind.COLUMN, kind, object, table.isOnly(), isIfExists, position);
  }

  /** Reads the new name, behind TO. */
  private Statement rename(
      ObjectKind kind,
      ObjectKind relationKind,
      ObjectName object,
      boolean isOnly,
      boolean isIfExists,
      int position) {
    String newName = grammar.names.columnName();
    boolean mayCascade = kind == ObjectKind.COLUMN && relationKind == ObjectKind.TYPE;
    boolean isCascade = mayCascade && grammar.alterTables.cascade();
    return new ObjectStatement.Rename(
        kind, relationKind, object, isOnly, isIfExists, newName, isCascade, position);
  }

  /** Makes the statement that renames a role. */
  Statement renameRole(RoleName role, String newName, int position) {
    if (role.kind() != RoleName.Kind.NAMED) {
      throw ParseErrors.notYet("session user cannot be renamed", role.position());
    }
    ObjectName object = new ObjectName.Plain(QualifiedName.of(role.name(), role.position()));
    return new ObjectStatement.Rename(
        ObjectKind.ROLE, ObjectKind.ROLE, object, false, false, newName, false, position);
  }

  private Statement object(ObjectKind kind, int position) {
    tokens.advance();
    boolean isIfExists = kind == ObjectKind.POLICY && grammar.alterTables.ifExists();
    ObjectName object = existing(kind);
    if (tokens.at(Keyword.RENAME) && tokens.peekKeyword(1) != Keyword.VALUE) {
      return renameObject(kind, object, isIfExists, position);
    }
    boolean isOption = kind == ObjectKind.DATABASE && tokens.peekKeyword(1) != Keyword.TO;
    if (!isOption && tokens.accept(Keyword.OWNER)) {
      tokens.expect(Keyword.TO);
      return new ObjectStatement.ChangeOwner(kind, object, grammar.names.role(), position);
    }
    if (tokens.accept(Keyword.SET, Keyword.SCHEMA)) {
      return new ObjectStatement.SetSchema(
          kind, object, false, grammar.names.columnName(), position);
    }
    boolean hasNoOtherSet =
        kind == ObjectKind.EXTENSION
            || kind == ObjectKind.COLLATION
            || kind == ObjectKind.AGGREGATE;
    if (hasNoOtherSet && tokens.accept(Keyword.SET)) {
      throw tokens.syntaxError();
    }
    refuseDependency();
    return particular(kind, object, position);
  }

  private void refuseDependency() {
    boolean isNo = tokens.at(Keyword.NO) && tokens.peekKeyword(1) == Keyword.DEPENDS;
    if (isNo || tokens.at(Keyword.DEPENDS)) {
      throw ParseErrors.unsupported("DEPENDS ON EXTENSION", tokens.position());
    }
  }

  /** ALTER names types like tables, not like types. */
  private ObjectName existing(ObjectKind kind) {
    return kind == ObjectKind.TYPE || kind == ObjectKind.DOMAIN
        ? new ObjectName.Plain(grammar.names.any())
        : grammar.objects.name(kind);
  }

  private Statement renameObject(
      ObjectKind kind, ObjectName object, boolean isIfExists, int position) {
    tokens.expect(Keyword.RENAME);
    int namePosition = tokens.position();
    if (kind == ObjectKind.TYPE && tokens.accept(Keyword.ATTRIBUTE)) {
      String attribute = grammar.names.columnName();
      tokens.expect(Keyword.TO);
      ObjectName column = new ObjectName.Column(plain(object), attribute, namePosition);
      return rename(ObjectKind.COLUMN, kind, column, false, isIfExists, position);
    }
    if (kind == ObjectKind.DOMAIN && tokens.accept(Keyword.CONSTRAINT)) {
      String constraint = grammar.names.columnName();
      tokens.expect(Keyword.TO);
      ObjectName within = new ObjectName.Within(constraint, plain(object), namePosition);
      return rename(ObjectKind.DOMAIN_CONSTRAINT, kind, within, false, isIfExists, position);
    }
    tokens.expect(Keyword.TO);
    return rename(kind, kind, object, false, isIfExists, position);
  }

  private static QualifiedName plain(ObjectName object) {
    return ((ObjectName.Plain) object).name();
  }

  private Statement particular(ObjectKind kind, ObjectName object, int position) {
    return switch (kind) {
      case DATABASE -> grammar.schemas.alterDatabase(plain(object).name(), position);
      case EXTENSION -> grammar.schemas.alterExtension(plain(object).name(), position);
      case TYPE -> grammar.userTypes.alterType(plain(object), position);
      case DOMAIN -> grammar.userTypes.alterDomain(plain(object), position);
      case FUNCTION, PROCEDURE, ROUTINE ->
          grammar.routines.alterRoutine(kind, (ObjectName.Routine) object, position);
      case POLICY -> throw ParseErrors.unsupported("ALTER POLICY", position);
      case TABLESPACE -> throw ParseErrors.unsupported("ALTER TABLESPACE", position);
      case TABLE,
          FOREIGN_TABLE,
          VIEW,
          MATERIALIZED_VIEW,
          INDEX,
          SEQUENCE,
          COLUMN,
          CONSTRAINT,
          DOMAIN_CONSTRAINT,
          TRIGGER,
          RULE,
          SCHEMA,
          COLLATION,
          AGGREGATE,
          ROLE,
          LANGUAGE ->
          throw tokens.syntaxError();
    };
  }
}
