package dev.axon64.weights.train;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.TrainState.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains an embedding network, epoch by epoch, to no error on the complete domain with few terms
 * and integer weights. Starts narrow and goes wider only where that fails. The stages stand in
 * {@link TrainState.Stage}.
 */
public final class EmbeddingTraining implements Training {
  private static final int SEARCH_EPOCHS = 50;
  private static final int SPARSIFY_EPOCHS = 10;
  private static final int PRUNE_EPOCHS = 8;
  private static final int ROUND_EPOCHS = 4;
  private static final float MARGIN = 0.1f;
  private static final float FIRST_PENALTY = 0.05f;

  /** Share of the wanted margin that a network must keep while weights may still move. */
  private static final float SAFE = 0.3f;

  /** A rounding whose errors do not fall by this much in each epoch is given up. */
  private static final float HOPE = 0.6f;

  private final DispatchSpec spec;
  private final int mostEpochs;
  private final long seed;
  private final Attempts attempts;
  private final DomainCheck.Blocks domain;
  private final EpochLoop loop;
  private final TrainState state;
  private final Pruning pruning;
  private DomainCheck check;

  /**
   * Starts from a seed.
   *
   * @param mostEpochs after so many without a result training has failed
   * @throws InputException if the spec is not an embedding, two hidden layers and scores
   */
  public EmbeddingTraining(
      DispatchSpec spec, DataSet data, DecisionDomain domain, long seed, int mostEpochs) {
    this(spec, data, domain, seed, mostEpochs, new TrainState());
    startAttempt();
  }

  /** Goes on from a state; see {@link Checkpoints}. */
  EmbeddingTraining(
      DispatchSpec spec,
      DataSet data,
      DecisionDomain domain,
      long seed,
      int mostEpochs,
      TrainState state) {
    this.spec = spec;
    this.seed = seed;
    this.attempts = new Attempts(spec, seed);
    this.mostEpochs = mostEpochs;
    this.domain = DomainCheck.Blocks.of(domain.columns());
    this.loop = new EpochLoop(data.training(), domain.columns());
    this.state = state;
    this.pruning = new Pruning(state, domain);
  }

  /**
   * A training whose networks never read the pc, so that what they decide follows from a case of
   * the domain alone. The domain may have only some of the cases as long as training is in its
   * first stage; see {@link #with}.
   *
   * @param origin what every attempt starts from, with more and more units added; none for random
   *     weights
   */
  public static EmbeddingTraining blind(
      DispatchSpec spec,
      DataSet data,
      DecisionDomain domain,
      long seed,
      int mostEpochs,
      Optional<Network> origin) {
    TrainState state = new TrainState();
    state.blind = true;
    state.origin = origin.orElse(null);
    EmbeddingTraining training = new EmbeddingTraining(spec, data, domain, seed, mostEpochs, state);
    training.startAttempt();
    return training;
  }

  /** This training, going on with other samples and other cases. */
  public EmbeddingTraining with(DataSet data, DecisionDomain other) {
    return new EmbeddingTraining(spec, data, other, seed, mostEpochs, state);
  }

  TrainState state() {
    return state;
  }

  @Override
  public boolean finished() {
    return state.stage == Stage.DONE || state.stage == Stage.FAILED;
  }

  @Override
  public boolean succeeded() {
    return state.stage == Stage.DONE;
  }

  @Override
  public List<EpochRecord> history() {
    return List.copyOf(state.history);
  }

  /** The network as it is now; final once {@link #finished}. */
  public Network network() {
    return NetworkExport.of(spec, state.net);
  }

  @Override
  public EpochRecord epoch() {
    int errorsBefore = check().errors();
    Stage stage = state.stage;
    double loss = loop.run(state, check().hard(), stageLength());
    check = null;
    state.epoch++;
    state.stageEpoch++;
    int errors = check().errors();
    EpochRecord record = record(stage, loss);
    advance(errors, errors > errorsBefore * HOPE);
    if (state.epoch >= mostEpochs && !finished()) {
      state.stage = Stage.FAILED;
    }
    // A last rounding may have needed no training: the curve ends with the network that is kept.
    state.history.add(succeeded() ? record(stage, loss) : record);
    return state.history.getLast();
  }

