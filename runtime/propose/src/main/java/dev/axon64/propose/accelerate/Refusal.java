package dev.axon64.propose.accelerate;

/** Says that nothing can be proven of a loop; the message says why in a few words. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String why) {
    super(why, null, false, false);
  }
}
