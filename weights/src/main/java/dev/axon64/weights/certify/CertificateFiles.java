package dev.axon64.weights.certify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Certificates and shards as JSON: fixed order of keys, two blanks of indent, a final newline. */
public final class CertificateFiles {
  private static final long MOST_BYTES = 64L << 20;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final String CERTIFICATES = "; write it again with 'axon64 certify'";
  private static final String SHARDS = "; name what certifying a shard wrote";

  private CertificateFiles() {}

  /** A shard with the digest of its own text, so that a damaged file is told from a good one. */
  private record SealedShard(int format, Shard shard, String sha256) {
    static SealedShard of(Shard shard) {
      String text = GSON.toJson(shard);
      return new SealedShard(
          Certificate.FORMAT, shard, Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** A certificate's text. */
  public static String text(Certificate certificate) {
    return GSON.toJson(certificate) + "\n";
  }

  /**
   * Reads a certificate back.
   *
   * @throws InputException if the file is no certificate, lacks a part or is of another format
   */
  public static Certificate certificate(String where, byte[] json) {
    Certificate certificate = parse(where, json, Certificate.class, CERTIFICATES);
    if (certificate.format() != Certificate.FORMAT) {
      throw new InputException(
          where, "is no certificate of format " + Certificate.FORMAT + CERTIFICATES);
    }
    return certificate;
  }

  static String text(Shard shard) {
    return GSON.toJson(SealedShard.of(shard)) + "\n";
  }

  /**
   * Reads a shard.
   *
   * @throws InputException if the file is no shard, or is not as it was written
   */
  static Shard shard(Path file) {
    String where = file.toString();
    SealedShard sealed =
        parse(where, AtomicFiles.read(file, MOST_BYTES), SealedShard.class, SHARDS);
    if (sealed.format != Certificate.FORMAT || sealed.shard == null) {
      throw new InputException(where, "is no shard of format " + Certificate.FORMAT + SHARDS);
    }
    if (!sealed.equals(SealedShard.of(sealed.shard))) {
      throw new InputException(where, "is not as it was written; make that shard again");
    }
    return sealed.shard;
  }

  private static <T> T parse(String where, byte[] json, Class<T> type, String mend) {
    try {
      T value = GSON.fromJson(new String(json, StandardCharsets.UTF_8), type);
      if (value != null) {
        return value;
      }
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws in a bare RuntimeException, beside its own
      // exceptions for wrong syntax and wrong types; all of it means the same to the user.
      throw new InputException(where, "is not the JSON that certify writes" + mend, e);
    }
    throw new InputException(where, "is empty" + mend);
  }
}
