package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import limbeck.autograd.Var;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;
import limbeck.kd.data.TensorInputs;

/**
 * What student and teachers say about a batch, as doubles that float32 holds exactly: the same case
 * can be computed in either type.
 *
 * @param student its logits under the name {@link #LOGITS}, and its activations by tap
 * @param teachers likewise, each; none if the objective asks none
 */
record ObjectiveCase(
    Map<String, Block> student,
    List<Map<String, Block>> teachers,
    int[] labels,
    int[] indices,
    Progress progress) {
  /** The name of logits among activations. */
  static final String LOGITS = "logits";

  private static final long SEED = 0x6f626aL;

  /**
   * Numbers of all examples.
   *
   * @param shape of one example
   * @param perClass whether the numbers of an example are one for each class
   * @param values example by example
   */
  record Block(Shape shape, boolean perClass, double[] values) {
    Block map(DoubleUnaryOperator f) {
      return new Block(shape, perClass, Arrays.stream(values).map(f).toArray());
    }

    /** These examples, in this order. */
    Block examples(int[] order) {
      int n = shape.size();
      double[] picked = new double[order.length * n];
      for (int i = 0; i < order.length; i++) {
        System.arraycopy(values, order[i] * n, picked, i * n, n);
      }
      return new Block(shape, perClass, picked);
    }

    /** Column j becomes column {@code to[j]}, if columns are classes. */
    Block classes(int[] to) {
      if (!perClass) {
        return this;
      }
      double[] moved = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        moved[i - i % to.length + to[i % to.length]] = values[i];
      }
      return new Block(shape, true, moved);
    }

    /** A tensor [examples, …]. */
    Tensor tensor(DType type) {
      int examples = values.length / shape.size();
      Tensor t =
          Tensor.zeros(
              type,
              Shape.of(
                  IntStream.concat(IntStream.of(examples), Arrays.stream(shape.toArray()))
                      .toArray()));
      for (int i = 0; i < values.length; i++) {
        t.set(i, values[i]);
      }
      return t;
    }
  }

  /** Logits row by row: the student's, each teacher's. In the first epoch of one. */
  static ObjectiveCase of(double[][] student, List<double[][]> teachers, int... labels) {
    return new ObjectiveCase(
        Map.of(LOGITS, logits(student)),
        teachers.stream().map(t -> Map.of(LOGITS, logits(t))).toList(),
        labels,
        IntStream.range(0, labels.length).toArray(),
        Progress.START);
  }

  static Block logits(double[][] rows) {
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return new Block(Shape.of(rows[0].length), true, values);
  }

  /** Normal numbers: logits with standard deviation 2, activations with 1. */
  static ObjectiveCase random(ObjectiveEntry entry, int examples, int classes, long number) {
    Philox random = new Philox(SEED).stream(number);
    List<Map<String, Block>> teachers = new ArrayList<>();
    for (int k = 0; k < entry.teachers(); k++) {
      teachers.add(blocks(entry.teacherTaps(classes), examples, random.stream(2 + k)));
    }
    Philox labels = random.stream(1);
    return new ObjectiveCase(
        blocks(entry.studentTaps(classes), examples, random.stream(0)),
        teachers,
        IntStream.range(0, examples).map(i -> labels.below(i, classes)).toArray(),
        IntStream.range(0, examples).map(i -> 7 + 3 * i).toArray(),
        entry.progress());
  }

  private static Map<String, Block> blocks(
      List<ObjectiveEntry.Tap> taps, int examples, Philox random) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    for (ObjectiveEntry.Tap tap : taps) {
      Philox own = random.stream(blocks.size());
      double scale = tap.perClass() ? 2 : 1;
      double[] values = new double[examples * tap.shape().size()];
      Arrays.setAll(values, i -> (float) (scale * own.normal(i)));
      blocks.put(tap.name(), new Block(tap.shape(), tap.perClass(), values));
    }
    return blocks;
  }

  int examples() {
    return labels.length;
  }

  int classes() {
    return student.get(LOGITS).shape().size();
  }

  /** These examples, in this order. */
  ObjectiveCase examples(int... order) {
    return new ObjectiveCase(
        each(student, b -> b.examples(order)),
        teachers.stream().map(t -> each(t, b -> b.examples(order))).toList(),
        Arrays.stream(order).map(i -> labels[i]).toArray(),
        Arrays.stream(order).map(i -> indices[i]).toArray(),
        progress);
  }

  /** Class j becomes class {@code to[j]}. */
  ObjectiveCase classes(int... to) {
    return new ObjectiveCase(
        each(student, b -> b.classes(to)),
        teachers.stream().map(t -> each(t, b -> b.classes(to))).toList(),
        Arrays.stream(labels).map(y -> to[y]).toArray(),
        indices,
        progress);
  }

  /** At another moment of training. */
  ObjectiveCase at(Progress moment) {
    return new ObjectiveCase(student, teachers, labels, indices, moment);
  }

  /** Other logits of the student. */
  ObjectiveCase studentLogits(double[][] rows) {
    Map<String, Block> other = new LinkedHashMap<>(student);
    other.put(LOGITS, logits(rows));
    return student(other);
  }

  /** Probabilities of a teacher, at temperature 1, by example. */
  double[][] probabilities(int teacher) {
    double[] v = teachers.get(teacher).get(LOGITS).values();
    double[][] rows = new double[examples()][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = Arrays.copyOfRange(v, i * classes(), (i + 1) * classes());
      double max = Arrays.stream(row).max().getAsDouble();
      double sum = Arrays.stream(row).map(x -> Math.exp(x - max)).sum();
      rows[i] = Arrays.stream(row).map(x -> Math.exp(x - max) / sum).toArray();
    }
    return rows;
  }

  /** Another student. */
  ObjectiveCase student(Map<String, Block> other) {
    return new ObjectiveCase(other, teachers, labels, indices, progress);
  }

  /** Every number of the student changed. */
  ObjectiveCase student(DoubleUnaryOperator f) {
    return student(each(student, b -> b.map(f)));
  }

  /** Every number of the teachers changed. */
  ObjectiveCase teachers(DoubleUnaryOperator f) {
    return new ObjectiveCase(
        student,
        teachers.stream().map(t -> each(t, b -> b.map(f))).toList(),
        labels,
        indices,
        progress);
  }

  /** The first teacher's numbers are the student's: its logits, and its taps in their order. */
  ObjectiveCase studentIsTeacher() {
    Map<String, Block> copy = new LinkedHashMap<>();
    List<Block> taught = List.copyOf(teachers.get(0).values());
    student.keySet().forEach(tap -> copy.put(tap, taught.get(copy.size())));
    return student(copy);
  }

  /** All teachers' logits become certain: {@code sure} at one class and 0 elsewhere. */
  ObjectiveCase sureTeachers(double sure) {
    int classes = classes();
    List<Map<String, Block>> certain = new ArrayList<>();
    for (Map<String, Block> teacher : teachers) {
      certain.add(
          each(
              teacher,
              b -> {
                double[] values = b.values.clone();
                for (int i = 0; i < values.length && b.perClass; i++) {
                  values[i] = i % classes == (i / classes) % classes ? sure : 0;
                }
                return new Block(b.shape, b.perClass, values);
              }));
    }
    return new ObjectiveCase(student, certain, labels, indices, progress);
  }

  private static Map<String, Block> each(Map<String, Block> blocks, UnaryOperator<Block> f) {
    Map<String, Block> changed = new LinkedHashMap<>();
    blocks.forEach((tap, b) -> changed.put(tap, f.apply(b)));
    return changed;
  }

  /** The student's numbers as inputs that ask for gradients. */
  Outputs studentOutputs(DType type) {
    Map<String, Var> features = new LinkedHashMap<>();
    student.forEach((tap, b) -> features.put(tap, Var.input(b.tensor(type))));
    return new Outputs(features.remove(LOGITS), features);
  }

  /** The teachers' numbers, detached; null if there is no teacher. */
  Outputs teacherOutputs(DType type) {
    List<Outputs> each = new ArrayList<>();
    for (Map<String, Block> teacher : teachers) {
      Map<String, Tensor> features = new LinkedHashMap<>();
      teacher.forEach((tap, b) -> features.put(tap, b.tensor(type)));
      each.add(Outputs.detached(features.remove(LOGITS), features));
    }
    return each.isEmpty() ? null : Outputs.together(each);
  }

  /** The batch; of its inputs only their number is known. */
  Batch batch(DType type) {
    return new Batch(
        new TensorInputs(Tensor.zeros(type, Shape.of(examples(), 1))),
        Tensor.of(Shape.of(examples()), labels),
        indices,
        progress);
  }
}
