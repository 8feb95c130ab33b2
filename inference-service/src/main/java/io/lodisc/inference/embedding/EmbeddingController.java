package io.lodisc.inference.embedding;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.inference.model.EncoderLease;
import io.lodisc.inference.model.Models;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
class EmbeddingController {

  private static final String ALIAS = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final Models models;
  private final Embedder embedder;
  private final int mostImages;

  EmbeddingController(Models models, Embedder embedder, InferenceProperties properties) {
    this.models = models;
    this.embedder = embedder;
    this.mostImages = properties.imagesPerRequest();
  }

  /**
   * Embeds pictures.
   *
   * @param model whose encoder embeds
   */
  @PostMapping(path = "/api/v1/embeddings", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Embeddings embed(
      MultipartHttpServletRequest request,
      @RequestParam(defaultValue = "production") String model) {
    List<MultipartFile> images = images(request);
    if (!model.matches(ALIAS)) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The model's alias has characters that no alias has.",
          "Use letters, digits, dots, dashes and underscores.");
    }
    try (EncoderLease lease = models.lease(model)) {
      return new Embeddings(
          new Embeddings.Model(model, lease.checkpoint()),
          lease.encoder().dimension(),
          embedder.embed(lease.encoder(), images));
    }
  }

  private List<MultipartFile> images(MultipartHttpServletRequest request) {
    Set<String> unknown = new TreeSet<>(request.getFileMap().keySet());
    unknown.addAll(request.getParameterMap().keySet());
    unknown.removeAll(Set.of("image", "model"));
    if (!unknown.isEmpty()) {
      throw new ApiException(
          Problem.UNKNOWN_FIELD,
          "There is no field '%s'.".formatted(unknown.iterator().next()),
          "Known fields here: image, model.");
    }
    List<MultipartFile> images = request.getFiles("image");
    if (images.isEmpty()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The form has no file part 'image'.",
          "Send one or many, as curl -F image=@picture.png does.");
    }
    if (images.size() > mostImages) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "The form has %d images, more than the %d allowed.".formatted(images.size(), mostImages),
          "Send them in several requests.");
    }
    return images;
  }
}
