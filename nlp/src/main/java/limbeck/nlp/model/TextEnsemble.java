package limbeck.nlp.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import limbeck.autograd.Summary;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.LogitMean;
import limbeck.kd.Network;
import limbeck.kd.data.Inputs;

/**
 * Several networks that see the same texts and speak as one, in a fixed order, each with tokens of
 * its own. The layers of member m are named {@code member<m>.} and then as in a network of its own.
 * {@link limbeck.kd.EnsembleName} says how their names are written, {@link LogitMean} what a mean
 * is.
 *
 * <p>Its program has the inputs of the first member, then those of the others, with {@code
 * member<m>.} before their names; members that read as the first does share its inputs.
 */
final class TextEnsemble extends Network {
  private final String name;
  private final LogitMean mean;
  private final List<TextNetwork> members = new ArrayList<>();

  TextEnsemble(String name, LogitMean mean, List<TextNetwork> members) {
    this.name = name;
    this.mean = mean;
    for (TextNetwork member : members) {
      this.members.add(child("member" + (this.members.size() + 1), member));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int classes() {
    return members.get(0).classes();
  }

  @Override
  public Var forward(Inputs in) {
    return mean.of(members.stream().map(m -> m.forward(in)).toList());
  }

  /** Nothing: texts have several input tensors. */
  @Override
  public Var forward(Var x) {
    throw new UnsupportedOperationException(name + ": texts have several input tensors");
  }

  @Override
  public Inputs sample() {
    return members.get(0).sample();
  }

  @Override
  public Inputs longSample() {
    return members.get(0).longSample();
  }

  /** That of the members, if all read alike; else none. */
  @Override
  public Object cutter() {
    return members.stream().allMatch(this::readsAsFirst) ? members.get(0).cutter() : null;
  }

  @Override
  public Tensor lengths(Inputs in) {
    return members.stream().allMatch(this::readsAsFirst) ? members.get(0).lengths(in) : null;
  }

  private boolean readsAsFirst(TextNetwork member) {
    return member.coder().equals(members.get(0).coder());
  }

  private Input[] inputs() {
    List<Input> all = new ArrayList<>(members.get(0).inputs());
    for (int m = 1; m < members.size(); m++) {
      if (!readsAsFirst(members.get(m))) {
        String prefix = "member" + (m + 1) + ".";
        members.get(m).inputs().forEach(i -> all.add(named(prefix + i.name(), i)));
      }
    }
    return all.toArray(Input[]::new);
  }

  private static Input named(String other, Input i) {
    return new Input(other, i.type(), i.example(), i.freeAxes(), i.batched());
  }

  private Var forward(List<Var> in) {
    int own = members.get(0).inputs().size();
    List<Var> first = in.subList(0, own);
    List<Var> said = new ArrayList<>();
    int at = own;
    for (TextNetwork member : members) {
      int n = member.inputs().size();
      said.add(member.forward(readsAsFirst(member) ? first : in.subList(at, at + n)));
      at += readsAsFirst(member) ? 0 : n;
    }
    return mean.of(said);
  }

  @Override
  public Program program() {
    return Tracer.trace(this, this::forward, inputs());
  }

  @Override
  public Tensor[] tensors(Inputs in) {
    Stream<Tensor> first = Arrays.stream(members.get(0).tensors(in));
    Stream<Tensor> others =
        members.stream()
            .skip(1)
            .filter(m -> !readsAsFirst(m))
            .flatMap(m -> Arrays.stream(m.tensors(in)));
    return Stream.concat(first, others).toArray(Tensor[]::new);
  }

  @Override
  public long multiplyAdds() {
    return Summary.of(this, this::forward, inputs()).multiplyAdds();
  }

  /** Those of all members if logits are averaged; none if probabilities are. */
  @Override
  public List<Linear> classifiers() {
    return mean.kind() == LogitMean.Kind.GEOMETRIC
        ? members.stream().flatMap(m -> m.classifiers().stream()).toList()
        : List.of();
  }

  @Override
  public List<Linear> hiddenLayers() {
    return members.stream().flatMap(m -> m.hiddenLayers().stream()).toList();
  }

  /** That of the members, if all read alike; else none. */
  @Override
  public Map<String, String> facts() {
    return members.stream().allMatch(this::readsAsFirst) ? members.get(0).facts() : Map.of();
  }

  /** Draws the values that members begin with, each from a seed of its own. */
  @Override
  public void begin(long seed) {
    init(seed);
    for (int m = 0; m < members.size(); m++) {
      members.get(m).beginWithin();
    }
  }
}
