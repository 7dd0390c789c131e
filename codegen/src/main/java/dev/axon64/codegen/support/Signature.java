package dev.axon64.codegen.support;

/** The bytes by which a file says what it is. */
public final class Signature {
  private Signature() {}

  /**
   * Whether a file begins with these.
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
