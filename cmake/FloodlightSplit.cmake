# What the app's first labelled picture does without is a wasm file of its own, fetched after it: tools/split-wasm.mjs.
#
# Which files these are, the rooms say (cmake/rooms.txt). A new file that only a step, a panel or a dialog needs is in a room
# that is fetched later; whoever calls into it from a file that is fetched first asks App::everything_loaded before, or goes
# by App::go_to or App::when_loaded (build/web/floodlight_app.doors lists these calls). A deferred file has no variables
# that are initialised at the start.
floodlight_rooms(core unused later_core unused unused)
floodlight_rooms(web/app unused later_app unused unused)
# Beside them, the bytes of the network that comes with the program.
set(FLOODLIGHT_DEFERRED libtiff.a/* libzlib.a/* core/floodlight_network.cpp ${later_core} ${later_app})

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
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS
    "${tool};${CMAKE_CURRENT_FUNCTION_LIST_FILE};${FLOODLIGHT_ROOMS_FILE}")
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} ${tool} --binaryen ${BINARYEN_ROOT}/bin --nm ${LLVM_ROOT}/llvm-nm
      --map ${map} --names $<IF:$<CONFIG:Debug>,yes,no> "--patterns=${FLOODLIGHT_DEFERRED}" ${name}.wasm
      ${name}-deferred.wasm
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    VERBATIM)
endfunction()
