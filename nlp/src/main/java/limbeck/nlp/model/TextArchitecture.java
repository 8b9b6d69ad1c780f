package limbeck.nlp.model;

import java.util.List;
import limbeck.kd.Architecture;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.nlp.data.TextDataset;

/**
 * A kind of network for texts, by its name: {@link TextArchitectures} lists the forms.
 *
 * @param name in its shortest form
 * @param family says how names are written and networks are made
 */
record TextArchitecture(String name, TextFamily family) implements Architecture {
  @Override
  public Network build(Dataset train, String inputs, DropoutRates dropout) {
    if (!(train instanceof TextDataset texts)) {
      throw new IllegalArgumentException(
          train.name() + ": " + name + " is for texts, but these are " + train.form());
    }
    if (!texts.scored() && texts.classes() < 2) {
      throw new IllegalArgumentException(name + ": " + texts.classes() + " classes, 2 at least");
    }
    return family.build(name, new TextSource(texts, inputs), dropout);
  }

  @Override
  public String identity(String inputs) {
    return family.identity(name, inputs);
  }

  @Override
  public List<String> inputs() {
    return family.inputs();
  }

  @Override
  public void checkInputs(String word) {
    family.checkInputs(word);
  }

  /** The same: names of networks for texts do not say how many classes there are. */
  @Override
  public Architecture ofClasses(int classes) {
    return this;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Two architectures with one name are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TextArchitecture a && a.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
