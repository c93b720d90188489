/**
 * PostgreSQL's advanced regular expressions (manual, section 9.7.3) and the functions that use
 * them.
 *
 * <p>Read {@link io.quarkgres.engine.function.regex.Regex} first. In: a pattern and texts as code
 * points. Out: where the leftmost match and its groups lie. Stages: {@link
 * io.quarkgres.engine.function.regex.RegexParser} makes a tree, {@link
 * io.quarkgres.engine.function.regex.Program} an automaton of it, {@link
 * io.quarkgres.engine.function.regex.Simulation} runs it over a text, and {@link
 * io.quarkgres.engine.function.regex.Dissection} finds the groups. An own engine, because which
 * text a match takes follows POSIX (the longest) or the first quantifier (the shortest), which the
 * libraries at hand, made for Perl's rules, cannot do.
 *
 * <p>Invariants: matching without groups takes time proportional to text times expression, whatever
 * the pattern; finding groups and back references is counted, and ends with 54000 or with the
 * statement's cancellation. Thread: a Regex any, a matcher one at a time.
 */
package io.quarkgres.engine.function.regex;
