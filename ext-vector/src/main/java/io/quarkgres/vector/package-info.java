/** The vector extension: vector types, distances, and the approximate index methods. */
package io.quarkgres.vector;
