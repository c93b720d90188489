package io.quarkgres.engine.function;

import io.quarkgres.engine.type.SqlType;

/**
 * The static side of one call: resolved types and modifiers, made once by the binder. Thread: any.
 *
 * @param function what is called
 * @param argumentTypes the actual types of the arguments
 * @param returnType the actual type of the result
 * @param collation the collation in force, by oid; 0 when none applies
 */
public record Call(
    FunctionDef function, SqlType[] argumentTypes, SqlType returnType, int collation) {}
