# jejak_http_framing: the half of the HTTP edge that computes over octets only. A file of its own
# because the preset fuzz, which does not build api/, builds this.
include_guard(GLOBAL)
jejak_room(http_framing PURE
  SOURCES
    ${CMAKE_SOURCE_DIR}/api/forwarded.cc
    ${CMAKE_SOURCE_DIR}/api/http_body.cc
    ${CMAKE_SOURCE_DIR}/api/http_framing.cc
    ${CMAKE_SOURCE_DIR}/api/http_message.cc
    ${CMAKE_SOURCE_DIR}/api/peer_address.cc
  ROOMS base)
