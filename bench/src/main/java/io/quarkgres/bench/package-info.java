/** Measurements: kernels with JMH, and workloads against a whole server. */
package io.quarkgres.bench;
