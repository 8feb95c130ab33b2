package io.lodisc.training.alias;

import io.lodisc.training.ApiRole;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import io.lodisc.web.User;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
@RequestMapping("/api/v1/models")
class AliasController {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  record Promotion(@NotBlank String checkpoint) {}

  record ModelAliases(List<ModelAlias> items) {}

  private final AliasRegistry registry;

  AliasController(AliasRegistry registry) {
    this.registry = registry;
  }

  /** Lets a model mean a checkpoint from now on. */
  @PutMapping("/{alias}")
  ModelAlias promote(
      @PathVariable String alias,
      @Valid @RequestBody Promotion promotion,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    if (!NAME.matcher(alias).matches()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "'%s' cannot be a model's name.".formatted(alias),
          "Use 1 to 63 lower-case letters, digits and dashes, the first no dash.");
    }
    return registry.promote(alias, promotion.checkpoint(), User.checked(user), null);
  }

  /** Lists the models. */
  @GetMapping
  ModelAliases list() {
    return new ModelAliases(registry.all());
  }

  /** Tells which checkpoint a model means. */
  @GetMapping("/{alias}")
  ModelAlias get(@PathVariable String alias) {
    return registry.get(alias);
  }
}
