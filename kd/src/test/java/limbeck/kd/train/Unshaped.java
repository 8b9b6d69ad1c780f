package limbeck.kd.train;

import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.kd.data.TensorDataset;

/** The examples of a set as rows of numbers, of which nobody knows that they are images. */
record Unshaped(TensorDataset set) implements TensorDataset {
  @Override
  public String name() {
    return set.name();
  }

  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Shape example() {
    return set.example();
  }

  @Override
  public List<String> classNames() {
    return set.classNames();
  }

  @Override
  public int label(int i) {
    return set.label(i);
  }

  @Override
  public void read(int i, float[] out, int at) {
    set.read(i, out, at);
  }

  @Override
  public String digest() {
    return set.digest();
  }

  @Override
  public TensorDataset subset(int[] indices) {
    return new Unshaped(set.subset(indices));
  }

  @Override
  public TensorDataset grouped(List<String> names, int[] classOf) {
    return new Unshaped(set.grouped(names, classOf));
  }
}
