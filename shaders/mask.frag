// A binary mask: two colours, and a third where the value that made it lies in a range that is pointed at.
uniform highp usampler2D u_image;
uniform vec3 u_foreground;
uniform vec3 u_background;

uniform sampler2D u_values;
uniform vec2 u_highlight;  // from, to; nothing where from > to
uniform vec3 u_mark;

vec3 colour_at(ivec2 pixel, vec2 position) {
  float value = texelFetch(u_values, pixel, 0).r;
  if (value >= u_highlight.x && value < u_highlight.y) return u_mark;
  return texelFetch(u_image, pixel, 0).r != 0u ? u_foreground : u_background;
}

vec4 outline_at(vec2 position) { return vec4(0.0); }
