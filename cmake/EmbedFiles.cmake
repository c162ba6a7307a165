# jejak_embed(TARGET NAME file...): compiles files into a program. `#include "embedded/NAME.h"` declares
#   namespace jejak::embedded { struct File { std::string_view name, contents; }; std::span<const File> NAME(); }
# names are the files' base names, in the order given.
function(jejak_embed target name)
  set(dir ${CMAKE_BINARY_DIR}/embedded)
  set(header ${dir}/embedded/${name}.h)
  set(source ${dir}/${name}.cc)
  file(WRITE ${header}.new "#pragma once\n#include <span>\n#include <string_view>\nnamespace jejak::embedded {\n#ifndef JEJAK_EMBEDDED_FILE\n#define JEJAK_EMBEDDED_FILE\nstruct File {\n  std::string_view name, contents;\n};\n#endif\nstd::span<const File> ${name}();\n}  // namespace jejak::embedded\n")
  configure_file(${header}.new ${header} COPYONLY)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${source} "-DFILES=${ARGN}" -P ${CMAKE_SOURCE_DIR}/cmake/EmbedScript.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/EmbedScript.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
  target_include_directories(${target} PUBLIC ${dir})
endfunction()
