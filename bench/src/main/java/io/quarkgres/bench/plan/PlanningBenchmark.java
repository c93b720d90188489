package io.quarkgres.bench.plan;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.plan.PlanSettings;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.plan.Planner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The stages that a statement goes through whose text no cache knows: parse, bind, plan. Run it
 * with {@code java -cp ... org.openjdk.jmh.Main PlanningBenchmark}; what a fresh server pays shows
 * in {@code -bm ss -wi 0 -i 25}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanningBenchmark {
  /** The statement. */
  @Param public Texts text;

  private final Shop shop = new Shop();
  private final BindContext context = shop.context();

  /** Text to syntax tree. */
  @Benchmark
  public List<ParsedStatement> parse() {
    return Parser.parse(text.sql());
  }

  /** Text to typed tree. */
  @Benchmark
  public BoundStatement bind() {
    return bound();
  }

  /** Text to plan. */
  @Benchmark
  public PlannedStatement plan() {
    return Planner.plan(bound(), shop.catalog(), PlanSettings.DEFAULT, null, context);
  }

  private BoundStatement bound() {
    Statement statement = Parser.parse(text.sql()).get(0).statement();
    return new Binder(context).bind(statement);
  }
}
