package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.expr.Environment;

/**
 * What the operators that change rows are made with.
 *
 * @param context the execution
 * @param environment what expressions are compiled in
 * @param references the checks of references, which all modifications of a statement share
 */
public record ModifyContext(
    ExecutionContext context, Environment environment, ReferenceChecks references) {}
