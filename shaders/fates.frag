// What became of each nucleus against the truth: a colour and a hatch for every fate, over the raw image.
uniform highp usampler2D u_image;   // for each pixel, a place in the palette; 0: background
uniform highp isampler2D u_labels;  // whose neighbours an outline parts
uniform sampler2D u_raw;
uniform vec2 u_window;              // of the raw image, drawn in grey
uniform vec3 u_palette[6];
uniform float u_outline;            // width in device pixels; 0: none
uniform float u_hatch;              // from line to line in device pixels
uniform bool u_flat;                // plain colours instead of the raw image beneath
uniform bool u_cuts;                // where two labels touch, the line between them is white

int label_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return texelFetch(u_labels, pixel, 0).r;
}

uint fate_at(vec2 position) {
  ivec2 pixel = clamp(ivec2(floor(position)), ivec2(0), u_size - 1);
  return texelFetch(u_image, pixel, 0).r;
}

bool line(float along) { return mod(along, u_hatch) < 0.25 * u_hatch; }

// Measured on the screen, so that it is the same at every zoom.
bool hatched(uint fate, vec2 at) {
  float rising = (at.x + at.y) * 0.7071;
  float falling = (at.x - at.y) * 0.7071;
  if (fate == 2u) return line(rising);
  if (fate == 3u) return line(falling);
  if (fate == 4u) return line(at.x) && line(at.y);
  if (fate == 5u) return line(rising) || line(falling);
  return false;
}

vec4 outline_at(vec2 position) {
  uint fate = fate_at(position);
  if (u_outline <= 0.0 || fate == 0u || u_flat) return vec4(0.0);
  int label = label_at(position);
  float reach = u_outline / u_zoom;
  for (int i = 0; i < 8; ++i) {
    vec2 there = position + reach * vec2(cos(float(i) * 0.7853981634), sin(float(i) * 0.7853981634));
    int other = label_at(there);
    if (u_cuts && other != label && other != 0 && label != 0) return vec4(1.0);
    if (other != label || fate_at(there) != fate) return vec4(u_palette[fate], 1.0);
  }
  return vec4(0.0);
}

vec3 colour_at(ivec2 pixel, vec2 position) {
  uint fate = texelFetch(u_image, pixel, 0).r;
  float grey = clamp((texelFetch(u_raw, pixel, 0).r - u_window.x) / max(u_window.y - u_window.x, 1e-30), 0.0, 1.0);
  vec3 under = u_flat ? vec3(0.03) : vec3(grey);
  if (fate == 0u) return under;
  vec3 own = u_palette[fate];
  if (u_flat) return hatched(fate, gl_FragCoord.xy) ? own * 0.45 : own;
  if (hatched(fate, gl_FragCoord.xy)) return own;
  return mix(under, own * (0.35 + 0.85 * grey), fate == 5u ? 0.2 : 0.5);
}
