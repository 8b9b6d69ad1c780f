package limbeck.kd.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.exec.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void isOneValueForAnyNumberOfWorkers(int count) {
    try (Workers workers = Workers.of(count)) {
      assertEquals(Doctor.FINGERPRINT, Fingerprint.compute(workers));
    }
  }

  @Test
  void selfCheckFindsNothingHere() {
    assertEquals(java.util.List.of(), SelfCheck.failures());
  }

  @Test
  void doctorIsContent() {
    Doctor doctor = Doctor.examine();
    assertTrue(doctor.environment().ok(), doctor.remarks().toString());
    assertEquals(Doctor.FINGERPRINT, doctor.json().get("fingerprint"));
    assertEquals(true, doctor.json().get("ok"));
    assertEquals(doctor.remarks(), doctor.json().get("remarks"));
  }
}
