# How Floodlight's own code is compiled: language, warnings, floating point; sanitizers and wasm features for everything.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(FLOODLIGHT_SANITIZE "Address and undefined behaviour sanitizers" OFF)
if(FLOODLIGHT_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_EXTENSIVE>)
endif()

option(FLOODLIGHT_FUZZ "Build the fuzzers; wants clang and the fuzz preset" OFF)
if(FLOODLIGHT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# One exception model for everything that is linked together, third-party code included.
if(EMSCRIPTEN)
  add_compile_options(-fwasm-exceptions -msimd128)
  add_link_options(-fwasm-exceptions)
  # Two files' functions of one name can be told apart, which tools/split-wasm.mjs does by their names.
  add_compile_options(-funique-internal-linkage-names)
endif()

add_library(floodlight_warnings INTERFACE)
target_compile_options(floodlight_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${FLOODLIGHT_WERROR}>:-Werror>)

# Results are compared bit for bit with other builds, so no compiler may fuse a multiplication with an addition.
add_library(floodlight_options INTERFACE)
target_compile_options(floodlight_options INTERFACE -ffp-contract=off)
target_include_directories(floodlight_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_features(floodlight_options INTERFACE cxx_std_23)
