# Third-party code: zlib, libtiff, GoogleTest, Dear ImGui. Built for size and without warnings.
include(FloodlightSources)

# Compiles a third-party target for size, quietly, and offers its headers as system headers.
function(floodlight_third_party target)
  target_compile_options(${target} PRIVATE -w $<$<NOT:$<CONFIG:Debug>>:$<IF:$<BOOL:${EMSCRIPTEN}>,-Oz,-Os>>
    -ffunction-sections -fdata-sections)
  set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "" EXPORT_COMPILE_COMMANDS OFF)
endfunction()

floodlight_sources(zlib tiff)
include(FloodlightZlib)
include(FloodlightTiff)

# Natively the interface is built for its tests alone.
if(EMSCRIPTEN OR FLOODLIGHT_TESTS)
  floodlight_sources(imgui)
  include(FloodlightImgui)
  include(FloodlightFonts)
  include(FloodlightShaders)
endif()

if(FLOODLIGHT_TESTS)
  set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
  set(BUILD_GMOCK OFF CACHE BOOL "" FORCE)
  set(gtest_disable_pthreads ${EMSCRIPTEN} CACHE BOOL "" FORCE)
  floodlight_sources(googletest)
  foreach(target gtest gtest_main)
    floodlight_third_party(${target})
  endforeach()
endif()
