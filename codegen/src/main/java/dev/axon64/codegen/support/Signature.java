package dev.axon64.codegen.support;

/** Recognises files by their first bytes. */
public final class Signature {
  private Signature() {}

  /**
   * Whether a file begins with these bytes.
   *
   * @param signature bytes from 0 to 255
   */
  public static boolean begins(byte[] file, int... signature) {
    if (file.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((file[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
