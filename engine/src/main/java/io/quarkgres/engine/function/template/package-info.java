/**
 * Formatting by templates: {@code to_char}, {@code to_date}, {@code to_timestamp} and {@code
 * to_number} (manual, section 9.8).
 *
 * <p>Read {@link io.quarkgres.engine.function.template.TemplateFunctions} first. A template is read
 * into parts ({@link io.quarkgres.engine.function.template.DateTemplate}); a writer turns a value
 * into text by them, a reader text into a value. In: columns of values and templates. Out: columns.
 * Thread: any.
 *
 * <p>Names of months and days are English: there is no other locale.
 */
package io.quarkgres.engine.function.template;
