// Intensities through a window and a colour map. What is no number, and what is saturated, never looks like data.
uniform sampler2D u_image;
uniform sampler2D u_map;        // 256 x 1 colours
uniform vec2 u_window;          // the values drawn as the map's first and last colour
uniform float u_saturation;     // values from here on are marked
uniform vec3 u_mark;
uniform sampler2D u_before;     // what a running filter has not reached yet
uniform int u_reached;          // pixels it has done, in raster order; negative: all
uniform vec2 u_highlight;       // values from, to; nothing where from > to
uniform vec3 u_highlight_ink;

vec3 colour_at(ivec2 pixel, vec2 position) {
  float value = texelFetch(u_image, pixel, 0).r;
  bool waits = u_reached >= 0 && pixel.y * u_size.x + pixel.x >= u_reached;
  if (waits) value = texelFetch(u_before, pixel, 0).r;
  bool stripe = mod(floor(position.x * 4.0) + floor(position.y * 4.0), 2.0) < 1.0;
  // By its bits: a compiler may take it for granted that no value is NaN or infinite.
  bool no_number = (floatBitsToUint(value) & 0x7F800000u) == 0x7F800000u;
  if (no_number) return stripe ? u_mark : vec3(0.0);
  if (value >= u_saturation) return u_mark;
  if (value >= u_highlight.x && value < u_highlight.y) return u_highlight_ink;
  float t = clamp((value - u_window.x) / max(u_window.y - u_window.x, 1e-30), 0.0, 1.0);
  vec3 colour = textureLod(u_map, vec2((t * 255.0 + 0.5) / 256.0, 0.5), 0.0).rgb;
  return waits ? colour * 0.6 : colour;
}

vec4 outline_at(vec2 position) { return vec4(0.0); }
