package io.quarkgres.it.differential;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;

/// All queries of one seed: one schema, many queries, some changes in between.
///
/// Thread: one at a time.
public final class DifferentialRun {
  private static final int DIFFERENCES_MAX = 5;
  private static final String DATABASE = "differential";

  private final ServerUnderTest oracle;
  private final ServerUnderTest underTest;
  private final long seed;
  private final Dice dice;
  private final Schema schema;
  private final List<String> differences = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  /// A run that this seed determines completely.
  public DifferentialRun(ServerUnderTest oracle, ServerUnderTest underTest, long seed) {
    this.oracle = oracle;
    this.underTest = underTest;
    this.seed = seed;
    this.dice = new Dice(seed);
    this.schema = Schema.generate(dice);
  }

  /// Runs this many statements and describes the first differences.
  public List<String> run(int queries) {
    recreate(oracle);
    recreate(underTest);
    try (Duel duel = new Duel(oracle, underTest, DATABASE)) {
      for (String statement : schema.statements()) {
        check(duel, statement);
      }
      QueryGenerator generator = new QueryGenerator(schema, dice);
      Changes change = new Changes(schema, dice, generator);
      for (int i = 0; i < queries && differences.size() < DIFFERENCES_MAX; i++) {
        if (dice.chance(6)) {
          change(duel, change, generator);
        } else {
          query(duel, generator.next());
        }
      }
    }
    return differences;
  }

  private void query(Duel duel, Select select) {
    String sql = dice.chance(3) ? broken(select.sql()) : select.sql();
    Duel.Outcome outcome = duel.run(sql, select.isOrdered(), dice.chance(50));
    if (!outcome.isSame()) {
      Select smaller = sql.equals(select.sql()) ? new Shrinker(duel).shrink(select) : select;
      Duel.Outcome shrunk = duel.run(smaller.sql(), smaller.isOrdered(), false);
      boolean stillDiffers = !shrunk.isSame();
      report(sql, stillDiffers ? smaller.sql() : sql, stillDiffers ? shrunk : outcome);
    }
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
    if (dice.chance(40)) {
      check(duel, "BEGIN");
      check(duel, change.next());
      // After an error both servers refuse everything until the end, which is checked as well.
      query(duel, generator.next());
      check(duel, dice.of("ROLLBACK", "COMMIT"));
    } else {
      check(duel, change.next());
    }
    for (Source table : schema.tables()) {
      check(duel, "SELECT * FROM " + table.alias());
    }
  }

  private void check(Duel duel, String sql) {
    changes.add(sql);
    Duel.Outcome outcome = duel.run(sql, false, false);
    if (!outcome.isSame()) {
      report(sql, sql, outcome);
    }
  }

  private void report(String original, String sql, Duel.Outcome outcome) {
    StringBuilder text = new StringBuilder("seed " + seed + "\n");
    if (differences.isEmpty()) {
      for (Source table : schema.tables()) {
        text.append("-- ").append(table.alias()).append(' ').append(table.columns()).append('\n');
      }
    }
    text.append(sql).append(";\n");
    if (!original.equals(sql)) {
      text.append("-- first seen as: ").append(original).append(";\n");
    }
    text.append("PostgreSQL:\n").append(outcome.expected().describe());
    text.append("this server:\n").append(outcome.actual().describe());
    differences.add(text.toString());
  }

  /// The statements that make the data as they are now, to look at a difference by hand.
  public List<String> script() {
    List<String> script = new ArrayList<>(changes);
    script.removeIf(sql -> sql.startsWith("SELECT"));
    return script;
  }

  private static void recreate(ServerUnderTest server) {
    try (WireClient admin = WireClient.connect(server.host(), server.port(), "postgres")) {
      admin.query("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
      Answer created = Answer.of(admin, "CREATE DATABASE " + DATABASE, false);
      if (created.error() != null) {
        throw new IllegalStateException("no database for the test: " + created.message());
      }
    }
  }
}
