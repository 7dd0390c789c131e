package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host's kernel is the oracle: each case prints the same here, on each kind of memory. */
class KernelCasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shared-twice",
        "shared-files",
        "nameless-files",
        "locks",
        "names",
        "descriptors",
        "mappings",
        "rules",
        "temporary-files",
        "robust-exec",
        "terminals",
        "jobs",
        "eventfd",
        "epoll",
        "timers",
        "signalfd",
        "unix-sockets",
        "unix-rights",
        "inet-sockets",
        "inotify",
        "sysv-ipc",
        "pi-mutexes",
        "pipe-sizes",
        "busy",
        "clocks",
        "storage",
        "special-files",
        "alerts",
        "udp-controls",
        "splice",
        "large-transfers",
        "resident-pages",
        "tracing",
        "message-queues",
        "folder-alerts",
        "process-folders",
        "lowered-limit",
        "closed-descriptors",
        "many-messages",
        "residence",
        "packet-mode",
        "requeue-pi",
        "traced-leaders",
        "urgent"
      })
  void printsWhatItPrintsOnTheHost(String name) throws IOException, InterruptedException {
    compare(name);
  }

  /** Cases that begin as the superuser, which the guest is, and become others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "permissions",
        "arguments",
        "attributes",
        "scheduling",
        "owners-programs",
        "file-rules",
        "process-rules",
        "users-files",
        "proc-tasks",
        "roots",
        "socket-tables",
        "queue-folder",
        "leases",
        "attribute-kinds"
      })
  void printsWhatTheSuperuserSees(String name) throws IOException, InterruptedException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assumeTrue(user.equals(0), "needs to be the host's superuser");
    compare(name);
  }

  private void compare(String name) throws IOException, InterruptedException {
    KernelCase program = KernelCase.compile(folder, name);
    String expected = program.onTheHost();
    Supplier<Engine> scalar =
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);
    assertEquals(expected, program.here(scalar, false), "memory in the heap");
    Supplier<Engine> translated =
        Engines.translated(ShippedDispatcher.A64::dispatcher, 20, Runnable::run);
    assertEquals(expected, program.here(translated, true), "translated, outside the heap");
  }

  /** The guest learns where it opens a file that the host gives no more, and nowhere else. */
  @Test
  void hostsLimitOfDescriptorsIsTheGuests() throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "host-limit");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String start =
        "ulimit -n 120; exec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s '%s' host-limit"
            .formatted(
                java,
                System.getProperty("java.class.path"),
                PortableRun.class.getName(),
                program.root());
    Process process =
        new ProcessBuilder(List.of("/bin/sh", "-c", start))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    assertEquals(
        """
        stopped: Too many open files
        some 1
        open("f1", O_RDONLY): Too many open files
        stat("f1", &s): done
        mkdir("dir", 0700): done
        rename("f1", "g1"): done
        chmod("f2", 0644): done
        utimensat(AT_FDCWD, "f2", 0, 0): done
        pipe((int[2]){0}): done
        ftruncate(5, 4096): done
        wait(&status): done
        close(last): done
        open("f3", O_RDWR): done
        status 0""",
        output);
  }

  /** A JVM that gives no memory outside the heap has other ways to the host's files. */
  @ParameterizedTest
  @ValueSource(strings = {"shared-twice", "shared-files"})
  void needsNoMemoryOutsideTheHeap(String name) throws IOException, InterruptedException {
    KernelCase program = KernelCase.compile(folder, name);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-cp",
                    System.getProperty("java.class.path"),
                    PortableRun.class.getName(),
                    program.root().toString(),
                    name))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    assertEquals(program.onTheHost(), output);
  }
}
