package io.quarkgres.it.differential;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// All queries of one seed: one schema, many queries, some changes in between.
///
/// Thread: one at a time.
public final class DifferentialRun {
  private static final int DIFFERENCES_MAX = 5;

  /// A number beside an operator.
  private static final Pattern COMPARED_NUMBER = Pattern.compile("([=<>+*] ?-?)(\\d+)(?![\\d.])");

  private final String database;

  private final ServerUnderTest oracle;
  private final ServerUnderTest underTest;
  private final long seed;
  private final Dice dice;
  private final Schema schema;
  private final List<String> differences = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private final Map<String, Integer> unsupported = new TreeMap<>();
  private final List<Select> recent = new ArrayList<>();
  private boolean inTransaction;
  private boolean gaveUp;
  private int executed;

  /// A run that this seed determines completely.
  public DifferentialRun(ServerUnderTest oracle, ServerUnderTest underTest, long seed) {
    this.oracle = oracle;
    this.underTest = underTest;
    this.seed = seed;
    this.database = "differential" + seed;
    this.dice = new Dice(seed);
    this.schema = Schema.generate(dice);
  }

  /// Runs this many statements and describes the first differences.
  public List<String> run(int queries) {
    drop(oracle);
    drop(underTest);
    create(oracle);
    create(underTest);
    try (Duel duel = new Duel(oracle, underTest, database)) {
      for (String statement : schema.statements()) {
        check(duel, statement);
      }
      QueryGenerator generator = new QueryGenerator(schema, dice);
      Changes change = new Changes(schema, dice, generator);
      for (int i = 0; i < queries && differences.size() < DIFFERENCES_MAX; i++) {
        if (dice.chance(8)) {
          change(duel, change, generator);
        } else {
          Select select = generator.next();
          query(duel, select);
          if (dice.chance(30)) {
            vary(duel, select);
          }
        }
      }
    }
    drop(oracle);
    drop(underTest);
    return differences;
  }

  /// How many statements were compared so far.
  public int executed() {
    return executed;
  }

  private void query(Duel duel, Select select) {
    // Of two errors either may be found first, and a merged column is easily ambiguous.
    boolean isBroken = dice.chance(3) && !select.sql().contains("USING");
    String sql = isBroken ? broken(select.sql()) : select.sql();
    executed++;
    Duel.Outcome outcome = duel.run(sql, select.isOrdered(), dice.chance(50));
    if (!isBroken) {
      recent.add(dice.below(recent.size() + 1), select);
      if (recent.size() > 10) {
        recent.removeLast();
      }
    }
    if (inTransaction && outcome.expected().isGivenUp() && !outcome.actual().isTimeout()) {
      // What PostgreSQL finds no answer to aborts its transaction, and ours would go on.
      gaveUp = true;
    }
    if (isUnsupported(outcome) || outcome.isSame()) {
      return;
    }
    boolean answers = outcome.expected().error() == null;
    String note =
        answers && !duel.isDetermined(sql, outcome.expected(), select.isOrdered())
            ? "-- PostgreSQL answers this differently in other ways\n"
            : "";
    String smaller =
        answers && note.isEmpty() && !inTransaction && !outcome.actual().isTimeout()
            ? new Shrinker(duel).shrink(sql, outcome)
            : sql;
    Duel.Outcome shrunk = duel.run(smaller, false, false);
    report(note, sql, shrunk.isSame() ? sql : smaller, shrunk.isSame() ? outcome : shrunk);
  }

  /// The same query with other numbers, as often as it takes a server to see that it is the same.
  private void vary(Duel duel, Select select) {
    for (int i = 0; i < 3 && differences.size() < DIFFERENCES_MAX; i++) {
      // The same number stays the same one, so that expressions stay equal.
      Map<String, String> others = new HashMap<>();
      String sql =
          COMPARED_NUMBER
              .matcher(select.sql())
              .replaceAll(match ->
                  match.group(1) + others.computeIfAbsent(match.group(2), this::otherNumber));
      if (sql.equals(select.sql())) {
        return;
      }
      executed++;
      Duel.Outcome outcome = duel.run(sql, select.isOrdered(), false);
      boolean isDifferent =
          !isUnsupported(outcome)
              && !outcome.isSame()
              && (outcome.expected().error() != null
                  || duel.isDetermined(sql, outcome.expected(), select.isOrdered()));
      if (isDifferent) {
        report("-- with other numbers\n", select.sql(), sql, outcome);
      }
    }
  }

