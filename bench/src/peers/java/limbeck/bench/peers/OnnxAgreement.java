package limbeck.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Exports model files to ONNX, runs them in ONNX Runtime and, imported again, here, on random
 * inputs of several batches and lengths, and prints how far the results are from ours, and the
 * bytes of both files.
 */
public final class OnnxAgreement {
  private static final int[] BATCHES = {1, 3, 8};
  private static final int[] LENGTHS = {1, 9, 24};
  private static final long SEED = 1;

  private OnnxAgreement() {}

  /**
   * Checks files.
   *
   * @param args model files
   */
  public static void main(String... args) throws IOException, OrtException {
    System.out.println("| model | ONNX Runtime | imported again | safetensors | ONNX |");
    System.out.println("|---|---|---|---|---|");
    double worst = 0;
    for (String arg : args) {
      worst = Math.max(worst, check(Path.of(arg)));
    }
    System.out.printf(Locale.ROOT, "worst difference to ONNX Runtime: %.2e%n", worst);
  }

  private static double check(Path file) throws IOException, OrtException {
    Program program = Program.load(file);
    Path onnx = Files.createTempFile("limbeck", ".onnx");
    try {
      OnnxExport.write(program, onnx, List.of("output"), Map.of());
      Program again = OnnxImport.of(OnnxModel.read(onnx)).program();
      double[] worst = new double[2];
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(Files.readAllBytes(onnx))) {
        for (int batch : BATCHES) {
          for (int length : LENGTHS) {
            Tensor[] in = inputs(program, batch, length);
            Tensor ours = run(program, in);
            worst[0] = Math.max(worst[0], difference(ours, peer(session, program, in)));
            worst[1] = Math.max(worst[1], difference(ours, run(again, in).floats()));
          }
        }
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2e | %.2e | %d | %d |%n",
          file.getFileName(),
          worst[0],
          worst[1],
          Files.size(file),
          Files.size(onnx));
      return worst[0];
    } finally {
      Files.delete(onnx);
    }
  }

  /** The largest difference, relative for numbers above 1. */
  private static double difference(Tensor ours, float[] theirs) {
    double worst = 0;
    for (int i = 0; i < ours.size(); i++) {
      double size = Math.max(1, Math.abs(ours.get(i)));
      worst = Math.max(worst, Math.abs(ours.get(i) - theirs[i]) / size);
    }
    return worst;
  }

  private static Tensor run(Program program, Tensor[] in) {
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(DType.F32, program.outputShape(shapes));
    program.runner().run(in, out);
    return out;
  }

  /** Numbers from 0 to 1, as pixels are, ids below 50, and lengths from 1 to the longest. */
  private static Tensor[] inputs(Program program, int batch, int length) {
    Tensor[] in = new Tensor[program.inputs().size()];
    for (int k = 0; k < in.length; k++) {
      Input input = program.inputs().get(k);
      int[] axes = input.batch(batch).toArray();
      for (int axis : input.freeAxes()) {
        axes[axis + 1] = length;
      }
      in[k] = Tensor.zeros(input.type(), Shape.of(axes));
      Philox random = new Philox(SEED + 31L * k + batch * 1000L + length);
      boolean isLength = input.type() == DType.I32 && input.example().rank() == 0;
      int most = input.name().startsWith("segments") ? 2 : isLength ? length : 50;
      for (int i = 0; i < in[k].size(); i++) {
        double number =
            input.type() == DType.F32 ? random.uniformDouble(i) : random.below(i, most);
        in[k].set(i, isLength ? number + 1 : number);
      }
    }
    return in;
  }

  private static float[] peer(OrtSession session, Program program, Tensor[] in)
      throws OrtException {
    OrtEnvironment env = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> feeds = new HashMap<>();
    for (int k = 0; k < in.length; k++) {
      long[] axes = Arrays.stream(in[k].shape().toArray()).asLongStream().toArray();
      OnnxTensor feed =
          in[k].dtype() == DType.F32
              ? OnnxTensor.createTensor(env, FloatBuffer.wrap(in[k].floats()), axes)
              : OnnxTensor.createTensor(env, IntBuffer.wrap(in[k].ints()), axes);
      feeds.put(program.inputs().get(k).name(), feed);
    }
    try (OrtSession.Result result = session.run(feeds)) {
      FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] out = new float[numbers.remaining()];
      numbers.get(out);
      return out;
    }
  }
}
