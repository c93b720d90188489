/** Tables in memory: immutable column chunks, undo-log row versions, B-tree and hash indexes. */
package io.quarkgres.storage.memory;
