# Compiler caches do not see what a source embeds: floodlight_embed's are compiled without one, the others name a digest.

# floodlight_source_embeds(SOURCE FILE...): a source of this folder's targets that has #embed of these files.
function(floodlight_source_embeds source)
  set(digests "")
  foreach(file IN LISTS ARGN)
    file(SHA256 ${file} digest)
    string(APPEND digests ${digest})
  endforeach()
  string(SHA256 digest "${digests}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${ARGN})
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS FLOODLIGHT_EMBEDDED=0x${digest})
endfunction()

# floodlight_embed(TARGET name file [name file ...]): a static library that carries files inside the program.
# Its header "embedded/TARGET.h" declares, for each, `std::string_view floodlight::embedded::name()`: the file's bytes.
function(floodlight_embed target)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}.h)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}.cpp)
  set(declarations "")
  set(definitions "")
  set(files "")
  set(rest ${ARGN})
  while(rest)
    list(POP_FRONT rest name file)
    get_filename_component(file ${file} ABSOLUTE)
    list(APPEND files ${file})
    string(APPEND declarations "std::string_view ${name}();\n")
    string(APPEND definitions
      "std::string_view ${name}() {\n  static constexpr unsigned char bytes[] = {\n#embed \"${file}\"\n  };\n"
      "  return {reinterpret_cast<const char*>(bytes), sizeof bytes};\n}\n")
  endwhile()
  file(CONFIGURE OUTPUT ${header} CONTENT
    "// Files carried inside the program; generated.\n#pragma once\n\n#include <string_view>\n
namespace floodlight::embedded {\n${declarations}}  // namespace floodlight::embedded\n" @ONLY)
  file(CONFIGURE OUTPUT ${source} CONTENT
    "// Files carried inside the program; generated.\n#include \"embedded/${target}.h\"\n
namespace floodlight::embedded {\n${definitions}}  // namespace floodlight::embedded\n" @ONLY)
  add_library(${target} STATIC ${source})
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}" COMPILE_OPTIONS -Wno-c23-extensions)
  set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${target} PRIVATE floodlight_options)
endfunction()
