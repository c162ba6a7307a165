# Build settings and the few functions that every room's CMakeLists.txt uses.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)

# A build that is made once, as in tools/test: tests share the parse of their heaviest headers, and
# their own code (never that of the rooms) is optimised less and carries no debug information.
# An empty cache of objects would only cost.
option(JEJAK_COMPILE_TESTS_ONCE "Compile tests for one build from nothing, not for a debugger" OFF)

find_program(JEJAK_CCACHE ccache)
if(JEJAK_CCACHE AND NOT JEJAK_COMPILE_TESTS_ONCE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 ${JEJAK_CCACHE})
endif()
find_program(JEJAK_MOLD mold)
if(JEJAK_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(jejak_warnings INTERFACE)
target_compile_options(jejak_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${JEJAK_WERROR}>:-Werror>)

# The programs that append and serve: there one thread frees what another has made. Sanitizers bring
# their own allocator.
add_library(jejak_allocator INTERFACE)
if(NOT JEJAK_VERIFIER_ONLY AND NOT "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG}" MATCHES "-fsanitize=")
  pkg_check_modules(TCMALLOC REQUIRED IMPORTED_TARGET libtcmalloc_minimal)
  target_link_libraries(jejak_allocator INTERFACE PkgConfig::TCMALLOC)
endif()

# Pure rooms have no RTTI, and UBSan's vptr check needs the type information of what it looks at.
if("${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG}" MATCHES "-fsanitize=[a-z,-]*undefined")
  add_compile_options(-fno-sanitize=vptr)
endif()

if(JEJAK_COMPILE_TESTS_ONCE)
  set(JEJAK_TEST_OPTIONS -g0 -O1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 takes strings of its own library for too short when it reads the library precompiled.
    list(APPEND JEJAK_TEST_OPTIONS -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow
      -Wno-restrict)
  endif()
endif()

# The sanitizer build of one time shares the parse of headers among the pure rooms too; that each
# source includes what it uses shows in the optimised build.
if(JEJAK_COMPILE_TESTS_ONCE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_library(jejak_pure_headers OBJECT ${CMAKE_SOURCE_DIR}/cmake/pure_headers.cc)
  target_compile_options(jejak_pure_headers PRIVATE -fno-exceptions -fno-rtti)
  target_precompile_headers(jejak_pure_headers PRIVATE <algorithm> <array> <charconv> <functional>
    <map> <memory> <optional> <set> <span> <string> <tuple> <unordered_map> <variant> <vector>)
  target_link_libraries(jejak_pure_headers PRIVATE jejak_warnings)
endif()

# jejak_room(NAME [PURE] SOURCES file... [ROOMS room...] [LIBRARIES target...])
# A pure room is built without exceptions and RTTI: it computes over bytes and does nothing else.
function(jejak_room name)
  cmake_parse_arguments(ROOM "PURE" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_library(jejak_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(jejak_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(jejak_${name} PRIVATE jejak_warnings ${ROOM_LIBRARIES})
  foreach(room ${ROOM_ROOMS})
    target_link_libraries(jejak_${name} PUBLIC jejak_${room})
  endforeach()
  if(ROOM_PURE)
    target_compile_options(jejak_${name} PRIVATE -fno-exceptions -fno-rtti)
    if(TARGET jejak_pure_headers)
      target_precompile_headers(jejak_${name} REUSE_FROM jejak_pure_headers)
    endif()
  endif()
endfunction()

# jejak_test(NAME SOURCES file... ROOMS room... [LIBRARIES target...] [LABELS label...] [TIMEOUT seconds])
# One test program per room; test_list_test refuses a *_test.cc that no jejak_test names.
function(jejak_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE JEJAK_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JEJAK_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE jejak_warnings GTest::gtest_main GTest::gtest ${TEST_LIBRARIES})
  foreach(room ${TEST_ROOMS})
    target_link_libraries(${name} PRIVATE jejak_${room})
  endforeach()
  if(JEJAK_COMPILE_TESTS_ONCE)
    target_compile_options(${name} PRIVATE ${JEJAK_TEST_OPTIONS})
    target_precompile_headers(${name} REUSE_FROM jejak_test_headers)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
endfunction()

# jejak_test_library(NAME SOURCES file... ROOMS room... [LIBRARIES target...]): what several test
# programs share, so that it is compiled once; they name it among their ROOMS.
function(jejak_test_library name)
  cmake_parse_arguments(TEST "" "" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_library(jejak_${name} STATIC ${TEST_SOURCES})
  target_include_directories(jejak_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_definitions(jejak_${name} PRIVATE JEJAK_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JEJAK_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(jejak_${name} PRIVATE jejak_warnings GTest::gtest PUBLIC ${TEST_LIBRARIES})
  foreach(room ${TEST_ROOMS})
    target_link_libraries(jejak_${name} PUBLIC jejak_${room})
  endforeach()
  if(JEJAK_COMPILE_TESTS_ONCE)
    target_compile_options(jejak_${name} PRIVATE ${JEJAK_TEST_OPTIONS})
    target_precompile_headers(jejak_${name} REUSE_FROM jejak_test_headers)
  endif()
endfunction()

# jejak_fuzz(NAME SOURCE file ROOMS room...): a libFuzzer program; seeds are in tests/fuzz/seeds/NAME.
function(jejak_fuzz name)
  cmake_parse_arguments(FUZZ "" "SOURCE" "ROOMS" ${ARGN})
  if(NOT JEJAK_BUILD_FUZZ)
    return()
  endif()
  add_executable(fuzz_${name} ${FUZZ_SOURCE})
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE jejak_warnings)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  foreach(room ${FUZZ_ROOMS})
    target_link_libraries(fuzz_${name} PRIVATE jejak_${room})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY JEJAK_FUZZ_TARGETS fuzz_${name})
endfunction()
