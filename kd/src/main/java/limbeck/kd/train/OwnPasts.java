package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.Stage;

/** What a network was at the moments that its stages learn from: see {@link PastSelf}. */
final class OwnPasts {
  private static final String PAST = "past.";

  private final Map<String, OwnPast> moments = new LinkedHashMap<>();
  private final Network network;
  private final Supplier<OwnPast> copy;
  private final TeacherSet teachers;

  /**
   * No past yet.
   *
   * @param copy makes a copy of the network
   * @param teachers that pasts are added to
   */
  OwnPasts(Network network, Supplier<OwnPast> copy, TeacherSet teachers) {
    this.network = network;
    this.copy = copy;
    this.teachers = teachers;
  }

  /** Takes the network's weights for one of the words of {@link PastSelf}, if the stage asks it. */
  void remember(String word, Stage stage) {
    if (stage.teachers().contains(word)) {
      moments.computeIfAbsent(word, x -> copy.get()).remember(network);
      teachers.put(word, moments.get(word));
    }
  }

  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    moments.forEach((word, then) -> state.putAll(then.state(PAST + word + ".")));
    return state;
  }

  void restore(Map<String, Tensor> state) {
    for (String word : PastSelf.words()) {
      Map<String, Tensor> weights = Checkpoints.part(PAST + word + ".", state);
      if (!weights.isEmpty()) {
        OwnPast then = copy.get();
        then.restore(weights);
        moments.put(word, then);
        teachers.put(word, then);
      }
    }
  }
}
