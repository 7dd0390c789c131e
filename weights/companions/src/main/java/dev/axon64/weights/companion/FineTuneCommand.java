package dev.axon64.weights.companion;

import dev.axon64.app.train.CompanionLearnOptions;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.finetune.FineTunePlan;
import dev.axon64.weights.finetune.FineTuned;
import dev.axon64.weights.finetune.FineTuningJson;
import dev.axon64.weights.finetune.FineTuningRun;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.Recorded;
import dev.axon64.weights.finetune.TraceFolder;
import dev.axon64.weights.report.FineTuningPage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 learn}: companion networks fine-tuned on a user's own programs. */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    description = CompanionLearnOptions.DESCRIPTION,
    footer = {
      "",
      "Exit status: 0 what was learnt took over, 1 a candidate was refused, 2 unusable input."
    })
final class FineTuneCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 24;

  @Mixin private CompanionLearnOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    FineTunePlan plan = options.plan();
    TraceFolder traces = TraceFolder.read(plan.traces());
    Optional<TraceFolder> old = plan.old().map(TraceFolder::read);
    List<FineTuned> models = new ArrayList<>();
    for (CompanionTask<?> task : tasks(plan, traces, out)) {
      FineTuned learnt =
          new FineTuning<>(task, plan, again(plan, task), spec.commandLine().getErr())
              .run(traces, old);
      print(out, learnt);
      models.add(learnt);
    }
    FineTuningRun run =
        new FineTuningRun(traces.folder().toString(), plan.seed(), plan.gate(), models);
    AtomicFiles.write(plan.page(), FineTuningPage.html(run));
    AtomicFiles.write(plan.json(), FineTuningJson.of(run));
    out.printf("report: %s, %s%n", plan.page(), plan.json());
    out.flush();
    return models.stream().allMatch(learnt -> learnt.verdict().accepted()) ? 0 : 1;
  }

  /** Those of which there is something recorded. */
  private static List<CompanionTask<?>> tasks(
      FineTunePlan plan, TraceFolder traces, PrintWriter out) {
    List<CompanionTask<?>> tasks = new ArrayList<>();
    for (String model : plan.models()) {
      CompanionTask<?> task = CompanionTask.of(model);
      if (!traces.programs(task.recorded()).isEmpty()) {
        tasks.add(task);
      } else if (!plan.whereRecorded()) {
        throw new InputException(
            traces.folder().toString(),
            "holds no *%s, from which %s learns; record some with 'axon64 trace %s FILE'"
                .formatted(task.recorded().suffix(), model, option(task.recorded())));
      } else {
        out.printf("%s: nothing recorded, left as it is%n", model);
      }
    }
    return tasks;
  }

  /** The option of {@code axon64 trace} that records it. */
  private static String option(Recorded recorded) {
    return switch (recorded) {
      case LOOPS -> "--loops";
      case MEMORY -> "--memory";
    };
  }

  /** The command that does the same again. */
  private static String again(FineTunePlan plan, CompanionTask<?> task) {
    return "axon64 learn --traces %s --model %s --seed %d --epochs %d"
        .formatted(plan.traces(), task.shape().graph(), plan.seed(), plan.epochs());
  }

  private static void print(PrintWriter out, FineTuned learnt) {
    Measure measure = learnt.measures().get(0);
    out.printf("%s: %s%n", learnt.model(), measure.name());
    out.printf("  %-24s %10s %10s %10s%n", "held out", learnt.samples(), "in service", "candidate");
    learnt.programs().forEach((name, sums) -> row(out, measure, name, sums));
    row(out, measure, "all", learnt.all());
    out.printf(
        "%s: %s, %s%n%s%n",
        learnt.model(),
        learnt.verdict().accepted() ? "ACCEPTED" : "REFUSED",
        learnt.verdict().reason(),
        learnt.verdict().accepted() ? "now in " + learnt.placed() : "nothing was replaced");
    out.flush();
  }

  private static void row(PrintWriter out, Measure measure, String name, FineTuned.Sums sums) {
    out.printf(
        "  %-24s %,10d %10s %10s%n",
        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
        sums.before().samples(),
        measure.text(sums.before().mean(0)),
        measure.text(sums.after().mean(0)));
  }
}
