/**
 * The rules of the architecture, as tests: module arrows, the order of stages, names, switches.
 *
 * <p>Read {@link io.quarkgres.it.architecture.ModuleRulesTest} first. In: the compiled classes and
 * the sources of every module, as {@link io.quarkgres.it.architecture.Project} finds them. Out:
 * each place that breaks a rule, by name. A rule that has to change is changed here, in the same
 * commit as the code that needs it.
 */
package io.quarkgres.it.architecture;
