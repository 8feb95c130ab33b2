package io.lodisc.training.checkpoint;

import io.lodisc.model.exchange.ImportOptions;
import io.lodisc.model.image.Preprocessing;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.multipart.MultipartFile;

/**
 * Imports an encoder; what is left out is the file's own.
 *
 * @param file in the safetensors format
 * @param name the checkpoint's id; default: import- and twelve digits
 * @param heads of the attention
 * @param imageSize pixels a side; positions are fitted to it
 * @param mean of red, green and blue; default: ImageNet's
 * @param std of red, green and blue; default: ImageNet's
 */
record ImportRequest(
    @NotNull MultipartFile file,
    @Pattern(
            regexp = "(?![0-9a-f]{12}-[0-9]+$)[a-z0-9][a-z0-9-]{0,62}",
            message =
                "must be 1 to 63 lower-case letters, digits and dashes, the first no dash, and not"
                    + " of the form that jobs give their checkpoints")
        String name,
    @Min(1) @Max(8192) Integer heads,
    @Min(1) @Max(4096) Integer imageSize,
    @Size(min = 3, max = 3) List<@NotNull @DecimalMin("0.0") @DecimalMax("1.0") Double> mean,
    @Size(min = 3, max = 3) List<@NotNull @DecimalMin("0.001") @DecimalMax("10.0") Double> std) {

  static final String[] FIELDS = {"file", "name", "heads", "imageSize", "mean", "std"};

  ImportOptions options() {
    return new ImportOptions(heads, imageSize);
  }

  Preprocessing preprocessing(int size) {
    Preprocessing imagenet = Preprocessing.imagenet(size);
    return new Preprocessing(
        size,
        imagenet.resize(),
        mean == null ? imagenet.mean() : mean,
        std == null ? imagenet.std() : std);
  }
}
