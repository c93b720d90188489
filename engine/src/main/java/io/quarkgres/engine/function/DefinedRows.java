package io.quarkgres.engine.function;

/**
 * A function whose rows have the columns that a column definition list asks for: the call's return
 * type has them, with their modifiers. One that returns no set yields one row. Thread: any.
 */
public interface DefinedRows extends SetKernel {}
