package io.quarkgres.spi.store;

/**
 * Figures of a storage at one moment, all in units or bytes. Thread: any.
 *
 * @param tableBytes memory of table columns
 * @param indexBytes memory of indexes
 * @param undoRecords old versions kept
 * @param transactions running transactions
 */
public record StorageStatistics(
    long tableBytes, long indexBytes, long undoRecords, long transactions) {}
