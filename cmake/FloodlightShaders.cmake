# The shaders as the page gives them to WebGL, carried inside the program: target floodlight_shaders.
# Every look (a fragment shader that defines colour_at) follows the common frame view.frag; landscape.frag is another frame,
# that of the look of the flood in 3D.
include(FloodlightEmbed)

set(shader_preamble [[
#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
]])

# Reads a shader without its comments, which only a person needs; lines keep their numbers.
function(floodlight_read_shader file result)
  file(READ ${file} text)
  string(REGEX REPLACE "[ \t]*//[^\n]*" "" text "${text}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(shader_dir ${PROJECT_BINARY_DIR}/shaders)
set(embedded_shaders "")
foreach(name view landscape)
  floodlight_read_shader(${PROJECT_SOURCE_DIR}/shaders/${name}.vert text)
  file(CONFIGURE OUTPUT ${shader_dir}/${name}.vert CONTENT "${shader_preamble}${text}" @ONLY)
  list(APPEND embedded_shaders ${name}_vert ${shader_dir}/${name}.vert)
endforeach()

# floodlight_look(NAME FRAME LOOK): the shader NAME.frag from a frame and the look that follows it.
function(floodlight_look name frame look)
  floodlight_read_shader(${PROJECT_SOURCE_DIR}/shaders/${frame}.frag before)
  floodlight_read_shader(${PROJECT_SOURCE_DIR}/shaders/${look}.frag text)
  file(CONFIGURE OUTPUT ${shader_dir}/${name}.frag CONTENT "${shader_preamble}${before}${text}" @ONLY)
  set(embedded_shaders ${embedded_shaders} ${name}_frag ${shader_dir}/${name}.frag PARENT_SCOPE)
endfunction()
file(GLOB looks CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/shaders/*.frag)
foreach(look IN LISTS looks)
  get_filename_component(name ${look} NAME_WE)
  if(NOT name MATCHES "^(view|landscape)$")
    floodlight_look(${name} view ${name})
  endif()
endforeach()
floodlight_look(landscape landscape flood)
floodlight_embed(floodlight_shaders ${embedded_shaders})
