/**
 * From SQL text to blocks of rows; one package a stage, and data flows one way.
 *
 * <p>The stages in order: {@code ast}, {@code parse}, {@code type}, {@code function}, {@code
 * extension} (what an extension registers through), {@code catalog}, {@code bind}, {@code
 * optimize}, {@code plan}, {@code expr}, {@code exec}, {@code ddl}, {@code session}. A stage uses
 * those before it; only {@code session} knows them all.
 */
package io.quarkgres.engine;
