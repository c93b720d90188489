package io.quarkgres.wire;

/** A message of the client, after startup. Bodies of text are kept as bytes until they are run. */
sealed interface FrontendMessage {
  /** Returns about how many bytes it holds, for the queue's limit. */
  default int bytes() {
    return 64;
  }

  /**
   * Tells whether the event loop may handle it, if the session finds that it is short. The end of a
   * connection may have to undo much.
   */
  default boolean mayRunOnEventLoop() {
    return switch (this) {
      case Query m -> true;
      case Parse m -> true;
      case Bind m -> true;
      case Describe m -> true;
      case Execute m -> true;
      case Close m -> true;
      case Sync m -> true;
      case Flush m -> true;
      case Notified m -> false;
      case CopyData m -> false;
      case CopyDone m -> false;
      case CopyFail m -> false;
      case FunctionCall m -> false;
      case Password m -> false;
      case Terminate m -> false;
      case Malformed m -> false;
    };
  }

  /** Runs a simple query. */
  record Query(byte[] body) implements FrontendMessage {
    @Override
    public int bytes() {
      return body.length;
    }
  }

  /** Parses and names a statement. */
  record Parse(byte[] body) implements FrontendMessage {
    @Override
    public int bytes() {
      return body.length;
    }
  }

  /** Makes a portal of a statement. */
  record Bind(byte[] body) implements FrontendMessage {
    @Override
    public int bytes() {
      return body.length;
    }
  }

  /** Asks what a statement or portal is. */
  record Describe(byte[] body) implements FrontendMessage {}

  /** Runs a portal. */
  record Execute(byte[] body) implements FrontendMessage {}

  /** Forgets a statement or portal. */
  record Close(byte[] body) implements FrontendMessage {}

  /** Not the client's: a notification has come that an idle session may send at once. */
  record Notified() implements FrontendMessage {}

  /** Ends an extended query. */
  record Sync() implements FrontendMessage {}

  /** Asks for what was answered so far. */
  record Flush() implements FrontendMessage {}

  /** A piece of COPY data. */
  record CopyData(byte[] body) implements FrontendMessage {
    @Override
    public int bytes() {
      return body.length;
    }
  }

  /** The end of COPY data. */
  record CopyDone() implements FrontendMessage {}

  /** The client gives COPY up. */
  record CopyFail(byte[] body) implements FrontendMessage {}

  /** A call by the fast path. */
  record FunctionCall(byte[] body) implements FrontendMessage {}

  /** A password or a piece of an authentication exchange. */
  record Password(byte[] body) implements FrontendMessage {}

  /** The client goes. */
  record Terminate() implements FrontendMessage {}

  /** What the decoder could not read: reported, then the connection ends. */
  record Malformed(String sqlState, String message) implements FrontendMessage {}
}
