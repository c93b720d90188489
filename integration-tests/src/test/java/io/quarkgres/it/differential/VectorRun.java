package io.quarkgres.it.differential;

import io.quarkgres.it.ServerUnderTest;
import io.quarkgres.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// All statements of one seed over vectors, on our server and on a PostgreSQL with pgvector, which
/// searches exactly. Ours has indexes, or not; searches look at so many neighbours that they are
/// exact, too. Thread: one at a time.
public final class VectorRun {
  private static final int DIFFERENCES_MAX = 5;

  private static final Pattern SEVERAL_CONDITIONS =
      Pattern.compile(" (AND|OR|ON|FILTER|LIMIT|FETCH) ");

  private final ServerUnderTest oracle;
  private final ServerUnderTest underTest;
  private final long seed;
  private final String database;
  private final Dice dice;
  private final VectorTables tables;
  private final VectorQueries queries;
  private final String quantization;
  private final List<String> differences = new ArrayList<>();
  private final List<String> script = new ArrayList<>();
  private int executed;
  private boolean inTransaction;

  /// Whether one server has refused what the other one did, as both may, so that their data differ.
  private boolean isApart;

  /// A run that this seed determines completely.
  public VectorRun(ServerUnderTest oracle, ServerUnderTest underTest, long seed) {
    this.oracle = oracle;
    this.underTest = underTest;
    this.seed = seed;
    this.database = "vectordifferential" + seed;
    this.dice = new Dice(seed);
    this.tables = VectorTables.generate(dice);
    this.queries = new VectorQueries(tables);
    this.quantization = dice.of("none", "none", "sq8", "bq");
  }

  /// Runs this many statements and describes the first differences.
  public List<String> run(int statements) {
    create(oracle, "enable_indexscan = off", "hnsw.ef_search = 1000");
    boolean prefersIndexes = dice.chance(70);
    create(
        underTest,
        "enable_seqscan = " + (prefersIndexes ? "off" : "on"),
        "hnsw.ef_search = 1000",
        "ivfflat.probes = 1000");
    try (Duel duel = new Duel(oracle, underTest, database)) {
      tables.statements().forEach(sql -> check(duel, sql, false));
      for (int i = 0; i < statements && !isOver(); i++) {
        if (dice.chance(prefersIndexes ? 6 : 1)) {
          index();
        }
        if (dice.chance(10)) {
          change(duel);
        } else {
          VectorQueries.Query query = queries.next();
          check(duel, query.sql(), query.isOrdered());
        }
      }
    }
    drop(oracle);
    drop(underTest);
    return differences;
  }

  private boolean isOver() {
    return isApart || differences.size() >= DIFFERENCES_MAX;
  }

  /// How many statements were compared so far.
  public int executed() {
    return executed;
  }

  /// The statements that made the data.
  public List<String> script() {
    return script;
  }

  private void change(Duel duel) {
    switch (dice.below(5)) {
      case 0 -> {
        begin(duel);
        check(duel, queries.change(), false);
        query(duel);
        end(duel);
      }
      case 1 -> {
        begin(duel);
        check(duel, queries.change(), false);
        check(duel, "SAVEPOINT p", false);
        check(duel, queries.change(), false);
        query(duel);
        check(duel, dice.of("ROLLBACK TO p", "RELEASE p"), false);
        query(duel);
        check(duel, queries.change(), false);
        end(duel);
      }
      default -> check(duel, queries.change(), false);
    }
    VectorTables.NAMES.forEach(t -> check(duel, "SELECT * FROM " + t, false));
    query(duel);
  }

  private void begin(Duel duel) {
    check(duel, "BEGIN", false);
    inTransaction = true;
  }

  private void end(Duel duel) {
    inTransaction = false;
    check(duel, dice.of("ROLLBACK", "COMMIT"), false);
  }

  private void query(Duel duel) {
    VectorQueries.Query query = queries.next();
    check(duel, query.sql(), query.isOrdered());
  }

  private void check(Duel duel, String sql, boolean isOrdered) {
    if (isOver()) {
      return;
    }
    executed++;
    Duel.Outcome outcome = duel.run(sql, isOrdered, dice.chance(50));
    if (!sql.startsWith("SELECT")) {
      script.add(Parameters.literal(sql));
    }
    if (outcome.isSame()) {
      return;
    }
    if (isOrderOpen(sql, outcome)) {
      boolean bothFailed = isDataError(outcome.expected()) && isDataError(outcome.actual());
      isApart = !bothFailed && (inTransaction || !sql.startsWith("SELECT"));
    } else {
      differences.add(
          "seed %d\n%s;\nPostgreSQL:\n%sthis server:\n%s"
              .formatted(
                  seed,
                  Parameters.literal(sql),
                  outcome.expected().describe(),
                  outcome.actual().describe()));
    }
  }

  /// Which of several expressions is computed first is open, and so is which of two errors comes,
  /// or whether a condition meets a row for which it is one. Without any row, an expression of
  /// constants is computed by a planner that folds it.
  private static boolean isOrderOpen(String sql, Duel.Outcome outcome) {
    boolean isExpected = isDataError(outcome.expected());
    boolean isActual = isDataError(outcome.actual());
    return isExpected && isActual
        || isExpected && outcome.actual().rows().isEmpty()
        || isExpected != isActual && SEVERAL_CONDITIONS.matcher(sql).find();
  }

  private static boolean isDataError(Answer answer) {
    return answer.error() != null && answer.error().startsWith("22");
  }

  /// Makes an index on our server only; one that cannot be made is none.
  private void index() {
    String sql = queries.index();
    boolean isQuantized = sql.contains("hnsw (v ") || sql.contains("hnsw (h ");
    int where = sql.indexOf(" WHERE");
    String columns = where < 0 ? sql : sql.substring(0, where);
    String rest = where < 0 ? "" : sql.substring(where);
    String whole =
        isQuantized ? columns + " WITH (quantization = '" + quantization + "')" + rest : sql;
    script.add(whole);
    try (WireClient client = WireClient.connect(underTest.host(), underTest.port(), database)) {
      Answer answer = Answer.of(client, whole, false);
      if ("XX000".equals(answer.error())) {
        differences.add("seed " + seed + "\n" + whole + ";\n" + answer.message());
      }
    }
  }

  private void create(ServerUnderTest server, String... settings) {
    drop(server);
    try (WireClient admin = WireClient.connect(server.host(), server.port(), "postgres")) {
      admin.query("CREATE DATABASE " + database);
      for (String setting : settings) {
        admin.query("ALTER DATABASE " + database + " SET " + setting);
      }
    }
    try (WireClient client = WireClient.connect(server.host(), server.port(), database)) {
      client.query("CREATE EXTENSION vector");
    }
  }

  private void drop(ServerUnderTest server) {
    try (WireClient admin = WireClient.connect(server.host(), server.port(), "postgres")) {
      admin.query("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }
  }
}
