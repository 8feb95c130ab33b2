package io.lodisc.web.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

/** What is wrong is told at the start, by the property's name. */
class S3ConnectionTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(BlobConfiguration.class);

  @Test
  void withoutABucketTheFolderIsUsed() {
    application
        .withPropertyValues("lodisc.home=/nowhere", "lodisc.blobs.s3.bucket= ")
        .run(
            context ->
                assertThat(context.getBean(BlobStore.class).folder().orElseThrow())
                    .hasToString("/nowhere/blobs"));
  }

  @Test
  void aBucketThatIsThereIsUsed() {
    S3Mock mock = S3Mock.shared();
    application
        .withPropertyValues(mock.properties(mock.bucket()).toArray(String[]::new))
        .run(
            context -> {
              BlobStore store = context.getBean(BlobStore.class);
              store.put("x", new ByteArrayResource(new byte[3]));
              assertThat(store.folder()).isEmpty();
              assertThat(store.get("x").contentLength()).isEqualTo(3);
            });
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    refused(S3Mock.shared().properties("none-such"), "bucket", "There is no such bucket.");
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint=http://localhost:1, endpoint, It does not answer",
    "endpoint=localhost:9000, endpoint, It must be a URL",
    "secret-key=, secret-key, given together",
    "access-key=, access-key, given together"
  })
  void whatIsWrongIsNamed(String wrong, String property, String reason) {
    S3Mock mock = S3Mock.shared();
    List<String> properties = new ArrayList<>(mock.properties("bucket"));
    properties.add("lodisc.blobs.s3." + wrong);
    refused(properties, property, reason);
  }

  private void refused(List<String> properties, String property, String reason) {
    application
        .withPropertyValues(properties.toArray(String[]::new))
        .run(context -> assertNamed(context.getStartupFailure(), property, reason));
  }

  private static void assertNamed(Throwable failure, String property, String reason) {
    Throwable cause = failure;
    while (!(cause instanceof InvalidConfigurationPropertyValueException)) {
      assertThat(cause).as("a property that is named").isNotNull();
      cause = cause.getCause();
    }
    InvalidConfigurationPropertyValueException wrong =
        (InvalidConfigurationPropertyValueException) cause;
    assertThat(wrong.getName()).isEqualTo("lodisc.blobs.s3." + property);
    assertThat(wrong.getReason()).contains(reason);
  }

  @Test
  void aStoreThatIsAwayIsAPassingFault() {
    try (S3Mock mock = new S3Mock()) {
      mock.start();
      String bucket = mock.bucket();
      BlobStore store =
          S3Connection.open(new S3Properties(bucket, mock.endpoint(), null, null, "key", "secret"));
      store.put("x", new ByteArrayResource(new byte[3]));
      mock.stop();

      assertThatThrownBy(() -> store.get("x").exists())
          .isInstanceOfSatisfying(BlobException.class, e -> assertThat(e.isPassing()).isTrue());
      assertThatThrownBy(() -> store.put("y", new ByteArrayResource(new byte[3])))
          .isInstanceOf(BlobException.class);
      mock.start();
      assertThat(store.get("x").exists()).isTrue();
      assertThat(store.get("y").exists()).isFalse();
      mock.client().deleteObject(r -> r.bucket(bucket).key("x"));
      mock.client().deleteBucket(r -> r.bucket(bucket));
      assertThatThrownBy(() -> store.put("y", new ByteArrayResource(new byte[3])))
          .isInstanceOfSatisfying(BlobException.class, e -> assertThat(e.isPassing()).isFalse());
    }
  }

  @Test
  void theKeysAreNotTold() {
    assertThat(new S3Properties("b", "http://x", null, null, "mykey", "mysecret").toString())
        .doesNotContain("mysecret", "mykey");
  }
}
