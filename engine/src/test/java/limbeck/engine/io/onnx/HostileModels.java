package limbeck.engine.io.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Models of one node, of every operator, whose operands and settings are drawn: some make sense.
 */
public final class HostileModels {
  private static final int EACH = 6;

  private static final String[] WHOLE = {
    "axis",
    "keepdims",
    "group",
    "hidden_size",
    "to",
    "allowzero",
    "ceil_mode",
    "transA",
    "transB",
    "p",
    "blocksize",
    "upper",
    "largest",
    "sorted",
    "exclusive",
    "reverse",
    "batch_dims",
    "num_outputs",
    "num_heads",
    "kv_num_heads",
    "size",
    "bias",
    "select_last_index",
    "k",
    "layout",
    "count_include_pad",
    "training_mode",
    "new_axis",
    "linear_before_reset",
    "is_causal",
    "start",
    "end",
    "stash_type",
    "interleaved",
    "rotary_embedding_dim",
    "noop_with_empty_axes",
    "fmod"
  };
  private static final String[] LISTS = {
    "axes",
    "perm",
    "kernel_shape",
    "strides",
    "pads",
    "dilations",
    "output_padding",
    "starts",
    "ends",
    "split",
    "repeats",
    "output_shape",
    "shape",
    "sizes",
    "value_ints"
  };
  private static final String[] TEXTS = {
    "mode",
    "auto_pad",
    "reduction",
    "direction",
    "equation",
    "nearest_mode",
    "coordinate_transformation_mode",
    "approximate",
    "padding_mode"
  };
  private static final String[] WORDS = {
    "constant",
    "SAME_UPPER",
    "VALID",
    "mean",
    "sum",
    "none",
    "bidirectional",
    "reverse",
    "ij,jk->ik",
    "...i,...i",
    "linear",
    "nearest",
    "cubic",
    "align_corners",
    "tanh",
    "reflect",
    "edge",
    "DCR",
    "add"
  };
  private static final String[] NUMBERS = {
    "alpha", "beta", "epsilon", "ratio", "momentum", "value_float", "scale", "clip", "lambd"
  };

  private HostileModels() {}

  /** The same ones always. */
  public static List<byte[]> all() {
    SplittableRandom random = new SplittableRandom(11);
    List<byte[]> models = new ArrayList<>();
    for (String operator : Operator.ALL.keySet()) {
      for (int i = 0; i < EACH; i++) {
        models.add(model(operator, random));
      }
    }
    return models;
  }

