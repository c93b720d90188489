package io.quarkgres.engine.session;

import io.quarkgres.spi.index.BuildProgress;

/** The build of an index of a table that a session is at. Thread: any. */
record RunningBuild(int tableOid, BuildProgress progress) {}
