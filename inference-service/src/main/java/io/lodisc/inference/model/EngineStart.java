package io.lodisc.inference.model;

import io.lodisc.model.engine.Torch;
import org.springframework.stereotype.Component;

/** Starts the engine from the start-up thread; whoever needs it asks for this bean. */
@Component
class EngineStart {

  EngineStart() {
    Torch.start();
    // Requests are what runs in parallel: twice the throughput of threads inside an operation.
    Torch.threads(1);
  }
}
