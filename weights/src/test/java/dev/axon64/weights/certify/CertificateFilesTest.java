package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFilesTest {
  private static final Certificate PART =
      PartCertificates.of(Models.shipped("a64"), new SpecFile("a64.npy", "00"), 0x1a00_0000L);

  private static Certificate read(String json) {
    return CertificateFiles.certificate("it.json", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCertificateIsReadBack() {
    String text = CertificateFiles.text(PART);
    assertEquals(text, CertificateFiles.text(read(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"subject\" | \"other\"",
        "\"javaSha256\" | \"sha\"",
        "\"probes\" | \"probe\"",
        "\"wrongPercent\" | \"percent\"",
        "\"smallest\": | \"smallest\": true,",
        "\"words\": 16777216 | \"words\": \"many\"",
        "\"model\" | model\"",
      })
  void aDamagedCertificateIsToldInOneLine(String part, String damage) {
    String text = CertificateFiles.text(PART);
    assertTrue(text.contains(part));
    String message =
        assertThrows(InputException.class, () -> read(text.replaceFirst(part, damage)))
            .getMessage();
    assertTrue(message.startsWith("it.json: is not the JSON that certify writes"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    String message = assertThrows(InputException.class, () -> read("")).getMessage();
    assertEquals("it.json: is empty; write it again with 'axon64 certify'", message);
    String other = CertificateFiles.text(PART).replaceFirst("\"format\": 1", "\"format\": 2");
    message = assertThrows(InputException.class, () -> read(other)).getMessage();
    assertEquals(
        "it.json: is no certificate of format 1; write it again with 'axon64 certify'", message);
  }
}
