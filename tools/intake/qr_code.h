// SPDX-License-Identifier: Apache-2.0
//
// A QR code (ISO/IEC 18004) of a text, by libqrencode, as modules to be drawn.
//
//   https://jejak.contohkota.go.id/1/status   version 3, 29 x 29 modules, level M
//
// Level M survives a fold or a stain of 15 %. The quiet zone of four modules is for who draws. Any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::intake {

struct QrCode {
  std::size_t width = 0;
  std::vector<bool> dark;  // width * width, row by row

  bool at(std::size_t x, std::size_t y) const { return dark[y * width + x]; }
};

// kMalformed: the text is too long for one, or empty.
Result<QrCode> EncodeQr(const std::string& text);

}  // namespace jejak::intake
