package io.lodisc.inference.model;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.model.engine.SelfTest;
import io.lodisc.model.engine.Torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts the engine from the start-up thread and tests it; whoever needs it asks for this bean. */
@Component
class EngineStart {

  private static final Logger log = LoggerFactory.getLogger(EngineStart.class);

  EngineStart(InferenceProperties properties) {
    SelfTest passed = SelfTest.run(properties.requireGpu());
    log.info(
        "libtorch {} for {} computes on the {}",
        passed.version(),
        passed.flavor(),
        passed.device());
    // Requests are what runs in parallel: twice the throughput of threads inside an operation.
    Torch.threads(1);
  }
}
