package io.quarkgres.engine.function;

/** What computes a function: a closed set of shapes. Thread: any. */
public sealed interface Kernel permits ScalarKernel, AggregateKernel, WindowKernel, SetKernel {}
