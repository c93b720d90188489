package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Python's clients: the suites of `src/test/python`, each in a database of its own.
class PythonClientsIT {
  private static ScriptRuntime python;

  @BeforeAll
  static void install() {
    python = ScriptRuntime.python();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asyncpg", "psycopg", "sqlalchemy", "langchain", "llamaindex"})
  void suite(String name) {
    try (TestDatabase database = TestDatabase.create("python_" + name)) {
      Program run = python.run(database, "-m", "unittest", "test_" + name);
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).containsPattern("Ran [1-9][0-9]* tests").contains("OK");
    }
  }
}