  private EpochRecord record(Stage stage, double loss) {
    return new EpochRecord(
        state.epoch,
        stage.name().toLowerCase(Locale.ROOT),
        loss,
        1 - (double) check().errors() / domain.examples().size(),
        Sparsity.units(state.net),
        Sparsity.terms(state.net));
  }

  private int stageLength() {
    return switch (state.stage) {
      case SEARCH -> SEARCH_EPOCHS;
      case SPARSIFY -> SPARSIFY_EPOCHS;
      case PRUNE -> PRUNE_EPOCHS;
      default -> ROUND_EPOCHS;
    };
  }

  private void advance(int errors, boolean hopeless) {
    boolean over = state.stageEpoch >= stageLength();
    switch (state.stage) {
      case SEARCH -> {
        if (over && errors == 0) {
          begin(Stage.SPARSIFY);
          state.penalty = FIRST_PENALTY;
        } else if (over) {
          nextAttempt();
        }
      }
      case SPARSIFY -> {
        if (good()) {
          Sparsity.dropZeros(state.net);
          startPruning();
        } else if (over) {
          nextAttempt();
        } else {
          state.penalty /= 2;
        }
      }
      case PRUNE -> {
        if (good()) {
          accept();
          nextRemoval();
        } else if (over) {
          restore();
          pruning.keep();
          nextRemoval();
        }
      }
      case ROUND -> {
        if (good()) {
          round(state.roundingGroup + 1, 0);
        } else if (over || (state.stageEpoch >= 2 && hopeless)) {
          restore();
          state.margin = state.backupMargin;
          round(state.roundingGroup, state.roundingLevel + 1);
        }
      }
      default -> throw new IllegalStateException("training is over");
    }
  }

  private DomainCheck check() {
    if (check == null) {
      check = DomainCheck.of(state.net, domain, state.margin);
    }
    return check;
  }

  private boolean good() {
    boolean allRounded = state.stage == Stage.ROUND && state.roundingGroup == Rounding.GROUPS - 1;
    float least = allRounded ? 0 : SAFE * state.margin;
    return check().errors() == 0 && check().leastMargin() >= least;
  }

  private void begin(Stage stage) {
    state.stage = stage;
    retrain();
  }

  /** The network was changed: what was known of it and of its gradients no longer holds. */
  private void retrain() {
    state.stageEpoch = 0;
    state.adam = TrainState.freshAdam(state.net);
    check = null;
  }

  private void startPruning() {
    begin(Stage.PRUNE);
    state.kept.clear();
    accept();
    nextRemoval();
  }

  private void accept() {
    pruning.accept();
    check = null;
  }

  private void restore() {
    state.net = state.backup;
    check = null;
  }

  private void nextRemoval() {
    while (pruning.next()) {
      retrain();
      if (!good()) {
        return;
      }
      accept();
    }
    begin(Stage.ROUND);
    round(0, 0);
  }

  /** Rounds a group at a level; where that needs no training, goes on to the next group. */
  private void round(int fromGroup, int fromLevel) {
    int group = fromGroup;
    int level = fromLevel;
    while (group < Rounding.GROUPS && level < Rounding.levels(group)) {
      state.roundingGroup = group;
      state.roundingLevel = level;
      state.backup = state.net.copy();
      state.backupMargin = state.margin;
      state.margin *= Rounding.apply(state.net, group, level);
      retrain();
      if (!good()) {
        return;
      }
      group++;
      level = 0;
    }
    if (group == Rounding.GROUPS && proven()) {
      state.stage = Stage.DONE;
    } else {
      nextAttempt();
    }
  }

  private boolean proven() {
    Network network = network();
    return Exactness.of(network).exact() && !Lowering.lower(network).readsPc();
  }

  private void nextAttempt() {
    if (attempts.next(state)) {
      startAttempt();
    } else {
      state.stage = Stage.FAILED;
    }
  }

  private void startAttempt() {
    attempts.start(state);
    state.margin = MARGIN;
    begin(Stage.SEARCH);
  }
}
