package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Alias;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.RelationStatement;
import io.quarkgres.engine.ast.RelationStatement.CheckOption;
import io.quarkgres.engine.ast.SourceQuery;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.parse.lex.Keyword;
import io.quarkgres.engine.parse.lex.ParseErrors;
import io.quarkgres.engine.parse.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads CREATE VIEW and REFRESH MATERIALIZED VIEW. Thread: one. */
final class ViewParser {
  private final Grammar grammar;
  private final Tokens tokens;

  ViewParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Reads CREATE VIEW from RECURSIVE or VIEW on. */
  Statement createView(boolean isOrReplace, boolean isTemporary, int position) {
    boolean isRecursive = tokens.accept(Keyword.RECURSIVE);
    tokens.expect(Keyword.VIEW);
    QualifiedName name = grammar.names.relation();
    List<String> columns =
        isRecursive ? grammar.names.parenthesizedColumns() : grammar.names.optionalColumns();
    List<Option> options = tokens.accept(Keyword.WITH) ? grammar.options.storage() : List.of();
    tokens.expect(Keyword.AS);
    int start = tokens.position();
    Query query = grammar.selects.subquery();
    SourceQuery source = new SourceQuery(query, tokens.textFrom(start));
    int checkPosition = tokens.position();
    CheckOption check = checkOption();
    if (isRecursive) {
      if (check != CheckOption.NONE) {
        throw ParseErrors.notYet(
            "WITH CHECK OPTION not supported on recursive views", checkPosition);
      }
      source = recursive(name, columns, source);
    }
    return new RelationStatement.CreateView(
        name, isOrReplace, isTemporary, columns, options, source, check, position);
  }

  private CheckOption checkOption() {
    if (!tokens.accept(Keyword.WITH)) {
      return CheckOption.NONE;
    }
    CheckOption option = CheckOption.CASCADED;
    if (tokens.accept(Keyword.LOCAL)) {
      option = CheckOption.LOCAL;
    } else {
      tokens.accept(Keyword.CASCADED);
    }
    tokens.expect(Keyword.CHECK, Keyword.OPTION);
    return option;
  }

  /** Makes the query that the manual says a recursive view stands for. */
  private static SourceQuery recursive(
      QualifiedName view, List<String> columns, SourceQuery source) {
    int position = view.position();
    String name = view.name();
    With.CommonTable table =
        new With.CommonTable(
            name, columns, With.Materialization.DEFAULT, source.query(), null, null, position);
    List<QueryBody.Target> targets = new ArrayList<>(columns.size());
    for (String column : columns) {
      Expression reference = new Expression.ColumnRef(List.of(column), position);
      targets.add(new QueryBody.Target(reference, null, position));
    }
    FromItem from =
        new FromItem.Table(QualifiedName.of(name, position), false, (Alias) null, null, position);
    QueryBody body =
        new QueryBody.Select(
            null, List.copyOf(targets), List.of(from), null, null, null, List.of(), position);
    Query query =
        new Query(
            new With(true, List.of(table), position),
            body,
            List.of(),
            null,
            List.of(),
            null,
            position);
    String list = columns.stream().map(ViewParser::quoted).collect(Collectors.joining(", "));
    String text =
        "WITH RECURSIVE %s (%s) AS (%s) SELECT %s FROM %s"
            .formatted(quoted(name), list, source.text(), list, quoted(name));
    return new SourceQuery(query, text);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Reads REFRESH MATERIALIZED VIEW. */
  Statement refresh() {
    int position = tokens.expect(Keyword.REFRESH);
    tokens.expect(Keyword.MATERIALIZED, Keyword.VIEW);
    boolean isConcurrently = tokens.accept(Keyword.CONCURRENTLY);
    QualifiedName name = grammar.names.relation();
    return new RelationStatement.RefreshMaterializedView(
        name, isConcurrently, grammar.tables.withData(), position);
  }
}
