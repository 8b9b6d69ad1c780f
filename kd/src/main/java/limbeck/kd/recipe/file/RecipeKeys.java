package limbeck.kd.recipe.file;

import java.util.List;

/**
 * All keys of a recipe's file and what they mean; a test keeps the list complete. What a method has
 * beside is told by {@link Methods}.
 */
public final class RecipeKeys {
  /**
   * A key.
   *
   * @param table it stands in, as it is written: {@code [networks.ID]}; empty for the file's top
   * @param key its name
   * @param standard what holds without it; empty if it must be there or nothing holds
   * @param help what it means
   */
  public record Key(String table, String key, String standard, String help) {}

  private static final String TOP = "";
  private static final String DATA = "[data]";
  private static final String TRAINING = "[defaults], [networks.ID], [[networks.ID.stages]]";
  private static final String NETWORK = "[networks.ID]";
  private static final String STAGE = "[[networks.ID.stages]]";
  private static final String TERM = "terms = [{ … }] of a network or a stage";
  private static final String SPECIALIST = "specialist = { … } of a network";
  private static final String COHORT = "[[cohorts]]";
  private static final String SWEEP = "[[sweeps]]";
  private static final String STUDY = "[[study]]";
  private static final String COMPARISON = "[[comparisons]]";

  private static final List<Key> ALL =
      List.of(
          key(TOP, "name", "", "lower-case letters, digits and hyphens"),
          key(TOP, "summary", "", "a sentence: who learns from whom"),
          key(TOP, "paper", "none", "whose experiment it is"),
          key(DATA, "validation", "0", "training examples held out from training"),
          key(DATA, "split", "last", "those at the end: last; of each class its share: stratified"),
          key(
              DATA,
              "subset",
              "0",
              "how many of the rest are seen, of each class its share; 0: all"),
          key(
              DATA,
              "results",
              "validation",
              "what results are on where examples are held out: validation, or test"),
          key(DATA, "format", "", "what the folder with the data holds, such as sst2, by --format"),
          key(TRAINING, "optimizer", "sgd", "sgd or adam"),
          key(TRAINING, "rate", "0.05", "learning rate at the start"),
          key(
              TRAINING,
              "schedule",
              "cosine",
              "of the rate: constant, cosine, exponential, linear, step"),
          key(TRAINING, "drops", "", "of schedule step: shares of the stage where the rate drops"),
          key(TRAINING, "factor", "10", "of schedule step: what the rate is divided by"),
          key(TRAINING, "finalRate", "0", "where cosine, exponential and linear end"),
          key(TRAINING, "momentum", "0.9", "of sgd"),
          key(TRAINING, "warmUp", "0", "share of a stage in which the rate rises from 0"),
          key(TRAINING, "clip", "0", "largest norm of a step's gradient; 0: no limit"),
          key(TRAINING, "nesterov", "true", "whether momentum looks ahead, of sgd"),
          key(TRAINING, "decay", "0.0001", "of weights"),
          key(TRAINING, "batch", "128", "examples a step"),
          key(TRAINING, "epochs", "10", "times that all examples are seen"),
          key(TRAINING, "inputDropout", "0", "share of input values set to 0"),
          key(TRAINING, "hiddenDropout", "0", "share of hidden values set to 0"),
          key(TRAINING, "maxNorm", "0", "largest length of a unit's weights; 0: none"),
          key(TRAINING, "jitter", "0", "pixels that images are shifted by at most"),
          key(NETWORK, "role", "as the ID begins", "teacher, assistant, student or distilled"),
          key(NETWORK, "label", "the ID", "at most 14 letters, for plots and tables"),
          key(NETWORK, "name", "the ID", "noun phrase, for sentences"),
          key(NETWORK, "like", "", "a network above whose kind, data and training hold here too"),
          key(NETWORK, "network", "", "its kind, such as mlp:784-30-10, plain-4 or resnet-8"),
          key(
              NETWORK,
              "inputs",
              "plain",
              "plain, standardised, or imagenet: its mean and deviation"),
          key(
              NETWORK,
              "augment",
              "none",
              "how images change: flip, crop:4, cutout:8, colour, affine, mixup:0.2"),
          key(NETWORK, "classes", "all", "labels of the training examples that it is shown"),
          key(
              NETWORK,
              "expand",
              "",
              "made of examples, for its teachers: tang:20, tinybert:20,model=DIR"),
          key(NETWORK, "heldOut", "0", "training examples at the end that it is not shown"),
          key(NETWORK, "file", "", "a safetensors file of weights, instead of training"),
          key(NETWORK, "terms", "labels", "of its loss, if it learns in one stage"),
          key(NETWORK, "stages", "one", "tables of stages that it learns in, one after another"),
          key(NETWORK, "keep", "last", "epoch whose weights are kept: last, or best on validation"),
          key(NETWORK, "cycles", "1", "parts of the stage, each with the whole course of the rate"),
          key(NETWORK, "freshOptimizer", "true", "whether the optimizer's memory starts anew"),
          key(NETWORK, "dropTerms", "0", "terms with teachers left out at random, each step anew"),
          key(NETWORK, "copies", "", "networks alike but for their random numbers: ID-1, ID-2 …"),
          key(NETWORK, "choose", "", "networks above: that one with the fewest validation errors"),
          key(NETWORK, "ensemble", "", "networks above, or one with copies: this is their mean"),
          key(NETWORK, "mean", "arithmetic", "of an ensemble: of probabilities, or geometric"),
          key(NETWORK, "temperature", "1", "of an ensemble's probabilities"),
          key(NETWORK, "correct", "", "a network above: this one is it, with biases corrected"),
          key(NETWORK, "biases", "", "classes whose output biases are corrected"),
          key(NETWORK, "part", "", "a network above with several outputs: this one is one of them"),
          key(NETWORK, "output", "", "of that network: branch0 … of one-3:…, exit1 … of exits:…"),
          key(NETWORK, "start", "", "a network above whose weights its training begins with"),
          key(NETWORK, "startLayers", "", "with start: numbers of its layers, from 0, for fewer"),
          key(NETWORK, "specialist", "", "with start: for classes that the other one confuses"),
          key(NETWORK, "specialists", "", "those of a network, asked together with it"),
          key(NETWORK, "likeliest", "1", "how many of its likeliest classes call specialists"),
          key(SPECIALIST, "count", "", "how many specialists there are"),
          key(SPECIALIST, "classes", "", "how many classes each of them has"),
          key(SPECIALIST, "number", "all of them", "which one this is, if only one, from 1 on"),
          key(STAGE, "name", "", "in plots of the path"),
          key(STAGE, "terms", "labels", "of the loss"),
          key(STAGE, "keep", "last", "weights that the next stage begins with: last, or best"),
          key(STAGE, "cycles", "1", "parts of the stage, each with the whole course of the rate"),
          key(STAGE, "freshOptimizer", "true", "whether the optimizer's memory starts anew"),
          key(STAGE, "dropTerms", "0", "terms with teachers left out at random, each step anew"),
          key(TERM, "method", "", "a class of limbeck.kd.objective, or of yours with its package"),
          key(
              TERM,
              "teacher",
              "",
              "ID of a network, or peers, previous-epoch, previous-stage (its own past)"),
          key(TERM, "weight", "1", "of the term in the loss"),
          key(TERM, "finalWeight", "the weight", "reached at the last epoch, linearly"),
          key(TERM, "from", "0", "epoch of the stage that it begins in"),
          key(TERM, "until", "the end", "epoch of the stage that it is gone in"),
          key(TERM, "warmup", "0", "epochs in which the weight grows from 0, linearly"),
          key(TERM, "tap, taps", "", "layers of both networks; or studentTap(s) and teacherTap(s)"),
          key(COHORT, "networks", "", "IDs of networks that learn together"),
          key(COHORT, "update", "sequential", "sequential, or simultaneous: in parallel"),
          key(COHORT, "stale", "0", "steps that what peers say is old by at most"),
          key(SWEEP, "parameter", "", "a word; {word} in tables of these networks is the value"),
          key(SWEEP, "label", "the parameter", "what the axis of the figure says"),
          key(SWEEP, "values", "", "numbers: each network is there once for each of them"),
          key(SWEEP, "main", "the first value", "whose networks single figures show"),
          key(SWEEP, "log", "false", "whether the axis is logarithmic"),
          key(SWEEP, "networks", "", "IDs; the network ID becomes ID-10, ID-30 and so on"),
          key(STUDY, "student", "", "what a kind of student is called, for the command study"),
          key(STUDY, "labels", "", "ID of its network that learns from labels alone"),
          key(STUDY, "logits", "", "ID of that which learns from its teacher's logits"),
          key(STUDY, "augmented", "", "ID of that which learns from logits of more examples"),
          key(STUDY, "hidden", "", "ID of that which learns from hidden states as well"),
          key(STUDY, "attention", "", "ID of that which learns from attention as well"),
          key(COMPARISON, "arm", "", "ID of a network"),
          key(COMPARISON, "baseline", "", "ID of the network that it is compared with"),
          key(
              COMPARISON,
              "claim",
              "better",
              "what the comparison is to tell; the first is the verdict"));

  private RecipeKeys() {}

  private static Key key(String table, String key, String standard, String help) {
    return new Key(table, key, standard, help);
  }

  /** All keys, in the order in which a file has them. */
  public static List<Key> all() {
    return ALL;
  }
}
