/**
 * The rules of types: which type becomes which, which overload is meant, what a polymorphic call
 * gives.
 *
 * <p>Read {@code CoercionRules} first, which casts there are (manual, chapter 10), then {@code
 * OverloadChoice}, which of several functions or operators fits best, and {@code PolymorphicTypes}.
 * {@code TypeRules} answers what they ask about types, {@code ParameterTypes} gives a statement's
 * parameters theirs, {@code ExplicitCollations} follows COLLATE upwards. In: types and signatures.
 * Out: choices, or errors 42xxx, which {@code BindErrors} words for all of binding.
 *
 * <p>Any thread where nothing else is said. It knows no syntax tree, no names of columns and no
 * scopes.
 */
package io.quarkgres.engine.bind.typing;
