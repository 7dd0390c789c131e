package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root that the guest may not change. */
class ReadOnlyRootTest {
  @TempDir Path folder;

  /** The C library maps its table of character sets like that. */
  @Test
  void sharesFilesThatAreOnlyRead() throws IOException {
    Files.writeString(folder.resolve("file"), "shared");
    HostTree tree = new HostTree(folder, false, new RootDirectory());
    FileBody body = assertInstanceOf(FileNode.class, tree.top().lookup("file")).open(false);
    AddressSpace space = new AddressSpace(new MemoryLimit(1 << 20));
    space.map(
        new Mapping(
            0x10000, 0x10000 + AddressSpace.PAGE, AddressSpace.READ, body.backing(true), 0, "f"));
    assertEquals('s', space.load8(0x10000));
    space.clear();
    body.close();
  }
}
