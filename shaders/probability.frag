// How probable nuclei are, over the raw image: the more certain the forest is, the stronger the colour of the class; where
// it cannot tell, the raw image is left. An outline parts what it takes for nuclei from the rest.
uniform sampler2D u_image;         // the probability of nuclei
uniform sampler2D u_raw;
uniform highp usampler2D u_mask;   // what the most probable class makes of it
uniform vec2 u_window;             // of the raw image, drawn in grey
uniform vec3 u_nuclei;
uniform vec3 u_background;
uniform float u_outline;           // width in device pixels; 0: none
uniform float u_hatch;             // from line to line in device pixels

uint mask_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return texelFetch(u_mask, pixel, 0).r;
}

vec4 outline_at(vec2 position) {
  if (u_outline <= 0.0 || mask_at(position) == 0u) return vec4(0.0);
  float reach = u_outline / u_zoom;
  for (int i = 0; i < 8; ++i) {
    float angle = float(i) * 0.7853981634;
    if (mask_at(position + reach * vec2(cos(angle), sin(angle))) == 0u) return vec4(u_nuclei, 1.0);
  }
  return vec4(0.0);
}

vec3 colour_at(ivec2 pixel, vec2 position) {
  float sure = 2.0 * texelFetch(u_image, pixel, 0).r - 1.0;
  float grey = clamp((texelFetch(u_raw, pixel, 0).r - u_window.x) / max(u_window.y - u_window.x, 1e-30), 0.0, 1.0);
  vec3 own = sure > 0.0 ? u_nuclei : u_background;
  // The background's colour is hatched, since colour alone is no cue.
  bool line = mod((gl_FragCoord.x - gl_FragCoord.y) * 0.7071, u_hatch) < 0.25 * u_hatch;
  float strength = sure > 0.0 ? 0.5 * sure : (line ? -0.45 : -0.2) * sure;
  return mix(vec3(grey), own * (0.35 + 0.85 * grey), strength);
}
