# Third-party sources: zlib, libtiff, GoogleTest, Dear ImGui. Built for size and without warnings.
#
# Each comes from FETCHCONTENT_SOURCE_DIR_<NAME> where that is given, else from $FLOODLIGHT_SOURCES/<name> where tools/setup
# has unpacked it, else from its own repository.
include(FetchContent)

# A SOURCE_SUBDIR without a CMakeLists.txt: the sources are fetched, but their own build files are not used.
set(unused_subdir no-build-files-wanted)

FetchContent_Declare(zlib
  GIT_REPOSITORY https://github.com/madler/zlib.git
  GIT_TAG 51b7f2abdade71cd9bb0e7a373ef2610ec6f9daf # v1.3.1
  SOURCE_SUBDIR ${unused_subdir})
FetchContent_Declare(tiff
  GIT_REPOSITORY https://gitlab.com/libtiff/libtiff.git
  GIT_TAG v4.7.0
  SOURCE_SUBDIR ${unused_subdir})
FetchContent_Declare(googletest
  GIT_REPOSITORY https://github.com/google/googletest.git
  GIT_TAG 6910c9d9165801d8827d628cb72eb7ea9dd538c5 # v1.16.0
  SYSTEM)
FetchContent_Declare(imgui
  GIT_REPOSITORY https://github.com/ocornut/imgui.git
  GIT_TAG 45acd5e0e82f4c954432533ae9985ff0e1aad6d5 # v1.92.2b
  SOURCE_SUBDIR ${unused_subdir})

foreach(name zlib tiff googletest imgui)
  string(TOUPPER ${name} upper)
  if(NOT FETCHCONTENT_SOURCE_DIR_${upper} AND IS_DIRECTORY "$ENV{FLOODLIGHT_SOURCES}/${name}")
    set(FETCHCONTENT_SOURCE_DIR_${upper} "$ENV{FLOODLIGHT_SOURCES}/${name}" CACHE PATH "Unpacked sources of ${name}" FORCE)
  endif()
endforeach()

# Compiles a third-party target for size, quietly, and offers its headers as system headers.
function(floodlight_third_party target)
  target_compile_options(${target} PRIVATE -w $<$<NOT:$<CONFIG:Debug>>:$<IF:$<BOOL:${EMSCRIPTEN}>,-Oz,-Os>>
    -ffunction-sections -fdata-sections)
  set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "" EXPORT_COMPILE_COMMANDS OFF)
endfunction()

FetchContent_MakeAvailable(zlib tiff)
include(FloodlightZlib)
include(FloodlightTiff)

if(EMSCRIPTEN)
  FetchContent_MakeAvailable(imgui)
  include(FloodlightImgui)
  include(FloodlightFonts)
  include(FloodlightShaders)
endif()

if(FLOODLIGHT_TESTS)
  set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
  set(BUILD_GMOCK OFF CACHE BOOL "" FORCE)
  set(gtest_disable_pthreads ${EMSCRIPTEN} CACHE BOOL "" FORCE)
  FetchContent_MakeAvailable(googletest)
  foreach(target gtest gtest_main)
    floodlight_third_party(${target})
  endforeach()
endif()
