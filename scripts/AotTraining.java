import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a server work, so that the JVM's cache holds the classes and the profiles of what servers do.
 * Run as a source file: {@code java AotTraining.java PORT SQL-FILE}. A client of its own, as a fresh
 * machine has none. Ends with 1 when a statement fails.
 *
 * <p>In the file, statements end with a semicolon at the end of a line. What comes after the line
 * {@value #REPEATED} is run again and again, as a text with {@code :n} replaced by a
 * number, and prepared with that number as a parameter. {@code COPY ... FROM STDIN} is fed with what
 * the last {@code COPY ... TO STDOUT} gave.
 */
final class AotTraining {
  private static final String REPEATED = "-- repeated";
  private static final int ROUNDS = 150;

  /** When a slow machine has to have done what it did. */
  private static final long MILLIS_MAX = 20_000;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final ByteArrayOutputStream copied = new ByteArrayOutputStream();
  private boolean hasFailed;

  private AotTraining(Socket socket) throws IOException {
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
  }

  public static void main(String[] arguments) throws IOException {
    String[] parts = Files.readString(Path.of(arguments[1])).split(REPEATED + "\n", 2);
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
      socket.setTcpNoDelay(true);
      AotTraining training = new AotTraining(socket);
      training.train(statements(parts[0]), statements(parts[1]));
      if (training.hasFailed) {
        System.exit(1);
      }
    }
  }

  private static List<String> statements(String text) {
    List<String> result = new ArrayList<>();
    for (String statement : text.split(";\\s*\n")) {
      if (!statement.isBlank()) {
        result.add(statement.strip());
      }
    }
    return result;
  }

  private void train(List<String> once, List<String> repeated) throws IOException {
    byte[] startup = "\0\3\0\0user\0postgres\0\0".getBytes(StandardCharsets.ISO_8859_1);
    out.writeInt(startup.length + Integer.BYTES);
    out.write(startup);
    awaitReady();
    for (String statement : once) {
      query(statement);
    }
    for (int i = 0; i < repeated.size(); i++) {
      message('P', "s" + i + "\0" + repeated.get(i).replace(":n", "$1") + "\0\0\0");
    }
    message('S', "");
    awaitReady();
    long end = System.nanoTime() + MILLIS_MAX * 1_000_000;
    for (int n = 1; n <= ROUNDS && System.nanoTime() < end; n++) {
      for (int i = 0; i < repeated.size(); i++) {
        query(repeated.get(i).replace(":n", Integer.toString(n)));
        if (!repeated.get(i).startsWith("COPY")) {
          execute("s" + i, repeated.get(i).contains(":n") ? Integer.toString(-n) : null);
        }
      }
    }
    message('X', "");
    out.flush();
  }

  private void query(String sql) throws IOException {
    message('Q', sql + "\0");
    awaitReady();
  }

  private void execute(String statement, String parameter) throws IOException {
    String count = parameter == null ? "\0\0" : "\0\1\0\0\0" + (char) parameter.length() + parameter;
    message('B', "\0" + statement + "\0\0\0" + count + "\0\0");
    message('D', "P\0");
    message('E', "\0\0\0\0\0");
    message('S', "");
    awaitReady();
  }

  private void message(char type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    out.writeByte(type);
    out.writeInt(bytes.length + Integer.BYTES);
    out.write(bytes);
  }

  /** Reads replies up to ReadyForQuery, and feeds a COPY. */
  private void awaitReady() throws IOException {
    out.flush();
    for (int type = 0; type != 'Z'; ) {
      type = in.readUnsignedByte();
      byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
      switch (type) {
        case 'E' -> {
          System.err.println(new String(body, StandardCharsets.UTF_8).replace('\0', ' '));
          hasFailed = true;
        }
        case 'H' -> copied.reset();
        case 'd' -> copied.write(body);
        case 'G' -> {
          out.writeByte('d');
          out.writeInt(copied.size() + Integer.BYTES);
          copied.writeTo(out);
          message('c', "");
          out.flush();
        }
        default -> {}
      }
    }
  }
}
