# Dear ImGui with its OpenGL ES 3 back end, without the demo and debug windows and without tables. Emscripten brings the header of OpenGL ES.
if(NOT EMSCRIPTEN)
  find_path(GLES3_HEADERS GLES3/gl3.h)
  if(NOT GLES3_HEADERS)
    message(FATAL_ERROR "The tests of the interface need the header GLES3/gl3.h: install it (Debian: libgles-dev), or "
      "configure with -DFLOODLIGHT_TESTS=OFF")
  endif()
endif()
add_library(imgui STATIC
  ${imgui_SOURCE_DIR}/imgui.cpp
  ${imgui_SOURCE_DIR}/imgui_draw.cpp
  ${CMAKE_CURRENT_LIST_DIR}/imgui_without_tables.cpp
  ${imgui_SOURCE_DIR}/imgui_widgets.cpp
  ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_SOURCE_DIR} ${imgui_SOURCE_DIR}/backends)
# 16 bits of an index end at 65,536 corners in one window, and what is drawn beyond them lands anywhere.
target_compile_definitions(imgui PUBLIC
  ImDrawIdx=unsigned
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS
  IMGUI_DISABLE_DEFAULT_FONT
  IMGUI_DISABLE_FILE_FUNCTIONS
  IMGUI_ENABLE_TEST_ENGINE
  IMGUI_IMPL_OPENGL_ES3)
floodlight_third_party(imgui)
