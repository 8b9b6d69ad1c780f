package limbeck.nlp.model;

import java.util.List;
import limbeck.kd.Architecture;
import limbeck.kd.DropoutRates;
import limbeck.kd.EnsembleName;
import limbeck.kd.LogitMean;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;

/**
 * Several kinds of networks for texts that speak as one.
 *
 * @param members in order
 * @param mean how they are combined
 */
record TextEnsembleArchitecture(List<TextArchitecture> members, LogitMean mean)
    implements Architecture {
  @Override
  public String name() {
    return new EnsembleName(members.stream().map(TextArchitecture::name).toList(), mean).text();
  }

  /**
   * Of scores the mean is that of the members' outputs, whatever the name says of probabilities,
   * which there are none of.
   */
  @Override
  public Network build(Dataset train, String inputs, DropoutRates dropout) {
    if (train.scored() && mean.kind() == LogitMean.Kind.ARITHMETIC && mean.temperature() != 1) {
      throw new IllegalArgumentException(
          name() + ": the mean of scores has no temperature; leave it out");
    }
    LogitMean mean = train.scored() ? LogitMean.GEOMETRIC : this.mean;
    List<TextNetwork> built =
        members.stream().map(m -> (TextNetwork) m.build(train, inputs, dropout)).toList();
    return new TextEnsemble(name(), mean, built);
  }

  /** Those that all members can be told. */
  @Override
  public List<String> inputs() {
    return members.get(0).inputs().stream()
        .filter(i -> members.stream().allMatch(m -> m.inputs().contains(i)))
        .toList();
  }

  @Override
  public void checkInputs(String word) {
    members.forEach(m -> m.checkInputs(word));
  }

  @Override
  public String identity(String inputs) {
    return mean + " of " + members.stream().map(m -> m.identity(inputs)).toList();
  }

  @Override
  public Architecture ofClasses(int classes) {
    throw new IllegalArgumentException(name() + ": is no single network with one output");
  }

  @Override
  public String toString() {
    return name();
  }
}
