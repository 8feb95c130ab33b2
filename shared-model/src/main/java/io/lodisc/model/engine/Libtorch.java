package io.lodisc.model.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build of libtorch.
 *
 * @param version such as 2.7.1
 * @param flavor what it was built for: cpu, or the version of CUDA such as cu128
 */
record Libtorch(String version, String flavor) {

  private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([0-9.]+)");
  private static final Pattern CUDA = Pattern.compile("CUDA_VERSION=([0-9]+)\\.([0-9]+)");

  /** What libtorch says of itself, on Linux: std::string at::show_config(). */
  private static final String SHOW_CONFIG = "_ZN2at11show_configB5cxx11Ev";

  /** A std::string of libstdc++: where its text is, its length, room for a short text. */
  private static final long STRING_BYTES = 32;

  /** The one that DJL's bridge on the class path was compiled for; of either flavour. */
  static String expectedVersion() {
    try (InputStream file = JniUtils.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("jni_version").split("-")[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that was loaded; empty where the system's libtorch does not tell. */
  static Optional<Libtorch> loaded() {
    return SymbolLookup.loaderLookup().find(SHOW_CONFIG).map(Libtorch::ask).map(Libtorch::of);
  }

  static Libtorch of(String config) {
    Matcher version = VERSION.matcher(config);
    Matcher cuda = CUDA.matcher(config);
    return new Libtorch(
        version.find() ? version.group(1) : "unknown",
        cuda.find() ? "cu" + cuda.group(1) + cuda.group(2) : "cpu");
  }

  /** By the calling convention of x86-64: the caller says where the string is to be. */
  private static String ask(MemorySegment showConfig) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment string = arena.allocate(STRING_BYTES, Long.BYTES);
      Linker.nativeLinker()
          .downcallHandle(
              showConfig, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
          .invoke(string);
      MemorySegment text = string.get(ValueLayout.ADDRESS, 0);
      long length = string.get(ValueLayout.JAVA_LONG, Long.BYTES);
      return new String(text.reinterpret(length).toArray(ValueLayout.JAVA_BYTE), US_ASCII);
    } catch (Throwable e) {
      throw new IllegalStateException("libtorch cannot be asked for its configuration", e);
    }
  }
}
