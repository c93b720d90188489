package io.quarkgres.it.golden;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.Payload;
import io.quarkgres.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs a script's statements on one connection and writes down what the server answers.
///
/// The format of the transcript is described in this package's `package-info`. Thread: one at a
/// time.
public final class ScriptRunner {

  /// Which of the protocol's two ways a statement takes.
  public enum Protocol {
    SIMPLE,
    EXTENDED
  }

  private final WireClient client;
  private final Protocol protocol;
  private final TypeNames types;

  private ScriptRunner(WireClient client, Protocol protocol) {
    this.client = client;
    this.protocol = protocol;
    this.types = new TypeNames(this::lookUp);
  }

  /// Runs the whole script in this database; one entry a statement.
  public static List<String> run(
      String host, int port, String database, Script script, Protocol protocol) {
    List<String> transcript = new ArrayList<>();
    try (WireClient client = WireClient.connect(host, port, database)) {
      ScriptRunner runner = new ScriptRunner(client, protocol);
      for (Script.Statement statement : script.statements()) {
        transcript.add(runner.run(statement));
      }
    } catch (WireClient.ConnectionLost e) {
      transcript.add("CONNECTION LOST\n" + e.getMessage() + "\n");
    }
    return transcript;
  }

  private String run(Script.Statement statement) {
    send(statement.sql());
    StatementTranscript transcript = new StatementTranscript();
    Message message;
    do {
      message = client.readOrFail();
      if (message.type() == 'G') {
        sendCopyData(statement);
      }
      transcript.add(message);
    } while (message.type() != 'Z');
    return "> " + statement.sql().replace("\n", "\n> ") + "\n" + transcript.text(types);
  }

  private void send(String sql) {
    switch (protocol) {
      case SIMPLE -> client.sendQuery(sql);
      case EXTENDED -> {
        client.parse("", sql);
        client.bind("", "");
        client.describe('P', "");
        client.execute("", 0);
        client.sync();
      }
    }
  }

  private void sendCopyData(Script.Statement statement) {
    if (statement.copyData() == null) {
      client.send('f', new Payload().string("the script has no data"));
    } else {
      byte[] data = statement.copyData().getBytes(StandardCharsets.UTF_8);
      client.send('d', new Payload().bytes(data));
      client.send('c', new Payload());
    }
    if (protocol == Protocol.EXTENDED) {
      // The Sync sent with the statement was swallowed by the copy.
      client.sync();
    }
  }

  private String lookUp(String sql) {
    String value = null;
    for (Message message : client.query(sql)) {
      if (message.type() == 'D') {
        value = message.texts().getFirst();
      }
    }
    return value;
  }
}
