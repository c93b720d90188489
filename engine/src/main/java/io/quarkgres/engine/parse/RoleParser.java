package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.RoleStatement.MembershipKind;
import io.quarkgres.engine.ast.RoleStatement.RoleFlag;
import io.quarkgres.engine.ast.RoleStatement.RoleKeyword;
import io.quarkgres.engine.ast.RoleStatement.RoleOption;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.TokenKind;
import io.quarkgres.engine.parse.lex.Tokens;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE, ALTER and DROP of roles, and what follows their ownership. Thread: one. */
final class RoleParser {
  private final Grammar grammar;
  private final Tokens tokens;

  RoleParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE ROLE, USER or GROUP from that word on. */
  Statement createRole(int position) {
    RoleKeyword keyword = roleKeyword();
    String name = newRoleName();
    tokens.accept(Keyword.WITH);
    List<RoleOption> options = options(true);
    return new RoleStatement.CreateRole(keyword, name, options, position);
  }

  private RoleKeyword roleKeyword() {
    if (tokens.at(Keyword.USER) && tokens.peekKeyword(1) == Keyword.MAPPING) {
      throw ParseErrors.unsupported("USER MAPPING", tokens.position());
    }
    if (tokens.accept(Keyword.ROLE)) {
      return RoleKeyword.ROLE;
    }
    if (tokens.accept(Keyword.USER)) {
      return RoleKeyword.USER;
    }
    tokens.expect(Keyword.GROUP);
    return RoleKeyword.GROUP;
  }

  /** Reads the name of a role where the session's own and PUBLIC must not stand. */
  String newRoleName() {
    int position = tokens.position();
    RoleName role = grammar.names.role();
    return switch (role.kind()) {
      case NAMED -> role.name();
      case PUBLIC -> throw reserved("role name \"public\" is reserved", position);
      case CURRENT_ROLE, CURRENT_USER, SESSION_USER ->
          throw reserved(role.kind().name() + " cannot be used as a role name here", position);
    };
  }

  private static SqlException reserved(String message, int position) {
    return new SqlException(SqlState.RESERVED_NAME, message, position);
  }

  private List<RoleOption> options(boolean isCreate) {
    List<RoleOption> options = new ArrayList<>();
    while (true) {
      int position = tokens.position();
      Keyword keyword = tokens.keyword();
      RoleOption option;
      if (keyword == null) {
        if (!tokens.at(TokenKind.IDENTIFIER)) {
          return List.copyOf(options);
        }
        option = flag(tokens.text(), position);
        tokens.advance();
      } else {
        option = tryOption(keyword, isCreate, position);
      }
      if (option == null) {
        return List.copyOf(options);
      }
      options.add(option);
    }
  }

  private static RoleOption flag(String word, int position) {
    return switch (word) {
      case "superuser" -> new RoleOption.Flag(RoleFlag.SUPERUSER, true, position);
      case "nosuperuser" -> new RoleOption.Flag(RoleFlag.SUPERUSER, false, position);
      case "createrole" -> new RoleOption.Flag(RoleFlag.CREATEROLE, true, position);
      case "nocreaterole" -> new RoleOption.Flag(RoleFlag.CREATEROLE, false, position);
      case "replication" -> new RoleOption.Flag(RoleFlag.REPLICATION, true, position);
      case "noreplication" -> new RoleOption.Flag(RoleFlag.REPLICATION, false, position);
      case "createdb" -> new RoleOption.Flag(RoleFlag.CREATEDB, true, position);
      case "nocreatedb" -> new RoleOption.Flag(RoleFlag.CREATEDB, false, position);
      case "login" -> new RoleOption.Flag(RoleFlag.LOGIN, true, position);
      case "nologin" -> new RoleOption.Flag(RoleFlag.LOGIN, false, position);
      case "bypassrls" -> new RoleOption.Flag(RoleFlag.BYPASSRLS, true, position);
      case "nobypassrls" -> new RoleOption.Flag(RoleFlag.BYPASSRLS, false, position);
      case "noinherit" -> new RoleOption.Flag(RoleFlag.INHERIT, false, position);
      default -> throw ParseErrors.grammar("unrecognized role option \"" + word + "\"", position);
    };
  }

