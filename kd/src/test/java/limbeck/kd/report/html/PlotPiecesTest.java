package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Curve;
import limbeck.kd.report.Frontier;
import limbeck.kd.report.ParetoPoint;
import org.junit.jupiter.api.Test;

class PlotPiecesTest {
  private static final LabelPlacer.Style MAY =
      new LabelPlacer.Style("l", 10, 7, false, List.of(LabelPlacer.Side.values()));

  private static ParetoPoint costing(long bytes, double errors) {
    double none = Double.NaN;
    return new ParetoPoint(
        "distilled", "arm" + bytes, "arm", 1, bytes, 1, none, Measure.ERRORS, errors, none, none);
  }

  @Test
  void pointsOfEqualCostStandSideBySide() {
    List<ParetoPoint> points =
        List.of(costing(1000, 5), costing(100, 9), costing(101, 8), costing(102, 7));
    List<EqualCosts> groups = EqualCosts.of(points, ParetoPoint::bytes);
    assertEquals(2, groups.size());
    assertEquals(100, groups.get(0).cost());
    assertTrue(groups.get(0).hasColumn());
    assertFalse(groups.get(1).hasColumn());
    assertEquals(-11, groups.get(0).offset(points.get(1)).orElseThrow());
    assertEquals(0, groups.get(0).offset(points.get(2)).orElseThrow());
    assertTrue(groups.get(0).offset(points.get(0)).isEmpty());
  }

  @Test
  void namesInAColumnKeepTheirDistanceAndStayInside() {
    assertArrayEquals(
        new double[] {10, 24, 50}, Labels.spread(new double[] {10, 11, 50}, 14, 0, 100));
    assertArrayEquals(
        new double[] {72, 86, 100}, Labels.spread(new double[] {98, 99, 99}, 14, 0, 100));
  }

  @Test
  void labelsKeepAwayFromEachOtherAndFromTheEdge() {
    LabelPlacer placer = new LabelPlacer(200, 100);
    String first = placer.place(100, 50, "first", MAY);
    String second = placer.place(100, 50, "second", MAY);
    assertTrue(first.contains("text-anchor=\"start\""), first);
    assertTrue(second.contains("text-anchor=\"end\""), second);
    assertTrue(new LabelPlacer(200, 100).place(195, 50, "wide", MAY).contains("\"end\""));
  }

  @Test
  void labelsWithoutAPlaceAreLeftOutOrGoFarther() {
    LabelPlacer placer = new LabelPlacer(200, 100);
    placer.block(100, 50, 25);
    assertEquals("", placer.place(100, 50, "may", MAY));
    LabelPlacer.Style far = new LabelPlacer.Style("l", 10, 7, true, List.of(LabelPlacer.Side.N));
    assertTrue(placer.place(100, 50, "must", far).contains(">must<"));
    placer.block(100, 50, 200);
    assertEquals("", placer.place(100, 50, "nowhere", far));
  }

  @Test
  void labelsAreFittedByLetters() {
    assertEquals("short", Labels.fit("short", 100, 10));
    assertEquals("a long n…", Labels.fit("a long name", 9 * 5.8, 10));
    assertEquals("\ud83d\ude00…", Labels.fit("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 12, 10));
    assertEquals("ab", Labels.start("abc", 2));
    assertTrue(Labels.inward(2, 10, "label", 100).contains("text-anchor=\"start\""));
    assertTrue(Labels.inward(99, 10, "label", 100).contains("text-anchor=\"end\""));
  }

  private static ParetoPoint point(long bytes, double errors) {
    return new ParetoPoint("student", null, "1", 1, bytes, 1, 1, Measure.ERRORS, errors, 1, 1);
  }

  @Test
  void frontHasWhatNoOtherBeatsInBoth() {
    ParetoPoint small = point(10, 100);
    ParetoPoint worse = point(20, 120);
    ParetoPoint large = point(30, 50);
    ParetoPoint equal = point(40, 50);
    assertEquals(
        List.of(small, large),
        Frontier.of(List.of(equal, large, worse, small), ParetoPoint::bytes));
  }

  @Test
  void thinnedLinesKeepTheirExtremes() {
    List<Svg.Point> points = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      points.add(new Svg.Point(i, i == 437 ? -9 : i == 871 ? 99 : i % 7));
    }
    List<Svg.Point> thinned = Thinning.of(points);
    assertTrue(thinned.size() <= 200);
    assertTrue(thinned.contains(points.get(437)) && thinned.contains(points.get(871)));
    for (int i = 1; i < thinned.size(); i++) {
      assertTrue(thinned.get(i).x() > thinned.get(i - 1).x());
    }
    assertSame(points.subList(0, 200).get(0), Thinning.of(points.subList(0, 200)).get(0));
  }

  @Test
  void meanOverSeedsNeedsAllOfThem() {
    Curve a = new Curve("s", 1, "trainLoss", "nats", List.of(1.0, 2.0), List.of(4.0, 2.0));
    Curve b = new Curve("s", 2, "trainLoss", "nats", List.of(1.0), List.of(2.0));
    assertEquals(List.of(new Svg.Point(1, 3)), CurvePanel.mean(List.of(a, b)));
  }

  @Test
  void softmaxAndSecondChoice() {
    double[] p = Softmax.of(List.of(0.0, StrictMath.log(3) * 2), 2);
    assertEquals(0.25, p[0], 1e-15);
    assertEquals(0.75, p[1], 1e-15);
    assertEquals(1, Softmax.argMax(List.of(1.0, 5.0, 5.0)));
    assertEquals(2, Softmax.argMaxBut(List.of(1.0, 5.0, 5.0), 1));
    assertEquals(1, Softmax.argMaxBut(List.of(9.0, -5.0), 0));
  }

  @Test
  void rolesAreToldApartByShape() {
    Look main = Look.of(new Arm("a", "distilled", "a", null, null, null), "a");
    Look further = Look.of(new Arm("b", "distilled", "b", null, null, null), "a");
    assertNotEquals(main.shape(), further.shape());
    assertEquals(main.css(), further.css());
    assertEquals("r-reference", Look.ofRole("\"><b>").css());
    assertTrue(Look.ALONE.mark(1, 1, 4).startsWith("<circle"));
    assertTrue(Look.TEACHER.mark(1, 1, 4, "tip", "").contains("<title>tip</title>"));
    assertFalse(Look.TEACHER.mark(1, 1, 4).contains("title"));
  }

  @Test
  void axisNumbersLoseZerosThatSayNothing() {
    assertEquals("1\u202fMB", ParetoFrame.shortened("1.00\u202fMB"));
    assertEquals("1.5\u202fms", ParetoFrame.shortened("1.50\u202fms"));
    assertEquals("100\u202fkB", ParetoFrame.shortened("100\u202fkB"));
  }
}
