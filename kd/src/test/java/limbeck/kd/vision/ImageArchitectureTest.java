package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageArchitectureTest {
  private static final ImageShape COLOUR = new ImageShape(3, 32, 32);
  private static final ImageShape GREY = new ImageShape(1, 28, 28);

  private static String message(Runnable wrong) {
    return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-20, resnet-20",
    "resnet-20/conv, resnet-20",
    "resnet-20/pad, resnet-20/pad",
    "resnet-8x4, resnet-8x4",
    "784-800-800-10, mlp:784-800-800-10",
    "mlp:784-800-800-10, mlp:784-800-800-10",
    "plain-10, plain-10",
    "plain:16-P-F8, plain:16-P-F8",
    "wrn-16-02, wrn-16-2",
    "densenet-bc-40-12, densenet-bc-40-12",
    "densenet-40-12, densenet-40-12",
    "mobile-0.50, mobile-0.5",
    "mobile-1.0, mobile-1",
    "one-3:784-100-100-10, one-3:mlp:784-100-100-10",
    "one-3:resnet-20/conv@branch1, resnet-20",
    "exits:resnet-20/conv, exits:resnet-20",
    "exits:784-100-100-10@exit1, exits:mlp:784-100-100-10@exit1",
    "exits:784-100-100-10@deepest, mlp:784-100-100-10",
    "exits:plain-4@ensemble, exits:plain-4@ensemble",
    "ensemble:plain-2+plain-2, ensemble:2*plain-2",
    "ensemble:1*plain-2, ensemble:plain-2",
    "ensemble/1:784-30-10+2*plain-2+plain-4, ensemble:mlp:784-30-10+2*plain-2+plain-4",
    "ensemble/2.50:plain-2+plain-4+plain-2, ensemble/2.5:plain-2+plain-4+plain-2",
    "ensemble:2*exits:plain-4@exit1+plain-4, ensemble:2*exits:plain-4@exit1+plain-4",
    "ensemble/geometric:3*resnet-20/conv, ensemble/geometric:3*resnet-20",
  })
  void namesHaveOneForm(String written, String name) {
    assertEquals(name, ImageArchitecture.of(written).name());
    assertEquals(ImageArchitecture.of(name), ImageArchitecture.of(written));
    assertEquals(name, ImageArchitecture.of(written).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "resnt-20, did you mean \"resnet-20\"?",
    "ResNet-20, did you mean \"resnet-20\"?",
    "resnet-20/padd, did you mean \"resnet-20/pad\"?",
    "plain-3, did you mean \"plain-2\"?",
    "'', no architecture \"\"; there are mlp:",
    "mlp:784, no architecture \"mlp:784\"",
    "resnet-21, 'resnet-21: depth 6n + 2 expected: 8, 14, 20, 26'",
    "resnet-2, resnet-2: depth 6n + 2",
    "resnet-8x0, resnet-8x0: a width of 1 at least",
    "plain:P-16, plain:P-16: layers expected such as plain:16",
    "plain:16-P-P, plain:16-P-P: layers expected",
    "plain:16-F8-16, plain:16-F8-16: layers expected",
    "wrn-18-2, 'wrn-18-2: depth 6n + 4 expected'",
    "wrn-16, did you mean \"wrn-16-1\"?",
    "densenet-bc-41-12, densenet-bc-41-12: depth 6n + 4 expected",
    "densenet-41-12, densenet-41-12: depth 3n + 4 expected",
    "densenet-40-0, a growth of 1 at least",
    "mobile-0.00, mobile-0.00: a factor above 0 expected",
    "one-3:resnt-20, did you mean \"resnet-20\"?",
    "one-0:resnet-20, no architecture \"one-0:resnet-20\"",
    "one-3:mlp:784-30-10, 'one-3:mlp:784-30-10: needs a network of 2 stages at least; mlp'",
    "exits:mlp:784-10, mlp:784-10 has 0",
    "one-3:exits:resnet-8, exits:resnet-8 has several outputs itself",
    "exits:resnet-8@exit1@exit1, has no output \"exit1@exit1\"",
    "exits:resnet-8@exit3, 'did you mean \"exit1\"?; it has exit1, exit2, deepest, ensemble'",
    "one-2:resnet-8@gate, 'one-2:resnet-8 has no output \"gate\"; it has branch0, branch1'",
    "resnet-8@exit1, 'resnet-8 has no output \"exit1\", only its logits'",
    "ensemble:, no architecture \"ensemble:\"",
    "ensemble:plain-2+, ensemble:plain-2+: members expected such as 10*plain-2",
    "ensemble:0*plain-2, ensemble:0*plain-2: members expected such as 10*plain-2",
    "ensemble:ensemble:plain-2, none of them an ensemble",
    "ensemble:plain-3, did you mean \"plain-2\"?",
    "ensemble/0:plain-2, 'temperature 0.0; a finite number above 0 expected'",
    "mobilenet-0.5, did you mean \"mobile-0.5\"?",
  })
  void wrongNamesAreToldFromRightOnes(String name, String part) {
    String message = message(() -> ImageArchitecture.of(name));
    assertTrue(message.contains(part), message);
  }

  @Test
  void everyFormIsListed() {
    List<String> forms = new ImageArchitectures().forms();
    assertTrue(forms.get(0).startsWith("mlp:<values>"), forms.get(0));
    for (String form : forms) {
      assertTrue(
          message(() -> Architectures.of("?")).contains(form.substring(0, form.indexOf(": "))));
    }
    assertTrue(Architectures.forms().containsAll(forms));
  }

  @Test
  void inputAndClassesMustFit() {
    ImageArchitecture mlp = ImageArchitecture.of("mlp:784-30-10");
    assertEquals(
        "mlp:784-30-10: takes 784 values, but images of 3 x 32 x 32 have 3072",
        message(() -> mlp.build(COLOUR, 10)));
    assertEquals(
        "mlp:784-30-10: has 10 outputs, but there are 26 classes",
        message(() -> mlp.build(GREY, 26)));
    assertEquals(
        "plain-10: halves images 4 times, so they must be 16 x 16 at least, not 3 x 32 x 15",
        message(() -> ImageArchitecture.of("plain-10").build(new ImageShape(3, 32, 15), 10)));
    assertEquals(
        "resnet-8: 1 classes, 2 at least",
        message(() -> ImageArchitecture.of("resnet-8").build(COLOUR, 1)));
  }

  @Test
  void settingsMustFit() {
    ImageArchitecture resnet = ImageArchitecture.of("resnet-8");
    assertEquals(
        "resnet-8: standardisation of 3 channels does not fit images of 1 x 28 x 28",
        message(() -> resnet.build(GREY, 10, Standardisation.IMAGENET, DropoutRates.NONE)));
    String message =
        message(() -> resnet.build(GREY, 10, Standardisation.NONE, new DropoutRates(0.2, 0.5)));
    assertTrue(message.startsWith("resnet-8: has no dropout, but rates of 0.2"), message);
    assertTrue(message(() -> new DropoutRates(0, 1)).contains("rates 0.0 and 1.0"));
    assertTrue(message(() -> new ImageShape(1, 0, 3)).contains("images of 1 x 0 x 3"));
    assertTrue(message(() -> new ImageShape(3, 1 << 15, 1 << 15)).contains("2^31"));
  }

  @Test
  void anEnsembleHasTheLayersOfItsMembers() {
    ImageNetwork both = ImageArchitecture.of("ensemble:mlp:784-20-10+plain-2").build(GREY, 10);
    both.init(1);
    ImageNetwork mlp = ImageArchitecture.of("mlp:784-20-10").build(GREY, 10);
    ImageNetwork plain = ImageArchitecture.of("plain-2").build(GREY, 10);
    mlp.init(1);
    plain.init(1);
    assertEquals(mlp.multiplyAdds() + plain.multiplyAdds(), both.multiplyAdds());
    assertEquals(mlp.parameters().count() + plain.parameters().count(), both.parameters().count());
    assertEquals(mlp.state().keySet(), both.children().get("member1").state().keySet());
    assertEquals(plain.state().keySet(), both.children().get("member2").state().keySet());
    assertEquals(
        mlp.hiddenLayers().size() + plain.hiddenLayers().size(), both.hiddenLayers().size());
    assertEquals(0, both.classifiers().size());
    ImageArchitecture geometric = ImageArchitecture.of("ensemble/geometric:mlp:784-20-10+plain-2");
    assertEquals(2, geometric.build(GREY, 10).classifiers().size());
    assertEquals(
        "ensemble:mlp:784-20-10+plain-2: mlp:784-20-10: takes 784 values, but images of 3 x 32 x"
            + " 32 have 3072",
        message(() -> ImageArchitecture.of(both.name()).build(COLOUR, 10)));
  }

  /** A row of another length, planes of another shape with as many values, and no batch. */
  @Test
  void batchesMustFit() {
    ImageNetwork network = ImageArchitecture.of("plain-2").build(GREY, 10);
    network.init(1);
    for (Shape wrong : new Shape[] {Shape.of(2, 785), Shape.of(2, 1, 14, 56), Shape.of(784)}) {
      String message =
          assertThrows(
                  ShapeException.class,
                  () -> network.infer(Tensor.zeros(DType.F32, wrong), new OpContext()))
              .getMessage();
      assertEquals(
          "plain-2: x "
              + wrong
              + " is no batch of images of 1 x 28 x 28; [batch, 784] or [batch, 1, 28, 28]"
              + " expected",
          message);
    }
  }

  @Test
  void tapsAreKnownBeforeTraining() {
    assertEquals(
        "[stem, stage1.pre, stage1, stage2.pre, stage2, stage3.pre, stage3, features, pooled]",
        ImageArchitecture.of("resnet-14").taps(COLOUR, 10).taps().keySet().toString());
    assertEquals(
        Shape.of(32, 16, 16), ImageArchitecture.of("resnet-14").taps(COLOUR, 10).of("stage2"));
    assertEquals(
        "{stem=[16, 28, 28], stage1.pre=[16, 28, 28], stage1=[16, 28, 28],"
            + " stage2.pre=[32, 14, 14], stage2=[32, 14, 14], features=[32, 7, 7], pooled=[1568]}",
        ImageArchitecture.of("plain-4").taps(GREY, 10).taps().toString());
    assertEquals(
        "{stage1.pre=[30], stage1=[30], pooled=[30]}",
        ImageArchitecture.of("mlp:784-30-10").taps(GREY, 10).taps().toString());
    assertEquals(
        "{stem=[16, 32, 32], stage1=[32, 32, 32], stage1.pre=[32, 32, 32], stage2=[64, 16, 16],"
            + " stage2.pre=[64, 16, 16], stage3=[128, 8, 8], stage3.pre=[128, 8, 8],"
            + " features=[128, 8, 8], pooled=[128]}",
        ImageArchitecture.of("wrn-16-2").taps(COLOUR, 10).taps().toString());
    assertEquals(
        "{stem=[24, 32, 32], stage1=[96, 32, 32], stage1.pre=[96, 32, 32], stage2=[120, 16, 16],"
            + " stage2.pre=[120, 16, 16], stage3=[132, 8, 8], stage3.pre=[132, 8, 8],"
            + " features=[132, 8, 8], pooled=[132]}",
        ImageArchitecture.of("densenet-bc-40-12").taps(COLOUR, 10).taps().toString());
    assertEquals(
        Shape.of(256, 2, 2), ImageArchitecture.of("mobile-0.25").taps(COLOUR, 10).of("stage5"));
    assertEquals(10, ImageArchitecture.of("mlp:784-30-10").taps(GREY, 10).classes());
  }
}
