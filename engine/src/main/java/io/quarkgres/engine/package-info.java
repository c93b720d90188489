/**
 * From SQL text to blocks of rows; one package a stage, and data flows one way.
 *
 * <p>The stages in order: {@code ast}, {@code parse}, {@code type}, {@code function}, {@code
 * catalog}, {@code bind}, {@code plan}, {@code optimize}, {@code expr}, {@code exec}; {@code
 * session} knows them all and {@code extension} is what an extension registers through.
 */
package io.quarkgres.engine;
