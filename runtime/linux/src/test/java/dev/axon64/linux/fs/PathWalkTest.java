package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Paths stay within the root, whatever links and names they use. */
class PathWalkTest {
  @TempDir Path folder;
  private Path host;
  private final RootDirectory root = new RootDirectory();

  @BeforeEach
  void prepare() throws IOException {
    host = Files.createDirectories(folder.resolve("root"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.createDirectories(host.resolve("a/b"));
    Files.writeString(host.resolve("a/file"), "inside");
    link("up", "../secret");
    link("far", folder.resolve("secret").toString());
    link("out", folder.toString());
    link("a/up", "../../../../secret");
    link("a/rooted", "/a/file");
    link("loop", "loop");
    link("dir", "a/b");
    root.setBase(new HostTree(host, true, root).top());
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(host.resolve(name), Path.of(target));
  }

  private PathWalk.Place walk(String path) {
    return PathWalk.walk(root, root, path, true);
  }

  private static void fails(int errno, Executable action) {
    SysError e = assertThrows(SysError.class, action);
    assertEquals(Errno.name(errno), Errno.name(e.errno));
  }

  private static String text(Node node) {
    FileBody body = assertInstanceOf(FileNode.class, node).open(false);
    byte[] bytes = new byte[100];
    int count = body.read(0, bytes, 0, bytes.length);
    body.close();
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  /** A folder beside the root in which absolute paths are looked for first. */
  private Path sysroot() throws IOException {
    Path sysroot = Files.createDirectories(folder.resolve("sysroot"));
    Files.createDirectories(sysroot.resolve("a"));
    Files.createDirectories(sysroot.resolve("lib/deep"));
    Files.writeString(sysroot.resolve("a/file"), "of the sysroot");
    Files.writeString(sysroot.resolve("lib/c"), "library");
    Files.createSymbolicLink(sysroot.resolve("lib/rooted"), Path.of("/lib/c"));
    Files.createSymbolicLink(sysroot.resolve("lib/up"), Path.of("../../secret"));
    Files.createSymbolicLink(sysroot.resolve("lib/far"), folder.resolve("secret"));
    root.setSysroot(new HostTree(sysroot, false, root).top());
    return sysroot;
  }

  @Test
  void aSysrootIsLookedAtFirst() throws IOException {
    Files.writeString(host.resolve("a/other"), "inside");
    sysroot();
    assertEquals("of the sysroot", text(walk("/a/file").node()));
    assertEquals("of the sysroot", text(walk("/lib/../a/file").node()));
    assertEquals("library", text(walk("/lib/deep/../rooted").node()));
    assertEquals("/lib/c", walk("/../../lib/c").path());
    assertEquals("inside", text(walk("/a/other").node()));
    assertEquals("inside", text(walk("a/file").node()));
    assertEquals("inside", text(walk("/a/rooted").node()));
    assertSame(root.lookup("a"), walk("/a").node(), "a folder of both is the root's");
    assertSame(root, walk("/").node());
    assertSame(root, ((DirectoryNode) walk("/lib").node()).parent());
  }

  @Test
  void aSysrootIsNoWayOutAndIsNotChanged() throws IOException {
    Path sysroot = sysroot();
    fails(Errno.ENOENT, () -> walk("/lib/up"));
    fails(Errno.ENOENT, () -> walk("/lib/far"));
    PathWalk.Place library = walk("/lib/c");
    fails(Errno.EROFS, () -> ((FileNode) library.node()).open(true));
    fails(Errno.EROFS, () -> library.parent().removeFile("c"));
    fails(Errno.EROFS, () -> library.parent().createFile("new", 0644));
    assertEquals("library", Files.readString(sysroot.resolve("lib/c")));
    walk("/a/new").parent().createFile("new", 0644);
    assertTrue(Files.exists(host.resolve("a/new")), "what is new is the root's");
  }

  @Test
  void findsWhatIsThere() {
    assertEquals("inside", text(walk("/a/file").node()));
    assertEquals("inside", text(walk("a/./b/..//file").node()));
    assertEquals("inside", text(walk("/a/rooted").node()));
    assertEquals("/a/b", walk("dir/").path());
    assertNull(walk("/a/none").node());
    fails(Errno.ENOENT, () -> walk("/none/x"));
    fails(Errno.ENOTDIR, () -> walk("/a/file/x"));
    fails(Errno.ENOTDIR, () -> walk("/a/file/"));
    fails(Errno.ENOENT, () -> walk(""));
    fails(Errno.ELOOP, () -> walk("/loop"));
    fails(Errno.ENAMETOOLONG, () -> walk("x".repeat(256)));
    fails(Errno.ENAMETOOLONG, () -> walk("x/".repeat(3000)));
  }

  @Test
  void nothingLeadsOut() {
    assertSame(root, walk("/..").node());
    assertSame(root, walk("../../a/../..").node());
    assertNull(walk("/../secret").node());
    assertNull(walk("/up").node());
    assertNull(walk("/a/up").node());
    fails(Errno.ENOENT, () -> walk("/far"));
    fails(Errno.ENOENT, () -> walk("/out/secret"));
    fails(Errno.ENOENT, () -> walk("/out/root/a/file"));
  }

  @Test
  void aFolderStaysItselfWhenItIsMoved() throws IOException {
    DirectoryNode moved = assertInstanceOf(DirectoryNode.class, walk("/a/b").node());
    walk("/a").parent().rename("a", root, "c");
    assertEquals("/c/b", moved.path());
    root.createLink("a", folder.toString());
    moved.createFile("new", 0644);
    assertEquals("c", moved.parent().name());
    assertEquals(true, Files.exists(host.resolve("c/b/new")));
    assertFalse(Files.exists(folder.resolve("b")));
  }

  @Test
  void aLinkThatTheHostPutsInPlaceOfAFolderIsNotFollowed() throws IOException {
    DirectoryNode b = assertInstanceOf(DirectoryNode.class, walk("/a/b").node());
    Files.delete(host.resolve("a/b"));
    Files.createSymbolicLink(host.resolve("a/b"), folder);
    fails(Errno.EACCES, () -> b.lookup("secret"));
    fails(Errno.EACCES, b::names);
    fails(Errno.EACCES, () -> b.createFile("new", 0644));
  }

  @Test
  void aLinkThatTheHostPutsInPlaceOfAFileIsNotFollowed() throws IOException {
    FileNode file = assertInstanceOf(FileNode.class, walk("/a/file").node());
    Files.delete(host.resolve("a/file"));
    Files.createSymbolicLink(host.resolve("a/file"), folder.resolve("secret"));
    SysError e = assertThrows(SysError.class, () -> file.open(false));
    assertFalse(e.errno == 0);
    assertThrows(SysError.class, () -> file.open(true));
  }

  @Test
  void aReadOnlyTreeRefusesEveryChange() throws IOException {
    RootDirectory sealed = new RootDirectory();
    sealed.setBase(new HostTree(host, false, sealed).top());
    FileNode file =
        assertInstanceOf(FileNode.class, PathWalk.walk(sealed, sealed, "/a/file", true).node());
    fails(Errno.EROFS, () -> file.open(true));
    fails(Errno.EROFS, () -> file.chmod(0));
    fails(Errno.EROFS, () -> file.chown(1, 1));
    fails(Errno.EROFS, () -> file.setTimes(null, Instant.EPOCH));
    fails(Errno.EROFS, () -> sealed.createFile("x", 0644));
    fails(Errno.EROFS, () -> sealed.createDirectory("x", 0755));
    fails(Errno.EROFS, () -> sealed.createLink("x", "y"));
    fails(Errno.EROFS, () -> sealed.createFifo("x", 0644));
    fails(Errno.EROFS, () -> sealed.addName("x", file));
    fails(Errno.EROFS, () -> sealed.removeFile("loop"));
    fails(Errno.EROFS, () -> sealed.removeDirectory("a"));
    fails(Errno.EROFS, () -> sealed.rename("a", sealed, "b"));
    fails(Errno.EROFS, () -> sealed.chmod(0));
    assertEquals("inside", text(file));
  }

  @Test
  void hostDevicesAndPipesCannotBeOpened() throws IOException {
    RootDirectory dev = new RootDirectory();
    Path devices = Path.of("/dev");
    assumeTrue(Files.exists(devices.resolve("null")), "no /dev/null on this host");
    dev.setBase(new HostTree(devices, true, dev).top());
    FileNode device = assertInstanceOf(FileNode.class, dev.lookup("null"));
    fails(Errno.ENXIO, () -> device.open(false));
    fails(Errno.ENXIO, () -> device.open(true));
  }
}
