package io.quarkgres.engine.ddl.role;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept instead of a password: {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}
 * (RFC 5803), as PostgreSQL does. Thread: any.
 */
final class ScramVerifier {
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private static final Pattern FORM =
      Pattern.compile("SCRAM-SHA-256\\$([^:]+):([^$]+)\\$([^:]+):(.+)");

  private ScramVerifier() {}

  /** Returns the verifier of a password; one that is a verifier already is kept. */
  static String of(String password) {
    boolean isVerifier =
        isScram(password) || password.length() == 35 && password.matches("md5[0-9a-f]{32}");
    if (isVerifier) {
      return password;
    }
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
              .getEncoded();
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      byte[] server = hmac(salted, "Server Key");
      Base64.Encoder encoder = Base64.getEncoder();
      return "SCRAM-SHA-256$"
          + ITERATIONS
          + ":"
          + encoder.encodeToString(salt)
          + "$"
          + encoder.encodeToString(stored)
          + ":"
          + encoder.encodeToString(server);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has these algorithms", e);
    }
  }

  private static boolean isScram(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        && isNumber(parts.group(1))
        && bytes(parts.group(2)) >= 0
        && bytes(parts.group(3)) == KEY_BYTES
        && bytes(parts.group(4)) == KEY_BYTES;
  }

  private static boolean isNumber(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Returns how many bytes a text in base 64 stands for, -1 when it is none. */
  private static int bytes(String base64) {
    try {
      return base64.length() % 4 == 0 ? Base64.getDecoder().decode(base64).length : -1;
    } catch (IllegalArgumentException _) {
      return -1;
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
