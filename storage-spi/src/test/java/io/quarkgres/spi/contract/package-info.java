/**
 * What every storage must keep to, as abstract test suites that each storage extends.
 *
 * <p>Read {@link io.quarkgres.spi.contract.TableContract} first. In: a storage, made by the
 * extending class. The suites know nothing of how it works. {@code Ledger} is the table they use.
 */
package io.quarkgres.spi.contract;
