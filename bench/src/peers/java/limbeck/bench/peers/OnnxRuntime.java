package limbeck.bench.peers;

import limbeck.bench.workload.Case;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime, all graph optimizations on: inference only. */
final class OnnxRuntime implements Party {
  private final Path models;
  private final int threads;

  OnnxRuntime(Path models, int threads) {
    this.models = models;
    this.threads = threads;
  }

  @Override
  public String name() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public boolean can(Task t) {
    return t instanceof Task.Step step
        && !step.of().training()
        && Files.exists(file(step.of()));
  }

  private Path file(Case c) {
    return models.resolve(c.workload() + ".onnx");
  }

  @Override
  public Job start(Task t) throws OrtException {
    Case c = ((Task.Step) t).of();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    OrtSession session = environment.createSession(file(c).toString(), options);
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(4 * c.size()).order(ByteOrder.nativeOrder()).asFloatBuffer();
    buffer.put(c.values()).rewind();
    long[] shape = new long[c.input().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = c.input()[i];
    }
    OnnxTensor x = OnnxTensor.createTensor(environment, buffer, shape);
    return new Job() {
      @Override
      public void run() {
        try (OrtSession.Result out = session.run(Map.of("x", x))) {
          out.get(0).getValue();
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        try {
          x.close();
          session.close();
          options.close();
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
