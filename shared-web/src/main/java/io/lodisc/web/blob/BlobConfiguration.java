package io.lodisc.web.blob;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store of blobs; imported by the services that keep any. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(S3Properties.class)
public class BlobConfiguration {

  @Bean
  BlobStore blobStore(
      @Value("${lodisc.home:${user.home}/.lodisc}") Path home, S3Properties properties) {
    return properties.isUsed()
        ? S3Connection.open(properties)
        : new FolderBlobs(home.resolve("blobs"));
  }
}
