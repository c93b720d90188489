package io.quarkgres.engine.ast;

import java.util.List;

/** CREATE DATABASE and DROP DATABASE, which change the server rather than one catalog. */
public sealed interface DatabaseStatement extends DdlStatement {
  /** CREATE DATABASE; an option's value is {@code null} for DEFAULT. */
  record CreateDatabase(String name, List<Option> options, int position)
      implements DatabaseStatement {}

  /** DROP DATABASE. */
  record DropDatabase(String name, boolean isIfExists, boolean isForce, int position)
      implements DatabaseStatement {}
}
