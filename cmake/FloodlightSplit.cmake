# What the app's first labelled picture does without is a wasm file of its own, fetched after it: tools/split-wasm.mjs.
#
# The files whose functions and constants are deferred. "*" stands for any name. A new file that only a step, a panel or a
# dialog needs belongs here; whoever calls into it from a file that is not listed asks App::everything_loaded first, or
# goes by App::go_to or App::when_loaded (build/web/floodlight_app.doors lists these calls). A deferred file has no
# variables that are initialised at the start.
set(FLOODLIGHT_DEFERRED
  libtiff.a/*
  libzlib.a/*
  core/components_and_labels.cpp
  core/distance_terms.cpp
  core/drop.cpp
  core/exercise*.cpp
  core/field_statistics.cpp
  core/filter_terms.cpp
  core/flood.cpp
  core/flood_section.cpp
  core/folder_loop.cpp
  core/imagej_macro.cpp
  core/label_growth.cpp
  core/mask_change.cpp
  core/measurements_csv.cpp
  core/median.cpp
  core/notebook.cpp
  core/nucleus_*.cpp
  core/object_shape.cpp
  core/otsu_curve.cpp
  core/output_name.cpp
  core/peak_terms.cpp
  core/png.cpp
  core/profile.cpp
  core/python*.cpp
  core/refine_terms.cpp
  core/relief.cpp
  core/requantise.cpp
  core/score.cpp
  core/shared_state.cpp
  core/summit_fate.cpp
  core/tiff_*.cpp
  web/app/app_files.cpp
  web/app/diagnosis.cpp
  web/app/field_pictures.cpp
  web/app/field_plots.cpp
  web/app/flood_view.cpp
  web/app/histogram_view.cpp
  web/app/lab.cpp
  web/app/landscape.cpp
  web/app/landscape_marks.cpp
  web/app/lens.cpp
  web/app/lesson.cpp
  web/app/loop_lesson.cpp
  web/app/many.cpp
  web/app/many_lessons.cpp
  web/app/many_view.cpp
  web/app/marks.cpp
  web/app/picker.cpp
  web/app/picture.cpp
  web/app/player.cpp
  web/app/plots.cpp
  web/app/profile_view.cpp
  web/app/section_view.cpp
  web/app/steps/distance.cpp
  web/app/steps/filter.cpp
  web/app/steps/label.cpp
  web/app/steps/many.cpp
  web/app/steps/measure.cpp
  web/app/steps/pixels.cpp
  web/app/steps/refine.cpp
  web/app/steps/seeds.cpp
  web/app/steps/threshold.cpp
  web/app/seed_editor.cpp
  web/app/share.cpp
  web/app/take_home.cpp
  web/app/stories.cpp
  web/app/tour.cpp
  web/app/wall.cpp)

# floodlight_split(TARGET NAME): NAME.wasm of that executable becomes NAME.wasm and NAME-deferred.wasm.
function(floodlight_split target name)
  foreach(tool BINARYEN_ROOT LLVM_ROOT)
    execute_process(COMMAND ${EMSCRIPTEN_ROOT_PATH}/em-config ${tool}
      OUTPUT_VARIABLE ${tool} OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  set(tool ${PROJECT_SOURCE_DIR}/tools/split-wasm.mjs)
  set(map ${PROJECT_BINARY_DIR}/${target}.map)
  target_link_options(${target} PRIVATE
    # Which function and which constant comes from where; -O0 keeps the linker from merging the files' strings.
    --profiling-funcs -Wl,-Map=${map},--no-demangle,-O0
    # No function is merged with, or inlined into, one of the other part; afterwards each part is optimised by itself.
    -sBINARYEN_EXTRA_PASSES=--skip-pass=duplicate-function-elimination,--one-caller-inline-max-function-size=1
    # So far up, few numbers look like the address of a constant.
    -sGLOBAL_BASE=524288)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${tool};${CMAKE_CURRENT_FUNCTION_LIST_FILE}")
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} ${tool} --binaryen ${BINARYEN_ROOT}/bin --nm ${LLVM_ROOT}/llvm-nm
      --map ${map} --names $<IF:$<CONFIG:Debug>,yes,no> "--patterns=${FLOODLIGHT_DEFERRED}" ${name}.wasm
      ${name}-deferred.wasm
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    VERBATIM)
endfunction()
