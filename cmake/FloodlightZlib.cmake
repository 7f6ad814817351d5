# zlib from a plain list: its own build file renames a header inside the source tree.
set(zlib_sources adler32 compress crc32 deflate infback inffast inflate inftrees trees uncompr zutil)
list(TRANSFORM zlib_sources PREPEND ${zlib_SOURCE_DIR}/)
list(TRANSFORM zlib_sources APPEND .c)
add_library(zlib STATIC ${zlib_sources})
target_include_directories(zlib SYSTEM PUBLIC ${zlib_SOURCE_DIR})
target_compile_definitions(zlib PRIVATE HAVE_UNISTD_H)
floodlight_third_party(zlib)
