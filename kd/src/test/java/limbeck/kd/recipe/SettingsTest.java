package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Settings ALL =
      new Settings.Builder()
          .whole("n.epochs", 5, 0, 10, "whole")
          .real("n.rate", "0.1", 0, 100, "real")
          .reals("n.list", "4,1", 0.01, 50, "reals")
          .flag("n.on", true, "flag")
          .choice("n.kind", "sgd", List.of("sgd", "adam"), "choice")
          .widths("n.widths", "784-30-10", "widths")
          .build();

  @Test
  void readsWhatWasGiven() {
    Settings s =
        ALL.with(
            List.of(
                "n.epochs=7",
                "n.rate = 2.5e-3",
                "n.list=1, 2.5",
                "n.on=false",
                "n.kind=adam",
                "n.widths=4-3-2"));
    assertEquals(7, s.whole("n.epochs"));
    assertEquals(0.0025, s.real("n.rate"));
    assertEquals(List.of(1.0, 2.5), s.reals("n.list"));
    assertEquals(false, s.flag("n.on"));
    assertEquals("adam", s.text("n.kind"));
    assertArrayEquals(new int[] {4, 3, 2}, s.widths("n.widths"));
  }

  @Test
  void changesNothingInPlace() {
    Settings changed = ALL.with("n.epochs", "7");
    assertEquals(5, ALL.whole("n.epochs"));
    assertEquals(7, changed.whole("n.epochs"));
    assertEquals(ALL.values().keySet(), changed.values().keySet());
  }

  @Test
  void saysWhatKeyWasMeant() {
    RecipeException e = assertThrows(RecipeException.class, () -> ALL.with("n.epoch", "7"));
    assertEquals("unknown setting \"n.epoch\"; did you mean \"n.epochs\"?", e.getMessage());
  }

  @Test
  void wantsAnEqualsSign() {
    for (String bad : List.of("n.epochs", "=7", "")) {
      RecipeException e = assertThrows(RecipeException.class, () -> ALL.with(List.of(bad)));
      assertTrue(e.getMessage().contains("key=value expected"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n.epochs | 11            | a whole number from 0 to 10 expected",
        "n.epochs | -1            | a whole number from 0 to 10 expected",
        "n.epochs | 3.5           | a whole number from 0 to 10 expected",
        "n.epochs | many          | a whole number from 0 to 10 expected",
        "n.epochs | 9999999999999999999 | a whole number from 0 to 10 expected",
        "n.epochs | ''            | a whole number from 0 to 10 expected",
        "n.rate   | 101           | a number from 0.0 to 100.0 expected",
        "n.rate   | NaN           | a number from 0.0 to 100.0 expected",
        "n.rate   | Infinity      | a number from 0.0 to 100.0 expected",
        "n.rate   | 1e999         | a number from 0.0 to 100.0 expected",
        "n.rate   | 0x1p3         | a number from 0.0 to 100.0 expected",
        "n.rate   | '0,1'         | a number from 0.0 to 100.0 expected",
        "n.list   | '1,,2'        | numbers from 0.01 to 50.0, separated by commas, expected",
        "n.list   | '1,0'         | numbers from 0.01 to 50.0, separated by commas, expected",
        "n.on     | yes           | true or false expected",
        "n.kind   | adm           | one of sgd, adam expected; did you mean \"adam\"?",
        "n.widths | 784           | layer widths such as 784-800-800-10 expected",
        "n.widths | 784-0-10      | layer widths such as 784-800-800-10 expected",
        "n.widths | 784--10       | layer widths such as 784-800-800-10 expected",
        "n.widths | 9999999-10    | layer widths such as 784-800-800-10 expected"
      })
  void refusesImpossibleValues(String key, String value, String expected) {
    RecipeException e = assertThrows(RecipeException.class, () -> ALL.with(key, value));
    assertEquals(key + " = \"" + value + "\": " + expected, e.getMessage());
  }

  @Test
  void defaultsAreCheckedToo() {
    Settings.Builder builder = new Settings.Builder();
    assertThrows(RecipeException.class, () -> builder.whole("x", 11, 0, 10, "too large"));
  }

  @Test
  void knowsOnlyWhatIsDeclared() {
    assertThrows(IllegalArgumentException.class, () -> ALL.text("n.other"));
  }
}
