package io.lodisc.training.pretrain;

import tools.jackson.databind.util.StdConverter;

/** A name as JSON has it, text or not: who takes it tells the known ones. */
final class AnyName extends StdConverter<Object, String> {

  @Override
  public String convert(Object json) {
    return json.toString();
  }
}
