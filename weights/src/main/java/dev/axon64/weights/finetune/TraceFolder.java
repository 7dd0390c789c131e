package dev.axon64.weights.finetune;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of recordings, {@code PROGRAM.loops.npy} and {@code PROGRAM.memory.npy}. A program's
 * name ends at the first dot, so that {@code sort.O2.loops.npy} and {@code sort.O3.loops.npy} are
 * of one program: no part of it can be learnt from while another is held out.
 */
public final class TraceFolder {
  private final Path folder;
  private final Map<Recorded, SortedMap<String, List<Path>>> files = new EnumMap<>(Recorded.class);

  private TraceFolder(Path folder) {
    this.folder = folder;
    for (Recorded kind : Recorded.values()) {
      files.put(kind, new TreeMap<>());
    }
  }

  /**
   * Looks at what is there; files that are no {@code .npy} are passed over.
   *
   * @throws InputException if it is no folder, or holds no recording or a {@code .npy} whose name
   *     does not tell what it is
   */
  public static TraceFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder.toString(),
          "is no folder; record programs into one, as NAME.loops.npy, with 'axon64 trace'");
    }
    TraceFolder traces = new TraceFolder(folder);
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.toString().endsWith(".npy")).sorted().forEach(traces::add);
    } catch (IOException e) {
      throw new InputException(
          folder.toString(), "cannot be read (" + AtomicFiles.reason(e) + ")", e);
    }
    if (traces.files.values().stream().allMatch(Map::isEmpty)) {
      throw new InputException(
          folder.toString(),
          "holds no recordings; write some there, as NAME.loops.npy, with 'axon64 trace'");
    }
    return traces;
  }

  private void add(Path file) {
    String name = file.getFileName().toString();
    for (Recorded kind : Recorded.values()) {
      String label = name.substring(0, Math.max(0, name.length() - kind.suffix().length()));
      if (name.endsWith(kind.suffix()) && label.split("\\.", 2)[0].length() > 0) {
        files
            .get(kind)
            .computeIfAbsent(label.split("\\.", 2)[0], program -> new ArrayList<>())
            .add(file);
        return;
      }
    }
    throw new InputException(
        file.toString(),
        "is called neither NAME.loops.npy nor NAME.memory.npy; name it after the program and what"
            + " was recorded");
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** The recordings of a kind, by program. */
  public SortedMap<String, List<Path>> programs(Recorded kind) {
    return files.get(kind);
  }
}
