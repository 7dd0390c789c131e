package dev.axon64.codegen.emit.dispatch.java;

/** Emits the layers before the last for a block of words. */
interface HiddenEmitter {
  /** The words in a block: so few that what passes between methods stays in the nearest cache. */
  int block();

  /** The lane of which a vector holds most: what a block's length is a multiple of. */
  Lane narrowest();

  /** Adds the layers and their buffers to the pass. */
  void emit();
}
