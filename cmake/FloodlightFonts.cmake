# The page's fonts, cut down from the system's and carried inside the program: target floodlight_fonts.
include(FloodlightEmbed)

set(FLOODLIGHT_FONT_DIR ${PROJECT_BINARY_DIR}/fonts)
set(font_files inter.otf inter-semibold.otf jetbrains-mono.ttf)
list(TRANSFORM font_files PREPEND ${FLOODLIGHT_FONT_DIR}/)
add_custom_command(
  OUTPUT ${font_files}
  COMMAND ${PROJECT_SOURCE_DIR}/tools/subset-fonts ${FLOODLIGHT_FONT_DIR}
  DEPENDS ${PROJECT_SOURCE_DIR}/tools/subset-fonts
  COMMENT "Subsetting the fonts")
floodlight_embed(floodlight_fonts
  inter_regular ${FLOODLIGHT_FONT_DIR}/inter.otf
  inter_semibold ${FLOODLIGHT_FONT_DIR}/inter-semibold.otf
  jetbrains_mono ${FLOODLIGHT_FONT_DIR}/jetbrains-mono.ttf)
