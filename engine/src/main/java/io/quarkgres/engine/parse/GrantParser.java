package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.ObjectKind;
import io.quarkgres.engine.ast.ObjectName;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoleStatement.GrantPrivileges;
import io.quarkgres.engine.ast.RoleStatement.Privilege;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads GRANT, REVOKE and ALTER DEFAULT PRIVILEGES. Thread: one. */
final class GrantParser {
  private final Grammar grammar;
  private final Tokens tokens;

  GrantParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads GRANT. */
  Statement grant() {
    int position = tokens.expect(Keyword.GRANT);
    List<Privilege> privileges = privileges();
    if (!tokens.accept(Keyword.ON)) {
      tokens.expect(Keyword.TO);
      return roles(true, false, privileges, position);
    }
    Objects objects = objects();
    tokens.expect(Keyword.TO);
    return privileges(true, false, privileges, objects, position);
  }

  /** Reads REVOKE. */
  Statement revoke() {
    int position = tokens.expect(Keyword.REVOKE);
    boolean isAdminOption = tokens.accept(Keyword.ADMIN, Keyword.OPTION);
    boolean isGrantOption = !isAdminOption && grantOption();
    if (isAdminOption) {
      tokens.expect(Keyword.FOR);
    }
    List<Privilege> privileges = privileges();
    if (isAdminOption || (!isGrantOption && !tokens.at(Keyword.ON))) {
      tokens.expect(Keyword.FROM);
      return roles(false, isAdminOption, privileges, position);
    }
    tokens.expect(Keyword.ON);
    Objects objects = objects();
    tokens.expect(Keyword.FROM);
    return privileges(false, isGrantOption, privileges, objects, position);
  }

  private boolean grantOption() {
    if (!tokens.accept(Keyword.GRANT)) {
      return false;
    }
    tokens.expect(Keyword.OPTION, Keyword.FOR);
    return true;
  }

  /** Reads privileges; ALL without columns gives none. */
  private List<Privilege> privileges() {
    int position = tokens.position();
    if (tokens.accept(Keyword.ALL)) {
      tokens.accept(Keyword.PRIVILEGES);
      if (!tokens.at(TokenKind.LEFT_PAREN)) {
        return List.of();
      }
      List<String> columns = grammar.names.parenthesizedColumns();
      return List.of(new Privilege(null, columns, position));
    }
    return grammar.names.list(this::privilege);
  }

  private Privilege privilege() {
    int position = tokens.position();
    if (tokens.at(Keyword.ALTER)) {
      throw ParseErrors.unsupported("GRANT ALTER SYSTEM", position);
    }
    boolean isReserved =
        tokens.at(Keyword.SELECT) || tokens.at(Keyword.REFERENCES) || tokens.at(Keyword.CREATE);
    String name = isReserved ? grammar.names.label() : grammar.names.columnName();
    return new Privilege(name, grammar.names.optionalColumns(), position);
  }

  /** What privileges are granted on. */
  private record Objects(ObjectKind kind, boolean isAllInSchema, List<ObjectName> names) {}

  private Objects objects() {
    Keyword keyword = tokens.keyword();
    if (keyword == Keyword.ALL) {
      return allInSchema();
    }
    if (keyword == null || isTableName()) {
      return relations(ObjectKind.TABLE);
    }
    return switch (keyword) {
      case TABLE -> relationsAfterWord(ObjectKind.TABLE);
      case SEQUENCE -> relationsAfterWord(ObjectKind.SEQUENCE);
      case FUNCTION -> routines(ObjectKind.FUNCTION);
      case PROCEDURE -> routines(ObjectKind.PROCEDURE);
      case ROUTINE -> routines(ObjectKind.ROUTINE);
      case DATABASE -> simple(ObjectKind.DATABASE);
      case SCHEMA -> simple(ObjectKind.SCHEMA);
      case LANGUAGE -> simple(ObjectKind.LANGUAGE);
      case TABLESPACE -> simple(ObjectKind.TABLESPACE);
      case DOMAIN -> relationsAfterWord(ObjectKind.DOMAIN);
      case TYPE -> relationsAfterWord(ObjectKind.TYPE);
      case FOREIGN, LARGE, PARAMETER ->
          throw ParseErrors.unsupported("GRANT ON " + keyword.name(), tokens.position());
      default -> relations(ObjectKind.TABLE);
    };
  }

  /** A word for a kind of object may be the name of a table itself. */
  private boolean isTableName() {
    TokenKind next = tokens.peekKind(1);
    Keyword word = tokens.peekKeyword(1);
    return next == TokenKind.DOT
        || next == TokenKind.COMMA
        || word == Keyword.TO
        || word == Keyword.FROM;
  }

  private Objects relationsAfterWord(ObjectKind kind) {
    tokens.advance();
    return relations(kind);
  }

  private Objects relations(ObjectKind kind) {
    List<ObjectName> names =
        grammar.names.list(() -> new ObjectName.Plain(grammar.names.relation()));
    return new Objects(kind, false, names);
  }

  private Objects simple(ObjectKind kind) {
    tokens.advance();
    return new Objects(kind, false, simpleNames());
  }

  private List<ObjectName> simpleNames() {
    return grammar.names.list(this::simpleName);
  }

