// A binary mask: two colours.
uniform highp usampler2D u_image;
uniform vec3 u_foreground;
uniform vec3 u_background;

vec3 colour_at(ivec2 pixel, vec2 position) {
  return texelFetch(u_image, pixel, 0).r != 0u ? u_foreground : u_background;
}
