package dev.axon64.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The rules. A subclass says which modules they are checked on beside this one. */
public abstract class ArchitectureRules {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final String ALL = "dev\\.axon64\\..*";
  private static final String COMMANDS = "dev\\.axon64\\.app\\..*|dev\\.axon64\\..*\\.cli\\..*";

  /** Those that builds start, with options of their own. */
  private static final String GENERATORS = "dev\\.axon64\\.codegen\\.\\w*Generator(\\$.*)?";

  private static final List<String> MODULES =
      List.of(
          "codegen",
          "weights",
          "runtime/machine",
          "runtime/linux",
          "runtime/system",
          "runtime/propose",
          "metal",
          "runtime/app");

  /** Those that nothing in this module needs, and that are there only in a build of all modules. */
  private static final List<String> LEAVES =
      List.of("codegen/maven-plugin", "runtime/emulator", "runtime/testkit");

  private final List<CompiledClass> classes;
  private final List<CommandSpec> commands;

  /**
   * Rules for this module and those below it, and perhaps for more.
   *
   * @param above folders of modules that stand on this one, below the root of the project
   * @param more root commands that those have, beside {@code axon64} itself
   */
  protected ArchitectureRules(List<String> above, CommandLine... more) {
    classes =
        CompiledClass.in(
            Stream.concat(
                    Stream.of(MODULES, above).flatMap(List::stream),
                    LEAVES.stream()
                        .filter(leaf -> Files.isDirectory(ROOT.resolve(leaf + "/target/classes"))))
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .toList());
    this.commands =
        Stream.concat(Stream.of(Main.commandLine()), Stream.of(more))
            .flatMap(ArchitectureRules::withSubcommands)
            .map(CommandLine::getCommandSpec)
            .toList();
  }

  @Test
  void packagesFormNoCircles() {
    assertEquals(List.of(), circles(classes));
  }

  @Test
  void onlyCodegenWritesJavaByJavaPoet() {
    nobodyUses("(?!dev\\.axon64\\.codegen\\.).*", "com\\.palantir\\.javapoet\\..*");
  }

  @Test
  void lowerRoomsKnowNothingOfHigherOnes() {
    nobodyUses("dev\\.axon64\\.codegen\\..*", "dev\\.axon64\\.(?!codegen\\.).*");
    nobodyUses(
        "dev\\.axon64\\.machine\\..*",
        "dev\\.axon64\\.(emulator|linux|system|propose|metal|weights)\\..*");
    nobodyUses("dev\\.axon64\\.(?!(emulator|testkit|bench)\\.).*", "dev\\.axon64\\.emulator\\..*");
    nobodyUses("dev\\.axon64\\.maven\\..*", "dev\\.axon64\\.(?!(codegen|maven)\\.).*");
    nobodyUses("dev\\.axon64\\.(?!testkit\\.).*", "dev\\.axon64\\.testkit\\..*");
    nobodyUses("dev\\.axon64\\.emulator\\..*", "dev\\.axon64\\.(linux|propose|metal|weights)\\..*");
    nobodyUses("dev\\.axon64\\.linux\\..*", "dev\\.axon64\\.(propose|metal|weights)\\..*");
    nobodyUses("dev\\.axon64\\.system\\..*", "dev\\.axon64\\.(linux|propose|metal|weights)\\..*");
    nobodyUses("dev\\.axon64\\.propose\\..*", "dev\\.axon64\\.(linux|metal|weights)\\..*");
    nobodyUses("dev\\.axon64\\.metal\\..*", "dev\\.axon64\\.(linux|propose|weights)\\..*");
  }

  @Test
  void nobodyUsesCommandsButCommands() {
    nobodyUses(one -> !isCommand(one) && !one.isMain(), COMMANDS);
  }

  /** Lower rooms name the thing that is wrong; only commands know how it was asked for. */
  @Test
  void optionNamesStayInCommands() {
    List<String> names =
        commands.stream()
            .flatMap(ArchitectureRules::options)
            .flatMap(option -> Stream.of(option.names()))
            .filter(name -> name.startsWith("--")) // -E is an option of many programs
            .distinct()
            .toList();
    assertFalse(names.isEmpty());
    assertEquals(
        List.of(),
        classes.stream()
            .filter(one -> !isCommand(one) && !one.name().matches(GENERATORS))
            .flatMap(
                one ->
                    one.texts().stream()
                        .filter(text -> names.stream().anyMatch(text::startsWith))
                        .map(text -> one.name() + ": " + text))
            .toList());
  }

  private static boolean isCommand(CompiledClass one) {
    return one.isCommand() || one.name().matches(COMMANDS);
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(ArchitectureRules::withSubcommands));
  }

  private static Stream<OptionSpec> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp());
  }

  /** A person who asks for help wants to read what to do: sentences that begin with a verb. */
  @Test
  void helpIsImperative() {
    for (CommandSpec command : commands) {
      imperative(command.qualifiedName(), command.usageMessage().description());
      options(command)
          .forEach(
              option ->
                  imperative(
                      command.qualifiedName() + " " + option.longestName(), option.description()));
    }
  }

  private static void imperative(String of, String... description) {
    String text = String.join(" ", description);
    assertTrue(text.matches("[A-Z](\\w*[^s\\W])?\\b.*\\."), of + ": " + text);
    assertFalse(text.contains("by default"), of + " tells its default otherwise than all: " + text);
  }

  private void nobodyUses(String users, String used) {
    nobodyUses(one -> one.name().matches(users), used);
  }

  private void nobodyUses(Predicate<CompiledClass> users, String used) {
    assertEquals(
        List.of(),
        classes.stream()
            .filter(users)
            .flatMap(
                one ->
                    one.uses().stream()
                        .filter(name -> name.matches(used))
                        .map(name -> one.name() + " uses " + name))
            .toList());
  }

  /** Groups of packages each of which leads to all others of its group. */
  static List<Set<String>> circles(List<CompiledClass> classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (CompiledClass one : classes) {
      String from = CompiledClass.packageOf(one.name());
      Set<String> to = uses.computeIfAbsent(from, name -> new TreeSet<>());
      one.uses().stream()
          .filter(name -> name.matches(ALL))
          .map(CompiledClass::packageOf)
          .filter(name -> !name.equals(from))
          .forEach(to::add);
    }
    Map<String, Set<String>> reached =
        uses.keySet().stream().collect(Collectors.toMap(name -> name, name -> from(name, uses)));
    return uses.keySet().stream()
        .filter(name -> reached.get(name).contains(name))
        .map(
            name ->
                reached.get(name).stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                    .collect(Collectors.<String, Set<String>>toCollection(TreeSet::new)))
        .distinct()
        .toList();
  }

  private static Set<String> from(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new TreeSet<>();
    follow(start, uses, reached);
    return reached;
  }

  private static void follow(String at, Map<String, Set<String>> uses, Set<String> reached) {
    for (String next : uses.getOrDefault(at, Set.of())) {
      if (reached.add(next)) {
        follow(next, uses, reached);
      }
    }
  }
}