  private ObjectName simpleName() {
    int position = tokens.position();
    return new ObjectName.Plain(QualifiedName.of(grammar.names.columnName(), position));
  }

  private Objects routines(ObjectKind kind) {
    tokens.advance();
    List<ObjectName> names = grammar.names.list(() -> grammar.routines.routine());
    return new Objects(kind, false, names);
  }

  private Objects allInSchema() {
    tokens.expect(Keyword.ALL);
    ObjectKind kind = pluralKind();
    tokens.expect(Keyword.IN, Keyword.SCHEMA);
    return new Objects(kind, true, simpleNames());
  }

  private ObjectKind pluralKind() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.syntaxError();
    }
    ObjectKind kind =
        switch (keyword) {
          case TABLES -> ObjectKind.TABLE;
          case SEQUENCES -> ObjectKind.SEQUENCE;
          case FUNCTIONS -> ObjectKind.FUNCTION;
          case PROCEDURES -> ObjectKind.PROCEDURE;
          case ROUTINES -> ObjectKind.ROUTINE;
          case TYPES -> ObjectKind.TYPE;
          case SCHEMAS -> ObjectKind.SCHEMA;
          default -> throw tokens.syntaxError();
        };
    tokens.advance();
    return kind;
  }

  private Statement privileges(
      boolean isGrant,
      boolean isOptionOnly,
      List<Privilege> privileges,
      Objects objects,
      int position) {
    List<RoleName> grantees = grantees();
    boolean isWithGrantOption = isGrant && withOption(Keyword.GRANT);
    RoleName grantor = grantor();
    boolean isCascade = !isGrant && grammar.alterTables.cascade();
    return new GrantPrivileges(
        isGrant,
        privileges,
        objects.kind(),
        objects.isAllInSchema(),
        objects.names(),
        grantees,
        isWithGrantOption,
        isOptionOnly,
        grantor,
        isCascade,
        position);
  }

  private boolean withOption(Keyword kind) {
    if (!tokens.accept(Keyword.WITH)) {
      return false;
    }
    tokens.expect(kind, Keyword.OPTION);
    return true;
  }

  private List<RoleName> grantees() {
    return grammar.names.list(this::grantee);
  }

  private RoleName grantee() {
    tokens.accept(Keyword.GROUP);
    return grammar.names.role();
  }

  private RoleName grantor() {
    if (!tokens.accept(Keyword.GRANTED)) {
      return null;
    }
    tokens.expect(Keyword.BY);
    return grammar.names.role();
  }

  private Statement roles(
      boolean isGrant, boolean isOptionOnly, List<Privilege> names, int position) {
    List<String> roles = new ArrayList<>(names.size());
    for (Privilege name : names) {
      if (!name.columns().isEmpty()) {
        throw ParseErrors.grammar("column names cannot be included in GRANT/REVOKE ROLE", -1);
      }
      roles.add(name.name());
    }
    List<RoleName> grantees = grammar.names.roles();
    boolean isWithAdminOption = isGrant && withOption(Keyword.ADMIN);
    RoleName grantor = grantor();
    boolean isCascade = !isGrant && grammar.alterTables.cascade();
    return new RoleStatement.GrantRole(
        isGrant,
        List.copyOf(roles),
        grantees,
        isWithAdminOption,
        isOptionOnly,
        grantor,
        isCascade,
        position);
  }

  /** Reads ALTER DEFAULT PRIVILEGES from the word DEFAULT on. */
  Statement alterDefaultPrivileges(int position) {
    tokens.expect(Keyword.DEFAULT, Keyword.PRIVILEGES);
    List<RoleName> forRoles = List.of();
    List<String> inSchemas = List.of();
    while (true) {
      if (tokens.accept(Keyword.FOR)) {
        if (!tokens.accept(Keyword.ROLE)) {
          tokens.expect(Keyword.USER);
        }
        forRoles = grammar.names.roles();
      } else if (tokens.accept(Keyword.IN)) {
        tokens.expect(Keyword.SCHEMA);
        inSchemas = grammar.names.columnNames();
      } else {
        break;
      }
    }
    GrantPrivileges grant = defaultGrant();
    return new RoleStatement.AlterDefaultPrivileges(forRoles, inSchemas, grant, position);
  }

  private GrantPrivileges defaultGrant() {
    int position = tokens.position();
    boolean isGrant = tokens.accept(Keyword.GRANT);
    boolean isOptionOnly = false;
    if (!isGrant) {
      tokens.expect(Keyword.REVOKE);
      isOptionOnly = grantOption();
    }
    List<Privilege> privileges = privileges();
    tokens.expect(Keyword.ON);
    ObjectKind kind = pluralKind();
    tokens.expect(isGrant ? Keyword.TO : Keyword.FROM);
    List<RoleName> grantees = grantees();
    boolean isWithGrantOption = isGrant && withOption(Keyword.GRANT);
    boolean isCascade = !isGrant && grammar.alterTables.cascade();
    return new GrantPrivileges(
        isGrant,
        privileges,
        kind,
        false,
        List.of(),
        grantees,
        isWithGrantOption,
        isOptionOnly,
        null,
        isCascade,
        position);
  }
}
