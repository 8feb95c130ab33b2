package io.lodisc.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", new Tensor(new float[] {1, -2, 3.5f, 4, 5, Float.MIN_VALUE}, 2, 3));
    tensors.put("scalar", new Tensor(new float[] {7}));
    tensors.put("empty", new Tensor(new float[0], 0, 4));
    Path file = folder.resolve("x.safetensors");

    SafeTensors.write(file, tensors);

    Map<String, Tensor> read = SafeTensors.read(file);
    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          assertThat(read.get(name).values()).containsExactly(tensor.values());
          assertThat(read.get(name).shape()).containsExactly(tensor.shape());
        });
  }

  @Test
  void theDataBeginsAtAMultipleOfEight() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, Map.of("abc", new Tensor(new float[] {1}, 1)));

    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
  }

  @Test
  void readsHalfAndDoublePrecisionAsSingle() throws IOException {
    String header =
        """
        {"half":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},
         "brain":{"dtype":"BF16","shape":[2,2],"data_offsets":[8,16]},
         "double":{"dtype":"F64","shape":[3],"data_offsets":[16,40]}}""";
    byte[] bytes = file(header, 40);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.position(bytes.length - 40);
    for (int half : new int[] {0x3c00, 0xc000, 0x0001, 0x7bff}) {
      data.putShort((short) half);
    }
    for (int brain : new int[] {0x3f80, 0xc040, 0x7f80, 0x3eab}) {
      data.putShort((short) brain);
    }
    data.putDouble(1.0 / 3).putDouble(-1e300).putDouble(5);
    Path file = Files.write(folder.resolve("x.safetensors"), bytes);

    Map<String, Tensor> read = SafeTensors.read(file);

    assertThat(read.get("half").values()).containsExactly(1, -2, 0x1p-24f, 65504);
    assertThat(read.get("brain").values())
        .containsExactly(1, -3, Float.POSITIVE_INFINITY, 0.333984375f);
    assertThat(read.get("brain").shape()).containsExactly(2, 2);
    assertThat(read.get("double").values()).containsExactly(1f / 3, Float.NEGATIVE_INFINITY, 5);
  }

  @Test
  void readsOneTensorBesideOthersThatItCannot() throws IOException {
    String header =
        """
        {"__metadata__":{"format":"pt"},
         "count":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
         "a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";
    Path file = Files.write(folder.resolve("x.safetensors"), file(header, 12));

    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      assertThat(open.names()).containsExactly("count", "a");
      assertThat(open.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(open.shape("count")).isEmpty();
      assertThat(open.read("a").values()).containsExactly(0);
    }
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, Map.of("a", new Tensor(new float[] {1, 2, 3}, 3)));
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 20, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafeTensors.read(file))
          .as("%d bytes", length)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void refusesAnOversizedHeaderWithoutReadingIt() throws IOException {
    for (long length : new long[] {Long.MAX_VALUE, -1, 200_000_000}) {
      ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      refused(bytes.array(), "oversized header");
    }
  }

  @Test
  void refusesOverlappingOffsets() throws IOException {
    refused(
        file(
            """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
            12),
        "overlapping offsets: 'b'");
  }

  @Test
  void refusesGapsForeignTypesAndWrongSizes() throws IOException {
    refused(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8), "gap");
    refused(
        file("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8), "'a' as I64");
    refused(
        file("{\"a\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4),
        "'a' as F4, which is no known type");
    refused(
        file("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        "8 bytes where its shape needs 4");
    refused(
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8),
        "8 bytes where its shape needs 12");
    refused(
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
            8),
        "impossible shape");
    refused(
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}", 8),
        "impossible shape");
    refused(
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8),
        "bytes that no tensor names");
    refused(file("[1]", 0), "not a JSON object");
    refused(file("{\"a\":", 0), "not JSON");
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, bytes);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("bad.safetensors")
        .hasMessageContaining(why);
  }

  private static byte[] file(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
