// SPDX-License-Identifier: Apache-2.0
#include "api/http_handler.h"

#include "api/http_framing.h"

namespace jejak::api {

Responder::~Responder() {
  if (sink_) sink_->Answer(RefusalResponse(Refusal::kInternal));
}

void Responder::operator()(Response response) {
  if (const auto sink = std::exchange(sink_, nullptr)) sink->Answer(std::move(response));
}

}  // namespace jejak::api
