package limbeck.bench.peers;

import limbeck.bench.workload.Case;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.nio.file.Path;
import java.util.Map;

/** libtorch, through DJL, on TorchScript networks. */
final class Torch implements Party {
  private final Path models;

  Torch(Path models) {
    this.models = models;
  }

  @Override
  public String name() {
    return "libtorch " + Engine.getInstance().getVersion();
  }

  @Override
  public boolean can(Task t) {
    return t instanceof Task.Step;
  }

  @Override
  public Job start(Task t) throws Exception {
    Case c = ((Task.Step) t).of();
    return c.training() ? new Training(c) : new Inference(c);
  }

  private static Shape shape(Case c) {
    long[] axes = new long[c.input().length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = c.input()[i];
    }
    return new Shape(axes);
  }

  private final class Training implements Job {
    private final NDManager manager = NDManager.newBaseManager();
    private final Model model;
    private final Trainer trainer;
    private final NDArray x;
    private final NDArray labels;

    Training(Case c) throws Exception {
      model = Model.newInstance(c.workload());
      model.load(models, c.workload(), Map.of("trainParam", "true"));
      boolean adam = c.workload().startsWith("b");
      Optimizer optimizer =
          adam
              ? Optimizer.adam().build()
              : Optimizer.sgd()
                  .setLearningRateTracker(Tracker.fixed(0.01f))
                  .optMomentum(0.9f)
                  .build();
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer));
      trainer.initialize(shape(c));
      x = manager.create(c.values(), shape(c));
      labels = manager.zeros(new Shape(c.input()[0]), DataType.INT64);
    }

    @Override
    public void run() {
      NDArray loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList out = trainer.forward(new NDList(x));
        loss = trainer.getLoss().evaluate(new NDList(labels), out);
        gradients.backward(loss);
        out.close();
      }
      loss.getFloat();
      loss.close();
      trainer.step();
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
      manager.close();
    }
  }

  private final class Inference implements Job {
    private final NDManager manager = NDManager.newBaseManager();
    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final NDArray x;

    Inference(Case c) throws Exception {
      model = Model.newInstance(c.workload());
      model.load(models, c.workload());
      predictor = model.newPredictor(new NoopTranslator(null));
      x = manager.create(c.values(), shape(c));
    }

    @Override
    public void run() {
      try (NDList out = predictor.predict(new NDList(x))) {
        out.get(0).getShape();
      } catch (TranslateException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      predictor.close();
      model.close();
      manager.close();
    }
  }
}
