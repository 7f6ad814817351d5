# The shaders as the page gives them to WebGL, carried inside the program: target floodlight_shaders.
# Every look (a fragment shader that defines colour_at) follows the common frame view.frag.
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
floodlight_read_shader(${PROJECT_SOURCE_DIR}/shaders/view.vert text)
file(CONFIGURE OUTPUT ${shader_dir}/view.vert CONTENT "${shader_preamble}${text}" @ONLY)
set(embedded_shaders view_vert ${shader_dir}/view.vert)

floodlight_read_shader(${PROJECT_SOURCE_DIR}/shaders/view.frag frame)
file(GLOB looks CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/shaders/*.frag)
list(REMOVE_ITEM looks ${PROJECT_SOURCE_DIR}/shaders/view.frag)
foreach(look IN LISTS looks)
  get_filename_component(name ${look} NAME_WE)
  floodlight_read_shader(${look} text)
  file(CONFIGURE OUTPUT ${shader_dir}/${name}.frag CONTENT "${shader_preamble}${frame}${text}" @ONLY)
  list(APPEND embedded_shaders ${name}_frag ${shader_dir}/${name}.frag)
endforeach()
floodlight_embed(floodlight_shaders ${embedded_shaders})
