# Where the third-party sources come from: floodlight_sources(NAME...) makes zlib, tiff, googletest or imgui available.
#
# Each comes from FETCHCONTENT_SOURCE_DIR_<NAME> where that is given, else from $FLOODLIGHT_SOURCES/<name> where tools/setup
# has unpacked it, else from its own repository, pinned by commit.
include(FetchContent)

# A SOURCE_SUBDIR without a CMakeLists.txt: the sources are fetched, but their own build files are not used.
set(unused_subdir no-build-files-wanted)

set(zlib_repository https://github.com/madler/zlib.git)
FetchContent_Declare(zlib
  GIT_REPOSITORY ${zlib_repository}
  GIT_TAG 51b7f2abdade71cd9bb0e7a373ef2610ec6f9daf # v1.3.1
  SOURCE_SUBDIR ${unused_subdir})
# 4.7.2 has the security patches that Debian's package of 4.7.0 carries. Its commit is the one that Debian's signed
# tiff_4.7.2.orig.tar.bz2 names, which is upstream's own archive of the tag: bzcat FILE | git get-tar-commit-id
set(tiff_repository https://gitlab.com/libtiff/libtiff.git)
FetchContent_Declare(tiff
  GIT_REPOSITORY ${tiff_repository}
  GIT_TAG d01a94be176f5f6a87f7ee1c0b32e65416aa2b4d # v4.7.2
  SOURCE_SUBDIR ${unused_subdir})
set(googletest_repository https://github.com/google/googletest.git)
FetchContent_Declare(googletest
  GIT_REPOSITORY ${googletest_repository}
  GIT_TAG 6910c9d9165801d8827d628cb72eb7ea9dd538c5 # v1.16.0
  SYSTEM)
set(imgui_repository https://github.com/ocornut/imgui.git)
FetchContent_Declare(imgui
  GIT_REPOSITORY ${imgui_repository}
  GIT_TAG 45acd5e0e82f4c954432533ae9985ff0e1aad6d5 # v1.92.2b
  SOURCE_SUBDIR ${unused_subdir})

macro(floodlight_sources)
  foreach(name ${ARGN})
    string(TOUPPER ${name} upper)
    if(NOT IS_DIRECTORY "${FETCHCONTENT_SOURCE_DIR_${upper}}")
      unset(FETCHCONTENT_SOURCE_DIR_${upper} CACHE)
    endif()
    if(NOT FETCHCONTENT_SOURCE_DIR_${upper} AND IS_DIRECTORY "$ENV{FLOODLIGHT_SOURCES}/${name}")
      set(FETCHCONTENT_SOURCE_DIR_${upper} "$ENV{FLOODLIGHT_SOURCES}/${name}" CACHE PATH "Unpacked sources of ${name}" FORCE)
    endif()
    if(NOT FETCHCONTENT_SOURCE_DIR_${upper} AND NOT EXISTS ${FETCHCONTENT_BASE_DIR}/${name}-src)
      message(STATUS "${name} comes from ${${name}_repository}")
      floodlight_check_repository(${name} ${${name}_repository})
    endif()
  endforeach()
  FetchContent_MakeAvailable(${ARGN})
endmacro()

# What a failed fetch says is long and helps nobody, so the repository is asked first, three times.
function(floodlight_check_repository name repository)
  find_package(Git QUIET)
  foreach(try RANGE 1 3)
    execute_process(COMMAND ${GIT_EXECUTABLE} ls-remote ${repository} HEAD
      RESULT_VARIABLE status ERROR_VARIABLE why OUTPUT_QUIET TIMEOUT 60)
    if(GIT_FOUND AND status EQUAL 0)
      return()
    endif()
  endforeach()
  string(REGEX REPLACE "\n.*" "" why "${why}")
  string(TOUPPER ${name} upper)
  message(FATAL_ERROR "The sources of ${name} are not in the cache, and ${repository} does not answer (${why}): run "
    "tools/setup when there is a network, or name unpacked sources with -DFETCHCONTENT_SOURCE_DIR_${upper}=DIRECTORY.")
endfunction()
