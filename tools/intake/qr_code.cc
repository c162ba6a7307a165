// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace jejak::intake {

Result<QrCode> EncodeQr(const std::string& text) {
  constexpr int kSmallestVersion = 0;
  constexpr int kCaseSensitive = 1;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeString(text.c_str(), kSmallestVersion, QR_ECLEVEL_M, QR_MODE_8, kCaseSensitive),
      &QRcode_free);
  if (made == nullptr) return Malformed("the address of the status page is too long for a QR code");
  QrCode code{static_cast<std::size_t>(made->width), {}};
  code.dark.reserve(code.width * code.width);
  for (std::size_t i = 0; i < code.width * code.width; ++i)
    code.dark.push_back((made->data[i] & 1U) != 0);
  return code;
}

}  // namespace jejak::intake
