package io.lodisc.web.blob;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.core.io.AbstractResource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An object of a bucket. Its stream begins to read where it was first skipped to. */
final class S3Resource extends AbstractResource {

  private final S3Blobs blobs;
  private final String key;

  S3Resource(S3Blobs blobs, String key) {
    this.blobs = blobs;
    this.key = key;
  }

  static FileNotFoundException notFound(String key) {
    return new FileNotFoundException("there is no blob " + key);
  }

  @Override
  public boolean exists() {
    return blobs.head(key).isPresent();
  }

  @Override
  public long contentLength() throws IOException {
    return head().contentLength();
  }

  @Override
  public long lastModified() throws IOException {
    return head().lastModified().toEpochMilli();
  }

  private HeadObjectResponse head() throws IOException {
    return blobs.head(key).orElseThrow(() -> notFound(key));
  }

  @Override
  public String getFilename() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public String getDescription() {
    return "blob " + key;
  }

  @Override
  public InputStream getInputStream() {
    return new Content();
  }

  private final class Content extends InputStream {

    private ResponseInputStream<GetObjectResponse> in;
    private long position;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (in == null && !ended) {
        Optional<ResponseInputStream<GetObjectResponse>> opened = blobs.open(key, position);
        in = opened.orElse(null);
        ended = opened.isEmpty();
      }
      if (ended || length == 0) {
        return ended ? -1 : 0;
      }
      try {
        int read = in.read(bytes, from, length);
        ended = read < 0;
        return read;
      } catch (SdkException e) {
        throw new IOException("the blob %s could not be read".formatted(key), e);
      }
    }

    @Override
    public long skip(long count) throws IOException {
      if (in == null && count > 0) {
        position += count;
        return count;
      }
      return super.skip(count);
    }

    /** Whoever stops in the midst waits for no more of it. */
    @Override
    public void close() throws IOException {
      if (in != null && ended) {
        in.close();
      } else if (in != null) {
        in.abort();
      }
    }
  }
}