  /** A tensor as its test cases have them. */
  public static byte[] tensor() {
    return bytes(weight("t", Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6), 1));
  }

  /** Numbers as fields of their own. */
  public static byte[] listed() {
    ProtoWriter t = new ProtoWriter().integer(1, 2).integer(1, 2).integer(2, 7).string(8, "listed");
    for (int i = 0; i < 4; i++) {
      t.integer(7, i - 2);
    }
    return bytes(t);
  }

  /** A model in whose graph an empty message is repeated. */
  public static byte[] repeated(int graph, int field, int times) {
    ProtoWriter g = new ProtoWriter();
    for (int i = 0; i < times; i++) {
      g.string(field, "");
    }
    return bytes(new ProtoWriter().message(graph, g));
  }

  /** A model with a weight of numbers of a byte each. */
  public static byte[] packed(int n) {
    ProtoWriter t = new ProtoWriter().integer(1, n).integer(2, 7).string(8, "w");
    t.string(7, "\1".repeat(n));
    return bytes(new ProtoWriter().message(7, new ProtoWriter().message(5, t)));
  }

  /** A model with a node that has a setting of so many words. */
  public static byte[] words(int n) {
    ProtoWriter a = new ProtoWriter().string(1, "words");
    for (int i = 0; i < n; i++) {
      a.string(9, "abcdefgh");
    }
    ProtoWriter node = new ProtoWriter().string(4, "Unheard").message(5, a);
    return bytes(new ProtoWriter().message(7, new ProtoWriter().message(1, node)));
  }

  /** Models of a few hundred bytes, or some more, that ask for much. */
  public static List<byte[]> greedy() {
    ProtoWriter many = expanded(1000);
    ProtoWriter products = expanded(1000);
    String last = "e";
    for (int i = 0; i < 1000; i++) {
      many.message(1, node("Add", "a" + i, "e", "f"));
      products.message(1, node("MatMul", "m" + i, last, "e"));
      last = "m" + i;
    }
    ProtoWriter huge = expanded(30_000);
    ProtoWriter parts = new ProtoWriter().message(11, value("x", Integer.MAX_VALUE));
    ProtoWriter outputs = new ProtoWriter().string(1, "num_outputs");
    parts.message(1, node("Split", "e", "x").message(5, outputs.integer(3, Integer.MAX_VALUE)));
    ProtoWriter steps =
        new ProtoWriter().message(11, value("x", 2, 3)).message(1, node("Abs", "a0", "x"));
    for (int i = 0; i < 70_000; i++) {
      steps.message(1, node("Abs", "a" + (i + 1), "a" + i));
    }
    List<byte[]> models = new ArrayList<>();
    for (ProtoWriter graph : List.of(many, products, huge, parts, steps)) {
      models.add(
          bytes(
              new ProtoWriter()
                  .message(7, graph.message(12, new ProtoWriter().string(1, "e")))
                  .message(8, new ProtoWriter().string(1, "").integer(2, 18))));
    }
    return models;
  }

  /** A graph with a number that is repeated to a square. */
  private static ProtoWriter expanded(int side) {
    return new ProtoWriter()
        .message(5, weight("s", Tensor.of(Shape.of(2), side, side), 6))
        .message(5, weight("f", Tensor.of(Shape.of(), 1.5f), 1))
        .message(1, node("Expand", "e", "f", "s"));
  }

  private static ProtoWriter node(String operator, String out, String... in) {
    ProtoWriter node = new ProtoWriter();
    for (String name : in) {
      node.string(1, name);
    }
    return node.string(2, out).string(4, operator);
  }

  private static byte[] model(String operator, SplittableRandom random) {
    ProtoWriter graph = new ProtoWriter().message(1, node(operator, random)).string(2, "hostile");
    graph.message(5, weight("w", Tensor.of(Shape.of(2, 3), 1f, -2, 3, .5f, 0, 6), 1));
    graph.message(5, weight("v", Tensor.of(Shape.of(3), 1f, 2, 3), 1));
    graph.message(5, weight("k", Tensor.zeros(DType.F32, Shape.of(4, 2, 3, 3)), 1));
    graph.message(5, weight("i", Tensor.of(Shape.of(2), 1, 2), 6));
    graph.message(5, weight("j", Tensor.of(Shape.of(4), 0, 1, 1, 0), 6));
    graph.message(5, weight("n", Tensor.of(Shape.of(), 2), 6));
    graph.message(5, weight("f", Tensor.of(Shape.of(), 1.5f), 1));
    graph.message(5, weight("b", Tensor.of(Shape.of(2, 3), 0, 1, 1, 0, 0, 1), 9));
    graph.message(11, value("x", random.nextInt(2) == 0 ? -1 : 2, 2, 6, 6));
    graph.message(11, value("y", random.nextInt(2) == 0 ? -1 : 2, 3));
    graph.message(12, new ProtoWriter().string(1, "out"));
    return bytes(
        new ProtoWriter()
            .integer(1, 8)
            .message(7, graph)
            .message(8, new ProtoWriter().string(1, "").integer(2, 7 + random.nextInt(16))));
  }

  private static ProtoWriter node(String operator, SplittableRandom random) {
    String[] names = {"x", "y", "w", "v", "k", "i", "j", "n", "f", "b", ""};
    ProtoWriter node = new ProtoWriter();
    boolean known = random.nextInt(3) == 0;
    for (int i = random.nextInt(5); i > 0; i--) {
      node.string(1, names[known ? 2 + random.nextInt(9) : random.nextInt(names.length)]);
    }
    node.string(2, "out");
    if (random.nextInt(3) == 0) {
      node.string(2, "more");
    }
    node.string(4, operator);
    for (int i = random.nextInt(5); i > 0; i--) {
      node.message(5, attribute(random));
    }
    return node;
  }

  private static ProtoWriter attribute(SplittableRandom random) {
    ProtoWriter a = new ProtoWriter();
    switch (random.nextInt(5)) {
      case 0, 1 ->
          a.string(1, WHOLE[random.nextInt(WHOLE.length)]).integer(3, random.nextInt(6) - 2);
      case 2 -> {
        a.string(1, LISTS[random.nextInt(LISTS.length)]).integer(20, 7);
        for (int i = random.nextInt(5); i > 0; i--) {
          a.integer(8, random.nextInt(5) - 1);
        }
      }
      case 3 ->
          a.string(1, TEXTS[random.nextInt(TEXTS.length)])
              .string(4, WORDS[random.nextInt(WORDS.length)]);
      default -> a.string(1, NUMBERS[random.nextInt(NUMBERS.length)]).number(2, .5f);
    }
    return a;
  }

  private static ProtoWriter weight(String name, Tensor value, int type) {
    ProtoWriter t = new ProtoWriter();
    for (int axis : value.shape().toArray()) {
      t.integer(1, axis);
    }
    t.integer(2, type).string(8, name);
    if (type == 9) {
      for (int i = 0; i < value.size(); i++) {
        t.integer(5, value.ints()[i]);
      }
      return t;
    }
    return t.elements(9, value);
  }

  private static ProtoWriter value(String name, int... axes) {
    ProtoWriter shape = new ProtoWriter();
    for (int axis : axes) {
      ProtoWriter size = new ProtoWriter();
      shape.message(1, axis < 0 ? size.string(2, "N") : size.integer(1, axis));
    }
    ProtoWriter tensor = new ProtoWriter().integer(1, 1).message(2, shape);
    return new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensor));
  }

  private static byte[] bytes(ProtoWriter message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
