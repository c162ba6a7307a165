# jejak_xes_format: XES as text, without a ledger. A file of its own because the preset fuzz, which does not build tools/, builds
# this.
include_guard(GLOBAL)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
jejak_room(xes_format
  SOURCES
    ${CMAKE_SOURCE_DIR}/tools/xes/event_log.cc
    ${CMAKE_SOURCE_DIR}/tools/xes/inflate.cc
    ${CMAKE_SOURCE_DIR}/tools/xes/reader.cc
    ${CMAKE_SOURCE_DIR}/tools/xes/writer.cc
    ${CMAKE_SOURCE_DIR}/tools/xes/xml_text.cc
  ROOMS base
  LIBRARIES PkgConfig::PUGIXML PkgConfig::ZLIB)
