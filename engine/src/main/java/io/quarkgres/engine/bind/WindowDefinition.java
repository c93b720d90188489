package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.WindowSpecification;

/**
 * A window as written, with the number under which calls refer to it.
 *
 * @param name its name in the WINDOW clause, or {@code null} for one given in place
 */
record WindowDefinition(String name, WindowSpecification specification) {}
