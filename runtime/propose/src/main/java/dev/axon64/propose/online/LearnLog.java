package dev.axon64.propose.online;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run that learns leaves behind: one line of JSON per event, the weights of every network
 * that ever served, the certificate, and a picture.
 */
public final class LearnLog {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Path lines;
  private final Path folder;

  /**
   * @param lines file for the events; begun anew
   * @param folder for all other files; made if it is not there
   * @throws InputException if they cannot be written
   */
  public LearnLog(Optional<Path> lines, Optional<Path> folder) {
    this.lines = lines.orElse(null);
    this.folder = folder.orElse(null);
    try {
      if (this.folder != null) {
        Files.createDirectories(this.folder);
      }
      if (this.lines != null) {
        Files.write(this.lines, new byte[0]);
      }
    } catch (IOException e) {
      throw new InputException(
          (this.lines == null ? this.folder : this.lines).toString(),
          "cannot be written: " + AtomicFiles.reason(e),
          e);
    }
  }

  void start(Network network) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "start");
    line.put("model", network.spec().name());
    line.put("checkpoint", checkpoint(network, "start"));
    line.put("sha256", Digests.sha256(network.weights()));
    write(line);
  }

  void swap(LearningSession session, Candidate candidate) {
    Map<String, Object> line = event("swap", session);
    line.put("number", session.swaps());
    line.put("stage", candidate.stage());
    line.put("epoch", candidate.epoch());
    line.put("knownCases", candidate.known());
    line.put("cases", candidate.cases());
    line.put("wrongCases", candidate.errors());
    line.put("certified", candidate.certified());
    line.put("checkpoint", checkpoint(candidate.network(), "swap-" + session.swaps()));
    line.put("sha256", Digests.sha256(candidate.network().weights()));
    candidate.certificate().ifPresent(json -> certificate(candidate.network(), json));
    write(line);
  }

  void returned(LearningSession session, String why) {
    Map<String, Object> line = event("return", session);
    line.put("number", session.returns());
    line.put("why", why);
    line.put("sha256", Digests.sha256(session.current().network.weights()));
    write(line);
  }

  void end(LearningSession session) {
    Map<String, Object> line = event("end", session);
    line.put("swaps", session.swaps());
    line.put("returns", session.returns());
    line.put("wrongCases", session.errors());
    line.put("certified", session.certified());
    write(line);
    if (folder != null) {
      Network network = session.current().network;
      checkpoint(network, network.spec().name());
      AtomicFiles.write(folder.resolve("traps.svg"), TrapCurve.svg(session));
    }
  }

  private static Map<String, Object> event(String name, LearningSession session) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", name);
    line.put("seconds", session.nanoseconds() / 1_000_000 / 1e3);
    line.put("instructions", session.instructions());
    line.put("traps", session.traps());
    return line;
  }

  /** Gives the file's name, or null if there is none. */
  private String checkpoint(Network network, String name) {
    if (folder == null) {
      return null;
    }
    float[] flat = network.weights();
    Tensor tensor = new Tensor("", List.of(flat.length), flat);
    AtomicFiles.write(folder.resolve(name + ".npy"), TensorFiles.npy(tensor));
    return name + ".npy";
  }

  private void certificate(Network network, String json) {
    if (folder != null) {
      AtomicFiles.write(folder.resolve(network.spec().name() + ".certificate.json"), json);
    }
  }

  private void write(Map<String, Object> line) {
    if (lines == null) {
      return;
    }
    try {
      Files.write(
          lines,
          (GSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new InputException(lines.toString(), "cannot be written: " + AtomicFiles.reason(e), e);
    }
  }
}
