package dev.axon64.app.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command's page, written with the macros of man(7) from what picocli knows of it. */
final class ManPage {
  private static final String SECTION = "1";

  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** The page's name, such as {@code axon64-run}. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  /**
   * The page's text.
   *
   * @param source what it belongs to, such as {@code axon64 0.1.0}
   */
  static String of(CommandLine command, String source) {
    return new ManPage(command).write(source);
  }

  private String write(String source) {
    String name = name(command);
    line(".TH %s %s \"\" %s Axon64".formatted(quoted(name.toUpperCase()), SECTION, quoted(source)));
    section("NAME");
    line(roff(name) + " \\- " + text(spec.usageMessage().description()));
    section("SYNOPSIS");
    line(roff(command.getHelp().abbreviatedSynopsis().strip()));
    positionals();
    options();
    subcommands();
    notes();
    exitStatus();
    seeAlso();
    return page.toString();
  }

  private void positionals() {
    List<PositionalParamSpec> shown =
        spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!shown.isEmpty()) {
      section("ARGUMENTS");
      shown.forEach(each -> item("\\fI" + roff(each.paramLabel()) + "\\fR", each));
    }
  }

  private void options() {
    List<OptionSpec> grouped =
        spec.argGroups().stream().flatMap(group -> group.allOptionsNested().stream()).toList();
    List<OptionSpec> single =
        spec.options().stream().filter(each -> !grouped.contains(each)).toList();
    options("OPTIONS", single);
    for (ArgGroupSpec group : spec.argGroups()) {
      String heading = group.heading() == null ? "" : text(group.heading());
      options(heading.replace(":", "").strip().toUpperCase(), group.allOptionsNested());
    }
  }

  private void options(String heading, List<OptionSpec> options) {
    List<OptionSpec> shown = options.stream().filter(each -> !each.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    if (!heading.isEmpty()) {
      section(heading);
    }
    for (OptionSpec option : shown) {
      String names =
          Arrays.stream(option.names())
              .map(name -> "\\fB" + roff(name) + "\\fR")
              .collect(Collectors.joining(", "));
      boolean takesValue = option.arity().max() > 0;
      item(names + (takesValue ? " \\fI" + roff(option.paramLabel()) + "\\fR" : ""), option);
    }
  }

  private void subcommands() {
    List<CommandLine> all = new ArrayList<>(command.getSubcommands().values());
    if (!all.isEmpty()) {
      section("COMMANDS");
    }
    for (CommandLine each : all) {
      line(".TP");
      line("\\fB" + roff(name(each)) + "\\fR(" + SECTION + ")");
      line(text(each.getCommandSpec().usageMessage().description()));
    }
  }

  private void notes() {
    String[] footer = spec.usageMessage().footer();
    if (!text(footer).isEmpty()) {
      section("NOTES");
      for (String each : footer) {
        String line = text(each);
        line(line.isEmpty() ? ".PP" : line);
      }
    }
  }

  private void exitStatus() {
    section("EXIT STATUS");
    String[][] statuses = {
      {"0", "Done."},
      {"1", "Done, with a bad verdict."},
      {"2", "Unusable input."},
      {"3", "A bug in Axon64."}
    };
    for (String[] status : statuses) {
      line(".TP");
      line("\\fB" + status[0] + "\\fR");
      line(status[1]);
    }
    line(".PP");
    line("Commands that run a guest exit as it does.");
  }

  private void seeAlso() {
    if (command.getParent() != null) {
      section("SEE ALSO");
      line("\\fB" + roff(name(command.getParent())) + "\\fR(" + SECTION + ")");
    }
  }

  private void item(String term, ArgSpec argument) {
    line(".TP");
    line(term);
    line(text(argument.description()));
  }

  private void section(String heading) {
    line(".SH " + quoted(heading));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String quoted(String text) {
    return '"' + roff(text).replace("\"", "\\(dq") + '"';
  }

  /** Lines of a description as one, in the way that picocli would print them. */
  private static String text(String... description) {
    String all =
        Arrays.stream(description)
            .map(line -> Ansi.OFF.new Text(String.format(line)).toString())
            .collect(Collectors.joining(" "));
    return roff(all.replaceAll("\\s+", " ").strip());
  }

  /** Text in which no character means anything to roff. */
  private static String roff(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
