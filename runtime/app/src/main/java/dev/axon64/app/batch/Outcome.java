package dev.axon64.app.batch;

import dev.axon64.linux.ExitStatus;

/**
 * How a guest ended.
 *
 * @param input its input's name
 * @param status its exit status as a shell shows it
 * @param ending why it ended
 * @param instructions that it executed
 * @param output bytes that it wrote to standard output
 * @param errors bytes that it wrote to standard error
 */
record Outcome(
    String input,
    int status,
    ExitStatus.Ending ending,
    long instructions,
    long output,
    long errors) {}
