package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients in JavaScript: the suites of `src/test/node`, each in a database of its own.
class NodeClientsIT {
  private static ScriptRuntime node;

  @BeforeAll
  static void install() {
    node = ScriptRuntime.node();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-postgres", "postgres-js", "langchain-js"})
  void suite(String name) {
    try (TestDatabase database = TestDatabase.create("node_" + name.replace('-', '_'))) {
      Program run = node.run(database, "--test", "--test-reporter=tap", name + ".test.mjs");
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).containsPattern("# pass [1-9]").contains("# fail 0");
    }
  }
}
