package io.lodisc.inference;

import tools.jackson.databind.JsonNode;

/** A status and a JSON body. */
record Answer(int status, JsonNode body) {

  String checkpoint() {
    return body.at("/model/checkpoint").asString();
  }

  String problem() {
    return body.at("/type").asString().replace("urn:lodisc:problem:", "");
  }

  float[] vector(int i) {
    JsonNode values = body.at("/embeddings/" + i);
    float[] vector = new float[values.size()];
    for (int j = 0; j < vector.length; j++) {
      vector[j] = values.get(j).floatValue();
    }
    return vector;
  }
}