  private RoleOption tryOption(Keyword keyword, boolean isCreate, int position) {
    return switch (keyword) {
      case INHERIT -> {
        tokens.advance();
        yield new RoleOption.Flag(RoleFlag.INHERIT, true, position);
      }
      case ENCRYPTED, PASSWORD -> password(position);
      case UNENCRYPTED ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "UNENCRYPTED PASSWORD is no longer supported",
              null,
              "Remove UNENCRYPTED to store the password in encrypted form instead.",
              position);
      case CONNECTION -> {
        tokens.advance();
        tokens.expect(Keyword.LIMIT);
        yield new RoleOption.ConnectionLimit(grammar.options.signedInteger(), position);
      }
      case VALID -> {
        tokens.advance();
        tokens.expect(Keyword.UNTIL);
        yield new RoleOption.ValidUntil(tokens.expectString(), position);
      }
      case USER -> members(MembershipKind.ROLE, position);
      case ROLE -> isCreate ? members(MembershipKind.ROLE, position) : null;
      case ADMIN -> isCreate ? members(MembershipKind.ADMIN, position) : null;
      case SYSID -> {
        tokens.advance();
        yield isCreate ? new RoleOption.SysId(grammar.types.integer(), position) : null;
      }
      case IN -> isCreate ? inRole(position) : null;
      default -> null;
    };
  }

  private RoleOption password(int position) {
    boolean isEncrypted = tokens.accept(Keyword.ENCRYPTED);
    tokens.expect(Keyword.PASSWORD);
    if (!isEncrypted && tokens.accept(Keyword.NULL)) {
      return new RoleOption.Password(null, position);
    }
    return new RoleOption.Password(tokens.expectString(), position);
  }

  private RoleOption members(MembershipKind kind, int position) {
    tokens.advance();
    return new RoleOption.Membership(kind, grammar.names.roles(), position);
  }

  private RoleOption inRole(int position) {
    tokens.expect(Keyword.IN);
    if (!tokens.at(Keyword.ROLE) && !tokens.at(Keyword.GROUP)) {
      throw tokens.syntaxError();
    }
    return members(MembershipKind.IN_ROLE, position);
  }

  /** Reads ALTER ROLE, USER or GROUP from that word on. */
  Statement alterRole(int position) {
    RoleKeyword keyword = roleKeyword();
    if (keyword != RoleKeyword.GROUP && tokens.accept(Keyword.ALL)) {
      return alterRoleSet(null, position);
    }
    RoleName role = grammar.names.role();
    if (tokens.accept(Keyword.RENAME)) {
      tokens.expect(Keyword.TO);
      return grammar.alters.renameRole(role, newRoleName(), position);
    }
    if (keyword == RoleKeyword.GROUP) {
      boolean isAdd = tokens.accept(Keyword.ADD);
      if (!isAdd) {
        tokens.expect(Keyword.DROP);
      }
      tokens.expect(Keyword.USER);
      return new RoleStatement.AlterGroup(role, isAdd, grammar.names.roles(), position);
    }
    if (tokens.at(Keyword.IN) || tokens.at(Keyword.SET) || tokens.at(Keyword.RESET)) {
      return alterRoleSet(role, position);
    }
    tokens.accept(Keyword.WITH);
    return new RoleStatement.AlterRole(role, options(false), position);
  }

  private Statement alterRoleSet(RoleName role, int position) {
    String database = null;
    if (tokens.accept(Keyword.IN)) {
      tokens.expect(Keyword.DATABASE);
      database = grammar.names.columnName();
    }
    return new RoleStatement.AlterRoleSet(role, database, grammar.settings.setOrReset(), position);
  }

  /** Reads DROP ROLE, USER or GROUP from that word on. */
  Statement dropRole(int position) {
    roleKeyword();
    boolean isIfExists = grammar.alterTables.ifExists();
    return new RoleStatement.DropRole(grammar.names.roles(), isIfExists, position);
  }

  /** Reads DROP OWNED from the word OWNED on. */
  Statement dropOwned(int position) {
    tokens.expect(Keyword.OWNED, Keyword.BY);
    List<RoleName> roles = grammar.names.roles();
    return new RoleStatement.DropOwned(roles, grammar.alterTables.cascade(), position);
  }

  /** Reads REASSIGN OWNED. */
  Statement reassignOwned() {
    int position = tokens.expect(Keyword.REASSIGN);
    tokens.expect(Keyword.OWNED, Keyword.BY);
    List<RoleName> roles = grammar.names.roles();
    tokens.expect(Keyword.TO);
    return new RoleStatement.ReassignOwned(roles, grammar.names.role(), position);
  }
}
