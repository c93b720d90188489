/** PostgreSQL's frontend/backend protocol, version 3, over Vert.x. */
package io.quarkgres.wire;
