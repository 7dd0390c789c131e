package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modes, owners and times change where a tree may be changed, and nowhere else. */
class AttributesTest {
  private static final Instant EARLY = Instant.ofEpochSecond(1_000_000_000);
  private static final Instant LATE = Instant.ofEpochSecond(1_100_000_000);

  @TempDir Path folder;
  private final RootDirectory root = new RootDirectory();
  private final MemoryStore store = new MemoryStore(1 << 20, 5, 6);
  private final MemoryFolder memory = new MemoryFolder(store, root, "memory", 0755);

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(folder.resolve("file"), "text");
    Files.createDirectory(folder.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    root.mount("memory", memory);
    memory.createFile("file", 0644);
    memory.createDirectory("folder", 0755);
    memory.createFifo("fifo", 0600);
    memory.createLink("link", "file");
  }

  private void showHost(boolean writable) throws IOException {
    root.setBase(new HostTree(folder, writable, root).top());
  }

  private static void modeAndTimesChange(Node node) {
    assertTrue(node.isWritableTree());
    node.chmod(0710);
    assertEquals(0710, node.stat().mode() & 07777);
    timesChange(node);
  }

  private static void timesChange(Node node) {
    node.setTimes(EARLY, LATE);
    assertEquals(EARLY, node.stat().accessed());
    assertEquals(LATE, node.stat().modified());
    node.setTimes(LATE, null);
    assertEquals(LATE, node.stat().accessed());
    assertEquals(LATE, node.stat().modified());
  }

  private static void nothingChanges(Node node) {
    assertFalse(node.isWritableTree());
    refused(() -> node.chmod(0));
    refused(() -> node.chown(0, 0));
    refused(() -> node.setTimes(EARLY, EARLY));
  }

  private static void refused(Runnable change) {
    SysError e = assertThrows(SysError.class, change::run);
    assertEquals(Errno.name(Errno.EROFS), Errno.name(e.errno));
  }

  @Test
  void hostFilesAndFoldersChange() throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "this file system has no modes");
    showHost(true);
    modeAndTimesChange(root.lookup("file"));
    modeAndTimesChange(root.lookup("folder"));
    modeAndTimesChange(root);
    Stat own = root.stat();
    root.lookup("file").chown(own.uid(), own.gid());
    root.lookup("file").chown(-1, -1);
    assertEquals(own.uid(), root.lookup("file").stat().uid());
  }

  @Test
  void aHostLinkChangesItselfAndNotItsTarget() throws IOException {
    showHost(true);
    Instant before = Files.getLastModifiedTime(folder.resolve("file")).toInstant();
    root.lookup("link").setTimes(EARLY, LATE);
    assertEquals(before, Files.getLastModifiedTime(folder.resolve("file")).toInstant());
    assertEquals(
        LATE,
        Files.getLastModifiedTime(folder.resolve("link"), LinkOption.NOFOLLOW_LINKS).toInstant());
  }

  @Test
  void nodesInMemoryChange() {
    for (String name : new String[] {"file", "folder", "fifo"}) {
      modeAndTimesChange(memory.lookup(name));
    }
    timesChange(memory.lookup("link"));
    modeAndTimesChange(memory);
    Node file = memory.lookup("file");
    file.chown(-1, 9);
    assertEquals(5, file.stat().uid());
    assertEquals(9, file.stat().gid());
  }

  @Test
  void whatIsReadOnlyStaysAsItIs() throws IOException {
    showHost(false);
    nothingChanges(root);
    nothingChanges(root.lookup("file"));
    nothingChanges(root.lookup("folder"));
    store.seal();
    nothingChanges(memory);
    nothingChanges(memory.lookup("file"));
    nothingChanges(memory.lookup("fifo"));
    nothingChanges(memory.lookup("link"));
  }

  @Test
  void aDeviceTakesChangesAndIgnoresThem() {
    Node device = new DeviceNode(Stat.device(1, 3), (node, flags) -> null);
    Stat before = device.stat();
    device.chmod(0);
    device.chown(1, 1);
    device.setTimes(EARLY, EARLY);
    assertEquals(before, device.stat());
    assertFalse(device.isWritableTree());
  }
}