  private String otherNumber(String number) {
    return number.substring(0, number.length() - 1) + (1 + dice.below(9));
  }

  /// A query that both servers must refuse for the same reason.
  private String broken(String sql) {
    return switch (dice.below(4)) {
      case 0 -> sql.replaceFirst("SELECT ", "SELECT nosuchcolumn, ");
      case 1 -> sql + " nonsense here";
      case 2 -> sql.replaceFirst("\\.id\\b", ".idd");
      default -> sql.replaceFirst("\\.k\\b", ".k || true");
    };
  }

  private void change(Duel duel, Changes change, QueryGenerator generator) {
    switch (dice.below(10)) {
      case 0, 1, 2 -> transaction(duel, change, generator);
      case 3 -> savepoint(duel, change);
      default -> check(duel, change.next());
    }
    for (Source table : schema.tables()) {
      check(duel, "SELECT * FROM " + table.alias());
    }
    // What was asked before the change may have another answer now.
    for (Select again : List.copyOf(recent.subList(0, Math.min(2, recent.size())))) {
      query(duel, again);
    }
  }

  private void transaction(Duel duel, Changes change, QueryGenerator generator) {
    inTransaction = true;
    check(duel, dice.of("BEGIN", "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ"));
    check(duel, change.next());
    // After an error both servers refuse everything until the end, which is checked as well.
    if (!gaveUp) {
      query(duel, generator.next());
    }
    end(duel, dice.of("ROLLBACK", "COMMIT"));
  }

  private void savepoint(Duel duel, Changes change) {
    inTransaction = true;
    check(duel, "BEGIN");
    check(duel, change.next());
    check(duel, "SAVEPOINT a");
    check(duel, change.next());
    check(duel, dice.of("ROLLBACK TO a", "ROLLBACK TO a", "RELEASE a"));
    check(duel, change.next());
    check(duel, "SELECT * FROM " + dice.of(schema.tables()).alias());
    end(duel, dice.of("COMMIT", "COMMIT", "ROLLBACK"));
  }

  /// Ends the transaction; one in which our server lacked something is rolled back.
  private void end(Duel duel, String sql) {
    String ending = gaveUp ? "ROLLBACK" : sql;
    inTransaction = false;
    gaveUp = false;
    check(duel, ending);
  }

  private void check(Duel duel, String marked) {
    if (gaveUp) {
      return;
    }
    String sql = Parameters.literal(marked);
    executed++;
    Duel.Outcome outcome = duel.run(sql, false, false);
    if (isUnsupported(outcome)) {
      return;
    }
    changes.add(sql);
    if (!outcome.isSame()) {
      report("", sql, sql, outcome);
    }
  }

  private boolean isUnsupported(Duel.Outcome outcome) {
    if (outcome.actual().isUnsupported()) {
      unsupported.merge(outcome.actual().message(), 1, Integer::sum);
      gaveUp = inTransaction;
      return true;
    }
    return false;
  }

  /// What our server said that it does not support, and how often. These are not differences.
  public Map<String, Integer> unsupported() {
    return unsupported;
  }

  private void report(String note, String original, String sql, Duel.Outcome outcome) {
    StringBuilder text = new StringBuilder("seed " + seed + "\n" + note);
    if (differences.isEmpty()) {
      for (Source table : schema.tables()) {
        text.append("-- ").append(table.alias());
        table.columns().forEach(column -> text.append(' ').append(column.name()));
        text.append('\n');
      }
    }
    text.append(Parameters.literal(sql)).append(";\n");
    text.append("PostgreSQL:\n").append(outcome.expected().describe());
    text.append("this server:\n").append(outcome.actual().describe());
    if (!original.equals(sql)) {
      text.append("-- first seen as: ").append(Parameters.literal(original)).append(";\n");
    }
    differences.add(text.toString());
  }

  /// The statements that make the data as they are now, to look at a difference by hand.
  public List<String> script() {
    List<String> script = new ArrayList<>(changes);
    script.removeIf(sql -> sql.startsWith("SELECT"));
    return script;
  }

  private void create(ServerUnderTest server) {
    try (WireClient admin = WireClient.connect(server.host(), server.port(), "postgres")) {
      Answer created = Answer.of(admin, "CREATE DATABASE " + database, false);
      if (created.error() != null) {
        throw new IllegalStateException("no database for the test: " + created.message());
      }
    }
  }

  private void drop(ServerUnderTest server) {
    try (WireClient admin = WireClient.connect(server.host(), server.port(), "postgres")) {
      admin.query("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }
  }
}
